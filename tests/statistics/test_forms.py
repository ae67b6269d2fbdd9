"""Every cell of every form against a slow count; particulars as of the day; restated; the rights to the rows."""

from __future__ import annotations

from datetime import date

import pytest
from slow_forms import Slow

from builders import SYSTEM, TODAY, book, decision, person, province
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.domain.statistics.counting import Count
from nhiemky.members.models import Person
from nhiemky.members.services import particulars
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation import services
from nhiemky.organisation.models import Unit
from nhiemky.reporting.models import Target
from nhiemky.statistics import selectors
from nhiemky.statistics.rows import Rows, Wanted

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
CELL = {"kind": "cell", "sector": "residential"}


def amend(who: Person, since: date | None = None, **values: object) -> None:
    particulars.person_amend(
        actor=SYSTEM, person_id=who.pk, values=values, reason="thẻ mới", today=TODAY, since=since
    )  # fmt: skip


def asked(code: str, year: int, half: int = 0, structure: date | None = None) -> selectors.Asked:
    return selectors.asked(organisation.position(code), year, half, TODAY, structure=structure)


def cells(count: Count) -> dict[int, dict[str, dict[str, int]]]:
    """Everything a count tells, as the slow one tells it: without lines and columns in which there is nobody."""
    found: dict[int, dict[str, dict[str, int]]] = {}
    for form in (1, 2, 3, 4):
        for line in count.lines(form):
            assert line.cells.exact
            row = dict(zip(("", *count.parts.marks), line.cells.low.tolist(), strict=True))
            if line.of and form != 1:
                row |= {"women": int(line.of[0].low[0]), "probationary": int(line.of[1].low[0])}
            found.setdefault(form, {})[line.name] = {key: value for key, value in row.items() if value}
    return {form: {name: row for name, row in lines.items() if row} for form, lines in found.items()}


def told(slow: Slow) -> dict[int, dict[str, dict[str, int]]]:
    found = slow.forms()
    for row in found[1].values():
        row.pop("women", None)
        row.pop("probationary", None)
    trimmed = {form: {n: {k: v for k, v in row.items() if v} for n, row in f.items()} for form, f in found.items()}
    return {form: {n: row for n, row in lines.items() if row} for form, lines in trimmed.items()}


@pytest.fixture
def world(db: None) -> dict[str, Person]:
    """A few people of whom much is known, every kind of entry, and a commune that loses a cell in mid-2025."""
    province()
    people = {}
    for number, (cell, admitted, sex, born) in enumerate(
        (
            ("C1", date(2012, 2, 3), "female", date(1960, 2, 29)),
            ("C1", date(2024, 3, 3), "male", date(1993, 3, 3)),
            ("C1", date(2025, 2, 3), "female", date(1999, 12, 31)),
            ("C2", date(2015, 5, 19), "female", date(1985, 7, 1)),
            ("C2", date(2025, 3, 1), "male", date(1988, 1, 1)),
            ("C3", date(2025, 8, 1), "female", date(1970, 6, 30)),
            ("C4", date(2024, 9, 2), "male", date(1964, 1, 1)),
            ("C5", date(2023, 2, 3), "female", date(2000, 1, 1)),
            ("C5", date(2025, 12, 31), "male", date(2001, 1, 1)),
        )
    ):
        people[f"P{number}"] = person(f"Trần Văn Số {number}", cell, admitted, sex=sex, born=born)
    _enter(people)
    move = decision({"op": "move", "unit": "C2", "parent": "X3"}, effective=REFORM)
    services.reorganisation_apply(actor=SYSTEM, decision=move, today=TODAY)
    book(people["P4"], "transfer_within", REFORM, "C3")  # left X1, where the cell still was the day before
    book(people["P3"], "transfer_within", date(2025, 9, 1), "C1")
    return people


