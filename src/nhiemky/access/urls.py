"""Addresses of grants."""

from __future__ import annotations

from django.urls import path

from nhiemky.access import views

app_name = "access"
urlpatterns = [
    path("access/", views.grants, name="grants"),
    path("access/new/", views.grant_new, name="grant_new"),
    path("access/<int:grant_id>/end/", views.grant_end, name="grant_end"),
    path("access/explain/", views.explain, name="explain"),
]
