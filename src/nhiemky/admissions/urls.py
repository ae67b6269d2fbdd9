"""Addresses of admissions."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "admissions"
urlpatterns: list[URLPattern] = []
