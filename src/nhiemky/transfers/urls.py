"""Addresses of transfers."""

from __future__ import annotations

from django.urls import path

from nhiemky.transfers.views import acts, boards

app_name = "transfers"
urlpatterns = [
    path("transfers/", boards.board, name="board"),
    path("transfers/<int:transfer_id>/", acts.transfer, name="transfer"),
    path("transfers/<int:transfer_id>/receive/", acts.receive, name="receive"),
    path("transfers/<int:transfer_id>/return/", acts.give_back, name="return"),
    path("transfers/<int:transfer_id>/again/", acts.again, name="again"),
    path("transfers/<int:transfer_id>/withdraw/", acts.withdraw, name="withdraw"),
    path("transfers/<int:transfer_id>/end/", acts.end, name="end"),
    path("transfers/<int:transfer_id>/back/", acts.back, name="back"),
    path("members/<int:person_id>/transfers/", boards.of_person, name="person"),
    path("members/<int:person_id>/transfers/new/", acts.send, name="send"),
    path("units/<str:code>/guests/", boards.guests, name="guests"),
    path("lookup/addresses", boards.lookup, name="lookup"),
]
