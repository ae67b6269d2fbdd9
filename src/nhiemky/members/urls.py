"""Addresses of the tree, units, members and people."""

from __future__ import annotations

from django.urls import path

from nhiemky.members.views import amending, bodies, booking, finding, ledger, people, units

app_name = "members"
urlpatterns = [
    path("units/", units.tree, name="tree"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/children/", units.children, name="children"),
    path("units/<str:code>/attention/", units.attention, name="attention"),
    path("units/<str:code>/ledger/", ledger.ledger, name="ledger"),
    path("units/<str:code>/entries/", ledger.entries, name="entries"),
    path("units/<str:code>/members/", people.member_list, name="list"),
    path("units/<str:code>/admit/", booking.admit, name="admit"),
    path("units/<str:code>/receive/", booking.receive, name="receive"),
    path("units/<str:code>/bodies/", bodies.terms, name="terms"),
    path("units/<str:code>/bodies/<str:body>/new/", bodies.term_new, name="term_new"),
    path("terms/<int:term_id>/end/", bodies.term_end, name="term_end"),
    path("terms/<int:term_id>/withdraw/", bodies.term_withdraw, name="term_withdraw"),
    path("terms/<int:term_id>/seats/new/", bodies.seat_new, name="seat_new"),
    path("seats/<int:seat_id>/end/", bodies.seat_end, name="seat_end"),
    path("seats/<int:seat_id>/withdraw/", bodies.seat_withdraw, name="seat_withdraw"),
    path("members/", people.member_list, name="list"),
    path("members/<int:person_id>/", people.person, name="person"),
    path("members/<int:person_id>/identity/", people.identity, name="identity"),
    path("members/<int:person_id>/amend/", amending.amend, name="amend"),
    path("members/<int:person_id>/movements/new/", booking.movement_new, name="movement_new"),
    path("members/movements/<int:movement_id>/reverse/", booking.reverse_entry, name="reverse"),
    path("search", finding.search, name="search"),
]
