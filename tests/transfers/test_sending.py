"""Two offices and one person: sent, received, returned, withdrawn; nobody needs rights at both ends."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, TODAY, book, decision, person, province
from nhiemky.access import selectors as access
from nhiemky.audit.models import Event
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.services import ledger
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import services
from nhiemky.transfers import selectors
from nhiemky.transfers.models import GuestStay, Transfer, TransferStep
from nhiemky.transfers.services import receiving, sending
from transfers.letters import clerk, letter, receive, send

pytestmark = pytest.mark.django_db


def codes(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code.removeprefix("transfers.") for finding in no.value.findings if finding.blocks}


@pytest.fixture
def who() -> Person:
    province()
    return person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))


def where(someone: Person, on: date = TODAY) -> list[str]:
    return list(Stay.objects.filter(person=someone, during__contains=on).values_list("unit__code", flat=True))


def test_each_side_does_its_part_and_the_receipt_books_the_entry(who: Person) -> None:
    here, there = clerk("X1", "C1", "C2"), clerk("X3", "C4")
    transfer = send(who, letter("X3"), actor=here)
    assert where(who) == ["C1"]
    with pytest.raises(Denied):
        receive(transfer, "C4", actor=here)
    receive(transfer, "C4", actor=there)
    assert where(who) == ["C4"]
    assert where(who, date(2026, 10, 19)) == ["C1"]
    transfer.refresh_from_db()
    entry = transfer.movement
    assert entry is not None
    assert (entry.kind, entry.on, entry.paper_number) == ("transfer_within", date(2026, 10, 20), "15-GT/ĐU")
    booked = Event.objects.filter(action="members.movement_booked").latest("seq")
    assert (booked.facts["agreed_by"], booked.facts["agreed_seq"]) == ("X1-C1-C2", transfer.seq)
    assert Event.objects.get(seq=transfer.seq).action == "transfers.transfer_sent"
    assert list(TransferStep.objects.order_by("pk").values_list("act", flat=True)) == ["sent", "received"]


def test_without_the_senders_word_the_receiver_can_take_nobody(who: Person) -> None:
    with pytest.raises(Denied):
        ledger.movement_book(
            actor=clerk("X3", "C4"), person_id=who.pk, kind="transfer_within", on=date(2026, 10, 20),
            paper=Paper("1", TODAY), today=TODAY, unit_code="C4",
        )  # fmt: skip


def test_an_outsider_neither_sends_nor_sees_nor_receives(who: Person) -> None:
    stranger = clerk("X2", "C3")
    with pytest.raises(Denied) as no:
        send(who, letter("X3"), actor=stranger)
    assert no.value.status == 404
    transfer = send(who, letter("X3"))
    with pytest.raises(Denied) as no:
        selectors.visible_transfer(stranger, transfer.pk)
    assert no.value.status == 404
    with pytest.raises(Denied):
        receive(transfer, "C4", actor=stranger)
    with pytest.raises(Denied):
        receiving.transfer_return(actor=stranger, transfer_id=transfer.pk, reason="x", today=TODAY)
    assert selectors.visible_transfer(clerk("X3", "C4"), transfer.pk) == transfer


def test_a_cell_of_others_cannot_be_addressed_an_organisation_can(who: Person) -> None:
    here = clerk("X1", "C1", "C2")
    with pytest.raises(Refused) as no:
        send(who, letter("C4"), actor=here)
    assert codes(no) == {"no_such_target"}
    found = selectors.found_addresses(here, "duc lan", TODAY)
    held = selectors.organisation.structure()
    assert [held.codes[place] for place in found] == ["X3"]
    assert selectors.found_addresses(here, "thon bac", TODAY) == []


def test_a_returned_letter_is_sent_again_or_withdrawn(who: Person) -> None:
    here, there = clerk("X1", "C1"), clerk("X3", "C4")
    transfer = send(who, letter("X3"), actor=here)
    with pytest.raises(Refused) as no:
        receiving.transfer_return(actor=there, transfer_id=transfer.pk, reason=" ", today=TODAY)
    assert codes(no) == {"reason_missing"}
    receiving.transfer_return(actor=there, transfer_id=transfer.pk, reason="Sai tên", today=TODAY)
    with pytest.raises(Refused) as no:
        receive(transfer, "C4", actor=there)
    assert codes(no) == {"not_in_state"}
    assert list(selectors.returned(here)) == [transfer]
    sending.transfer_send_again(actor=here, transfer_id=transfer.pk, letter=letter("X2"), today=TODAY)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.target_unit.code) == ("sent", "X2")  # type: ignore[union-attr]
    with pytest.raises(Denied):
        receive(transfer, "C4", actor=there)
    sending.transfer_withdraw(actor=here, transfer_id=transfer.pk, reason="Không đi nữa", today=TODAY)
    with pytest.raises(Refused):
        receive(transfer, "C3", actor=clerk("X2", "C3"))
    assert where(who) == ["C1"]
    acts = list(TransferStep.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["sent", "returned", "sent_again", "withdrawn"]


def test_nobody_is_sent_twice_at_a_time(who: Person) -> None:
    transfer = send(who, letter("X3"))
    with pytest.raises(Refused) as no:
        send(who, letter("X2"))
    assert codes(no) == {"open_already"}
    kept = {field.attname: getattr(transfer, field.attname) for field in Transfer._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError, match="transfers_one_open"), transaction.atomic():
        Transfer.objects.create(**kept)


def test_who_is_under_inspection_does_not_transfer_yet(who: Person) -> None:
    with pytest.raises(Refused) as no:
        send(who, letter("X3", unresolved=True))
    assert codes(no) == {"unresolved"}
    assert not Transfer.objects.exists()


def test_the_entry_goes_to_a_cell_of_the_addressed_organisation(who: Person) -> None:
    transfer = send(who, letter("X3"))
    with pytest.raises(Refused) as no:
        receive(transfer, "C3")
    assert codes(no) == {"other_organisation"}
    with pytest.raises(Refused):
        receive(transfer, "X3")
    assert where(who) == ["C1"]


def test_internal_is_within_one_grassroots_organisation(who: Person) -> None:
    for target, kind, says in (("X3", "internal", "not_internal"), ("C2", "official", "is_internal")):
        with pytest.raises(Refused) as no:
            send(who, letter(target, kind))
        assert codes(no) == {says}
    receive(send(who, letter("C2", "internal")), "C2")
    assert where(who) == ["C2"]


def test_to_another_province_the_sender_confirms(who: Person) -> None:
    here = clerk("X1", "C1")
    transfer = send(who, letter(place="Đảng bộ thành phố Đà Nẵng"), actor=here)
    receive(transfer, actor=here)
    assert where(who) == []
    entry = Movement.objects.get(kind="transfer_out")
    assert (entry.place, entry.transfer) == ("Đảng bộ thành phố Đà Nẵng", transfer)


def test_abroad_and_back(who: Person) -> None:
    here = clerk("X1", "C1", "C2")
    with pytest.raises(Refused) as no:
        send(who, letter(kind="abroad", place="Nhật Bản", on=date(2026, 3, 2)), actor=here)
    assert codes(no) == {"return_unknown"}
    written = letter(kind="abroad", place="Nhật Bản", on=date(2026, 3, 2), until=date(2026, 9, 1))
    transfer = receive(send(who, written, actor=here), on=date(2026, 3, 9), actor=here)
    assert where(who) == []
    assert list(selectors.away(here)) == [transfer]
    back = {
        "actor": here,
        "transfer_id": transfer.pk,
        "paper": Paper("8-GT/ĐUNN", date(2026, 9, 20), "Đảng ủy Ngoài nước"),
    }
    receiving.abroad_return(**back, on=date(2026, 9, 25), unit_code="C2", today=TODAY)
    assert where(who) == ["C2"]
    assert not selectors.away(here).exists()
    with pytest.raises(Refused) as no:
        receiving.abroad_return(**back, on=date(2026, 9, 26), unit_code="C2", today=TODAY)
    assert codes(no) == {"not_abroad"}


def test_a_guest_stays_counted_at_home_and_shows_at_the_host(who: Person) -> None:
    here, there = clerk("X1", "C1"), clerk("X3", "C4")
    written = letter("X3", "temporary", purpose="work", until=date(2027, 3, 1))
    transfer = receive(send(who, written, actor=here), "C4", actor=there)
    assert where(who) == ["C1"]
    assert Movement.objects.count() == 1
    host = selectors.organisation.structure().by_code["X3"]
    assert [stay.person for stay in selectors.guests_of(host, TODAY)] == [who]
    assert [stay.person for stay in selectors.guests(here, TODAY)] == [who]
    with pytest.raises(Refused) as no:
        send(who, letter("X2"), actor=here)
    assert codes(no) == {"is_guest"}
    end = {"actor": there, "transfer_id": transfer.pk, "today": TODAY}
    with pytest.raises(Refused) as no:
        receiving.stay_end(**end, on=date(2026, 10, 20), reason="về sớm")
    assert codes(no) == {"end_outside"}
    receiving.stay_end(**end, on=date(2026, 10, 30), reason="về sớm")
    assert not selectors.guests_of(host, TODAY).exists()
    with pytest.raises(Denied):
        receiving.stay_end(**{**end, "actor": clerk("X2")}, on=date(2026, 10, 25), reason="x")


def test_a_stay_as_a_guest_never_overlaps_another(who: Person) -> None:
    written = letter("X3", "temporary", purpose="work", until=date(2027, 3, 1))
    transfer = receive(send(who, written), "C4")
    receiving.stay_end(actor=SYSTEM, transfer_id=transfer.pk, on=date(2026, 10, 30), reason="về", today=TODAY)
    again = send(who, letter("X2", "temporary", purpose="work", until=date(2027, 3, 1)))
    with pytest.raises(Refused) as no:
        receive(again, "C3", date(2026, 10, 29))
    assert codes(no) == {"stays_overlap"}
    stay = GuestStay.objects.get()
    with pytest.raises(IntegrityError, match="transfers_guest_one_at_a_time"), transaction.atomic():
        GuestStay.objects.create(transfer=again, person=who, unit=stay.unit, during=stay.during)


def test_a_guest_who_has_died_is_nobodys_guest(who: Person) -> None:
    receive(send(who, letter("X3", "temporary", purpose="work", until=date(2027, 3, 1))), "C4")
    book(who, "death", date(2026, 10, 25))
    host = selectors.organisation.structure().by_code["X3"]
    assert not selectors.guests_of(host, TODAY).exists()
    assert selectors.guests_of(host, date(2026, 10, 24)).exists()


def test_who_was_moved_by_another_entry_is_not_received_any_more(who: Person) -> None:
    transfer = send(who, letter("X3"))
    book(who, "transfer_within", date(2026, 10, 12), "C3")
    assert selectors.outgoing(clerk("X2", "C3")).get().overtaken
    with pytest.raises(Refused) as no:
        receive(transfer, "C4")
    assert codes(no) == {"moved_since"}
    sending.transfer_withdraw(actor=clerk("X2", "C3"), transfer_id=transfer.pk, reason="đã chuyển", today=TODAY)
    assert where(who) == ["C3"]


def test_the_sender_falls_back_on_an_earlier_entry_taken_back_and_the_letter_no_longer_holds(who: Person) -> None:
    book(who, "transfer_within", date(2026, 9, 1), "C3")
    transfer = send(who, letter("X3"))
    wrong = Movement.objects.get(kind="transfer_within")
    ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm", today=TODAY)
    with pytest.raises(Refused) as no:
        receive(transfer, "C4")
    assert codes(no) == {"moved_since"}


def test_a_merged_source_and_a_merged_target_carry_the_letter_along(who: Person) -> None:
    transfer = send(who, letter("X2", on=date(2026, 9, 1)), today=date(2026, 9, 1))
    services.reorganisation_apply(
        actor=SYSTEM,
        decision=decision(
            {"op": "merge", "units": ["C1"], "into": "C2"},
            {"op": "merge", "units": ["X2"], "into": "X1"},
            effective=date(2026, 10, 1),
        ),
        today=TODAY,
    )
    who.refresh_from_db()
    held = selectors.organisation.structure()
    x1 = int(held.ids[held.by_code["X1"]])
    reached = access.covered(held, x1, TODAY)
    office = clerk("X1", "C2", "C3")
    office = type(office)(1, "X1", {right: type(scope)(unit_ids=reached) for right, scope in office.scopes.items()})
    assert list(selectors.incoming(office)) == [transfer]
    assert list(selectors.outgoing(office)) == [transfer]
    receive(transfer, "C3", actor=office)
    assert where(who) == ["C3"]


def test_an_office_left_without_cells_returns_the_letter(who: Person) -> None:
    transfer = send(who, letter("X2", on=date(2026, 9, 1)), today=date(2026, 9, 1))
    services.reorganisation_apply(
        actor=SYSTEM,
        decision=decision({"op": "dissolve", "unit": "C3", "members_to": "C4"}, effective=date(2026, 10, 1)),
        today=TODAY,
    )
    receiving.transfer_return(actor=clerk("X2"), transfer_id=transfer.pk, reason="không còn chi bộ", today=TODAY)
    assert selectors.returned(clerk("X1", "C1")).get() == transfer


def test_the_steps_cannot_be_edited(who: Person) -> None:
    send(who, letter("X3"))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        TransferStep.objects.update(text="x")
