"""The outcomes of a task as pieces of time: on every day the same as what is told of that day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number
from nhiemky.domain.tasks.days import last_day
from nhiemky.domain.tasks.kinds import CANCELLED, DONE, OUTCOMES, SUBMITTED, WORKING
from nhiemky.domain.tasks.lives import pieces, simple
from nhiemky.domain.tasks.standing import Extension, Facts, due_at, outcome

START = date(2023, 1, 2)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    """Given on `START`, due later, extended and handed in as it comes, closed or not."""
    due = draw(st.integers(1, 40).map(lambda n: START + timedelta(days=n)))
    extensions = []
    for on in sorted(draw(st.lists(DAYS, max_size=2, unique=True))):
        extensions.append(Extension(on, due))
        due += timedelta(days=draw(st.integers(1, 20)))
    days = sorted(draw(st.lists(DAYS, max_size=4, unique=True)))
    handed = tuple((day, n % 2 == 0) for n, day in enumerate(days))
    waits = bool(handed) and handed[-1][1]
    state = draw(st.sampled_from([WORKING, CANCELLED, *([DONE, SUBMITTED] if waits else [])]))
    closed = None
    if state in (DONE, CANCELLED):
        last = max([START, *days, *(one.granted_on for one in extensions)])
        closed = last + timedelta(days=draw(st.integers(0, 20)))
    return Facts(state, due, handed[-1][0] if state == DONE else None, closed, tuple(extensions), handed)


@given(histories(), st.integers(0, 100))
def test_on_every_day_exactly_one_piece_holds_and_says_what_the_domain_says(facts: Facts, after: int) -> None:
    found, on = list(pieces(7, START, facts, [(START, 1)])), START + timedelta(days=after)
    holding = [one for one in found if one.start <= day_number(on) < one.end]
    assert [OUTCOMES[one.sort] for one in holding] == [outcome(facts, on)]
    closed = facts.closed_on is not None and facts.closed_on <= on
    held = facts.due_on if closed else due_at(facts.due_on, facts.extensions, on)
    assert [one.day for one in holding] == [day_number(held)]
    assert all(one.begun == day_number(START) and one.id == 7 for one in found)


@given(histories())
def test_tasks_without_a_past_are_told_the_same_all_at_once(facts: Facts) -> None:
    if facts.extensions or len(facts.handed) > 1 or (facts.state == CANCELLED and facts.handed):
        return
    column = lambda day: np.array([FOREVER if day is None else day_number(day)])  # noqa: E731
    handed = facts.handed[0][0] if facts.handed else None
    one = np.array([7]), np.array([1])
    found = simple(*one, column(START), column(facts.due_on), column(last_day(facts.due_on)), column(facts.closed_on),
                   column(handed), np.array([facts.state == CANCELLED]))  # fmt: skip
    told = sorted(zip(found.start.tolist(), found.end.tolist(), found.sort.tolist(), strict=True))
    assert told == [(one.start, one.end, one.sort) for one in pieces(7, START, facts, [(START, 1)])]


def test_a_task_that_went_to_another_unit_is_told_with_each() -> None:
    facts = Facts(WORKING, date(2023, 3, 1))
    moved = date(2023, 2, 1)
    found = list(pieces(7, START, facts, [(date.min, 1), (moved, 2)]))
    assert [(one.unit, one.start) for one in found][:2] == [(1, day_number(START)), (2, day_number(moved))]
    assert found[-1].end == FOREVER
