"""How a task stands on a day, told from what was known on that day: the roll-up counts nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.tasks.days import last_day
from nhiemky.domain.tasks.kinds import CANCELLED, DONE, DROPPED, LATE, NOT_DUE, ON_TIME, OVERDUE


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that was granted on a day: until then the task was due on `before`."""

    granted_on: date
    before: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a task: its last state, the due day that holds, the day of handing in and of closing.

    `done_on` is when the result that was accepted in the end was handed in, `handed` every handing in and return in
    their order (the day, and whether it was handed in).
    """

    state: str
    due_on: date
    done_on: date | None = None
    closed_on: date | None = None
    extensions: tuple[Extension, ...] = ()
    handed: tuple[tuple[date, bool], ...] = ()


def due_at(due_on: date, extensions: Iterable[Extension], on: date) -> date:
    """The due day that held on a day, in the order in which more time was granted."""
    return next((one.before for one in extensions if one.granted_on > on), due_on)


def outcome(facts: Facts, on: date) -> str:
    """How the task stood on the day.

    Done late is what was handed in after the due day that held then; being returned does not begin the time anew. A
    result that was handed in in time and waits to be accepted is not overdue: the giver's delay is not the doer's.
    """
    closed = facts.closed_on is not None and facts.closed_on <= on
    if closed and facts.state == CANCELLED:
        return DROPPED
    if closed and facts.state == DONE and facts.done_on is not None:
        return ON_TIME if facts.done_on <= last_day(facts.due_on) else LATE
    due = due_at(facts.due_on, facts.extensions, on)
    waits = [day for day, _handed in facts.handed if day <= on][-1:]
    handed = [was for day, was in facts.handed if day <= on][-1:] == [True]
    until = waits[0] if handed and waits else on
    return OVERDUE if last_day(due) < until else NOT_DUE


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is, counted from what was accepted or measured; never typed."""

    done: float
    whole: float

    @property
    def share(self) -> float | None:
        """Per cent; None where there is nothing to count."""
        return 100 * self.done / self.whole if self.whole else None
