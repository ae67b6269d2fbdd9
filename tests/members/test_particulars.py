"""Changing what is kept of a person: checked, with a history, and refused where a value cannot be right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, TODAY, person, province
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.particulars import PARTICULARS, check_particulars, cleaned
from nhiemky.members.models import Person, PersonChange
from nhiemky.members.register import members
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.particulars import people_amend, person_amend
from nhiemky.members.sums import View
from pages_kit import somebody, words


@pytest.fixture
def who(db: None) -> Person:
    province()
    return person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))


def amend(person_: Person, **values: object) -> int:
    return person_amend(actor=SYSTEM, person_id=person_.pk, values=values, reason="phiếu bổ sung", today=TODAY)


def test_a_change_is_kept_with_what_was_there_before(who: Person) -> None:
    assert amend(who, phone="0905 123 456", home_place="  Mộ  Đức ", sex="female") == 2
    who.refresh_from_db()
    assert (who.phone, who.home_place) == ("0905123456", "Mộ Đức")
    rows = {c.field: (c.before, c.after, c.since, c.user_name) for c in PersonChange.objects.all()}
    assert rows == {"phone": ("", "0905123456", None, "tests"), "home_place": ("", "Mộ Đức", None, "tests")}


def test_equal_values_leave_no_change(who: Person) -> None:
    assert amend(who, full_name="Nguyễn  Thị Ân", birth_date=date(1990, 5, 19)) == 0
    assert not PersonChange.objects.exists()


def test_a_new_name_is_found_and_ordered_by_at_once(who: Person) -> None:
    person("Lê Thị Bình", "C1", date(2021, 3, 2))
    amend(who, full_name="Nguyễn Thị Yến")
    view = View(TODAY)
    listed = [m.person.full_name for m in members(view, view.structure.by_code["C1"], wanted(), SYSTEM)]
    assert listed == ["Lê Thị Bình", "Nguyễn Thị Yến"]
    assert "Nguyễn Thị Yến" in words(somebody("leader", "T").get("/search?q=nguyen thi yen").content)


def wanted() -> Any:
    from nhiemky.members.register import Wanted

    return Wanted()


def test_an_identity_number_is_changed_without_a_trace_of_its_digits(who: Person) -> None:
    amend(who, identity_number="051190000123")
    amend(who, identity_number="051190000124")
    rows = PersonChange.objects.order_by("pk").values_list("before", "after")
    assert list(rows) == [("", "•"), ("•", "•")]


def test_numbers_belong_to_one_person(who: Person) -> None:
    other = person("Lê Thị Bình", "C1", date(2021, 3, 2))
    amend(who, card_number="00012345", identity_number="051190000123")
    for values in ({"card_number": "00012345"}, {"identity_number": "051190000123"}):
        with pytest.raises(Refused) as no:
            amend(other, **values)
        assert no.value.findings[0].code in ("members.card_known", "members.identity_known")
        assert "051190000123" not in str(no.value)
    changes = {who.pk: {"card_number": "00000001"}, other.pk: {"card_number": "00000001"}}
    with pytest.raises(Refused) as no:
        people_amend(actor=SYSTEM, changes=changes, reason="nhập", today=TODAY)
    assert no.value.findings[0].code == "members.card_known"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"full_name": " "}, "members.no_name"),
        ({"sex": ""}, "members.value_missing"),
        ({"sex": "nam"}, "members.value_unknown"),
        ({"ethnic_group": "57"}, "members.value_unknown"),
        ({"birth_date": date(2030, 1, 1)}, "members.day_impossible"),
        ({"birth_date": date(1890, 1, 1)}, "members.day_impossible"),
        ({"card_number": "1234567"}, "members.card_form"),
        ({"identity_number": "05119000012a"}, "members.identity_form"),
        ({"file_number": "123"}, "members.file_form"),
        ({"phone": "905"}, "members.phone_form"),
        ({"home_place": "x" * 201}, "members.value_long"),
        ({"decided_on": date(2020, 3, 3)}, "members.ceremony_before_decision"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_at_its_field(who: Person, values: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as no:
        amend(who, residence="Thôn 1", **values)
    assert [(f.code, f.field) for f in no.value.findings] == [(code, next(iter(values)))]
    who.refresh_from_db()
    assert who.residence == ""


def test_a_reason_is_asked_for_and_no_day_to_come(who: Person) -> None:
    with pytest.raises(Refused) as no:
        person_amend(
            actor=SYSTEM,
            person_id=who.pk,
            values={"phone": "0905123456"},
            reason=" ",
            since=date(2027, 1, 1),
            today=TODAY,
        )
    assert {f.code for f in no.value.findings} == {"members.change_reason_missing", "members.in_future"}


def test_only_in_the_own_subtree_and_identity_numbers_only_with_their_right(who: Person) -> None:
    def actor(*rights: str) -> Actor:
        assert who.last_unit_id is not None
        scope = Scope(unit_ids=frozenset({who.last_unit_id}))
        return Actor(name="thử", scopes=dict.fromkeys(("organisation.view", *rights), scope), verified=True)

    values = {"identity_number": "051190000123"}
    for given, status in ((actor("members.write"), 403), (Actor(name="ngoài"), 404)):
        with pytest.raises(Denied) as no:
            person_amend(actor=given, person_id=who.pk, values=values, reason="x", today=TODAY)
        assert no.value.status == status
    both = actor("members.write", "members.identity")
    assert person_amend(actor=both, person_id=who.pk, values=values, reason="x", today=TODAY) == 1


def test_the_history_cannot_be_rewritten(who: Person) -> None:
    amend(who, phone="0905123456")
    for act in (lambda: PersonChange.objects.update(after="x"), lambda: PersonChange.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append"), transaction.atomic():
            act()


def test_the_page_changes_only_what_differs_and_shows_it(who: Person) -> None:
    clerk = somebody("clerk", "X1")
    page = f"/members/{who.pk}/amend/"
    typed = {"full_name": "Nguyễn Thị Ân", "sex": "female", "birth_date": "19/05/1990", "ethnic_group": "1"}
    typed |= {"decided_on": "02/03/2020", "qualification": "master", "since": "01/09/2025", "reason": "bằng thạc sĩ"}
    assert clerk.get(page).status_code == 200
    assert clerk.post(page, {**typed, "reason": ""}).status_code == 422
    assert clerk.post(page, typed).status_code == 302
    change = PersonChange.objects.get()
    assert (change.field, change.after, change.since) == ("qualification", "master", date(2025, 9, 1))
    said = words(clerk.get(f"/members/{who.pk}/").content)
    assert "– → master · holds from 01/09/2025 · bằng thạc sĩ" in said
    assert clerk.post(page, typed | {"since": ""}).status_code == 302
    assert PersonChange.objects.count() == 1
    assert somebody("secretary", "C1").get(page).content.count(b'name="identity_number"') == 0
    assert somebody("clerk", "X3").get(page).status_code == 404


def test_what_comes_into_the_register_is_checked_by_the_same_rules() -> None:
    data = PersonData("Lê Bình", "male", date(1990, 1, 1), 1, phone="x", religion="nope")
    codes = {f.code for f in check_particulars(data.values(), today=TODAY)}
    assert codes == {"members.phone_form", "members.value_unknown"}
    assert set(data.values()) | {"decided_on"} == {p.key for p in PARTICULARS}


def test_texts_are_kept_clean() -> None:
    given = {"card_number": " 0001 2345 ", "phone": "+84 (905) 123-456", "residence": "Thôn  1 "}
    assert cleaned(given) == {"card_number": "00012345", "phone": "+84905123456", "residence": "Thôn 1"}
