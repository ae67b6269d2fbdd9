"""Reorganisations on the real database: what moves, what is refused, and exact undoing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import SYSTEM, TODAY, book, decision, person, province, unit
from nhiemky.audit.models import Event
from nhiemky.domain.findings import Refused
from nhiemky.domain.periods import year
from nhiemky.domain.reporting.ledger import balance
from nhiemky.members.models import Movement, Stay
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors, services
from nhiemky.organisation.models import Placement, Reorganisation, Succession, UnitVersion

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)

REFORM = (
    {
        "op": "found",
        "code": "N1",
        "name": "Đảng bộ xã Mới",
        "kind": "above_grassroots",
        "sector": "residential",
        "parent": "T",
    },
    {"op": "merge", "units": ["X1", "X2"], "into": "N1"},
    {"op": "merge", "units": ["C1", "C2"], "into": "C3"},
    {"op": "move", "unit": "X3", "parent": "T"},
    {"op": "move", "unit": "C5", "parent": "X3"},
    {"op": "dissolve", "unit": "H1"},
    {"op": "dissolve", "unit": "H2"},
)


def people() -> None:
    for number, cell in enumerate(("C1", "C1", "C2", "C3", "C4", "C5")):
        person(f"Nguyễn Thị Số {number}", cell, date(2020, 1, 10 + number))


def rows() -> list[object]:
    """Everything dated about units and stays, to compare before and after."""
    return [
        sorted(map(str, UnitVersion.objects.values_list("unit_id", "name", "during"))),
        sorted(map(str, Placement.objects.values_list("unit_id", "parent_id", "during"))),
        sorted(map(str, Stay.objects.values_list("person_id", "unit_id", "standing", "during"))),
        Succession.objects.count(),
    ]


def stock(code: str, on: date) -> int:
    structure = selectors.structure()
    made = balance(structure, columns(), year(on.year))
    place = structure.by_code[code]
    assert not made.difference.any()
    return int(made.closing[place])


def test_reform_moves_units_and_people_and_every_sum_holds() -> None:
    province()
    people()
    assert stock("H1", date(2024, 12, 31)) == 4
    services.reorganisation_apply(actor=SYSTEM, decision=decision(*REFORM), today=TODAY)
    structure = selectors.structure()
    alive = structure.alive(DAY)
    assert sorted(c for c, there in zip(structure.codes, alive, strict=True) if there) == [
        "C3",
        "C4",
        "C5",
        "N1",
        "T",
        "X3",
    ]
    assert selectors.nested(structure.by_code["T"], DAY - timedelta(days=1), 1)["children"][0]["code"] == "H2"
    made = balance(structure, columns(), year(2025))
    assert not made.difference.any()
    assert made.line(structure.by_code["N1"]) == {"en_bloc": {"in": 4, "out": 0}}
    assert made.line(structure.by_code["H1"]) == {"en_bloc": {"in": 0, "out": 4}}
    assert made.line(structure.by_code["T"]) == {}
    assert made.line(structure.by_code["C3"]) == {"en_bloc": {"in": 3, "out": 0}}
    assert Movement.objects.filter(kind="en_bloc").count() == 3
    assert Event.objects.filter(action="organisation.reorganisation_applied").count() == 1


def test_undo_leaves_every_dated_row_as_it_was() -> None:
    province()
    people()
    before = rows()
    applied = services.reorganisation_apply(actor=SYSTEM, decision=decision(*REFORM), today=TODAY)
    assert rows() != before
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=applied.pk, today=TODAY)
    assert rows() == before
    assert Movement.objects.filter(kind="en_bloc", reverses__isnull=False).count() == 3
    assert not balance(selectors.structure(), columns(), year(2025)).difference.any()
    again = services.reorganisation_apply(actor=SYSTEM, decision=decision(*REFORM), today=TODAY)
    assert again.status == Reorganisation.APPLIED


def test_undo_is_refused_once_something_depends_on_it() -> None:
    province()
    people()
    applied = services.reorganisation_apply(actor=SYSTEM, decision=decision(*REFORM), today=TODAY)
    moved = Movement.objects.filter(kind="en_bloc").first()
    assert moved is not None
    book(moved.person, "transfer_within", date(2025, 9, 1), "C4")
    later = decision({"op": "rename", "unit": "N1", "name": "Đảng bộ xã Khác"}, effective=date(2026, 1, 1), number="11")
    services.reorganisation_apply(actor=SYSTEM, decision=later, today=TODAY)
    with pytest.raises(Refused) as no:
        services.reorganisation_undo(actor=SYSTEM, reorganisation_id=applied.pk, today=TODAY)
    codes = {finding.code for finding in no.value.findings}
    assert {"reorganisation.people_moved_since", "reorganisation.changed_since"} <= codes


def test_every_objection_comes_at_once_and_nothing_is_written() -> None:
    province()
    people()
    before = rows()
    wrong = decision(
        {"op": "found", "code": "X1", "name": "Trùng mã", "kind": "cell", "sector": "residential", "parent": "T"},
        {"op": "merge", "units": ["X1", "KHÔNG"], "into": "MẤT"},
        {"op": "dissolve", "unit": "C1"},
        {"op": "dissolve", "unit": "H2"},
        {"op": "split", "unit": "X1", "into": ["X2", "X3"], "assign": {"C1": "X2"}},
        {"op": "move", "unit": "T", "parent": "H1"},
    )
    with pytest.raises(Refused) as no:
        services.reorganisation_apply(actor=SYSTEM, decision=wrong, today=TODAY)
    codes = [finding.code.removeprefix("reorganisation.") for finding in no.value.findings]
    assert {
        "duplicate_code",
        "unknown_unit",
        "still_has_members",
        "still_has_units",
        "unassigned_unit",
        "circle",
    } <= set(codes)
    assert rows() == before
    assert not Reorganisation.objects.exists()


def test_a_day_before_a_later_change_is_refused() -> None:
    province()
    services.reorganisation_apply(
        actor=SYSTEM,
        decision=decision({"op": "rename", "unit": "X1", "name": "Xã Một"}, effective=date(2026, 1, 1)),
        today=TODAY,
    )
    earlier = decision({"op": "rename", "unit": "X1", "name": "Xã Hai"}, effective=date(2025, 1, 1), number="12")
    with pytest.raises(Refused) as no:
        services.reorganisation_apply(actor=SYSTEM, decision=earlier, today=TODAY)
    assert [f.code for f in no.value.findings] == ["reorganisation.later_change"]


def test_a_decision_may_lie_in_the_future() -> None:
    province()
    people()
    future = date(2027, 1, 1)
    services.reorganisation_apply(actor=SYSTEM, decision=decision(*REFORM, effective=future), today=TODAY)
    structure = selectors.structure()
    assert structure.alive(future - timedelta(days=1))[structure.by_code["H1"]]
    assert not structure.alive(future)[structure.by_code["H1"]]


def test_a_circle_is_refused_by_the_database_too() -> None:
    from django.db import IntegrityError, connection

    made = province()
    lower = unit("C9", "Chi bộ dưới", "cell", "residential", "C1")
    Placement.objects.filter(unit=made["X1"]).update(parent=lower)
    with pytest.raises(IntegrityError, match="stand under itself"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
