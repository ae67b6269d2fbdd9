"""What the operations answer, what they refuse to understand, the schema, and the pages about tokens."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from callers import Caller, codes
from django.test import Client

import builders
from builders import SYSTEM, TODAY, token
from nhiemky.api import services
from nhiemky.api.models import Token
from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Person
from nhiemky.organisation.models import Unit
from pages_kit import somebody, words
from personas import Cast

START, END = date(2026, 1, 1), date(2027, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.NHIEMKY_TODAY = TODAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody here signs in by one


@pytest.fixture
def caller(cast_of_users: dict[str, Any]) -> Caller:
    for number, cell in enumerate(("C1", "C1", "C2", "C4"), start=1):
        builders.person(f"Đỗ Thị {number}", cell, date(2024, 3, number))
    return Caller(token("chuyenvien", "T")[1])


def test_the_tree_and_the_members_of_a_day(caller: Caller) -> None:
    tree = caller.get("units", depth=1).json()
    assert (tree["day"], [unit["code"] for unit in tree["units"]]) == ("2026-10-31", ["T"])
    assert {unit["code"] for unit in tree["units"][0]["children"]} == {"H1", "H2"}
    first = caller.get("units/X1/members", size=2).json()
    assert (first["total"], first["next"], len(first["members"])) == (3, 2, 2)
    last = caller.get("units/X1/members", size=2, page=2).json()
    assert (last["next"], [m["unit"] for m in last["members"]]) == (None, ["C2"])
    assert caller.get("units/X1/members", day="2024-03-02").json()["total"] == 2
    assert caller.get("units", unit="X1", day="1999-01-01").status_code == 404


def test_pulling_brings_every_entry_once_and_then_only_the_new_ones(caller: Caller) -> None:
    pulled, upto = [], {"since": 0}
    while True:
        answer = caller.get("movements", size=3, **{k: v for k, v in upto.items() if v is not None}).json()
        pulled += [entry["id"] for entry in answer["movements"]]
        upto = answer["next"]
        if not answer["more"]:
            break
    assert pulled == list(Movement.objects.order_by("seq", "pk").values_list("pk", flat=True))
    assert caller.get("movements", **upto).json()["movements"] == []
    builders.book(Person.objects.get(full_name="Đỗ Thị 1"), "transfer_within", date(2025, 1, 1), "C3")
    [new] = caller.get("movements", **upto).json()["movements"]
    assert (new["kind"], new["from_unit"], new["to_unit"]) == ("transfer_within", "C1", "C3")


def test_figures_and_forms_are_those_of_the_pages(caller: Caller) -> None:
    figures = caller.get("units/X1/figures", year=2024).json()
    assert figures["figures"]["members.admitted"]["value"] == 3
    forms = caller.get("units/X1/statistics", year=2024, half=1).json()
    told = {line["key"]: line["value"] for line in forms["forms"]["1"]["lines"]}
    assert (told["closing"], told["in.admission"], forms["ok"]) == (3, 3, True)
    assert caller.get("units/X1/figures", year=2027).status_code == 422


def test_no_identity_number_goes_out_or_comes_in(caller: Caller) -> None:
    who = Person.objects.get(full_name="Đỗ Thị 1")
    assert not [name for name in caller.get(f"people/{who.pk}").json() if "identity" in name]
    body = {"values": {"identity_number": "001190012345"}, "reason": "x"}
    answer = caller.post(f"people/{who.pk}/amend", body)
    assert (answer.status_code, codes(answer)) == (422, ["api.bad_value"])
    assert "001190012345" not in answer.content.decode()


BAD = (
    ("units?day=32/13/2022", None, 422),
    ("units?day=0001-01-01", None, 422),
    ("units/X1/members?size=9999", None, 422),
    ("units/X1/figures?year=abc", None, 422),
    ("units/X1/figures", None, 422),
    ("people/99999999999999999999", None, 422),
    ("people/0", None, 404),
    ("people/x", None, 422),
    ("nothing", None, 404),
    ("../v2/units", None, 404),
    ("people/{who}/amend", "{", 400),
    ("people/{who}/amend", "[]", 422),
    ("people/{who}/amend", {"values": {"occupation": "pirate"}, "reason": "x"}, 422),
    ("people/{who}/amend", {"values": {"occupation": "farmer"}, "reason": ""}, 422),
    ("people/{who}/amend", {"values": {"full_name": None}, "reason": "x"}, 422),
    ("people/{who}/amend", {"values": {"religion": None}, "reason": "x"}, 200),
    ("people/{who}/amend", {"values": {"full_name": "x" * 400}, "reason": "x"}, 422),
    ("people/{who}/amend", {"values": {"full_name": "a\u0000b"}, "reason": "x"}, 422),
    ("people/{who}/movements", {"kind": "admission", "on": "2025-01-01"}, 422),
    ("people/{who}/movements", {"kind": "pirate", "on": "2025-01-01"}, 422),
    ("people/{who}/movements", {"kind": "death", "on": "2030-01-01"}, 422),
    ("people/{who}/movements", {"kind": "death", "on": "2025-01-01", "unit_code": "C1"}, 422),
)


@pytest.mark.parametrize(("path", "body", "status"), BAD)
def test_bad_input_gets_a_clear_answer(caller: Caller, path: str, body: object, status: int) -> None:
    who = Person.objects.get(full_name="Đỗ Thị 1")
    before = Movement.objects.count()
    to = path.format(who=who.pk)
    answer = caller.get(to) if body is None else caller.post(to, body)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"].startswith("application/json")
    if status >= 400:
        assert codes(answer)
    assert Movement.objects.count() == before


def test_the_wrong_method_is_refused(caller: Caller) -> None:
    assert caller.post("units", {}).status_code == 405


def test_the_schema_names_every_operation_and_resolves(signed: Cast) -> None:
    document = json.loads(signed("lanhdao").get("/api/openapi.json").content)
    assert document["openapi"].startswith("3.")
    assert len(document["paths"]) == 8
    text = json.dumps(document)
    for reference in {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}:
        assert reference in document["components"]["schemas"]
    assert document["components"]["securitySchemes"]["TokenBearer"] == {"type": "http", "scheme": "bearer"}
    for methods in document["paths"].values():
        for told in methods.values():
            assert told["security"] == [{"TokenBearer": []}]


# Tokens


def make(actor: Actor = SYSTEM, **more: Any) -> tuple[Token, str]:
    given: dict[str, Any] = {
        "name": "Kho", "purpose": "5-KH/TU", "username": "anphu", "unit_code": "X1",
        "permissions": ["members.view"], "start": START, "end": END,
    }  # fmt: skip
    return services.token_make(actor=actor, wanted=services.Wanted(**given | more))


def test_the_secret_is_kept_nowhere(cast_of_users: dict[str, Any]) -> None:
    made, secret = make()
    assert secret not in str(Event.objects.latest("seq").facts)
    assert secret.encode() not in bytes(made.secret_hash)
    assert len(secret) > 40


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "api.name_taken"),
        ({"name": "Có rồi"}, "api.name_taken"),
        ({"purpose": ""}, "api.no_purpose"),
        ({"username": "ai"}, "access.no_such_user"),
        ({"permissions": []}, "api.no_such_permission"),
        ({"permissions": ["access.grant"]}, "api.no_such_permission"),
        ({"end": START}, "access.ends_before_start"),
    ],
)
def test_a_token_is_refused_by_name(cast_of_users: dict[str, Any], more: dict[str, Any], code: str) -> None:
    make(name="Có rồi")
    with pytest.raises(Refused) as no:
        make(**more)
    assert [finding.code for finding in no.value.findings] == [code]


def test_nobody_makes_one_for_themselves_or_over_others(cast_of_users: dict[str, Any]) -> None:
    unit = Unit.objects.get(code="X1")
    scopes = {name: Scope(unit_ids=frozenset({unit.pk})) for name in ("access.grant", "organisation.view")}
    actor = Actor(cast_of_users["anphu"].pk, "anphu", scopes)
    with pytest.raises(Refused) as no:
        make(actor=actor)
    assert [finding.code for finding in no.value.findings] == ["api.own_token"]
    with pytest.raises(Denied):
        make(actor=actor, username="bithu", unit_code="X3")


def test_the_pages_make_show_once_and_withdraw(cast_of_users: dict[str, Any]) -> None:
    page = somebody("administrator", "T", name="giamdoc")
    sent = {
        "name": "Kho", "purpose": "5-KH/TU", "username": "anphu", "unit_code": "X1",
        "permissions": ["members.view", "organisation.view"], "start": "01/01/2026", "end": "01/01/2027",
    }  # fmt: skip
    made = page.post("/api/tokens/new/", sent)
    secret = words(made.content).split("Secret ")[1].split()[0]
    assert Caller(secret).get("units/X1/members").status_code == 200
    assert secret not in page.get("/api/tokens/").content.decode()
    assert page.post("/api/tokens/new/", sent).status_code == 422
    made_token = Token.objects.get()
    assert page.post(f"/api/tokens/{made_token.pk}/withdraw/").status_code == 302
    assert codes(Caller(secret).get("units")) == ["api.token_not_in_force"]
    assert page.post(f"/api/tokens/{made_token.pk}/withdraw/").status_code == 422
    acts = list(Event.objects.filter(app="api").order_by("seq").values_list("action", flat=True))
    assert acts == ["api.token_made", "api.token_withdrawn"]


def test_tokens_of_others_are_not_shown(cast_of_users: dict[str, Any]) -> None:
    other, _secret = make(unit_code="X3", username="nguoingoai")
    page: Client = somebody("administrator", "X1")
    assert "Kho" not in words(page.get("/api/tokens/").content)
    assert page.get(f"/api/tokens/{other.pk}/withdraw/").status_code == 404
