"""Addresses of rights."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rights"
urlpatterns: list[URLPattern] = []
