"""Every address, one app after the other."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

APPS = (
    "core", "accounts", "audit", "jobs", "organisation", "access", "members", "transfers", "badges", "admissions",
    "exchange", "quality", "rights", "documents", "tasks", "directives", "proposals", "regulations", "statistics",
    "reporting", "conferences", "api",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    *(path("", include(f"nhiemky.{app}.urls")) for app in APPS),
]

handler400 = "nhiemky.core.errors.bad_request"
handler403 = "nhiemky.core.errors.forbidden"
handler404 = "nhiemky.core.errors.not_found"
handler500 = "nhiemky.core.errors.server_error"
