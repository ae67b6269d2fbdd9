"""Booking people's movements: what each does, what is refused, and counter-entries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, TODAY, book, person, province
from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.domain.periods import year
from nhiemky.domain.reporting.ledger import balance
from nhiemky.members import identity
from nhiemky.members.models import Movement, Person, Reading, Stay
from nhiemky.members.services import entering, ledger, reading
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors
from nhiemky.organisation.models import Unit

pytestmark = pytest.mark.django_db


def refused(kind: str, who: Person, on: date, cell: str = "") -> set[str]:
    with pytest.raises(Refused) as no:
        book(who, kind, on, cell)
    return {finding.code.removeprefix("members.") for finding in no.value.findings}


def test_a_life_in_the_ledger_and_its_sums() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    book(who, "official_recognition", date(2021, 1, 10))
    book(who, "transfer_within", date(2022, 5, 1), "C4")
    book(who, "exemption_on", date(2023, 2, 1))
    book(who, "death", date(2024, 8, 9))
    stays = list(Stay.objects.order_by("during").values_list("unit__code", "standing", "exempt"))
    assert stays == [
        ("C1", "probationary", False),
        ("C1", "official", False),
        ("C4", "official", False),
        ("C4", "official", True),
    ]
    structure = selectors.structure()
    place = structure.by_code
    made = balance(structure, columns(), year(2022))
    assert not made.difference.any()
    assert made.line(place["H1"]) == {"transfer_within": {"in": 0, "out": 1}}
    assert made.line(place["H2"]) == {"transfer_within": {"in": 1, "out": 0}}
    assert made.line(place["T"]) == {}
    assert Event.objects.filter(action="members.movement_booked").count() == 5


def test_a_mistake_is_taken_back_by_a_counter_entry() -> None:
    province()
    who = person("Trần Văn Bảo", "C1", date(2020, 1, 10))
    book(who, "official_recognition", date(2021, 1, 10))
    book(who, "striking_off", date(2022, 3, 3))
    wrong = Movement.objects.get(kind="striking_off")
    counter = ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm người", today=TODAY)
    assert counter.reverses_id == wrong.pk
    assert Movement.objects.count() == 4
    assert Stay.objects.get(during__upper_inf=True).unit.code == "C1"
    held = columns()
    assert len(held.movements.ids) == 2
    made = balance(selectors.structure(), held, year(2022))
    assert made.closing[selectors.structure().by_code["C1"]] == 1
    with pytest.raises(Refused):
        ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="lần nữa", today=TODAY)


def test_entries_that_rules_forbid() -> None:
    province()
    who = person("Lê Thị Hòa", "C1", date(2020, 1, 10))
    assert refused("official_recognition", who, date(2020, 6, 1)) == {"recognised_early"}
    assert refused("transfer_within", who, date(2021, 6, 1), "C1") == {"same_unit"}
    assert refused("transfer_within", who, date(2021, 6, 1), "X1") == {"no_such_cell"}
    assert refused("exemption_off", who, date(2021, 6, 1)) == {"not_exempt"}
    assert refused("death", who, date(2020, 1, 10)) == {"not_after_last"}
    assert refused("death", who, date(2026, 12, 1)) == {"in_future"}
    assert refused("readmission", who, date(2021, 6, 1), "C2") == {"already_member"}
    book(who, "leaving", date(2022, 1, 1), ground="hardship")
    assert refused("death", who, date(2022, 2, 1)) == {"not_a_member"}
    assert refused("readmission", who, date(2023, 2, 1), "C2") == {"readmitted_early"}
    book(who, "readmission", date(2025, 2, 1), "C2")


def test_somebody_too_young_is_refused_with_the_source() -> None:
    province()
    with pytest.raises(Refused) as no:
        person("Phạm Văn Trẻ", "C1", date(2024, 1, 10), born=date(2006, 2, 1))
    (finding,) = no.value.findings
    assert finding.code == "members.too_young"
    assert "Điều lệ" in finding.cites
    assert not Person.objects.exists()


def test_the_ledger_cannot_be_edited() -> None:
    province()
    person("Võ Thị Lan", "C1", date(2020, 1, 10))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Movement.objects.update(on=date(2019, 1, 1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Movement.objects.all()._raw_delete("default")  # past the ORM: the trigger is what is tested


def test_identity_numbers_are_sealed_and_every_opening_is_noted() -> None:
    made = province()
    data = PersonData("Đỗ Thị Mai", "female", date(1990, 5, 19), 1, identity_number="051190000123")
    who = entering.person_admit(
        actor=SYSTEM,
        person=data,
        unit_code="C1",
        decided_on=date(2020, 1, 1),
        admitted_on=date(2020, 1, 10),
        paper=Paper("1"),
        today=TODAY,
    )
    assert b"051190000123" not in bytes(who.identity_sealed or b"")
    assert identity.unseal(bytes(who.identity_sealed or b"")) == "051190000123"
    inside = Scope(unit_ids=frozenset({made["C1"].pk}))
    reader = Actor(1, "reader", {"organisation.view": inside, "members.view": inside})
    with pytest.raises(Denied) as no:
        reading.identity_show(actor=reader, person_id=who.pk)
    assert no.value.status == 403
    outsider = Actor(2, "outsider", {"organisation.view": Scope(), "members.identity": Scope()})
    with pytest.raises(Denied) as no:
        reading.identity_show(actor=outsider, person_id=who.pk)
    assert no.value.status == 404
    assert reading.identity_show(actor=SYSTEM, person_id=who.pk) == "051190000123"
    assert Reading.objects.filter(person=who, what="identity", user_name="tests").count() == 1
    assert "051190000123" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_nobody_writes_outside_their_subtree() -> None:
    made = province()
    who = person("Bùi Văn Tấn", "C1", date(2020, 1, 10))
    there = Scope(unit_ids=frozenset({made["C4"].pk}))
    clerk = Actor(5, "clerk", {"organisation.view": there, "members.write": there}, verified=True)
    with pytest.raises(Denied) as no:
        ledger.movement_book(
            actor=clerk, person_id=who.pk, kind="death", on=date(2024, 1, 1), paper=Paper(), today=TODAY
        )
    assert no.value.status == 404
    assert Movement.objects.count() == 1


def test_the_arrays_follow_every_write() -> None:
    """What the snapshot has after single refreshes is what a fresh load has."""
    province()
    columns()
    somebody = [person(f"Nguyễn Văn {n}", cell, date(2020, 1, 1 + n)) for n, cell in enumerate(("C1", "C2", "C4"))]
    columns()
    book(somebody[0], "official_recognition", date(2021, 2, 1))
    columns()
    book(somebody[1], "death", date(2022, 2, 1))
    book(somebody[0], "transfer_within", date(2022, 3, 1), "C5")
    followed = columns()
    from nhiemky.members.snapshot import SNAPSHOT

    SNAPSHOT.forget()
    fresh = columns()

    def rows(held: object) -> list[list[tuple[int, ...]]]:
        tables = (held.stays, held.movements)  # type: ignore[attr-defined]
        names = (("person", "unit", "start", "end", "official"), ("ids", "person", "kind", "day", "source", "target"))
        return [
            sorted(zip(*(getattr(table, name).tolist() for name in fields), strict=True))
            for table, fields in zip(tables, names, strict=True)
        ]

    assert rows(followed) == rows(fresh)
    assert Unit.objects.count() == 11


def test_who_never_counted_as_a_member_is_not_readmitted() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2024, 3, 2))
    wrong = Movement.objects.get(person=who)
    ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm người", today=TODAY)
    with pytest.raises(Refused) as no:
        book(who, "readmission", date(2023, 3, 2), "C1")
    assert [finding.code for finding in no.value.findings] == ["members.never_left"]
