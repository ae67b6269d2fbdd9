"""What a task must say of itself before it is given to anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhiemky.domain.findings import Finding
from nhiemky.domain.tasks.kinds import DELIVERABLES, INDICATOR, KEY_TASKS, MEASURES, PERIODS


@dataclass(frozen=True, slots=True)
class Given:
    """A task as it is to be given. `until` is the due day of the task it is delegated from."""

    title: str
    deliverable: str
    start_on: date
    due_on: date
    measure: str = DELIVERABLES
    indicator: str = ""
    target: Decimal | None = None
    key_year: int | None = None
    key_rank: int | None = None
    every: str = ""
    until: date | None = None


def check_given(given: Given) -> Iterator[Finding]:
    """Everything that stands against the task itself; units, people and papers are looked at elsewhere."""
    if not given.title:
        yield Finding("tasks.title_missing", field="title")
    if given.due_on < given.start_on:
        facts = {"start": given.start_on, "due": given.due_on}
        yield Finding("tasks.due_before_start", field="due_on", facts=facts)
    if given.until is not None and given.due_on > given.until:
        facts = {"due": given.due_on, "until": given.until}
        yield Finding("tasks.due_after_parent", field="due_on", facts=facts)
    if given.every and given.every not in PERIODS:
        yield Finding("tasks.no_such_period", field="every", value=given.every)
    yield from _measured(given)
    yield from _ranked(given)


def _measured(given: Given) -> Iterator[Finding]:
    if given.measure not in MEASURES:
        yield Finding("tasks.no_such_measure", field="measure", value=given.measure)
    if given.measure == DELIVERABLES:
        if not given.deliverable:
            yield Finding("tasks.deliverable_missing", field="deliverable")
        if given.indicator or given.target is not None:
            yield Finding("tasks.measured_twice", field="indicator")
    if given.measure == INDICATOR:
        if not given.indicator:
            yield Finding("tasks.indicator_missing", field="indicator")
        if given.target is None or given.target <= 0:
            yield Finding("tasks.target_missing", field="target")


def _ranked(given: Given) -> Iterator[Finding]:
    if (given.key_year is None) != (given.key_rank is None):
        yield Finding("tasks.key_incomplete", field="key_rank")
    elif given.key_rank is not None and not 1 <= given.key_rank <= KEY_TASKS:
        facts = {"rank": given.key_rank, "most": KEY_TASKS}
        yield Finding("tasks.key_rank", field="key_rank", facts=facts)
