"""Every address, one app after the other."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

APPS = ("accounts", "audit", "organisation", "access", "members", "reporting")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"nhiemky.{app}.urls")) for app in APPS if find_spec(f"nhiemky.{app}.urls")
]
