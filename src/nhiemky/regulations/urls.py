"""Addresses of regulations."""

from __future__ import annotations

from django.urls import path

from nhiemky.regulations.views import acts, rules, shown

app_name = "regulations"
urlpatterns = [
    path("regulations/", shown.listed, name="list"),
    path("regulations/enter", acts.enter, name="enter"),
    path("regulations/rules", rules.listed, name="rules"),
    path("regulations/rules/<str:dated>", rules.rule, name="rule"),
    path("regulations/rules/<str:dated>/confirm", rules.confirm, name="rule_confirm"),
    path("regulations/rules/<str:dated>/supersede", rules.supersede, name="rule_supersede"),
    path("regulations/words/<int:word_id>/withdraw", rules.withdraw, name="rule_withdraw"),
    path("regulations/<int:regulation_id>", shown.regulation, name="regulation"),
    path("regulations/<int:regulation_id>/review-day", acts.review_day, name="review_day"),
    path("regulations/<int:regulation_id>/hand-over", acts.hand_over, name="hand_over"),
    path("regulations/<int:regulation_id>/<str:deed>", acts.deed, name="deed"),
]
