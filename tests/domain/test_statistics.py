"""The forms hold together over any reorganisation and any movements; particulars are those of the day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from provinces import LAST, START, World, worlds

from nhiemky.domain.members.kinds import MOVEMENT_KEYS
from nhiemky.domain.organisation.places import places
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import DAY, Period, day_number
from nhiemky.domain.reporting.ledger import balance
from nhiemky.domain.statistics.checks import checks
from nhiemky.domain.statistics.counting import CLOSING, OPENING, Count
from nhiemky.domain.statistics.forms import FORMS
from nhiemky.domain.statistics.particulars import CORRECTION, FIELD_CODE, FIELDS, Changes, Particulars, full_years
from nhiemky.domain.statistics.people import Facts

NO = np.zeros(0, dtype=np.int64)
NEVER = Changes(NO, NO, NO, NO, NO)
THEN = day_number(date(2024, 1, 1))


def known(people: int) -> Particulars:
    """Everybody is a Kinh woman of 1990, decided in 2020; of the rest nothing is known."""
    values = np.zeros((people, len(FIELDS)), dtype=np.int64)
    for field, value in (("sex", 1), ("ethnic_group", 1), ("birth_date", day_number(date(1990, 1, 1)))):
        values[:, FIELD_CODE[field]] = value
    values[:, FIELD_CODE["decided_on"]] = day_number(START)
    return Particulars(values, NEVER)


def facts(world: World) -> Facts:
    return Facts(world.structure, world.columns, known(len(world.columns.people.ids)))


@st.composite
def spans(draw: st.DrawFn) -> Period:
    first = START + timedelta(days=draw(st.integers(40, (LAST - START).days - 40)))
    return Period(first, first + timedelta(days=draw(st.integers(1, 400))))


@given(worlds(), spans(), st.data())
def test_every_check_holds_for_every_unit_over_any_movements(world: World, during: Period, data: st.DataObject) -> None:
    held = facts(world)
    unit = data.draw(st.integers(0, len(world.structure) - 1))
    before = Period(during.start - timedelta(days=100), during.start)
    found = checks(Count(held, unit, during), Count(held, unit, before))
    assert [check for check in found if not check.ok] == []


@given(worlds(), spans(), st.data())
def test_form_1_says_what_the_ledger_of_every_unit_says(world: World, during: Period, data: st.DataObject) -> None:
    unit = data.draw(st.integers(0, len(world.structure) - 1))
    made = balance(world.structure, world.columns, during)
    told = {line.name: int(line.cells.low[0]) for line in Count(facts(world), unit, during).lines(1)}
    assert (told[OPENING], told[CLOSING]) == (int(made.opening[unit]), int(made.closing[unit]))
    for code, key in enumerate(MOVEMENT_KEYS):
        assert told.get(f"in.{key}", 0) == int(made.came[code, unit]), key
        assert told.get(f"out.{key}", 0) == int(made.went[code, unit]), key


@given(worlds(), spans(), st.data())
def test_the_rows_number_what_every_number_says(world: World, during: Period, data: st.DataObject) -> None:
    unit = data.draw(st.integers(0, len(world.structure) - 1))
    structure_day = data.draw(st.sampled_from([None, START + DAY, LAST]))
    seen = None if structure_day is None else places(world.structure, structure_day)
    count = Count(facts(world), unit, during, seen)
    for form in FORMS:
        for line in count.lines(form):
            for column in range(len(line.cells.low)):
                found = count.found(form, line.name, column)
                assert found is not None
                numbers = len(found.rows), len(found.rows) + len(found.doubtful)
                assert numbers == (line.cells.low[column], line.cells.high[column]), (form, line.name, column)


@given(worlds(), spans(), st.data())
def test_restated_no_check_is_wrong_and_the_parts_enclose_the_whole(
    world: World, during: Period, data: st.DataObject
) -> None:
    held = facts(world)
    on = data.draw(st.sampled_from([START + DAY, START + timedelta(days=700), LAST]))
    seen = places(world.structure, on)
    alive = np.flatnonzero(world.structure.alive(on)).tolist()
    unit = data.draw(st.sampled_from(alive))
    before = Period(during.start - timedelta(days=100), during.start)
    count = Count(held, unit, during, seen)
    assert [check for check in checks(count, Count(held, unit, before, seen)) if not check.ok and check.blocks] == []
    for line in (line for form in (2, 3, 4) for line in count.lines(form)):
        assert line.cells.low[1:].sum() <= line.cells.high[0]
        assert line.cells.high[1:].sum() >= line.cells.low[0]


def changed(*steps: tuple[int, int, int]) -> Particulars:
    """One person's religion: since (or CORRECTION), before, after; today's value is the last."""
    values = np.zeros((1, len(FIELDS)), dtype=np.int64)
    values[0, FIELD_CODE["religion"]] = steps[-1][2]
    since, before, after = (np.array(column, dtype=np.int64) for column in zip(*steps, strict=True))
    field = np.full(len(steps), FIELD_CODE["religion"])
    return Particulars(values, Changes(field, np.zeros(len(steps), dtype=np.int64), since, before, after))


@pytest.mark.parametrize(
    ("steps", "eve", "then"),
    [
        (((THEN, 1, 2),), 1, 2),
        (((CORRECTION, 1, 2),), 2, 2),
        (((THEN, 1, 2), (CORRECTION, 2, 3)), 1, 3),
        (((CORRECTION, 1, 2), (THEN, 2, 3)), 2, 3),
        (((THEN - 100, 1, 2), (THEN, 2, 3)), 2, 3),
        (((THEN, 1, 2), (THEN - 100, 2, 3)), 3, 3),
        (((THEN, 0, 2),), 0, 2),
    ],
)
def test_a_particular_is_that_of_the_day(steps: tuple[tuple[int, int, int], ...], eve: int, then: int) -> None:
    held, who = changed(*steps), np.zeros(2, dtype=np.int64)
    assert held.at("religion", who, np.array([THEN - 1, THEN])).tolist() == [eve, then]
    assert held.at("occupation", who, np.array([THEN - 1, THEN])).tolist() == [0, 0]


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_full_years_are_birthdays_passed(born: date, on: date) -> None:
    years = full_years(np.array([day_number(born)]), np.array([day_number(on)]))
    assert years.tolist() == [on.year - born.year - ((on.month, on.day) < (born.month, born.day))]


def test_a_check_would_see_a_stay_without_its_entry() -> None:
    """Somebody is in a cell whom no entry brought there: the ledger does not balance, and the next opening is wrong."""
    from provinces import _columns, first_structure

    structure, born = first_structure(), day_number(START)
    held = _columns(1, [(0, 7, born + 50, FOREVER)], [(0, 1, born + 300, 7, 8)])
    world = Facts(structure, held, known(1))
    during = Period(START + timedelta(days=40), START + timedelta(days=100))
    found = checks(Count(world, 0, during), Count(world, 0, Period(START, during.start)))
    assert {check.code for check in found if not check.ok} >= {"statistics.balance", "statistics.parts_balance"}
    later = Period(during.end or LAST, LAST)
    wrong = {check.code for check in checks(Count(world, 0, later), Count(world, 0, during)) if not check.ok}
    assert "statistics.continued" in wrong
