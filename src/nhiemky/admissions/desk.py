"""What admissions have on somebody's desk: overdue cases, steps that are due soon, probations that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from nhiemky.admissions import selectors
from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding

_SOON = timedelta(days=30)


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines for who may see cases (`core.desk.Provider`): of their own subtree only."""
    if not actor.may(selectors.VIEW):
        return
    found = selectors.open_cases(actor, today)
    url = reverse("admissions:list")
    late = [day for case in found for step in case.state.late[:1] if (day := step.due)]
    if late:
        finding = Finding("admissions.desk_late", facts={"count": len(late)}, blocks=False)
        yield Due(finding, f"{url}?late=yes", min(late), overdue=True, count=len(late))
    first = [case.state.first.due for case in found if case.state.first and not case.state.late]
    soon = [day for day in first if day is not None and day <= today + _SOON]
    if soon:
        finding = Finding("admissions.desk_next", facts={"count": len(soon)}, blocks=False)
        yield Due(finding, reverse("admissions:board"), min(soon), count=len(soon))
    ending = selectors.ending(found, today)
    if ending:
        finding = Finding("admissions.desk_probation", facts={"count": len(ending)}, blocks=False)
        ends = ending[0].state.probation_ends
        yield Due(finding, f"{url}?stage=probation&sort=ends", ends, count=len(ending))
