"""What stays true after data were shredded: nobody comes back to life, no name stands anywhere, readers stay known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, book, person
from nhiemky.accounts.models import User
from nhiemky.audit.models import Event
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.members.models import Movement, Person, PersonChange, Reading
from nhiemky.members.services import ledger, rebooking
from nhiemky.members.services.ledger import Paper
from nhiemky.quality.services.merging import merge_undo, people_merge
from nhiemky.rights import retention
from nhiemky.rights.models import Holder, Shredded, Shredding
from nhiemky.rights.services import holders, requests, shredding
from rights.cases import PASSWORD, TODAY, correction, member, office
from rights.shreds import FIRST, PAPER, SECOND, amend, refuses, shred, sums


def codes(no: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in no.value.findings]


def refused(write: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as no:
        write()
    return codes(no)


def twin_of(who: Person, cell: str = "C1") -> Person:
    return person("Nguyễn Thị Ân Anh", cell, date(2012, 4, 2), born=who.birth_date)


# --- No name in the chain --------------------------------------------------------------------------------------------


def test_a_merge_writes_no_name_into_the_chain(gone: Person) -> None:
    twin = twin_of(gone)
    people_merge(actor=SYSTEM, kept_id=gone.pk, dropped_id=twin.pk, reason="chị Ân hai lần", today=TODAY)
    told = str(list(Event.objects.order_by("-seq").values_list("facts")[:3]))
    assert f"#{gone.pk}" in told
    assert "Nguyễn Thị Ân" not in told
    assert "chị Ân" not in told


def test_a_merge_that_was_undone_leaves_no_name_with_the_other(gone: Person) -> None:
    other = twin_of(gone)
    made = people_merge(actor=SYSTEM, kept_id=gone.pk, dropped_id=other.pk, reason="chị Ân hai lần", today=TODAY)
    merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)
    shred(gone)
    told = [*Movement.objects.filter(person=other).values_list("reason", flat=True)]
    told += PersonChange.objects.filter(person=other).values_list("reason", flat=True)
    assert [text for text in told if "Ân" in text] == []
    other.refresh_from_db()
    assert other.forgotten is None


# --- Who looked stays known ------------------------------------------------------------------------------------------


def test_who_looked_at_the_record_stays_known(gone: Person) -> None:
    held = shred(gone)
    assert Reading.objects.filter(person=gone, user_name="anphu", user_id=7).exists()
    refuses(lambda: Reading.objects.filter(person=gone).update(user_name="", user_id=None))
    assert held.state == Shredding.DONE


# --- Nobody comes back to life ---------------------------------------------------------------------------------------


def test_the_ledger_takes_no_entry_of_somebody_shredded(gone: Person) -> None:
    shred(gone)
    before = sums()
    death = Movement.objects.get(person=gone, kind="death")
    back = {"movement_id": death.pk, "reason": "nhầm", "today": TODAY}
    assert refused(lambda: ledger.movement_reverse(actor=SYSTEM, **back)) == ["members.forgotten"]
    assert refused(lambda: book(gone, "readmission", date(2026, 2, 1), "C1")) == ["members.forgotten"]
    assert refused(lambda: rebooking.entries_take_back(actor=SYSTEM, person_id=gone.pk, reason="x")) == [
        "members.forgotten"
    ]
    assert sums() == before


def test_a_merge_of_somebody_shredded_is_neither_made_nor_undone(gone: Person) -> None:
    twin = twin_of(gone)
    living = person("Phạm Thị Em", "C1", date(2012, 4, 2))
    made = people_merge(actor=SYSTEM, kept_id=gone.pk, dropped_id=twin.pk, reason="trùng", today=TODAY)
    shred(gone)
    before = sums()
    assert refused(lambda: merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)) == ["members.forgotten"]
    for kept, dropped in ((gone, living), (living, gone)):
        ids = {"kept_id": kept.pk, "dropped_id": dropped.pk}
        found = refused(lambda ids=ids: people_merge(actor=SYSTEM, **ids, reason="trùng", today=TODAY))  # type: ignore[misc]
        assert "members.forgotten" in found
    assert sums() == before


def test_nobody_shredded_gets_an_account(gone: Person) -> None:
    shred(gone)
    give = {"actor": SYSTEM, "person_id": gone.pk, "password": PASSWORD}
    assert refused(lambda: holders.account_give(**give)) == ["members.forgotten"]
    assert not Holder.objects.filter(person=gone, withdrawn=False).exists()


def test_a_name_alone_locks_nobody_s_record(gone: Person) -> None:
    living = person("Phạm Thị Em", "C1", date(2012, 4, 2))
    amend(living, {"full_name": FORGOTTEN})
    amend(living, {"full_name": "Phạm Thị Em", "phone": "0905123457"})
    living.refresh_from_db()
    assert (living.forgotten, living.phone) == (None, "0905123457")


@pytest.mark.parametrize(
    "values", [{"phone": "0905123456"}, {"full_name": "Nguyễn Thị Ân"}, {"residence": "x"}, {"identity_mark": b"x"}]
)
def test_who_is_marked_as_shredded_holds_nothing_that_tells(gone: Person, values: dict[str, object]) -> None:
    shred(gone)
    gone.refresh_from_db()
    assert gone.forgotten is not None
    with pytest.raises(IntegrityError, match="members_person_forgotten"), transaction.atomic():
        Person.objects.filter(pk=gone.pk).update(**values)


# --- Twins stand on the list -----------------------------------------------------------------------------------------


def merged_twin(gone: Person, cell: str = "C1") -> Person:
    twin = twin_of(gone, cell)
    people_merge(actor=SYSTEM, kept_id=gone.pk, dropped_id=twin.pk, reason="trùng", today=TODAY)
    return twin


def test_a_twin_stands_on_the_list_before_anybody_carries_it_out(gone: Person) -> None:
    twin = merged_twin(gone)
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    assert held.people == sorted([gone.pk, twin.pk])
    assert list(retention.listed(held)) == [gone, twin]


def test_a_twin_of_another_s_units_keeps_the_list_from_being_made(gone: Person) -> None:
    merged_twin(gone, "C4")
    here = office("C1", "X1", name="a")
    prepare = {"actor": here, "person_ids": [gone.pk], "paper": PAPER, "today": TODAY}
    assert refused(lambda: shredding.shredding_prepare(**prepare)) == ["rights.twin_out_of_reach"]


def test_a_twin_found_after_the_list_was_made_stops_it(gone: Person) -> None:
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    twin = merged_twin(gone)
    carry = {"actor": SECOND, "shredding_id": held.pk, "number": PAPER.number, "today": TODAY}
    assert refused(lambda: shredding.shredding_carry_out(**carry)) == ["rights.list_changed"]
    twin.refresh_from_db()
    assert twin.forgotten is None
    assert not Shredded.objects.exists()


# --- Open requests ---------------------------------------------------------------------------------------------------


def test_who_waits_for_an_answer_is_not_due(gone: Person) -> None:
    assert [one.person for one in retention.gone(SYSTEM, TODAY)] == [gone]
    wish = correction(member(gone) if not gone.holders.exists() else office("C1"), gone, "residence", "Xóm Cũ")
    assert retention.gone(SYSTEM, TODAY) == []
    prepare = {"actor": FIRST, "person_ids": [gone.pk], "paper": PAPER, "today": TODAY}
    assert refused(lambda: shredding.shredding_prepare(**prepare)) == ["rights.request_open"]
    requests.request_refuse(actor=SYSTEM, request_id=wish.pk, answer="Chị ấy ở Xóm Mới", source="x", today=TODAY)
    held = shredding.shredding_prepare(**prepare)
    correction(office("C1"), gone, "residence", "Xóm Cũ")
    carry = {"actor": SECOND, "shredding_id": held.pk, "number": PAPER.number, "today": TODAY}
    assert refused(lambda: shredding.shredding_carry_out(**carry)) == ["rights.request_open"]


# --- Who never was a member ------------------------------------------------------------------------------------------


def test_whose_every_entry_was_taken_back_is_due_years_after_that(gone: Person) -> None:
    mistaken = person("Trần Thị Nhầm", "C1", date(2012, 3, 2))
    entry = Movement.objects.get(person=mistaken)
    ledger.movement_reverse(actor=SYSTEM, movement_id=entry.pk, reason="x", today=TODAY)
    assert mistaken not in [one.person for one in retention.gone(SYSTEM, TODAY)]
    found = {one.person: one for one in retention.gone(SYSTEM, date(2060, 1, 1))}
    assert retention.count_due(SYSTEM, date(2060, 1, 1)) == len(found)
    assert found[mistaken].kind == ""
    later = date(2060, 1, 1)
    paper = Paper("78-QĐ/TU", date(2059, 1, 1), "x")
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[mistaken.pk], paper=paper, today=later)
    shredding.shredding_carry_out(actor=SECOND, shredding_id=held.pk, number="78-QĐ/TU", today=later)
    mistaken.refresh_from_db()
    assert mistaken.full_name == FORGOTTEN
    assert not User.objects.filter(full_name="Trần Thị Nhầm").exists()
