"""A member asks, the office answers: by whom, by when, and what then stands in the register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, person, province
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.dated import NoRuleInForce
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person, PersonChange
from nhiemky.members.services.particulars import person_amend
from nhiemky.rights import desk, selectors
from nhiemky.rights.models import Request, RequestStep
from nhiemky.rights.services import requests
from nhiemky.rights.services.requests import Asked
from rights.cases import TODAY, correction, member, objection, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Person:
    province()
    return person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))


def codes(no: Any) -> list[str]:
    return [finding.code for finding in no.value.findings]


def test_a_granted_correction_changes_the_register_and_keeps_the_link(who: Person) -> None:
    asked = correction(member(who), who, "residence", "Thôn Đông, xã An Phú")
    requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", today=TODAY)
    who.refresh_from_db()
    asked.refresh_from_db()
    change = PersonChange.objects.get(person=who, field="residence")
    assert who.residence == "Thôn Đông, xã An Phú"
    assert (change.source, asked.change_id, asked.state, asked.due_on) == ("request", change.pk, "granted", None)
    assert str(asked.pk) in change.reason
    assert [step.act for step in asked.steps.order_by("pk")] == ["made", "granted"]


@pytest.mark.parametrize(
    ("field", "value"), [("birth_date", date(1990, 5, 20)), ("ethnic_group", "19"), ("birth_year_only", True)]
)
def test_values_of_every_kind_come_back_as_they_were_asked(who: Person, field: str, value: object) -> None:
    asked = correction(member(who), who, field, value)
    requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", today=TODAY)
    who.refresh_from_db()
    assert str(getattr(who, field)) == str(value)


def test_an_identity_number_is_typed_by_the_office_and_never_in_the_request(who: Person) -> None:
    asked = correction(member(who), who, "identity_number", "051190000123")
    assert asked.value == ""
    with pytest.raises(Refused) as no:
        requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", today=TODAY)
    assert codes(no) == ["rights.number_missing"]
    requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", number="051190000124", today=TODAY)
    told = str(list(RequestStep.objects.values())) + str(list(Request.objects.values()))
    assert "051190000124" not in told
    assert PersonChange.objects.get(field="identity_number").after == "•"


def test_a_refusal_names_reason_and_source(who: Person) -> None:
    asked = objection(member(who), who)
    with pytest.raises(Refused) as no:
        requests.request_refuse(actor=office("C1"), request_id=asked.pk, answer=" ", source="", today=TODAY)
    assert codes(no) == ["rights.refusal_without_reason", "rights.refusal_without_source"]
    requests.request_refuse(actor=office("C1"), request_id=asked.pk, answer="Đúng hồ sơ", source="Điều 5", today=TODAY)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.source) == ("refused", "Đúng hồ sơ", "Điều 5")
    with pytest.raises(Refused) as no:
        requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="thôi được", today=TODAY)
    assert codes(no) == ["rights.closed_already"]


def test_the_office_owes_acknowledgement_in_working_days_and_then_the_rest(who: Person) -> None:
    asked = objection(member(who), who)
    assert asked.due_on == date(2026, 11, 3)  # Friday, two working days: Tuesday
    requests.request_acknowledge(actor=office("C1"), request_id=asked.pk, today=date(2026, 11, 2))
    asked.refresh_from_db()
    assert (asked.state, asked.due_on) == ("acknowledged", date(2026, 11, 5))
    with pytest.raises(Refused) as no:
        requests.request_acknowledge(actor=office("C1"), request_id=asked.pk, today=date(2026, 11, 2))
    assert codes(no) == ["rights.acknowledged_already"]


def test_before_the_law_no_rule_says_by_when(who: Person) -> None:
    with pytest.raises(NoRuleInForce):
        objection(SYSTEM, who, date(2025, 12, 31))


def test_what_nobody_answered_becomes_overdue_on_the_desk_of_its_office_alone(who: Person) -> None:
    me = member(who)
    objection(me, who)
    late = date(2026, 11, 4)
    here, elsewhere = office("C1", "X1"), office("C4", "X3")
    assert [(due.finding.code, due.overdue) for due in desk.due(here, TODAY)] == [("rights.desk_acknowledge", False)]
    assert [(due.finding.code, due.overdue) for due in desk.due(here, late)] == [("rights.desk_overdue", True)]
    assert list(desk.due(elsewhere, late)) == []
    assert list(desk.due(me, late)) == []


def test_a_desk_costs_three_queries_at_most(who: Person, django_assert_max_num_queries: Any) -> None:
    objection(member(who), who)
    here = office("C1")
    with django_assert_max_num_queries(3):
        list(desk.due(here, TODAY))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("correction", why=" ", field="phone", value="0905123456"), "rights.why_missing"),
        (Asked("correction", why="x", field="shoe_size", value="40"), "rights.no_such_field"),
        (Asked("correction", why="x", field="full_name", value="Nguyễn  Thị Ân"), "rights.value_is_so"),
        (Asked("correction", why="x", field="phone", value="12"), "members.phone_form"),
        (Asked("correction", why="x", field="phone", value="0905123456", since=date(2027, 1, 1)), "members.in_future"),
        (Asked("objection", why="x"), "rights.about_missing"),
        (Asked("deletion", why="x"), "rights.no_such_kind"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_once(who: Person, asked: Asked, code: str) -> None:
    with pytest.raises(Refused) as no:
        requests.request_make(actor=member(who), person_id=who.pk, asked=asked, today=TODAY)
    assert codes(no) == [code]
    assert not Request.objects.exists()


def test_nothing_is_asked_twice_and_not_without_end(who: Person) -> None:
    me = member(who)
    correction(me, who)
    with pytest.raises(Refused) as no:
        correction(me, who, value="0905123457")
    assert codes(no) == ["rights.asked_already"]
    for _ in range(9):
        objection(me, who)
    with pytest.raises(Refused) as no:
        objection(me, who)
    assert codes(no) == ["rights.too_many_open"]


def test_what_the_register_says_by_now_is_granted_without_another_change(who: Person) -> None:
    asked = correction(member(who), who)
    values = {"phone": "0905123456"}
    person_amend(actor=SYSTEM, person_id=who.pk, values=values, reason="phiếu", today=TODAY)
    requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", today=TODAY)
    asked.refresh_from_db()
    assert (PersonChange.objects.count(), asked.change, asked.state) == (1, None, "granted")


def test_a_number_of_somebody_else_is_not_granted_and_nothing_is_half_done(who: Person) -> None:
    other = person("Lê Thị Bình", "C1", date(2021, 3, 2))
    person_amend(actor=SYSTEM, person_id=other.pk, values={"card_number": "00012345"}, reason="phiếu", today=TODAY)
    asked = correction(member(who), who, "card_number", "00012345")
    with pytest.raises(Refused) as no:
        requests.request_grant(actor=office("C1"), request_id=asked.pk, answer="", today=TODAY)
    assert codes(no) == ["members.card_known"]
    asked.refresh_from_db()
    assert asked.state == "made"


def test_only_the_office_of_the_members_unit_answers(who: Person) -> None:
    me = member(who)
    asked = objection(me, who)
    for stranger in (office("C4", "X3"), me, Actor(name="niemand")):
        for act in (
            lambda by: requests.request_acknowledge(actor=by, request_id=asked.pk, today=TODAY),
            lambda by: requests.request_grant(actor=by, request_id=asked.pk, answer="x", today=TODAY),
            lambda by: requests.request_refuse(actor=by, request_id=asked.pk, answer="x", source="y", today=TODAY),
        ):
            with pytest.raises(Denied):
                act(stranger)
    assert not selectors.requests(office("C4", "X3")).exists()


def test_a_member_asks_for_nobody_else_and_withdraws_nothing_of_others(who: Person) -> None:
    other = person("Lê Thị Bình", "C1", date(2021, 3, 2))
    me, asked = member(who), objection(member(other), other)
    for act in (
        lambda: objection(me, other),
        lambda: requests.request_withdraw(actor=me, request_id=asked.pk, today=TODAY),
        lambda: selectors.own_request(me, asked.pk),
    ):
        with pytest.raises(Denied) as no:
            act()
        assert no.value.status == 404
    requests.request_withdraw(actor=Actor(1, "dv", person_id=other.pk), request_id=asked.pk, today=TODAY)
    asked.refresh_from_db()
    assert (asked.state, asked.due_on) == ("withdrawn", None)


def test_an_office_enters_a_request_for_who_comes_in_person(who: Person) -> None:
    asked = objection(office("C1", name="anphu"), who)
    assert asked.entered_by == "anphu"
    assert not asked.steps.get().by_member


def test_the_request_goes_along_with_a_member_who_moves(who: Person) -> None:
    from builders import book

    objection(member(who), who)
    book(who, "transfer_within", date(2026, 10, 1), "C4")
    assert selectors.open_requests(office("C4")).count() == 1
    assert selectors.open_requests(office("C1")).count() == 0


def test_steps_are_never_changed_or_deleted(who: Person) -> None:
    asked = objection(member(who), who)
    for act in (
        lambda: asked.steps.update(text="khác"),
        lambda: asked.steps.update(act="granted"),
        lambda: asked.steps.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_time_limits_count_holidays(who: Person) -> None:
    asked = objection(SYSTEM, who, date(2026, 4, 29))  # the day before two holidays and a weekend
    assert asked.due_on is not None
    assert asked.due_on >= date(2026, 4, 29) + timedelta(days=6)
