"""The outcomes of a task over time, as pieces: for the review, which asks of any day how the tasks of a year stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting.lives import Lives, Piece, stretches
from nhiemky.domain.tasks.days import last_day
from nhiemky.domain.tasks.kinds import DROPPED, LATE, NOT_DUE, ON_TIME, OUTCOMES, OVERDUE
from nhiemky.domain.tasks.standing import Facts, due_at, outcome

STILL = (NOT_DUE, OVERDUE)
_NOT_DUE, _OVERDUE, _ON_TIME, _LATE, _DROPPED = (OUTCOMES.index(o) for o in (NOT_DUE, OVERDUE, ON_TIME, LATE, DROPPED))


def pieces(number: int, given_on: date, facts: Facts, units: list[tuple[date, int]]) -> Iterator[Piece]:
    """Every task, however often it was handed in, returned, given more time or handed on.

    `units`: from which day on it was whose; the first day does not matter.
    """
    dues = {facts.due_on, *(one.before for one in facts.extensions)}
    turns = (
        *(one.granted_on for one in facts.extensions),
        *(last_day(due) + timedelta(days=1) for due in dues),
        *(day for day, _handed in facts.handed),
        *(day for day, _unit in units),
        facts.closed_on,
    )

    def tell(day: date) -> tuple[str, date, int]:
        closed = facts.closed_on is not None and facts.closed_on <= day
        held = facts.due_on if closed else due_at(facts.due_on, facts.extensions, day)
        return outcome(facts, day), held, [units[0][1], *(unit for since, unit in units[1:] if since <= day)][-1]

    begun = day_number(given_on)
    for start, end, (what, held, unit) in stretches(given_on, turns, tell):
        yield Piece(number, unit, OUTCOMES.index(what), start, end, day_number(held), begun)


def simple(
    ids: Ints, unit: Ints, given: Ints, due: Ints, last: Ints, closed: Ints, handed: Ints, dropped: Bools
) -> Lives:
    """The same for tasks that were handed in at most once and never moved: all at once.

    Day numbers; `FOREVER` for what has not been. `dropped`: closed by being cancelled.
    """
    late = np.minimum(last + 1, closed)
    late = np.where(handed <= last, closed, np.maximum(late, given))
    settled = np.where(dropped, _DROPPED, np.where(handed <= last, _ON_TIME, _LATE))
    spans = ((given, late, np.full(len(ids), _NOT_DUE)), (late, closed, np.full(len(ids), _OVERDUE)),
             (closed, np.full(len(ids), FOREVER), settled))  # fmt: skip
    table = np.concatenate([
        np.stack([ids, unit, sort, start, end, due, given, np.zeros(len(ids), dtype=np.int64)])
        for start, end, sort in spans
    ], axis=1)  # fmt: skip
    return Lives(OUTCOMES, frozenset(STILL), *table[:, table[3] < table[4]])
