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
    board = selectors.board(selectors.open_cases(actor, today), today)
    url = reverse("admissions:list")
    if board.late:
        first = min(day for case in board.late for step in case.state.late if (day := step.due))
        finding = Finding("admissions.desk_late", facts={"count": len(board.late)}, blocks=False)
        yield Due(finding, f"{url}?late=yes", first, overdue=True, count=len(board.late))
    soon = [
        case.state.first.due
        for stage in board.stages.values()
        for case in stage
        if not case.state.late and case.state.first and case.state.first.due and case.state.first.due <= today + _SOON
    ]
    if soon:
        finding = Finding("admissions.desk_next", facts={"count": len(soon)}, blocks=False)
        yield Due(finding, reverse("admissions:board"), min(soon), count=len(soon))
    if board.ending:
        finding = Finding("admissions.desk_probation", facts={"count": len(board.ending)}, blocks=False)
        ends = board.ending[0].state.probation_ends
        yield Due(finding, f"{url}?stage=probation&sort=ends", ends, count=len(board.ending))
