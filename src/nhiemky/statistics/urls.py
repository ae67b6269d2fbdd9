"""Addresses of statistics."""

from __future__ import annotations

from django.urls import path

from nhiemky.statistics import views

app_name = "statistics"
urlpatterns = [
    path("statistics/", views.forms, name="forms"),
    path("statistics/rows/", views.rows, name="rows"),
    path("statistics/forms.xlsx", views.workbook_file, name="workbook"),
]
