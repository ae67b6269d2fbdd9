"""Grounds of entries: which the rule of the day knows, and who comes back never, or never again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, TODAY, book, person, province
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.grounds import GROUNDS, OF_KIND, check_ground, check_readmission
from nhiemky.members.models import Movement
from nhiemky.members.services import ledger
from nhiemky.members.services.ledger import Paper

pytestmark = pytest.mark.django_db


def codes(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code.removeprefix("members.") for finding in no.value.findings}


def test_there_are_five_grounds_of_striking_off() -> None:
    assert len(OF_KIND["striking_off"]) == 5
    assert len({ground.key for ground in GROUNDS}) == len(GROUNDS)


def test_a_ground_of_another_kind_of_entry_is_refused_with_the_rule() -> None:
    (finding,) = check_ground("striking_off", "maternity", date(2024, 3, 1))
    assert (finding.code, finding.cites) == ("members.ground_unknown", "Quy định 24-QĐ/TW (2021)")
    assert not check_ground("striking_off", "card", date(2024, 3, 1))
    assert check_ground("death", "card", date(2024, 3, 1))
    assert check_ground("striking_off", "card", date(2025, 8, 1)) == []


def test_a_ground_stands_in_the_ledger_and_only_with_its_kind() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    book(who, "striking_off", date(2022, 3, 3), ground="duties")
    entry = Movement.objects.get(kind="striking_off")
    assert entry.ground == "duties"
    wrong = {"person": who, "kind": "death", "on": TODAY, "from_unit_id": entry.from_unit_id, "seq": 1}
    with pytest.raises(IntegrityError, match="members_movement_ground"), transaction.atomic():
        Movement.objects.create(**wrong, ground="duties")


@pytest.mark.parametrize(
    ("kind", "ground", "says"),
    [
        ("leaving", "application", "readmission_excluded"),
        ("striking_off", "absent", "readmission_excluded"),
        ("expulsion", "corruption", "readmission_excluded"),
        ("leaving", "", "ground_needed"),
        ("leaving", "hardship", ""),
        ("striking_off", "duties", ""),
    ],
)
def test_who_may_come_back_depends_on_the_ground(kind: str, ground: str, says: str) -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    book(who, kind, date(2022, 1, 1), ground=ground)
    if says:
        with pytest.raises(Refused) as no:
            book(who, "readmission", date(2025, 3, 1), "C2")
        assert codes(no) == {says}
    else:
        book(who, "readmission", date(2025, 3, 1), "C2")


def test_before_the_rule_of_2025_the_ground_excluded_nobody() -> None:
    assert not check_readmission("leaving", "application", 0, date(2025, 1, 19))
    assert check_readmission("leaving", "application", 0, date(2025, 1, 20))


def test_a_readmission_comes_only_once() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2012, 1, 10))
    book(who, "leaving", date(2014, 1, 1), ground="hardship")
    book(who, "readmission", date(2018, 3, 1), "C2")
    book(who, "leaving", date(2020, 1, 1), ground="hardship")
    with pytest.raises(Refused) as no:
        book(who, "readmission", date(2025, 3, 1), "C2")
    assert codes(no) == {"readmitted_already"}


@pytest.mark.parametrize("paper", [Paper(), Paper("12-QĐ/ĐU"), Paper(" ", date(2022, 1, 1), "Đảng ủy")])
def test_an_entry_rests_on_a_paper_with_number_and_day(paper: Paper) -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    asked = {"actor": SYSTEM, "person_id": who.pk, "on": date(2022, 1, 1), "paper": paper, "today": TODAY}
    with pytest.raises(Refused) as no:
        ledger.movement_book(**asked, kind="expulsion", ground="crime")
    assert codes(no) == {"paper_missing"}
    ledger.movement_book(**asked, kind="death")
