"""The timeline counts as somebody would who looks at every stay; and it stays in step with what is written."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import builders
from nhiemky.domain.members.columns import Columns, Movements, People, Stays, Terms
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number, day_of, years_before
from nhiemky.domain.reporting import timeline
from nhiemky.domain.reporting.timeline import COUNTED, Timeline
from nhiemky.members import snapshot
from nhiemky.national import figures
from nhiemky.organisation import selectors

UNITS = 4
FIRST, LAST = day_number(date(2019, 1, 1)), day_number(date(2026, 12, 31))
# Around the leap day: those born then have their 31st birthday in a year without it.
_BORN = st.one_of(
    st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    st.sampled_from([date(1992, 2, 29), date(1992, 2, 28), date(1993, 3, 1), date(1988, 2, 29)]),
).map(day_number)
_PEOPLE = st.lists(st.tuples(_BORN, st.booleans(), st.sampled_from([1, 2])), min_size=1, max_size=6)
_DAYS = st.integers(FIRST, LAST)


@st.composite
def registers(draw: st.DrawFn) -> Columns:
    """Some people with stays one after the other; few days, so that many things fall on one."""
    people = draw(_PEOPLE)
    rows = []
    for person in range(len(people)):
        edges = sorted(draw(st.sets(_DAYS, min_size=1, max_size=4)))
        open_end = draw(st.booleans())
        ends = [*edges[1:], FOREVER] if open_end else edges[1:]
        for start, end in zip(edges, ends, strict=False):
            rows.append((person, draw(st.integers(0, UNITS - 1)), start, end, draw(st.booleans()), draw(st.booleans())))
    table = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    none = np.zeros(0, dtype=np.int64)
    born, female, group = (np.array(column, dtype=np.int64) for column in zip(*people, strict=True))
    return Columns(
        People(np.arange(1, len(people) + 1), born, female == 1, group, born),
        Stays(*table[:4], table[4] == 1, table[5] == 1),
        Movements(none, none, none, none, none, none),
        Terms(none, none, none, none),
        1,
    )


def _slowly(columns: Columns, day: int) -> np.ndarray:
    """Row by row."""
    found = np.zeros((len(COUNTED), UNITS), dtype=np.int64)
    stays, people = columns.stays, columns.people
    for row in range(len(stays.start)):
        if not stays.start[row] <= day < stays.end[row]:
            continue
        who = stays.person[row]
        marks = (
            True,
            stays.official[row],
            people.female[who],
            people.ethnic_group[who] > 1,
            stays.exempt[row],
            people.born[who] > day_number(years_before(day_of(day), 31)),
        )
        found[:, stays.unit[row]] += np.array(marks, dtype=np.int64)
    return found


@given(registers(), st.integers(1, 5), _DAYS)
def test_every_day_is_counted_as_by_hand(columns: Columns, apart: int, day: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timeline, "_APART", apart)
        made = Timeline(columns, UNITS)
    edges = {int(d) for d in (*columns.stays.start, *columns.stays.end) if d < FOREVER}
    leap = {day_number(date(2023, 2, 28)), day_number(date(2023, 3, 1)), day_number(date(2024, 2, 29))}
    for on in sorted({day, FIRST - 1, *leap, *edges, *(d - 1 for d in edges)}):
        assert np.array_equal(made.direct(on), _slowly(columns, on)), day_of(on)


@pytest.mark.django_db
@pytest.mark.parametrize("worth_sorting", [0, 1_000])
def test_figures_are_in_step_with_each_entry(worth_sorting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries, a late one among them, and new people: each time the figures are those of a register loaded anew."""
    monkeypatch.setattr(timeline, "_LATER", worth_sorting)
    builders.province()
    people = [builders.person(f"Lê Thị {n}", f"C{n % 4 + 1}", date(2020, 1 + n, 3)) for n in range(6)]
    figures.forget()
    _agree()
    builders.book(people[0], "official_recognition", date(2021, 6, 1))
    _agree()
    builders.book(people[0], "transfer_within", date(2024, 6, 1), "C4")
    builders.book(people[1], "official_recognition", date(2021, 7, 1))
    _agree()
    builders.book(people[1], "death", date(2022, 3, 1))
    builders.person("Phạm Văn Mới", "C2", date(2023, 5, 19), sex="male")
    _agree()
    builders.book(people[2], "official_recognition", date(2021, 9, 1))
    builders.book(people[2], "exemption_on", date(2023, 1, 2))
    _agree()


def _agree() -> None:
    """What the process shows, step by step in step, is what a register loaded anew from the database counts."""
    structure = selectors.structure()
    anew = snapshot.Snapshot().columns(structure)
    fresh = Timeline(anew, len(structure))
    for on in [date(year, month, 1) for year in (2020, 2021, 2022, 2023, 2024, 2026) for month in (2, 6, 10)]:
        sheet, direct = figures.members(on), dict(zip(COUNTED, fresh.direct(day_number(on)), strict=True))
        assert sheet.seq == anew.seq
        for key, name in (("total", "total"), ("official", "official"), ("exempt", "exempt"), ("women", "women")):
            expected = structure.tree(on).roll_up(direct[name])
            assert sheet.figures[f"members.{key}"].low.tolist() == expected.tolist(), (on, key)
    assert sum(direct["total"])


@pytest.mark.django_db
def test_what_a_split_leaves_open_is_as_open_as_unit_by_unit() -> None:
    """Transfers into and out of a cell that was split later: under the new structure nobody knows on which side."""
    from nhiemky.organisation.services import reorganisation_apply
    from nhiemky.reporting import selectors as reporting
    from nhiemky.reporting.indicators import OF_THE_REGISTER

    builders.province()
    people = [builders.person(f"Lê Thị {n}", f"C{n % 4 + 1}", date(2020, 1 + n, 3)) for n in range(8)]
    for number, who in enumerate(people):
        builders.book(who, "official_recognition", date(2021, 9 + number % 3, 1))
    for who, cell in ((people[0], "C2"), (people[1], "C1"), (people[2], "C1"), (people[3], "C1"), (people[4], "C4")):
        builders.book(who, "transfer_within", date(2023, 3, 1), cell)
    founds = [
        {"op": "found", "code": code, "name": code, "kind": "cell", "sector": "residential", "parent": above}
        for code, above in (("C1a", "X1"), ("C1b", "X2"))
    ]
    split = {"op": "split", "unit": "C1", "into": ["C1a", "C1b"], "members_to": "C1a"}
    decision = builders.decision(*founds, split)
    reorganisation_apply(actor=builders.SYSTEM, decision=decision, today=builders.TODAY)
    opened = 0
    for on, day in ((date(2023, 12, 31), date(2025, 7, 1)), (date(2025, 12, 31), date(2025, 6, 30))):
        sheet = figures.everything(on, day)
        for unit in np.flatnonzero(sheet.alive).tolist():
            asked = reporting.Asked(reporting.facts(), reporting.Question(unit, on.year, on, day))
            for indicator in OF_THE_REGISTER:
                count, rolled = asked.count(indicator), sheet.figures[indicator.key]
                assert (int(rolled.low[unit]), int(rolled.high[unit])) == (count.low, count.high), indicator.key
                assert rolled.of(unit) == count.value
                opened += count.value is None
    assert opened > 10
