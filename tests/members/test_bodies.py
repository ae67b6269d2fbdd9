"""Terms and seats over time: what is refused, what ends what, and what the pages let one do."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

import builders
from builders import SYSTEM, TODAY, book, person, province, seat, term
from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.members.services import bodies, ledger
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import services as organisation
from nhiemky.organisation.models import Term
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
PAPER = Paper("7-QĐ/ĐU", date(2026, 3, 1), "Đảng ủy xã")
ADMITTED = date(2020, 3, 2)


def codes(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code.removeprefix("members.") for finding in no.value.findings}


def give(term_id: int, who: Person, on: date, post: str = "member", actor: Actor = SYSTEM) -> Seat:
    return bodies.seat_give(
        actor=actor, term_id=term_id, person_id=who.pk, post=post, origin="elected", on=on, paper=PAPER, today=TODAY
    )


def official(name: str, cell: str) -> Person:
    who = person(name, cell, ADMITTED)
    book(who, "official_recognition", date(2021, 6, 1))
    return who


def test_a_term_must_fit_its_unit_its_rule_and_the_terms_beside_it() -> None:
    province()
    with pytest.raises(Refused) as no:
        term("C1", "standing_committee")
    assert codes(no) == {"term_no_such_body"}
    with pytest.raises(Refused) as no:
        bodies.term_begin(
            actor=SYSTEM, unit_code="C1", body="cell_committee", start=date(2025, 1, 1), end=date(2027, 7, 1), seats=8,
            paper=PAPER,
        )  # fmt: skip
    assert codes(no) == {"term_too_many_seats"}
    assert "29-QĐ/TW" in no.value.findings[0].cites
    with pytest.raises(Refused) as no:
        term("C1", "cell_committee", start=date(2025, 8, 1), end=date(2025, 8, 1))
    assert codes(no) == {"term_without_days"}
    term("C1", "cell_committee")
    with pytest.raises(Refused) as no:
        term("C1", "cell_committee", start=date(2027, 1, 1), end=date(2029, 7, 1))
    assert codes(no) == {"term_overlaps"}
    assert Term.objects.get().label == "2025-2030"
    assert Event.objects.filter(action="members.term_begun").count() == 1


def test_where_no_rule_is_in_force_nothing_is_judged() -> None:
    province()
    with pytest.raises(Refused) as no:
        term("C1", "cell_committee", start=date(2005, 1, 1), end=date(2007, 7, 1))
    assert [finding.code for finding in no.value.findings] == ["rules.none_in_force"]


def test_who_may_hold_a_seat() -> None:
    province()
    held = term("X1")
    probationary, elsewhere = person("Lê Thị Hòa", "C1", date(2026, 1, 5)), official("Trần Văn Bảo", "C4")
    with pytest.raises(Refused) as no:
        give(held.pk, probationary, date(2026, 2, 1))
    assert codes(no) == {"seat_not_official"}
    assert not no.value.findings[0].confirmed
    with pytest.raises(Refused) as no:
        give(held.pk, elsewhere, date(2026, 2, 1))
    assert codes(no) == {"seat_not_of_unit"}
    first = official("Nguyễn Thị Ân", "C1")
    give(held.pk, first, date(2025, 8, 1), "secretary")
    with pytest.raises(Refused) as no:
        give(held.pk, first, date(2026, 2, 1), "secretary")
    assert codes(no) == {"seat_held_already", "secretary_held"}
    for name in ("Bùi Văn Tấn", "Võ Thị Lan"):
        give(held.pk, official(name, "C2"), date(2025, 8, 1))
    with pytest.raises(Refused) as no:
        give(held.pk, official("Đỗ Thị Mai", "C2"), date(2024, 8, 1))
    assert codes(no) == {"seat_outside_term", "seats_full"}


def test_the_database_holds_one_secretary_and_one_seat_a_person() -> None:
    province()
    given = seat(person("Nguyễn Thị Ân", "C1", ADMITTED), "X1", post="secretary")
    other = official("Bùi Văn Tấn", "C2")
    during = DateRange(date(2026, 1, 1), date(2030, 8, 1))
    for who, post in ((other, "secretary"), (given.person, "member")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(term=given.term, person=who, post=post, origin="elected", during=during)


def test_who_leaves_the_organisation_leaves_its_bodies_and_comes_back_by_the_counter_entry() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", ADMITTED)
    given = seat(who, "X1", post="secretary")
    book(who, "transfer_within", date(2026, 1, 10), "C2")  # another cell of the same commune
    given.refresh_from_db()
    assert given.during.upper == date(2030, 8, 1)
    book(who, "transfer_within", date(2026, 5, 4), "C4")  # another district
    given.refresh_from_db()
    assert (given.during.upper, given.planned_until) == (date(2026, 5, 4), date(2030, 8, 1))
    away = Movement.objects.get(kind="transfer_within", on=date(2026, 5, 4))
    assert given.closed_by == away
    give(given.term_id, official("Bùi Văn Tấn", "C2"), date(2026, 6, 1), "secretary")
    with pytest.raises(Refused) as no:
        ledger.movement_reverse(actor=SYSTEM, movement_id=away.pk, reason="nhầm người", today=TODAY)
    assert codes(no) == {"seat_taken_since"}
    bodies.seat_withdraw(actor=SYSTEM, seat_id=Seat.objects.exclude(pk=given.pk).get().pk, reason="nhầm")
    ledger.movement_reverse(actor=SYSTEM, movement_id=away.pk, reason="nhầm người", today=TODAY)
    given.refresh_from_db()
    assert (given.during.upper, given.closed_by, given.planned_until) == (date(2030, 8, 1), None, None)


def test_a_seat_that_begins_later_stands_against_leaving() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", ADMITTED)
    seat(who, "X1", on=date(2026, 3, 1))
    with pytest.raises(Refused) as no:
        book(who, "death", date(2026, 2, 1))
    assert codes(no) == {"seat_begins_later"}


def test_an_early_congress_ends_the_term_and_its_seats() -> None:
    province()
    given = seat(person("Nguyễn Thị Ân", "C1", ADMITTED), "X1")
    bodies.term_end(actor=SYSTEM, term_id=given.term_id, on=date(2026, 6, 1), paper=PAPER)
    given.refresh_from_db()
    assert given.during.upper == given.term.during.upper == date(2026, 6, 1)
    again = term("X1", start=date(2026, 6, 1))
    give(again.pk, given.person, date(2026, 6, 1))


def test_a_seat_ends_by_a_paper_on_a_day_inside() -> None:
    province()
    given = seat(person("Nguyễn Thị Ân", "C1", ADMITTED), "X1")
    with pytest.raises(Refused) as no:
        bodies.seat_end(actor=SYSTEM, seat_id=given.pk, on=date(2025, 8, 1), paper=PAPER)
    assert codes(no) == {"seat_end_outside"}
    ended = bodies.seat_end(actor=SYSTEM, seat_id=given.pk, on=date(2026, 2, 1), paper=PAPER)
    assert ended.during.upper == date(2026, 2, 1)
    assert ended.end_paper == "7-QĐ/ĐU, 01/03/2026, Đảng ủy xã"
    with pytest.raises(Refused) as no:
        bodies.term_withdraw(actor=SYSTEM, term_id=given.term_id, reason="nhầm")
    assert codes(no) == {"term_has_seats"}


def test_a_reorganisation_ends_seats_with_their_unit_and_undoing_it_brings_them_back() -> None:
    province()
    given = seat(person("Nguyễn Thị Ân", "C1", ADMITTED), "X1")
    decision = builders.decision({"op": "merge", "units": ["X1"], "into": "X2"}, effective=date(2026, 1, 1))
    applied = organisation.reorganisation_apply(actor=SYSTEM, decision=decision, today=TODAY)
    given.refresh_from_db()
    assert given.during.upper == given.term.during.upper == date(2026, 1, 1)
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=applied.pk, today=TODAY)
    given.refresh_from_db()
    given.term.refresh_from_db()
    assert given.during.upper == given.term.during.upper == date(2030, 8, 1)
    assert given.planned_until is None
    bodies.seat_end(actor=SYSTEM, seat_id=given.pk, on=date(2026, 9, 1), paper=PAPER)
    with pytest.raises(Refused) as no:
        organisation.reorganisation_apply(
            actor=SYSTEM,
            decision=builders.decision({"op": "merge", "units": ["X1"], "into": "X2"}, effective=date(2025, 8, 1)),
            today=TODAY,
        )
    assert "reorganisation.later_seats" in {finding.code for finding in no.value.findings}


def test_nobody_gives_seats_outside_their_subtree() -> None:
    made = province()
    held, who = term("X1"), official("Nguyễn Thị Ân", "C1")
    there = Scope(unit_ids=frozenset({made["X3"].pk, made["C4"].pk}))
    clerk = Actor(5, "clerk", {"organisation.view": there, "members.write": there}, verified=True)
    with pytest.raises(Denied) as no:
        give(held.pk, who, date(2026, 1, 1), actor=clerk)
    assert no.value.status == 404
    assert not Seat.objects.exists()


def test_a_clerk_begins_a_term_and_fills_it_on_the_pages() -> None:
    province()
    who, clerk = official("Nguyễn Thị Ân", "C1"), somebody("clerk", "X1")
    official("Nguyễn Thị Ân", "C4")
    assert "No term is recorded" in words(clerk.get("/units/X1/bodies/").content)
    paper = {"paper_number": "1-NQ/ĐH", "paper_date": "01/08/2025", "paper_body": "Đại hội Đảng bộ xã"}
    begun = clerk.post(
        "/units/X1/bodies/committee/new/", {"start": "01/08/2025", "end": "01/08/2030", "seats": 15, **paper}
    )
    assert begun.status_code == 302
    made = Term.objects.get()
    found = clerk.get(f"/terms/{made.pk}/seats/new/?q=nguyen thi an").content.decode()
    assert found.count("?person=") == 1  # the other of that name lives in another commune
    given = {"post": "secretary", "origin": "elected", "on": "01/08/2024", **paper}
    address = f"/terms/{made.pk}/seats/new/?person={who.pk}"
    refused = clerk.post(address, given)
    assert refused.status_code == 422
    assert "01/08/2025 to 31/07/2030" in words(refused.content)
    assert clerk.post(address, {**given, "on": "01/08/2025"}).status_code == 302
    page = words(clerk.get("/units/X1/bodies/").content)
    assert "Nguyễn Thị Ân" in page
    assert "secretary" in page
    assert clerk.post(f"/terms/{made.pk}/end/", {"on": "01/06/2026", **paper}).status_code == 302
    assert Seat.objects.get().during.upper == date(2026, 6, 1)
    assert clerk.post(f"/seats/{Seat.objects.get().pk}/withdraw/", {"reason": "nhầm"}).status_code == 302
    assert clerk.post(f"/terms/{made.pk}/withdraw/", {"reason": "nhầm"}).status_code == 302
    assert not Term.objects.exists()
    assert Event.objects.get(action="members.seat_withdrawn").facts["reason"] == "nhầm"


def test_who_is_sought_for_a_seat_is_found_behind_many_namesakes_elsewhere() -> None:
    province()
    for day in range(1, 21):
        person("Nguyễn Thị Ân", "C4", ADMITTED, born=date(1990, 1, day))
    who, held = person("Nguyễn Thị Ân", "C1", ADMITTED), term("X1")
    found = somebody("clerk", "T").get(f"/terms/{held.pk}/seats/new/?q=nguyen thi an").content.decode()
    assert re.findall(r"\?person=(\d+)", found) == [str(who.pk)]
