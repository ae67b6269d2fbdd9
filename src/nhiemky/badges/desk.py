"""The badge round ahead, on the desk of whoever writes for a unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from nhiemky.badges import selectors
from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.badges import rules
from nhiemky.domain.findings import Finding

_AHEAD = timedelta(days=75)


def due(actor: Actor, today: date) -> Iterator[Due]:
    """One line from some weeks before the day until its badges are given (`core.desk.Provider`)."""
    scope = actor.scope(selectors.WRITE)
    day = rules.coming_round(today)
    if not scope or day > today + _AHEAD:
        return
    if count := selectors.count_due(scope, day):
        finding = Finding("badges.coming", facts={"count": count, "on": day}, blocks=False)
        yield Due(finding, reverse("badges:rounds"), day, count=count)