def _enter(people: dict[str, Person]) -> None:
    book(people["P0"], "official_recognition", date(2013, 2, 3))
    book(people["P0"], "exemption_on", date(2025, 4, 1))
    book(people["P3"], "official_recognition", date(2016, 5, 19))
    book(people["P1"], "transfer_within", date(2025, 5, 5), "C3")
    book(people["P6"], "death", date(2025, 10, 10))
    book(people["P7"], "official_recognition", date(2024, 2, 3))
    book(people["P7"], "transfer_out", date(2025, 6, 6))
    amend(people["P0"], ethnic_group="19", religion="buddhism", general_education="lower_secondary")
    amend(people["P0"], date(2025, 6, 1), qualification="college", religion="none")
    amend(people["P2"], date(2024, 1, 1), general_education="upper_secondary", occupation="student")
    amend(people["P2"], date(2025, 7, 15), occupation="farmer", political_theory="elementary")
    amend(people["P2"], occupation="worker")  # a correction: never a farmer
    amend(people["P3"], academic_title="professor", qualification="doctor", ethnic_group="55")
    amend(people["P4"], date(2025, 3, 2), qualification="master")
    amend(people["P5"], sex="male", birth_date=date(1970, 7, 2))


@pytest.mark.parametrize("code", ["T", "H1", "H2", "X1", "X3", "C1", "C2"])
def test_every_cell_is_what_a_slow_count_finds(code: str, world: dict[str, Person]) -> None:
    asked_for = (
        (2024, 0, date(2024, 12, 31)),
        (2025, 0, date(2025, 12, 31)),
        (2025, 1, date(2025, 6, 30)),
        (2025, 2, date(2025, 12, 31)),
        (2026, 0, TODAY),
    )
    for year, half, last in asked_for:
        question = asked(code, year, half)
        assert question.on == last
        found, truth = cells(selectors.count(question)), told(Slow(code, question.first, last))
        assert found == truth, (code, year, half)
        assert [check for check in selectors.checked(question) if not check.ok] == []


def test_the_slow_count_counts_something(world: dict[str, Person]) -> None:
    truth = told(Slow("X1", date(2025, 1, 1), date(2025, 12, 31)))
    assert truth[1]["out.en_bloc"] == {"": 1, "-former": 1}
    assert truth[1]["in.transfer_within"] == {"": 1, "C1": 1}
    assert truth[1]["out.transfer_within"] == {"": 2, "C1": 1, "-former": 1}
    assert truth[2]["occupation.student"][""] == 1
    assert truth[3]["occupation.worker"][""] == 1


def test_what_changes_later_does_not_change_an_earlier_day(world: dict[str, Person]) -> None:
    before = cells(selectors.count(asked("C1", 2024)))
    amend(world["P0"], date(2025, 1, 1), religion="catholicism", qualification="university")
    assert cells(selectors.count(asked("C1", 2024))) == before
    corrected = cells(selectors.count(asked("C1", 2025)))
    amend(world["P0"], ethnic_group="1")
    after = cells(selectors.count(asked("C1", 2025)))
    assert corrected[4]["ethnic_group.19"][""] == 1
    assert "ethnic_group.19" not in after[4]
    assert "ethnic_group.19" not in cells(selectors.count(asked("C1", 2024)))[4]


def test_a_half_begins_where_the_half_before_ended(world: dict[str, Person]) -> None:
    first, second = (cells(selectors.count(asked("X1", 2025, half)))[1] for half in (1, 2))
    assert first["closing"][""] == second["opening"][""]
    assert asked("X1", 2025, 2).before == asked("X1", 2025, 1)
    assert asked("X1", 2025, 1).before == asked("X1", 2024, 2)


def test_restated_the_cell_always_stood_under_the_other_commune(world: dict[str, Person]) -> None:
    found = cells(selectors.count(asked("X3", 2024, structure=REFORM)))
    assert found[1]["closing"] == {"": 2, "C2": 1, "C4": 1}
    assert "in.en_bloc" not in cells(selectors.count(asked("X3", 2025, structure=REFORM)))[1]
    assert cells(selectors.count(asked("X3", 2025)))[1]["in.en_bloc"][""] == 1


