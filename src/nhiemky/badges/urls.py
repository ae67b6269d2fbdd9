"""Addresses of badges."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "badges"
urlpatterns: list[URLPattern] = []
