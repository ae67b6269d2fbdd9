"""On whose desk a request lies, who may grant it and by when; what a newer value and a late word change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from builders import SYSTEM, book, person, province
from nhiemky.accounts.models import User
from nhiemky.domain.access import PERMISSIONS, Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.rights.requests import check_text, deadline
from nhiemky.members.models import Person, PersonChange
from nhiemky.members.services.particulars import person_amend
from nhiemky.rights import desk, selectors
from nhiemky.rights.models import Request
from nhiemky.rights.services import holders, requests
from nhiemky.rights.services.requests import Asked
from pages_kit import somebody, words
from rights.cases import PASSWORD, TODAY, browser, correction, member, objection, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Person:
    province()
    return person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))


def secretary(*codes: str) -> Actor:
    """As an office, without identity numbers."""
    full = office(*codes)
    return Actor(full.user_id, "bithu", {p: full.scope(p) for p in PERMISSIONS if p != "members.identity"}, True)


def amend(who: Person, **values: object) -> None:
    person_amend(actor=SYSTEM, person_id=who.pk, values=values, reason="phiếu", today=TODAY)


def codes(no: Any) -> list[str]:
    return [finding.code for finding in no.value.findings]


# --- Whose desk ------------------------------------------------------------------------------------------------------


def answered(who: Person) -> Request:
    asked = objection(member(who), who)
    requests.request_refuse(actor=office("C1"), request_id=asked.pk, answer="Đúng", source="Điều 5", today=TODAY)
    return asked


def test_the_next_office_does_not_read_what_was_said_to_the_former_one(who: Person) -> None:
    asked = answered(who)
    book(who, "transfer_within", date(2026, 10, 1), "C4")
    assert list(selectors.requests(office("C4"))) == []
    with pytest.raises(Denied) as no:
        selectors.visible_request(office("C4"), asked.pk)
    assert no.value.status == 404
    assert selectors.visible_request(office("C1"), asked.pk).pk == asked.pk


def test_the_file_of_the_next_office_is_silent_about_it_and_the_member_s_own_is_not(who: Person) -> None:
    answered(who)
    book(who, "transfer_within", date(2026, 10, 1), "C4")
    told = somebody("clerk", "X3").get(f"/members/{who.pk}/rights/data.json").content.decode()
    assert "Nguyễn Thị Ân" in told
    assert "tôi không đồng ý" not in told
    assert "Đúng" not in told
    user = who.holders.get().user
    own = browser(Actor(user.pk, user.username, person_id=who.pk)).get("/own/data.json").content.decode()
    assert "tôi không đồng ý" in own


def test_an_objection_to_the_office_above_is_not_read_by_the_cell(who: Person) -> None:
    me = browser(member(who))
    page = me.get("/own/requests/new/objection/").content.decode()
    assert '<option value="X1" selected>' in page
    me.post("/own/requests/new/objection/", {"about": "cách ghi sổ", "why": "bí thư ghi sai", "to": "X1"})
    asked = Request.objects.get()
    secretary_of, clerk = somebody("secretary", "C1"), somebody("clerk", "X1")
    assert secretary_of.get(f"/requests/{asked.pk}/").status_code == 404
    assert "cách ghi sổ" not in words(secretary_of.get("/requests/").content)
    assert "cách ghi sổ" not in words(secretary_of.get(f"/members/{who.pk}/rights/").content)
    assert list(desk.due(secretary("C1"), TODAY)) == []
    assert clerk.get(f"/requests/{asked.pk}/").status_code == 200
    with pytest.raises(Denied):
        requests.request_acknowledge(actor=secretary("C1"), request_id=asked.pk, today=TODAY)


def test_an_explanation_goes_to_who_keeps_the_record_unless_said_otherwise(who: Person) -> None:
    page = browser(member(who)).get("/own/requests/new/explanation/").content.decode()
    assert '<option value="C1" selected>' in page


def test_an_objection_is_addressed_to_nobody_aside(who: Person) -> None:
    asked = Asked("objection", why="x", about="y", to="X3")
    with pytest.raises(Refused) as no:
        requests.request_make(actor=member(who), person_id=who.pk, asked=asked, today=TODAY)
    assert codes(no) == ["rights.no_such_addressee"]


def test_the_database_holds_where_a_closed_request_was_answered(who: Person) -> None:
    asked = answered(who)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=asked.pk).update(answered_unit=None)


# --- Newer values ----------------------------------------------------------------------------------------------------


def test_a_newer_value_is_not_overwritten_unseen(who: Person) -> None:
    asked = correction(member(who), who)
    amend(who, phone="0911222333")
    for seen in (None, "", "0905000000"):
        with pytest.raises(Refused) as no:
            requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", seen=seen, today=TODAY)
        assert codes(no) == ["rights.changed_meanwhile"]
    assert PersonChange.objects.count() == 1
    requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", seen="0911222333", today=TODAY)
    who.refresh_from_db()
    assert who.phone == "0905123456"


def test_the_page_says_so_and_a_click_on_an_old_page_is_refused_once(who: Person) -> None:
    asked, clerk = correction(member(who), who), somebody("clerk", "X1")
    assert "was changed after the member asked" not in words(clerk.get(f"/requests/{asked.pk}/").content)
    amend(who, phone="0911222333")
    assert "was changed after the member asked" in words(clerk.get(f"/requests/{asked.pk}/").content)
    again = clerk.post(f"/requests/{asked.pk}/grant/", {"grant-answer": "", "grant-seen": ""})
    assert again.status_code == 422
    assert 'name="grant-seen" value="0911222333"' in again.content.decode()
    clerk.post(f"/requests/{asked.pk}/grant/", {"grant-answer": "", "grant-seen": "0911222333"})
    who.refresh_from_db()
    assert who.phone == "0905123456"


# --- Time limits -----------------------------------------------------------------------------------------------------


def test_a_late_acknowledgement_gives_no_time_back_and_stays_to_be_seen(who: Person) -> None:
    asked = objection(member(who), who)  # owed by Tuesday, 3 November
    requests.request_acknowledge(actor=office("C1"), request_id=asked.pk, today=date(2026, 11, 20))
    asked.refresh_from_db()
    assert asked.due_on == date(2026, 11, 6)
    assert [due.overdue for due in desk.due(office("C1"), date(2026, 11, 20))] == [True]
    assert "17 days late" in words(somebody("clerk", "X1").get(f"/requests/{asked.pk}/").content)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_no_acknowledgement_moves_the_last_day_beyond_that_of_one_in_time(made: date, days: int) -> None:
    owed = deadline("made", made, None)
    assert owed is not None
    told, punctual = (deadline("acknowledged", made, on) for on in (date.fromordinal(made.toordinal() + days), owed.on))
    assert told is not None
    assert punctual is not None
    assert told.on <= punctual.on


# --- Identity numbers ------------------------------------------------------------------------------------------------


def test_a_request_about_the_number_lies_on_the_desk_of_who_may_read_numbers(who: Person) -> None:
    correction(member(who), who, "identity_number", "")
    assert list(desk.due(secretary("C1"), TODAY)) == []
    assert [due.count for due in desk.due(office("C1"), TODAY)] == [1]


def test_who_may_read_no_numbers_is_told_which_office_can(who: Person) -> None:
    asked, clerk = correction(member(who), who, "identity_number", ""), somebody("clerk", "X1")
    page = words(somebody("secretary", "C1").get(f"/requests/{asked.pk}/").content)
    assert "The nearest is that of Đảng bộ xã An Phú" in page
    assert "From the card the member shows you" not in page
    assert "From the card the member shows you" in words(clerk.get(f"/requests/{asked.pk}/").content)


@pytest.mark.parametrize("text", ["051190000123", "số 051 190 000 123 nhé", "051.190.000.123", "CCCD:051190000123."])
def test_a_number_written_into_a_text_is_refused_and_not_repeated(who: Person, text: str) -> None:
    for asked in (Asked("objection", why=text, about="x"), Asked("objection", why="x", about=text)):
        with pytest.raises(Refused) as no:
            requests.request_make(actor=member_once(who), person_id=who.pk, asked=asked, today=TODAY)
        assert codes(no) == ["rights.number_in_text"]
        assert text not in str(no.value)
    asked_for = objection(SYSTEM, who)
    with pytest.raises(Refused) as no:
        requests.request_grant(actor=office("C1"), request_id=asked_for.pk, answer=text, today=TODAY)
    assert codes(no) == ["rights.number_in_text"]


def member_once(who: Person) -> Actor:
    held = selectors.holder_of(who)
    return member(who) if held is None else Actor(held.user_id, held.user.username, person_id=who.pk)


@pytest.mark.parametrize("text", ["0905123456", "12/03/2020 và 12/04/2021", "0511900001234", "Quyết định 123-QĐ/TU"])
def test_other_numbers_may_be_written(text: str) -> None:
    assert check_text("why", text) == []


# --- Withdrawing and accounts ----------------------------------------------------------------------------------------


def test_what_an_office_entered_it_can_withdraw_and_nothing_else(who: Person) -> None:
    entered, own = objection(office("C1", name="anphu"), who), objection(member(who), who)
    clerk = somebody("clerk", "X1")
    assert "The member withdraws it" in words(clerk.get(f"/requests/{entered.pk}/").content)
    clerk.post(f"/requests/{entered.pk}/withdraw/")
    entered.refresh_from_db()
    assert (entered.state, entered.steps.order_by("-pk")[0].by_member) == ("withdrawn", False)
    assert "The member withdraws it" not in words(clerk.get(f"/requests/{own.pk}/").content)
    assert clerk.post(f"/requests/{own.pk}/withdraw/").status_code == 404
    with pytest.raises(Denied):
        requests.request_withdraw(actor=office("C4"), request_id=own.pk, today=TODAY)


def test_a_taken_user_name_is_passed_over(who: Person) -> None:
    User.objects.create(username=holders.username_of(who.pk), full_name="Ai Đó")
    held = holders.account_give(actor=SYSTEM, person_id=who.pk, password=PASSWORD)
    assert held.user.username == f"dv{who.pk:07d}-2"


def test_the_page_of_a_second_account_names_the_second_user(who: Person) -> None:
    member(who)
    holders.account_withdraw(actor=SYSTEM, person_id=who.pk)
    member(who)
    page = words(somebody("clerk", "X1").get(f"/members/{who.pk}/account/password/").content)
    assert f"signs in as dv{who.pk:07d}-2 :" in page


def test_a_changed_name_reaches_the_account_in_use(who: Person) -> None:
    actor = member(who)
    amend(who, full_name="Nguyễn Thị Ngân")
    assert User.objects.get(pk=actor.user_id).full_name == "Nguyễn Thị Ngân"


def test_objections_of_the_register_keep_rule_and_source(who: Person) -> None:
    said = Finding("members.phone_form", cites="Luật số 1", confirmed=False, row=4, field="phone")
    asked = Asked("correction", why="x", field="phone", value="0905123456")
    with patch("nhiemky.rights.services.requests.check_particulars", return_value=[said]), pytest.raises(Refused) as no:
        requests.request_make(actor=member(who), person_id=who.pk, asked=asked, today=TODAY)
    assert list(no.value.findings) == [replace(said, field="value")]
    made = correction(SYSTEM, who)
    refused = Refused([said])
    with patch("nhiemky.rights.services.requests.person_amend", side_effect=refused), pytest.raises(Refused) as no:
        requests.request_grant(actor=office("C1"), request_id=made.pk, answer="", today=TODAY)
    assert list(no.value.findings) == [replace(said, field="")]
