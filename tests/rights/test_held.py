"""Everything held about a person stands in that person's file and on their page: no table is forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models import ForeignKey, Model
from django.utils.timezone import localtime

import builders
from architecture import walk_rows
from conferences import meeting
from nhiemky.admissions.models import Case, Sponsor, StepTaken
from nhiemky.domain.access import Actor
from nhiemky.members.models import Movement, Person, Reading
from nhiemky.members.services.particulars import person_amend
from nhiemky.members.services.reading import reading_note
from nhiemky.members.sums import View
from nhiemky.quality.models import Accepted, Merge, NotSame
from nhiemky.rights import held, selectors
from nhiemky.rights.models import Request
from nhiemky.transfers.models import GuestStay, Transfer
from pages_kit import somebody, words
from rights.cases import TODAY, browser, member, objection

pytestmark = pytest.mark.django_db

# Every model that hangs on a person, or on what does: the section of the file that has it.
SECTIONS = {
    "members.Movement.person": "ledger",
    "members.Stay.person": "stays",
    "members.Seat.person": "seats",
    "members.PersonChange.person": "changes",
    "members.Reading.person": "readings",
    "transfers.Transfer.person": "transfers",
    "transfers.TransferStep.transfer": "transfer_steps",
    "transfers.GuestStay.person": "guest_stays",
    "badges.Badge.person": "badges",
    "badges.SpecialCase.person": "badge_cases",
    "admissions.Case.person": "admission_cases",
    "admissions.StepTaken.case": "admission_steps",
    "admissions.Sponsor.case": "sponsors",
    "admissions.Sponsor.person": "sponsored",
    "quality.Accepted.person": "accepted",
    "quality.NotSame.first": "not_same",
    "quality.NotSame.second": "not_same",
    "conferences.Invitee.person": "invitations",
    "quality.Merge.kept": "merges",
    "quality.Merge.dropped": "merges",
    "rights.Holder.person": "accounts",
    "rights.Request.person": "requests",
    "rights.RequestStep.request": "request_steps",
}
WHY_NOT = {
    "rights.Shredded.person": "who is in it has no account any more, and nothing is held",
    "transfers.GuestStay.transfer": "the stay names the person itself",
}


def hanging(model: type[Model]) -> Iterator[str]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and isinstance(relation.remote_field, ForeignKey):
            yield f"{relation.related_model._meta.label}.{relation.remote_field.name}"


def test_every_table_that_hangs_on_a_person_has_a_section_or_a_reason_why_not() -> None:
    found = {name for model in (Person, Transfer, Case, Request) for name in hanging(model)}
    assert found == set(SECTIONS) | set(WHY_NOT)


@pytest.fixture
def who(db: None) -> Person:
    """Somebody with a row in every one of those tables."""
    builders.province()
    made = builders.person("Nguyễn Thị Ân", "C1", date(2012, 3, 2))
    twin, other = (builders.person(name, "C1", date(2013, 3, 2)) for name in ("Nguyễn Thị Ân", "Lê Thị Bình"))
    values = {"phone": "0905123456", "identity_number": "051190000123"}
    person_amend(actor=builders.SYSTEM, person_id=made.pk, values=values, reason="phiếu đảng viên", today=TODAY)
    builders.seat(made, "X1")
    walk_rows._honoured(made)
    meeting.one_of_each("X1")
    transfer = walk_rows.send(made, walk_rows.letter(place="Tỉnh Gia Lai"))
    GuestStay.objects.create(transfer=transfer, person=made, during="[2026-01-01,2026-06-01)")
    admission = Movement.objects.get(person=made, kind="admission")
    case = Case.objects.get(pk=walk_rows._admitting()["case_id"])
    Case.objects.filter(pk=case.pk).update(person=made, admission=admission)
    ballot = {"base": 9, "present": 8, "in_favour": 7, "against": 1, "blank": 0}
    noted = {"note": "một ý kiến khác", "paper_number": "3-NQ/CB", "seq": 1}
    StepTaken.objects.create(case=case, key="cell_vote", on=TODAY, **ballot, **noted)
    Sponsor.objects.create(case=case, person=other, role="recommender")
    Sponsor.objects.create(case=Case.objects.get(pk=walk_rows._admitting()["case_id"]), person=made, role="helper")
    told = {"reason": "đã đối chiếu", "user_name": "anphu", "seq": 1}
    Accepted.objects.create(person=made, rule="phone_missing", **told)
    NotSame.objects.create(first=made, second=other, **told)
    Merge.objects.create(kept=made, dropped=twin, taken=[], copied={"phone": ""}, days={}, **told)
    reading_note(actor=builders.SYSTEM, person_id=made.pk, what="page")
    objection(member(made), made)
    return Person.objects.get(pk=made.pk)


def account_of(who: Person) -> Actor:
    user = who.holders.get().user
    return Actor(user.pk, user.username, person_id=who.pk)


def test_every_section_has_a_line_for_who_has_one_of_each(who: Person) -> None:
    found = held.held(who, View(TODAY), selectors.requests_of(who), number=True)
    rows = {section.key: section.rows for section in found}
    assert [key for key in {*SECTIONS.values(), "particulars"} if not rows.get(key)] == []
    assert set(rows) == {*SECTIONS.values(), "particulars"}


def test_what_was_decided_said_and_voted_on_stands_on_the_page_and_in_the_file(who: Person) -> None:
    me = browser(account_of(who))
    data, page = me.get("/own/data.json").content.decode(), words(me.get("/own/").content)
    for text in ("một ý kiến khác", "7 for, 1 against", "3-NQ/CB", "Lê Thị Bình", "bỏ sót", "đã đối chiếu",
                 "Tỉnh Gia Lai", "15-GT/ĐU", "anphu"):  # fmt: skip
        assert text in data, text
        assert text in page, text
    assert me.get("/own/data.xlsx").status_code == 200


def test_each_opening_has_its_line_and_its_time_in_the_file_and_on_the_page(who: Person) -> None:
    clerk = somebody("clerk", "X1", name="anphu")
    for _ in range(2):
        clerk.get(f"/members/{who.pk}/")
    me = browser(account_of(who))
    lines = json.loads(me.get("/own/data.json").content)["readings"]
    mine = Reading.objects.filter(person=who, user_name="anphu").order_by("-pk")
    times = [f"{localtime(row.at):%d/%m/%Y %H:%M}" for row in mine]
    assert [line["at"] for line in lines if line["who"] == "Anphu"] == times
    assert words(me.get("/own/").content).count("opened a page about this person, ") >= 2


def test_the_other_of_two_who_are_two_stays_unnamed(who: Person) -> None:
    Sponsor.objects.all().delete()
    assert "Lê Thị Bình" not in browser(account_of(who)).get("/own/data.json").content.decode()
