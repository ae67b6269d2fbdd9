"""Addresses of the member's own page, requests, members' accounts, retention and shredding."""

from __future__ import annotations

from django.urls import path

from nhiemky.rights.views import accounts, asking, office, own, retention

app_name = "rights"
urlpatterns = [
    path("own/", own.own, name="own"),
    path("own/identity/", own.own_identity, name="own_identity"),
    path("own/data.xlsx", own.own_xlsx, name="own_xlsx"),
    path("own/data.json", own.own_json, name="own_json"),
    path("own/requests/", own.own_requests, name="own_requests"),
    path("own/requests/correct/<str:field>/", asking.own_correct, name="own_correct"),
    path("own/requests/new/<str:ask>/", asking.own_ask, name="own_ask"),
    path("own/requests/<int:request_id>/", own.own_request, name="own_request"),
    path("own/requests/<int:request_id>/withdraw/", own.own_withdraw, name="own_withdraw"),
    path("own/requests/<int:request_id>/answer.docx", own.own_answer, name="own_answer"),
    path("requests/", office.requests, name="requests"),
    path("requests/<int:request_id>/", office.request, name="request"),
    path("requests/<int:request_id>/acknowledge/", office.acknowledge, name="acknowledge"),
    path("requests/<int:request_id>/grant/", office.grant, name="grant"),
    path("requests/<int:request_id>/withdraw/", office.withdraw, name="withdraw"),
    path("requests/<int:request_id>/refuse/", office.refuse, name="refuse"),
    path("requests/<int:request_id>/answer.docx", office.answer, name="answer"),
    path("members/<int:person_id>/rights/", office.person, name="person"),
    path("members/<int:person_id>/rights/data.xlsx", office.person_xlsx, name="person_xlsx"),
    path("members/<int:person_id>/rights/data.json", office.person_json, name="person_json"),
    path("members/<int:person_id>/rights/correct/<str:field>/", asking.correct, name="correct"),
    path("members/<int:person_id>/rights/new/<str:ask>/", asking.ask, name="ask"),
    path("members/<int:person_id>/account/", accounts.account, name="account"),
    path("members/<int:person_id>/account/password/", accounts.password, name="account_password"),
    path("members/<int:person_id>/account/withdraw/", accounts.withdraw, name="account_withdraw"),
    path("retention/", retention.retention, name="retention"),
    path("retention/<int:shredding_id>/", retention.shredding, name="shredding"),
    path("retention/<int:shredding_id>/drop/", retention.drop, name="shredding_drop"),
]
