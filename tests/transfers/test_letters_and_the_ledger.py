"""Letters beside what happens in the ledger and in the organisation meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from builders import SYSTEM, TODAY, decision, person, province
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person
from nhiemky.members.services import ledger
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import services
from nhiemky.transfers import selectors
from nhiemky.transfers.models import Transfer
from nhiemky.transfers.services import receiving, sending
from transfers.letters import letter, receive, send

pytestmark = pytest.mark.django_db
PAPER = Paper("8-GT", date(2026, 10, 1), "Đảng ủy ngoài nước")


@pytest.fixture
def who() -> Person:
    province()
    return person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))


def went_abroad(who: Person) -> Transfer:
    until = date(2027, 10, 1)
    return receive(send(who, letter(kind="abroad", place="Nhật Bản", until=until)), on=date(2026, 10, 8))


def back(transfer: Transfer, on: date) -> Transfer:
    return receiving.abroad_return(
        actor=SYSTEM, transfer_id=transfer.pk, on=on, unit_code="C1", paper=PAPER, today=TODAY
    )


def test_a_return_from_abroad_that_was_taken_back_is_recorded_anew(who: Person) -> None:
    transfer = went_abroad(who)
    wrong = back(transfer, date(2026, 10, 20)).return_movement
    assert wrong is not None
    assert not selectors.away(SYSTEM).exists()
    with pytest.raises(Refused, match=r"transfers\.not_abroad"):
        back(transfer, date(2026, 10, 21))
    ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="sai ngày", today=TODAY)
    assert selectors.away(SYSTEM).get() == transfer
    back(transfer, date(2026, 10, 21))
    assert not selectors.away(SYSTEM).exists()


def test_who_came_back_by_an_entry_of_the_ledger_is_no_longer_away(who: Person) -> None:
    transfer = went_abroad(who)
    assert selectors.away(SYSTEM).get() == transfer
    ledger.movement_book(
        actor=SYSTEM, person_id=who.pk, kind="transfer_in", on=date(2026, 10, 20), paper=PAPER, today=TODAY,
        unit_code="C1",
    )  # fmt: skip
    assert not selectors.away(SYSTEM).exists()


def test_a_founding_is_not_undone_while_a_letter_to_the_new_organisation_is_under_way(who: Person) -> None:
    new = {"op": "found", "code": "X9", "name": "Đảng bộ xã Mới", "kind": "grassroots_committee",
           "sector": "residential", "parent": "H2"}  # fmt: skip
    founded = services.reorganisation_apply(actor=SYSTEM, decision=decision(new), today=TODAY).pk
    transfer = send(who, letter("X9"))
    with pytest.raises(Refused, match=r"transfers\.letters_since"):
        services.reorganisation_undo(actor=SYSTEM, reorganisation_id=founded, today=TODAY)
    receiving.transfer_return(actor=SYSTEM, transfer_id=transfer.pk, reason="sai nơi", today=TODAY)
    sending.transfer_withdraw(actor=SYSTEM, transfer_id=transfer.pk, reason="thôi", today=TODAY)
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=founded, today=TODAY)


def test_a_letter_still_holds_when_the_merger_before_it_is_undone(who: Person) -> None:
    merger = decision({"op": "merge", "units": ["C1"], "into": "C2"}, effective=date(2026, 9, 1))
    merged = services.reorganisation_apply(actor=SYSTEM, decision=merger, today=TODAY).pk
    transfer = send(who, letter("X2"))
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=merged, today=TODAY)
    assert not selectors.overtaken(SYSTEM).exists()
    assert receive(transfer, "C3").movement is not None


def test_a_letter_whose_ground_was_taken_back_is_told_to_the_sender(who: Person) -> None:
    moved = ledger.movement_book(
        actor=SYSTEM, person_id=who.pk, kind="transfer_within", on=date(2026, 9, 1), paper=PAPER, today=TODAY,
        unit_code="C2",
    )  # fmt: skip
    transfer = send(who, letter("X2"))
    ledger.movement_reverse(actor=SYSTEM, movement_id=moved.pk, reason="nhầm", today=TODAY)
    assert selectors.overtaken(SYSTEM).get() == transfer
    with pytest.raises(Refused, match=r"transfers\.moved_since"):
        receive(transfer, "C3")
