"""What a token reaches: every operation with every right, inside and outside its subtree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from callers import Caller, codes
from django.test import override_settings

import builders
import personas
from builders import token
from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from nhiemky.api.models import PERMISSIONS, Token
from nhiemky.api.operations import NEEDS, operations
from nhiemky.audit.models import Event
from nhiemky.audit.selectors import head_seq
from nhiemky.members.models import Movement, Person, Reading

pytestmark = pytest.mark.django_db
AMEND = {"values": {"occupation": "farmer"}, "reason": "khai lại"}


@pytest.fixture(autouse=True)
def _world(settings: Any) -> None:
    settings.NHIEMKY_TODAY = builders.TODAY
    builders.province()
    for number, cell in enumerate(("C1", "C3", "C4"), start=1):
        builders.person(f"Đỗ Thị {cell}", cell, date(2024, 3, number))
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        personas.users()


def one(cell: str) -> Person:
    return Person.objects.get(full_name=f"Đỗ Thị {cell}")


def called(caller: Caller, key: str, unit: str, cell: str) -> Any:
    """One operation about a unit, or about the person of a cell."""
    who = one(cell).pk
    entry = {"kind": "official_recognition", "on": "2025-06-01", "paper": {"number": "1-QĐ", "date": "2025-06-01"}}
    return {
        "units": lambda: caller.get("units", unit=unit),
        "members": lambda: caller.get(f"units/{unit}/members"),
        "person": lambda: caller.get(f"people/{who}"),
        "movements": lambda: caller.get("movements"),
        "figures": lambda: caller.get(f"units/{unit}/figures", year=2025),
        "statistics": lambda: caller.get(f"units/{unit}/statistics", year=2025),
        "amend": lambda: caller.post(f"people/{who}/amend", AMEND),
        "book": lambda: caller.post(f"people/{who}/movements", entry),
    }[key]()


def test_every_operation_is_in_this_walk() -> None:
    assert {operation.needs for operation in operations()} == set(PERMISSIONS)
    assert len(operations()) == len(NEEDS) == 8


@pytest.mark.parametrize("owner", ["anphu", "chuyenvien"])
@pytest.mark.parametrize("key", NEEDS)
def test_with_the_right_inside_only(key: str, owner: str) -> None:
    """Whether the owner's own reach ends there, too, or goes far beyond it."""
    caller = Caller(token(owner, "X1")[1])
    answer = called(caller, key, "X1", "C1")
    assert answer.status_code == (201 if key == "book" else 200), answer.content
    assert "Đỗ Thị C4" not in answer.content.decode()
    if key == "movements":
        assert {m["person"] for m in answer.json()["movements"]} == {one("C1").pk}
        return
    before = head_seq()
    outside = called(caller, key, "X3", "C4")
    assert (outside.status_code, codes(outside)) == (404, ["api.not_found"])
    assert head_seq() == before
    assert Reading.objects.filter(person=one("C4")).count() == 0


@pytest.mark.parametrize("key", NEEDS)
def test_without_the_right_nothing(key: str) -> None:
    others = [permission for permission in PERMISSIONS if permission != NEEDS[key]]
    caller, before = Caller(token("anphu", "X1", permissions=others)[1]), head_seq()
    answer = called(caller, key, "X1", "C1")
    assert (answer.status_code, codes(answer)) == (403, ["api.denied"])
    assert head_seq() == before
    assert not Reading.objects.exists()


@pytest.mark.parametrize("key", NEEDS)
def test_without_a_token_nothing(key: str) -> None:
    for caller in (Caller(), Caller("nk_falsch")):
        answer = called(caller, key, "X1", "C1")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Cache-Control"] == "no-store"


def test_a_signed_in_browser_is_no_token() -> None:
    client = personas.client_of(User.objects.get(username="chuyenvien"))
    assert client.get("/api/v1/units").status_code == 401


def test_a_token_never_does_more_than_its_owner_may_that_day() -> None:
    wide = Caller(token("anphu", "T")[1])
    assert wide.get("units/X1/members").status_code == 200
    assert wide.get("units/X3/members").status_code == 404
    Grant.objects.filter(user__username="anphu").update(withdrawn=True)
    assert wide.get("units/X1/members").status_code == 403
    reader = Caller(token("lanhdao", "T", name="Khác")[1])
    assert reader.get("units/X3/members").status_code == 200
    assert reader.post(f"people/{one('C1').pk}/amend", AMEND).status_code == 403


def test_out_of_force_is_refused() -> None:
    over, secret = token("anphu", "X1", end=date(2026, 10, 31))
    assert codes(Caller(secret).get("units")) == ["api.token_not_in_force"]
    later = token("anphu", "X1", name="Mai", start=date(2026, 11, 1))[1]
    assert codes(Caller(later).get("units")) == ["api.token_not_in_force"]
    good = token("anphu", "X1", name="Nay")[1]
    assert Caller(good).get("units").status_code == 200
    assert Token.objects.get(name="Nay").last_used == builders.TODAY
    assert Token.objects.get(pk=over.pk).last_used is None
    User.objects.filter(username="anphu").update(is_active=False)
    assert codes(Caller(good).get("units")) == ["api.token_not_in_force"]


def test_guessing_is_slowed_down_and_noted_and_keeps_no_right_token_out() -> None:
    good = Caller(token("anphu", "X1", name="Kho dữ liệu")[1])
    answers = [Caller(f"nk_{number}").get("units").status_code for number in range(7)]
    assert answers == [401] * 5 + [429] * 2
    assert Caller("nk_x").get("units")["Retry-After"]
    assert Event.objects.filter(action="accounts.locked_out", facts__address="127.0.0.1").count() == 1
    assert good.get("units").status_code == 200


def test_what_is_read_and_written_says_by_whom() -> None:
    caller, who = Caller(token("anphu", "X1", name="Kho dữ liệu")[1]), one("C1")
    assert caller.get(f"people/{who.pk}").json()["full_name"] == "Đỗ Thị C1"
    assert caller.get("units/X1/members").json()["total"] == 1
    assert [(r.what, r.user_name) for r in Reading.objects.filter(person=who)] == [
        ("api", "anphu (api:Kho dữ liệu)")
    ] * 2
    assert caller.post(f"people/{who.pk}/amend", AMEND).json() == {"changed": 1}
    change = who.changes.get()
    assert (change.source, change.after, change.user_name) == ("api", "farmer", "anphu")
    assert Event.objects.latest("seq").facts["how"] == "api:Kho dữ liệu"


def test_a_booked_movement_is_in_the_ledger_once() -> None:
    caller, who = Caller(token("anphu", "X1", name="Kho dữ liệu")[1]), one("C1")
    entry = {"kind": "official_recognition", "on": "2025-06-01", "paper": {"number": "7-QĐ", "date": "2025-06-01"}}
    booked = caller.post(f"people/{who.pk}/movements", entry)
    assert (booked.status_code, booked.json()["from_unit"]) == (201, "C1")
    again = caller.post(f"people/{who.pk}/movements", entry)
    assert again.status_code == 422
    assert "members.official_already" in codes(again)
    away = {"kind": "transfer_within", "on": "2025-09-01", "unit": "C4"}
    assert caller.post(f"people/{who.pk}/movements", away).status_code == 404  # the other cell is not theirs
    assert Movement.objects.filter(person=who).count() == 2
