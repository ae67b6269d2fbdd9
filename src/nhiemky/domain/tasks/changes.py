"""Who may take a task from which state to which.

The unit that gave the task accepts or returns its result, and may cancel it; the unit that does it takes it on,
begins and hands in. Where one unit gives itself a task it stands on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.findings import Finding
from nhiemky.domain.tasks.kinds import (
    ACCEPTED,
    ASSIGNED,
    CANCELLED,
    DONE,
    OPEN,
    RETURNED,
    SUBMITTED,
    WORKING,
)

GIVER, DOER = SIDES = ("giver", "doer")


@dataclass(frozen=True, slots=True)
class Change:
    """An act of one side that takes a task out of one of the states into another; `says_why`: a reason is needed."""

    act: str
    side: str
    source: tuple[str, ...]
    target: str
    says_why: bool = False


CHANGES = (
    Change("accept", DOER, (ASSIGNED,), ACCEPTED),
    Change("begin", DOER, (ASSIGNED, ACCEPTED, RETURNED), WORKING),
    Change("submit", DOER, (ACCEPTED, WORKING, RETURNED), SUBMITTED),
    Change("done", GIVER, (SUBMITTED,), DONE),
    Change("return", GIVER, (SUBMITTED,), RETURNED, says_why=True),
    Change("cancel", GIVER, OPEN, CANCELLED, says_why=True),
)
CHANGE = {change.act: change for change in CHANGES}
UNFINISHED = (ASSIGNED, ACCEPTED, WORKING, RETURNED)
"""States in which more time may be asked for: nothing is handed in."""


def acts_from(state: str, sides: frozenset[str] | set[str]) -> list[Change]:
    """What somebody who stands on the sides can do next, the usual next step first."""
    return [change for change in CHANGES if state in change.source and change.side in sides]


def check_change(act: str, state: str, on: date, *, today: date, since: date, reason: str = "") -> Iterator[Finding]:
    """What stands against an act on a day; `since` is the day of the step before."""
    change = CHANGE[act]
    if state not in change.source:
        yield Finding("tasks.not_in_state", facts={"state": state}, value=state)
    if on > today:
        yield Finding("tasks.in_future", field="on", facts={"on": on, "today": today})
    if on < since:
        yield Finding("tasks.before_last_step", field="on", facts={"on": on, "since": since})
    if change.says_why and not reason:
        yield Finding("tasks.reason_missing", field="reason")
