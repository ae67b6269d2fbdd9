"""Addresses of spreadsheets in and out."""

from __future__ import annotations

from django.urls import path

from nhiemky.exchange.views import imports

app_name = "exchange"
urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/template/", imports.template, name="template"),
    path("imports/<int:import_id>/", imports.one, name="import"),
    path("imports/<int:import_id>/columns/", imports.columns, name="columns"),
    path("imports/<int:import_id>/carry-out/", imports.carry_out, name="carry_out"),
    path("imports/<int:import_id>/refused/", imports.refused, name="refused"),
    path("exports/members/", imports.export, name="export"),
]
