"""Addresses of badges."""

from __future__ import annotations

from django.urls import path

from nhiemky.badges.views import rounds, writing

app_name = "badges"
urlpatterns = [
    path("badges/", rounds.rounds, name="rounds"),
    path("badges/special/<int:special_id>/remove/", writing.special_remove, name="special_remove"),
    path("badges/<int:badge_id>/withdraw/", writing.withdraw, name="withdraw"),
    path("units/<str:code>/badges/<str:day>/", rounds.round_of, name="round"),
    path("units/<str:code>/badges/<str:day>/special/", writing.special_find, name="special_find"),
    path("members/<int:person_id>/badges/<str:day>/special/", writing.special_new, name="special_new"),
    path("units/<str:code>/badges/<str:day>/decide/", writing.decide, name="decide"),
    path("units/<str:code>/badges/<str:day>/<str:file>.docx", rounds.paper, name="paper"),
]
