"""People follow their cells: entries dated before a reorganisation, and reorganisations that take effect later."""

from __future__ import annotations

from datetime import date

import pytest

from builders import SYSTEM, TODAY, book, decision, person, province
from nhiemky.config.checking import check
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.services import entering, ledger, turning
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation

pytestmark = pytest.mark.django_db
REFORM, SOON = date(2025, 7, 1), date(2027, 1, 1)
PAPER = Paper("9-QĐ/ĐU", date(2026, 2, 2), "Đảng ủy")
MERGE = {"op": "merge", "units": ["C1"], "into": "C3"}


def merged(on: date, operation: dict[str, object] = MERGE) -> Reorganisation:
    return services.reorganisation_apply(actor=SYSTEM, decision=decision(operation, effective=on), today=TODAY)


def life(who: Person) -> list[tuple[str, str, date, date | None]]:
    stays = Stay.objects.filter(person=who).select_related("unit").order_by("during")
    return [(stay.unit.code, stay.standing, stay.during.lower, stay.during.upper) for stay in stays]


def sound() -> None:
    found = check()
    assert found["ok"], {name: part for name, part in found["checks"].items() if not part["ok"]}  # type: ignore[attr-defined]


def codes(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code.removeprefix("members.") for finding in no.value.findings}


def test_who_is_entered_late_follows_the_cell() -> None:
    province()
    merged(REFORM)
    who = person("Nguyễn Thị Ân", "C1", date(2025, 6, 1))
    assert life(who) == [("C1", "probationary", date(2025, 6, 1), REFORM), ("C3", "probationary", REFORM, None)]
    moved = Movement.objects.get(kind="en_bloc")
    assert (moved.reorganisation, moved.on) == (Reorganisation.objects.get(), REFORM)
    who.refresh_from_db()
    assert who.last_unit is not None
    assert who.last_unit.code == "C3"
    sound()


def test_a_late_entry_goes_before_the_reorganisation_and_a_wrong_one_is_taken_back_behind_it() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    merged(REFORM)
    book(who, "official_recognition", date(2021, 3, 2))
    assert life(who)[-2:] == [("C1", "official", date(2021, 3, 2), REFORM), ("C3", "official", REFORM, None)]
    sound()
    wrong = Movement.objects.get(kind="official_recognition")
    ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm người", today=TODAY)
    assert life(who) == [("C1", "probationary", date(2020, 3, 2), REFORM), ("C3", "probationary", REFORM, None)]
    who.refresh_from_db()
    assert who.official_on is None
    sound()
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=Reorganisation.objects.get().pk, today=TODAY)
    assert life(who) == [("C1", "probationary", date(2020, 3, 2), None)]
    sound()


def test_who_goes_elsewhere_before_the_reform_does_not_follow_the_old_cell() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    merged(REFORM)
    book(who, "transfer_within", date(2024, 3, 2), "C4")
    assert [unit for unit, *_rest in life(who)] == ["C1", "C4"]
    sound()


def test_life_goes_on_until_a_decision_takes_effect() -> None:
    province()
    stays, dies = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2)), person("Bùi Văn Tấn", "C1", date(2020, 3, 2))
    merged(SOON)
    dies.refresh_from_db()
    assert dies.last_unit is not None
    assert dies.last_unit.code == "C1"
    book(dies, "death", date(2026, 5, 1))
    book(stays, "official_recognition", date(2026, 5, 1))
    assert life(stays)[-1] == ("C3", "official", SOON, None)
    stays.refresh_from_db()
    assert stays.last_unit is not None
    assert stays.last_unit.code == "C1"
    sound()
    assert not turning.due(TODAY)
    assert turning.due(SOON)
    assert turning.turn(actor=SYSTEM, today=SOON) == 1
    stays.refresh_from_db()
    assert stays.last_unit.code == "C3"
    assert not turning.due(SOON)


def test_nobody_is_entered_into_a_cell_that_ends_or_stops_being_one() -> None:
    province()
    services.reorganisation_apply(
        actor=SYSTEM, decision=decision({"op": "dissolve", "unit": "C2"}, effective=SOON, number="1"), today=TODAY
    )
    with pytest.raises(Refused) as no:
        person("Nguyễn Thị Ân", "C2", date(2026, 3, 2))
    assert codes(no) == {"cell_ends"}
    services.reorganisation_apply(
        actor=SYSTEM,
        decision=decision({"op": "convert", "unit": "C5", "kind": "grassroots_committee"}, effective=SOON, number="2"),
        today=TODAY,
    )
    with pytest.raises(Refused) as no:
        person("Nguyễn Thị Ân", "C5", date(2026, 3, 2))
    assert codes(no) == {"cell_becomes_other"}


def test_taking_a_readmission_back_gives_the_dates_back() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2015, 3, 2))
    book(who, "official_recognition", date(2016, 3, 2))
    book(who, "leaving", date(2018, 1, 1))
    book(who, "readmission", date(2022, 2, 3), "C4")
    who.refresh_from_db()
    assert (who.decided_on, who.admitted_on, who.official_on) == (date(2015, 3, 2), date(2022, 2, 3), None)
    again = Movement.objects.get(kind="readmission")
    ledger.movement_reverse(actor=SYSTEM, movement_id=again.pk, reason="nhầm chi bộ", today=TODAY)
    who.refresh_from_db()
    assert who.last_unit is not None
    assert (who.admitted_on, who.official_on, who.last_unit.code) == (date(2015, 3, 2), date(2016, 3, 2), "C1")
    book(who, "readmission", date(2022, 2, 3), "C2")
    sound()


def test_an_admission_taken_back_can_be_entered_right() -> None:
    province()
    data = PersonData("Nguyễn Thị Ân", "female", date(1990, 5, 19), 1, card_number="00012345")
    days = {"decided_on": date(2020, 1, 1), "admitted_on": date(2020, 1, 10)}
    wrong = entering.person_admit(actor=SYSTEM, person=data, unit_code="C1", **days, paper=PAPER, today=TODAY)
    movement = Movement.objects.get()
    ledger.movement_reverse(actor=SYSTEM, movement_id=movement.pk, reason="nhầm chi bộ", today=TODAY)
    right = entering.person_admit(actor=SYSTEM, person=data, unit_code="C4", **days, paper=PAPER, today=TODAY)
    assert right.pk == wrong.pk
    assert [unit for unit, *_rest in life(right)] == ["C4"]
    with pytest.raises(Refused) as no:
        entering.person_admit(actor=SYSTEM, person=data, unit_code="C1", **days, paper=PAPER, today=TODAY)
    assert codes(no) == {"card_known"}


def test_who_went_away_by_transfer_comes_back_with_the_standing_of_before() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2015, 3, 2))
    book(who, "official_recognition", date(2016, 3, 2))
    book(who, "transfer_out", date(2020, 1, 1))
    with pytest.raises(Refused) as no:
        book(who, "readmission", date(2024, 1, 1), "C2")
    assert "wrong_way_back" in codes(no)
    book(who, "transfer_in", date(2024, 1, 1), "C2")
    assert life(who)[-1] == ("C2", "official", date(2024, 1, 1), None)
    book(who, "death", date(2025, 1, 1))
    with pytest.raises(Refused) as no:
        book(who, "transfer_in", date(2026, 1, 1), "C2")
    assert "has_died" in codes(no)
