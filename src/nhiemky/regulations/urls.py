"""Addresses of regulations."""

from __future__ import annotations

from django.urls import path

from nhiemky.regulations.views import acts, shown

app_name = "regulations"
urlpatterns = [
    path("regulations/", shown.listed, name="list"),
    path("regulations/enter", acts.enter, name="enter"),
    path("regulations/<int:regulation_id>", shown.regulation, name="regulation"),
    path("regulations/<int:regulation_id>/review-day", acts.review_day, name="review_day"),
    path("regulations/<int:regulation_id>/<slug:deed>", acts.deed, name="deed"),
]
