"""Addresses of proposals."""

from __future__ import annotations

from django.urls import path

from nhiemky.proposals.views import acts, shown

app_name = "proposals"
urlpatterns = [
    path("proposals/", shown.listed, name="list"),
    path("proposals/enter", acts.enter, name="enter"),
    path("proposals/<int:proposal_id>", shown.proposal, name="proposal"),
    path("proposals/<int:proposal_id>/condition", acts.condition, name="condition"),
    path("proposals/<int:proposal_id>/hand-over", acts.hand_over, name="hand_over"),
    path("proposals/<int:proposal_id>/do/<str:move>", acts.move, name="move"),
]
