"""What leaves as a spreadsheet comes back unchanged, and no cell of it is live."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from books import judged, members, row, take_over
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import SYSTEM, TODAY, person, province
from nhiemky.audit.models import Event
from nhiemky.domain.access import EVERYWHERE, PERMISSIONS, Actor, Scope
from nhiemky.domain.exchange.headings import layout
from nhiemky.domain.exchange.rows import lines
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.names import clean
from nhiemky.exchange import exports
from nhiemky.exchange.reading import read
from nhiemky.members.models import Person, Reading
from nhiemky.members.services import exports as list_exports
from nhiemky.members.services.particulars import person_amend
from nhiemky.organisation.models import Unit

DAYS = st.dates(date(1900, 1, 1), TODAY)
ODD = ["=1+1", "-Nguyễn", "+84", "@SUM(A1)", "'=x", "''", "NULL", "Ngô, Thì; Nhậm", "Nguyễn | \"Ân\"", "1990", "H’Mông",
       "Công", "Tổng Cộng", "Trần\u00a0Văn", "ỵ", "_x000D_", "<b>&amp;", "😀"]  # fmt: skip
LETTERS = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
TEXTS = (st.sampled_from(ODD) | st.text(LETTERS, min_size=1, max_size=40)).map(clean).filter(bool)
DIGITS = st.text("0123456789", min_size=8, max_size=8)


def choice(key: str) -> Any:
    return st.sampled_from(sorted(PARTICULAR[key].choices))


PEOPLE = st.fixed_dictionaries(
    {"full_name": TEXTS, "sex": choice("sex"), "birth_date": DAYS, "birth_year_only": st.booleans(),
     "ethnic_group": choice("ethnic_group"), "unit_code": st.just("C1"), "unit_name": st.just("Chi bộ thôn Đông"),
     "standing": st.sampled_from(["official", "probationary"])},
    optional={
        **{key: choice(key) for key, one in PARTICULAR.items() if one.kind == "choice" and not one.required},
        "home_place": TEXTS, "residence": TEXTS, "decided_on": DAYS, "admitted_on": DAYS, "official_on": DAYS,
        "card_number": DIGITS, "identity_number": DIGITS.map("0511{}".format), "file_number": DIGITS.map(
            lambda text: f"{text[:6]}QNG"), "phone": DIGITS.map("09{}".format),
    },
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(PEOPLE, min_size=1, max_size=4), st.sampled_from(["xlsx", "csv"]))
def test_export_then_import_is_identity(people: list[dict[str, Any]], kind: str) -> None:
    chosen = exports.fields(with_identity=True)
    content = (exports._as_csv if kind == "csv" else exports._as_xlsx)(chosen, iter(people))
    sheet = read(content)
    found = layout(sheet)
    assert set(found.columns.values()) == {one.key for one in chosen}
    back = [line.values for line in lines(sheet, found, found.columns, TODAY)]
    assert back == people


@pytest.fixture
def who(db: None) -> Person:
    province()
    made = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    values = {"identity_number": "051190000123", "card_number": "00012345", "phone": "+84905123456",
              "home_place": '=HYPERLINK("http://x")', "religion": "none"}  # fmt: skip
    person_amend(actor=SYSTEM, person_id=made.pk, values=values, reason="phiếu", today=TODAY)
    return made


def exported(kind: str = "xlsx", actor: Actor = SYSTEM, unit: str = "X1") -> bytes:
    return exports.members_file(actor=actor, unit_code=unit, kind=kind, today=TODAY)[0]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_exported_list_handed_in_again_changes_nothing(who: Person, kind: str) -> None:
    take_over(members(row(1, "Trần Văn Bình", "C2", sex="Nam", born="1975")))
    draft = judged(exported(kind))
    assert draft.judgement.counts() == {"rows": 2, "new": 0, "changed": 0, "same": 2, "refused": 0, "warning": 0}


def test_no_cell_of_a_workbook_is_a_formula(who: Person) -> None:
    with zipfile.ZipFile(io.BytesIO(exported())) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert "<f" not in sheet
    assert "HYPERLINK" in texts
    styles = {found[1] for found in re.finditer(r'<c r="[A-Z]+2" s="(\d+)" t="s"', sheet)}
    assert len(styles) == 1  # the quoted texts, which Excel keeps as text when they are edited


def test_no_cell_of_a_text_file_begins_with_a_sign_of_formulas(who: Person) -> None:
    text = exported("csv").decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+84905123456" in text
    assert not [cell for line in csv.reader(io.StringIO(text)) for cell in line if cell[:1] in tuple("=+-@\t\r")]


def test_identity_numbers_are_for_who_may_read_them(who: Person) -> None:
    scope = Scope(unit_ids=frozenset(Unit.objects.filter(code__in=["X1", "C1", "C2"]).values_list("pk", flat=True)))
    scopes = dict.fromkeys([one for one in PERMISSIONS if one != "members.identity"], scope)
    assert b"051190000123" in exported("csv")
    seen = exported("csv", Actor(None, "b", scopes, True)).decode()
    assert "051190000123" not in seen
    assert "Số định danh" not in seen


def test_that_a_list_was_taken_along_is_an_event(who: Person) -> None:
    exported()
    event = Event.objects.latest("seq")
    assert (event.action, event.facts["rows"], event.facts["identity"]) == ("members.list_exported", 1, True)
    assert "051190000123" not in str(event.facts)


def test_the_empty_form_names_every_field_as_an_import_knows_it() -> None:
    sheet = read(exports.template(), sheet="Đảng viên")
    assert {one.key for one in exports.fields(with_identity=True)} == set(layout(sheet).columns.values())


def readings() -> list[tuple[str, str, str]]:
    return list(Reading.objects.order_by("pk").values_list("person__full_name", "user_name", "what"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_everybody_whose_identity_number_leaves_in_a_file_is_told(who: Person, kind: str) -> None:
    person("Lê Thị Bình", "C1", date(2021, 3, 2))  # has none
    assert exported(kind, Actor(3, "anphu", dict.fromkeys(PERMISSIONS, EVERYWHERE), True))
    assert readings() == [("Nguyễn Thị Ân", "anphu", "list")]


def test_a_file_without_identity_numbers_is_one_event_and_no_reading(who: Person) -> None:
    scopes = dict.fromkeys([one for one in PERMISSIONS if one != "members.identity"], EVERYWHERE)
    exported("csv", Actor(3, "anphu", scopes, True))
    assert readings() == []
    assert Event.objects.filter(action="members.list_exported").count() == 1


def test_a_file_whose_event_cannot_be_written_leaves_no_reading(who: Person) -> None:
    with patch.object(list_exports, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        exported("csv")
    assert readings() == []
