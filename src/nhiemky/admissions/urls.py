"""Addresses of admissions."""

from __future__ import annotations

from django.urls import URLPattern, path

from nhiemky.admissions.views import board, papers, shown, writing

app_name = "admissions"
urlpatterns: list[URLPattern] = [
    path("admissions/", board.board, name="board"),
    path("admissions/cases/", board.case_list, name="list"),
    path("admissions/new/", writing.new, name="new"),
    path("units/<str:code>/admissions/", board.board, name="board"),
    path("units/<str:code>/admissions/cases/", board.case_list, name="list"),
    path("units/<str:code>/admissions/new/", writing.new, name="new"),
    path("admissions/<int:case_id>/", shown.case, name="case"),
    path("admissions/<int:case_id>/amend/", writing.amend, name="amend"),
    path("admissions/<int:case_id>/end/", writing.end, name="end"),
    path("admissions/<int:case_id>/resume/", writing.resume, name="resume"),
    path("admissions/<int:case_id>/steps/<str:step>/", writing.take, name="take"),
    path("admissions/<int:case_id>/papers/<str:paper>/", papers.paper, name="paper"),
    path("admissions/<int:case_id>/file/", papers.file, name="file"),
    path("admissions/steps/<int:step_id>/strike/", writing.strike, name="strike"),
]
