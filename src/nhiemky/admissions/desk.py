"""What admissions have on somebody's desk: overdue cases, steps that are due soon, probations that end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse

from nhiemky.admissions import selectors
from nhiemky.admissions.cases import Standing
from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.admissions.judging import LATE
from nhiemky.domain.findings import Finding

_SOON = timedelta(days=30)


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines for who may see cases (`core.desk.Provider`): of their own subtree only."""
    if not actor.may(selectors.VIEW):
        return
    found = selectors.open_cases(actor, today)
    url = reverse("admissions:list")
    late, soon = _first_days(found, today + _SOON)
    if late:
        finding = Finding("admissions.desk_late", facts={"count": len(late)}, blocks=False)
        yield Due(finding, f"{url}?late=yes", min(late), overdue=True, count=len(late))
    if soon:
        finding = Finding("admissions.desk_next", facts={"count": len(soon)}, blocks=False)
        yield Due(finding, reverse("admissions:board"), min(soon), count=len(soon))
    ending = selectors.ending(found, today)
    if ending:
        finding = Finding("admissions.desk_probation", facts={"count": len(ending)}, blocks=False)
        ends = ending[0].state.probation_ends
        yield Due(finding, f"{url}?stage=probation&sort=ends", ends, count=len(ending))


def _first_days(found: Iterable[Standing], until: date) -> tuple[list[date], list[date]]:
    """The days of the steps to take first: of those that are late, and of the others until the day.

    What is late comes first in a case, so one look at the first step tells both.
    """
    late, soon = [], []
    for case in found:
        step = case.state.first
        if step is None or step.due is None:
            continue
        if step.status == LATE:
            late.append(step.due)
        elif step.due <= until:
            soon.append(step.due)
    return late, soon
