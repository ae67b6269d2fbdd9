"""Transfers on the pages of two offices, and what each finds on its desk."""

from __future__ import annotations

import re
from datetime import date

import pytest

from builders import TODAY, book, person, province
from nhiemky.core import wording
from nhiemky.domain.transfers.limits import present_by
from nhiemky.members.models import Person
from nhiemky.transfers import desk
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.services import receiving
from pages_kit import somebody, words
from transfers.letters import clerk, letter, receive, send

pytestmark = pytest.mark.django_db
GIVEN = {
    "decided_on": "01/10/2026", "letter_number": "15-GT/ĐU", "letter_on": "05/10/2026", "target": "X3",
    "letter_body": "Đảng ủy xã An Phú", "unresolved": "no",
}  # fmt: skip


@pytest.fixture
def who() -> Person:
    province()
    return person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))


def desk_of(*codes: str, today: date = TODAY) -> dict[str, tuple[int, bool]]:
    return {
        due.finding.code.removeprefix("transfers."): (due.count, due.overdue) for due in desk.due(clerk(*codes), today)
    }


def test_from_the_senders_page_to_the_receivers_register(who: Person) -> None:
    here, there = somebody("clerk", "X1"), somebody("clerk", "X3")
    new = f"/members/{who.pk}/transfers/new/?kind=official"
    asked = words(here.post(new, GIVEN).content)
    assert "Please confirm" in asked
    assert "Đảng bộ xã Đức Lân (X3)" in asked
    assert not Transfer.objects.exists()
    assert here.post(new, {**GIVEN, "confirmed": "yes"}).status_code == 302
    page = f"/transfers/{Transfer.objects.get().pk}/"
    assert "transfer under way" in words(here.get(f"/members/{who.pk}/").content)
    assert "Nguyễn Thị Ân" in words(there.get("/transfers/?list=in").content)
    assert there.get(f"/members/{who.pk}/").status_code == 404
    assert "Confirm receipt" in words(there.get(page).content)
    assert "Confirm receipt" not in words(here.get(page).content)
    came = {"on": "20/10/2026", "unit": "C4", "confirmed": "yes"}
    assert here.post(f"{page}receive/", came).status_code == 403
    assert there.post(f"{page}receive/", came).status_code == 302
    assert there.get(f"/members/{who.pk}/").status_code == 200
    assert here.get(f"/members/{who.pk}/").status_code == 404
    assert "Received" in words(here.get(page).content)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"unresolved": "yes"}, "does not transfer yet"),
        ({"target": "C4"}, "No organisation “C4” can be addressed"),
        ({"target": ""}, "either an organisation of the system or a place outside"),
        ({"letter_on": "01/11/2026"}, "has not come yet"),
    ],
)
def test_a_refused_letter_says_why_and_what_was_typed_stays(who: Person, more: dict[str, str], says: str) -> None:
    answer = somebody("clerk", "X1").post(f"/members/{who.pk}/transfers/new/?kind=official", GIVEN | more)
    assert answer.status_code == 422
    assert says in words(answer.content)
    assert "15-GT/ĐU" in answer.content.decode()


def test_returned_with_a_reason_and_sent_again_on_the_page(who: Person) -> None:
    here, there = somebody("clerk", "X1"), somebody("clerk", "X3")
    page = f"/transfers/{send(who, letter('X3')).pk}/"
    assert there.post(f"{page}return/", {"reason": ""}).status_code == 422
    assert there.post(f"{page}return/", {"reason": "Sai số thẻ"}).status_code == 302
    assert "Sai số thẻ" in words(here.get(page).content)
    assert "15-GT/ĐU" in here.get(f"{page}again/").content.decode()
    again = GIVEN | {"letter_number": "16-GT/ĐU", "confirmed": "yes"}
    assert here.post(f"{page}again/", again).status_code == 302
    assert Transfer.objects.get().letter_number == "16-GT/ĐU"
    assert here.post(f"{page}withdraw/", {"reason": "Thôi"}).status_code == 302
    assert Transfer.objects.get().state == "withdrawn"


def test_addresses_are_offered_to_the_sender_but_no_cells_of_others(who: Person) -> None:
    found = somebody("clerk", "X1").get("/lookup/addresses?target=duc+lan").content.decode()
    assert "X3" in found
    assert "C4" not in somebody("secretary", "C1").get("/lookup/addresses?target=thon").content.decode()


def test_the_hosts_page_lists_its_guests_until_the_stay_ends(who: Person) -> None:
    receive(send(who, letter("X3", "temporary", purpose="study", until=date(2027, 6, 1))), "C4")
    host = somebody("clerk", "X3")
    assert "Nguyễn Thị Ân" in words(host.get("/units/X3/guests/").content)
    assert "Nguyễn Thị Ân" not in words(host.get("/units/X3/guests/?on=2026-10-19").content)
    page = f"/transfers/{GuestStay.objects.get().transfer_id}/"
    assert host.post(f"{page}end/", {"on": "30/10/2026", "reason": "Xong khóa"}).status_code == 302
    assert "No guest on this day" in words(host.get("/units/X3/guests/").content)


def test_each_desk_tells_what_its_office_has_to_do(who: Person) -> None:
    transfer = send(who, letter("X3"))
    assert desk_of("X3", "C4") == {"to_receive": (1, False)}
    assert desk_of("X1", "C1") == {}
    (line,) = desk.due(clerk("X3", "C4"), TODAY)
    assert line.on == present_by(date(2026, 10, 5))
    assert re.search(r"\b1\b", wording.sentence(line.finding))
    receiving.transfer_return(actor=clerk("X3", "C4"), transfer_id=transfer.pk, reason="x", today=TODAY)
    assert desk_of("X3", "C4") == {}
    assert desk_of("X1", "C1") == {"came_back_to_sender": (1, False)}
    assert desk_of("X2", "C3") == {}


def test_a_lost_letter_shows_up_by_itself_on_both_desks_and_in_the_list(who: Person) -> None:
    send(who, letter("X3"))
    last = present_by(date(2026, 10, 5))
    assert desk_of("X1", "C1", today=last) == {}
    late = date(2026, 11, 17)
    assert desk_of("X1", "C1", today=late) == {"letters_lost": (1, True)}
    assert desk_of("X3", "C4", today=late) == {"letters_lost": (1, True)}
    assert desk_of("X2", "C3", today=late) == {}


def test_a_letter_overtaken_by_another_entry_is_told_to_whom_the_person_now_belongs(who: Person) -> None:
    send(who, letter("X3"))
    book(who, "transfer_within", date(2026, 10, 12), "C3")
    assert desk_of("X2", "C3") == {"to_withdraw": (1, False)}


def test_who_is_abroad_longer_than_expected_is_on_the_desk(who: Person) -> None:
    written = letter(kind="abroad", place="Lào", on=date(2026, 3, 2), until=date(2026, 10, 1))
    receive(send(who, written), on=date(2026, 3, 9))
    assert desk_of("X1", "C1") == {"back_from_abroad": (1, True)}
    assert desk_of("X1", "C1", today=date(2026, 10, 1)) == {}