def _split() -> None:
    split = (
        {"op": "found", "code": "A", "name": "Chi bộ thôn A", "parent": "X1", **CELL},
        {"op": "found", "code": "B", "name": "Chi bộ thôn B", "parent": "X3", **CELL},
        {"op": "split", "unit": "C1", "into": ["A", "B"], "members_to": "A"},
    )
    made = decision(*split, effective=date(2026, 1, 15), number="11-QĐ/TU")
    services.reorganisation_apply(actor=SYSTEM, decision=made, today=TODAY)


def test_where_a_cell_was_split_a_number_lies_between_two(world: dict[str, Person]) -> None:
    """C1 held three at the end of 2024 of whom one came in 2024; under the later structure they may be in A or in B."""
    _split()
    question = asked("X1", 2024, structure=date(2026, 2, 1))
    line = {line.name: line.cells for line in selectors.count(question).lines(1)}["closing"]
    assert (line.low[0], line.high[0]) == (0, 2)
    assert not any(check.blocks and not check.ok for check in selectors.checked(question))
    assert any(check.code == "statistics.balance.inexact" for check in selectors.checked(question))
    rows = Rows(SYSTEM, question, Wanted(1, "closing"))
    assert [row.doubtful for row in rows[:]] == [True, True]


def test_doubtful_people_of_others_are_counted_but_not_named(world: dict[str, Person]) -> None:
    _split()
    own = frozenset(Unit.objects.filter(code__in=("X1", "A")).values_list("pk", flat=True))
    names = ("members.view", "organisation.view", "reporting.view")
    clerk = Actor(1, "anphu", {name: Scope(unit_ids=own) for name in names})
    rows = Rows(clerk, asked("X1", 2024, structure=date(2026, 2, 1)), Wanted(1, "closing"))
    assert (len(rows), rows.hidden) == (0, 2)


def test_rows_are_refused_without_the_right_and_for_no_number(world: dict[str, Person]) -> None:
    everywhere = Actor.system().scopes
    blind = Actor(1, "x", {key: scope for key, scope in everywhere.items() if key != "members.view"})
    with pytest.raises(Denied) as no:
        Rows(blind, asked("T", 2025), Wanted(1, "closing"))
    assert no.value.status == 403
    for wanted in (Wanted(1, "x"), Wanted(1, "in.x"), Wanted(3, "sex.x"), Wanted(1, "closing", part="C4"),
                   Wanted(3, "total", only="x")):  # fmt: skip
        with pytest.raises(Denied) as no:
            Rows(SYSTEM, asked("X1", 2025), wanted)
        assert no.value.status == 404


def test_what_cannot_be_told_is_refused(world: dict[str, Person]) -> None:
    for code, year, half, wrong in (("T", 2027, 0, "not_begun"), ("T", 1999, 0, "unit_not_there"),
                                    ("T", 1800, 0, "not_begun")):  # fmt: skip
        with pytest.raises(Refused) as no:
            asked(code, year, half)
        assert no.value.findings[0].code == f"statistics.{wrong}"
    with pytest.raises(Refused) as no:
        selectors.asked(organisation.position("T"), 2024, 1, TODAY, on=date(2024, 7, 1))
    assert no.value.findings[0].code == "statistics.day_outside"


def test_the_target_is_that_of_the_unit_and_year(world: dict[str, Person]) -> None:
    unit = Unit.objects.get(code="X1")
    Target.objects.create(unit=unit, year=2025, indicator="members.admitted", value=7, assumed=True, source="1-KH")
    goal = selectors.target(asked("X1", 2025))
    assert goal is not None
    assert (goal.value, goal.assumed) == (7, True)
    assert selectors.target(asked("X1", 2024)) is None
