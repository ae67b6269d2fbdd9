"""The dated tree, restating, counting and the ledger, against a slow reading day by day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from provinces import LAST, START, YEARS, World, structures, worlds

from nhiemky.domain.organisation.places import places
from nhiemky.domain.organisation.soundness import unsound
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import Period, day_number, day_of
from nhiemky.domain.reporting.counting import Day, Facts, Span, count_movements, count_people
from nhiemky.domain.reporting.ledger import balance, stock
from nhiemky.domain.reporting.lenses import AsItWas, Restated

some_day = st.integers(0, 365 * YEARS).map(lambda n: START + timedelta(days=n))


def slow_superiors(structure: Structure, unit: int, on: date) -> list[int]:
    """The unit and everything above it, parent by parent."""
    path = [unit]
    while (parent := structure.parent(path[-1], on)) is not None:
        assert parent not in path, "a unit under itself"
        path.append(parent)
    return path


@given(structures(), some_day)
def test_subtrees_are_what_parents_say(structure: Structure, on: date) -> None:
    tree, alive = structure.tree(on), structure.alive(on)
    for unit in np.flatnonzero(alive).tolist():
        above = slow_superiors(structure, unit, on)
        for other in np.flatnonzero(alive).tolist():
            assert tree.inside(other)[unit] == (other in above)


@given(structures(), some_day, st.data())
def test_sums_of_children_are_the_sum_of_the_parent(structure: Structure, on: date, data: st.DataObject) -> None:
    tree = structure.tree(on)
    values = np.array(data.draw(st.lists(st.integers(0, 9), min_size=len(structure), max_size=len(structure))))
    sums = tree.roll_up(values)
    for unit in np.flatnonzero(tree.first >= 0).tolist():
        assert sums[unit] == values[unit] + sum(sums[child] for child in tree.children(unit))


@settings(max_examples=60)
@given(worlds(), st.integers(START.year, START.year + YEARS - 1))
def test_the_ledger_balances_for_every_unit(world: World, number: int) -> None:
    during = Period(date(number, 1, 1), date(number + 1, 1, 1))
    made = balance(world.structure, world.columns, during)
    assert not made.difference.any()


@settings(max_examples=60)
@given(worlds(), some_day)
def test_people_are_counted_where_they_are(world: World, on: date) -> None:
    facts = Facts(world.structure, world.columns)
    lens = AsItWas(world.structure)
    counted = stock(world.structure, world.columns, day_number(on))
    for unit in np.flatnonzero(world.structure.alive(on)).tolist():
        slow = {
            person
            for (person, day), where in world.where.items()
            if day == day_number(on) and unit in slow_superiors(world.structure, where, on)
        }
        found = count_people(Day(facts, on), lambda d: np.ones(len(d.stays), bool), unit, lens)
        assert set(found.rows.tolist()) == slow
        assert found.value == len(slow) == counted[unit]


@settings(max_examples=60)
@given(worlds(), some_day, some_day)
def test_crossings_explain_every_change(world: World, one: date, two: date) -> None:
    """Under one fixed structure: stock at the end = stock before + came in − went out, wherever that is certain."""
    first, last = sorted((one, two))
    structure, facts = world.structure, Facts(world.structure, world.columns)
    lens = Restated(places(structure, last))
    span = Span(facts, Period(first, last + timedelta(days=1)))
    everyone = lambda d: np.ones(len(d.stays), bool)  # noqa: E731
    moving = lambda s: s.of("admission", "transfer_within", "death")  # noqa: E731
    for unit in np.flatnonzero(structure.alive(last)).tolist():
        before = count_people(Day(facts, first - timedelta(days=1)), everyone, unit, lens)
        behind = count_people(Day(facts, last), everyone, unit, lens)
        came = count_movements(span, moving, unit, lens, flow="in")
        went = count_movements(span, moving, unit, lens, flow="out")
        if all(count.value is not None for count in (before, behind, came, went)):
            assert before.low + came.low - went.low == behind.low
        else:
            assert before.low + came.low - went.high <= behind.high


@given(structures(), some_day)
def test_a_living_unit_is_its_own_place(structure: Structure, on: date) -> None:
    found, tree, alive = places(structure, on), structure.tree(on), structure.alive(on)
    for unit in np.flatnonzero(alive).tolist():
        assert (found.certain(unit) == found.possible(unit))[alive].all()
        assert (found.certain(unit)[alive] == (tree.inside(unit) & alive)[alive]).all()
        assert (found.possible(unit) >= found.certain(unit)).all()


@given(structures(), some_day)
def test_a_change_changes_nothing_before_it(structure: Structure, on: date) -> None:
    """Boundaries are the only days on which a parent changes."""
    for unit in range(len(structure)):
        before, now = structure.parent(unit, on - timedelta(days=1)), structure.parent(unit, on)
        there = structure.version(unit, on) and structure.version(unit, on - timedelta(days=1))
        if there and before != now:
            assert day_number(on) in structure.boundaries
    assert all(START < day_of(b) < LAST for b in structure.boundaries)


@given(structures(in_order=False), some_day)
def test_decisions_in_any_order_of_days_leave_every_day_sound(structure: Structure, on: date) -> None:
    """A decision dated before one that is applied already must not pull the ground from under it."""
    for unit in np.flatnonzero(structure.alive(on)).tolist():
        above = slow_superiors(structure, unit, on)
        assert all(structure.version(place, on) is not None for place in above)
        assert above[-1] in structure.roots(on)


@given(structures(in_order=False))
def test_what_planning_allows_is_sound(structure: Structure) -> None:
    assert unsound(structure, START) == []
