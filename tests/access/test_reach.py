"""What grants reach: everything by the union of all, and what is left of one whose organisation has ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

import builders
from nhiemky.access.models import Grant
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.domain.access import Actor, Scope
from nhiemky.organisation import selectors, services
from nhiemky.organisation.models import Unit
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def user_over(*codes: str, role: str = "clerk", name: str = "ai") -> User:
    user, _made = User.objects.get_or_create(username=name, full_name=name)
    for code in codes:
        Grant.objects.create(
            user=user, role=role, unit=Unit.objects.get(code=code), during=DateRange(date(2020, 1, 1), None)
        )
    return user


def actor_of(user: User, on: date = builders.TODAY) -> Actor:
    return actor_for(user.pk, user.username, on, verified=True)


def scope_over(*codes: str, role: str = "clerk", on: date = builders.TODAY) -> Scope:
    return actor_of(user_over(*codes, role=role), on).scope("organisation.view")


def codes_in(scope: Scope) -> set[str]:
    return set(Unit.objects.filter(pk__in=scope.unit_ids).values_list("code", flat=True))


def applied(*operations: Any, effective: date = date(2025, 7, 1), number: str = "10-QĐ/TU") -> None:
    services.reorganisation_apply(
        actor=builders.SYSTEM,
        decision=builders.decision(*operations, effective=effective, number=number),
        today=builders.TODAY,
    )


def test_everything_is_the_union_of_all_grants() -> None:
    builders.unit("S", "Đảng bộ tỉnh Khác", "provincial", "agency", None)
    selectors.forget()
    assert not scope_over("T").everything
    assert scope_over("T", "S").everything
    assert not actor_of(user_over("X1", "X2", "X3", name="part")).scope("organisation.view").everything


def test_what_was_undone_or_is_founded_later_strips_nobody() -> None:
    Unit.objects.create(code="UNDONE")
    builders.unit("LATER", "Đảng bộ tương lai", "provincial", "agency", None, start=date(2027, 1, 1))
    selectors.forget()
    administrator = actor_of(user_over("T", role="administrator"))
    assert administrator.scope("access.grant").everything
    assert not actor_of(user_over("UNDONE", name="none")).scope("organisation.view").everything
    assert (
        not actor_for(administrator.user_id or 0, "", date(2027, 1, 1), verified=True).scope("access.grant").everything
    )


def test_a_grant_over_a_merged_commune_goes_on_over_its_cells_and_nothing_more() -> None:
    merge = {"op": "merge", "units": ["X1", "X2"], "into": "X9"}
    found = {"op": "found", "code": "X9", "name": "Đảng bộ xã Mới", "kind": "grassroots_committee",
             "sector": "residential", "parent": "T"}  # fmt: skip
    applied(found, merge)
    assert codes_in(scope_over("X1")) == {"X1", "C1", "C2"}
    assert scope_over("X1", on=date(2025, 6, 30)).unit_ids >= scope_over("X1").unit_ids


def test_what_left_the_successor_later_or_came_to_it_is_not_covered() -> None:
    applied({"op": "merge", "units": ["X1"], "into": "X2"})
    applied({"op": "move", "unit": "C2", "parent": "X3"}, {"op": "move", "unit": "C4", "parent": "X2"},
            effective=date(2026, 1, 1), number="11-QĐ/TU")  # fmt: skip
    assert codes_in(scope_over("X1")) == {"X1", "C1"}


def test_successors_are_followed_and_a_split_goes_to_both_sides() -> None:
    split = {"op": "split", "unit": "X1", "into": ["X2", "X3"], "assign": {"C1": "X2", "C2": "X3"}}
    applied(split)
    assert codes_in(scope_over("X1")) == {"X1", "C1", "C2"}
    applied({"op": "merge", "units": ["X2"], "into": "X3"}, effective=date(2026, 1, 1), number="11-QĐ/TU")
    assert codes_in(actor_of(User.objects.get(username="ai")).scope("members.write")) == {"X1", "C1", "C2"}


def test_the_clerk_works_on_after_the_reform_and_is_told_to_be_renewed() -> None:
    clerk, administrator = somebody("clerk", "X1"), somebody("administrator", "T")
    builders.person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    applied({"op": "merge", "units": ["X1"], "into": "X2"})
    assert clerk.get("/units/C1/members/").context["table"].total == 1
    assert clerk.get("/units/C3/").status_code == 404
    page = administrator.get("/access/?all=ended")
    assert page.context["waiting"] == page.context["table"].total == 1
    assert "organisation has ended" in words(page.content)
    assert "1 grant is over an organisation that has ended" in words(administrator.get("/access/").content)


def test_the_preview_tells_how_many_grants_it_touches_and_goes_on() -> None:
    user_over("X1")
    user_over("X1", role="leader")
    Grant.objects.filter(role="leader").update(withdrawn=True)
    decision = builders.decision({"op": "merge", "units": ["X1"], "into": "X2"})
    preview = services.reorganisation_preview(actor=builders.SYSTEM, decision=decision)
    (finding,) = [f for f in preview.findings if f.code == "access.grants_over_ended"]
    assert (finding.value, finding.facts["count"], finding.blocks) == ("X1", 1, False)
    assert preview.allowed
    specialist = somebody("specialist", "T")
    specialist.post("/reorganisations/new/head/", {"number": "1-QĐ", "date": "16/06/2025", "body": "Tỉnh ủy",
                                                   "effective": "01/07/2025"})  # fmt: skip
    specialist.post("/reorganisations/new/add/merge/", {"units": "X1", "into": "X2"})
    page = specialist.get("/reorganisations/new/preview/")
    assert page.context["allowed"]
    assert "an administrator should renew them" in words(page.content)
    assert "What stands against it" not in words(page.content)
