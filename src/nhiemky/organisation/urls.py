"""Addresses of reorganisations."""

from __future__ import annotations

from django.urls import path

from nhiemky.organisation.views import drafts, shown

app_name = "organisation"
urlpatterns = [
    path("reorganisations/", shown.reorganisations, name="reorganisations"),
    path("reorganisations/new/", drafts.reorganise, name="reorganise"),
    path("reorganisations/new/head/", drafts.head, name="draft_head"),
    path("reorganisations/new/remove/", drafts.remove, name="draft_remove"),
    path("reorganisations/new/add/<str:op>/", drafts.operation, name="draft_operation"),
    path("reorganisations/new/preview/", drafts.preview, name="preview"),
    path("reorganisations/new/apply/", drafts.apply, name="apply"),
    path("reorganisations/template.xlsx", shown.template, name="template"),
    path("reorganisations/<int:reorganisation_id>/", shown.reorganisation, name="reorganisation"),
    path("reorganisations/<int:reorganisation_id>/undo/", shown.undo, name="undo"),
    path("lookup/units", shown.lookup, name="lookup"),
]
