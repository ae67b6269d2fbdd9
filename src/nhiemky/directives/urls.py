"""Addresses of directives."""

from __future__ import annotations

from django.urls import path

from nhiemky.directives.views import acts, answers, asking, matrix, shown

app_name = "directives"
urlpatterns = [
    path("directives/", matrix.matrix, name="matrix"),
    path("directives.xlsx", matrix.file, name="file"),
    path("directives/rows/", shown.rows, name="rows"),
    path("directives/mine/", shown.mine, name="mine"),
    path("directives/new/", asking.new, name="new"),
    path("directives/<int:ask_id>/", shown.ask, name="ask"),
    path("directives/<int:ask_id>/remind/", acts.remind, name="remind"),
    path("directives/<int:ask_id>/withdraw/", acts.withdraw, name="withdraw"),
    path("directives/asked/<int:asked_id>/", shown.asked, name="asked"),
    path("directives/asked/<int:asked_id>/answer/", answers.answer, name="answer"),
    path("directives/asked/<int:asked_id>/exempt/", acts.exempt, name="exempt"),
    path("directives/asked/<int:asked_id>/reopen/", acts.reopen, name="reopen"),
    path("directives/asked/<int:asked_id>/decide/", acts.decide, name="decide"),
]
