"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from nhiemky.documents.views import books, citing, drafting, files, registering, relating, shown

app_name = "documents"
urlpatterns = [
    path("documents/", shown.listed, name="list"),
    path("documents/enter", registering.enter, name="enter"),
    path("documents/books", books.books, name="books"),
    path("documents/books/take", books.take, name="take"),
    path("documents/books/<int:series_id>", books.book, name="book"),
    path("documents/issuers", books.issuers, name="issuers"),
    path("documents/opinions", drafting.opinions, name="opinions"),
    path("documents/opinions/<int:opinion_id>", drafting.opinion, name="opinion"),
    path("documents/opinions/<int:opinion_id>/decide", drafting.decide, name="opinion_decide"),
    path("documents/drafts/<int:draft_id>", drafting.draft, name="draft"),
    path("documents/compare", drafting.compared, name="compare"),
    path("documents/citations", citing.cited, name="citations"),
    path("documents/<int:document_id>", shown.document, name="document"),
    path("documents/<int:document_id>/amend", registering.amend, name="amend"),
    path("documents/<int:document_id>/strike", registering.strike, name="strike"),
    path("documents/<int:document_id>/relate", relating.relate, name="relate"),
    path("documents/<int:document_id>/attach", files.attach, name="attach"),
    path("documents/<int:document_id>/paper", files.paper, name="paper"),
    path("documents/files/<int:file_id>", files.file, name="file"),
    path("documents/relations/<int:relation_id>/strike", relating.strike, name="relation_strike"),
]
