"""Addresses of regulations."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "regulations"
urlpatterns: list[URLPattern] = []
