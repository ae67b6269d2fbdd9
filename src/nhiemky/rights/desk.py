"""What members' rights have on somebody's desk: requests to answer, whose data must go, lists to carry out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.dated import NoRuleInForce
from nhiemky.domain.findings import Finding
from nhiemky.domain.rights.requests import MADE
from nhiemky.domain.rights.shredding import RETENTION_YEARS
from nhiemky.rights import retention, selectors
from nhiemky.rights.models import Shredding


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines for who keeps members' records (`core.desk.Provider`): of their own subtree only."""
    if not actor.may(selectors.WRITE):
        return
    rows = list(selectors.answerable(actor).values_list("state", "due_on"))
    url = reverse("rights:requests")
    groups = {
        "rights.desk_overdue": [day for _state, day in rows if day is not None and day < today],
        "rights.desk_acknowledge": [day for state, day in rows if day is not None and day >= today and state == MADE],
        "rights.desk_answer": [day for state, day in rows if day is not None and day >= today and state != MADE],
    }
    shown = {"rights.desk_overdue": "overdue", "rights.desk_acknowledge": "made", "rights.desk_answer": "acknowledged"}
    for code, days in groups.items():
        if days:
            finding = Finding(code, facts={"count": len(days)}, blocks=False)
            overdue = code == "rights.desk_overdue"
            yield Due(finding, f"{url}?state={shown[code]}", min(days), overdue=overdue, count=len(days))
    yield from _retention(actor, today)


def _retention(actor: Actor, today: date) -> Iterator[Due]:
    if not actor.may(selectors.IDENTITY):
        return
    try:
        rule = RETENTION_YEARS.at(today)
    except NoRuleInForce:  # a day before the law: nothing is owed by it
        return
    if count := retention.count_due(actor, today):
        finding = Finding.of_rule("rights.desk_retention", rule, facts={"count": count}, blocks=False)
        yield Due(finding, reverse("rights:retention"), count=count)
    for held in retention.shreddings(actor, state=Shredding.PREPARED):
        if held.prepared_by_id != actor.user_id:
            facts = {"number": held.number, "count": len(held.people)}
            finding = Finding("rights.desk_shredding", facts=facts, blocks=False)
            yield Due(finding, reverse("rights:shredding", args=[held.pk]))
