"""The forms as pages, workbook and command: every number opens exactly its rows, and a check that fails is seen."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from builders import SYSTEM as OPERATOR
from builders import TODAY, book, decision, person, province
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Stay
from nhiemky.members.snapshot import SNAPSHOT
from nhiemky.organisation import services
from nhiemky.statistics import commands
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'<a class="plain-number" href="([^"]+)">([\d.,]+)</a>')


@pytest.fixture(autouse=True)
def _world(settings: Any) -> None:
    settings.NHIEMKY_TODAY = TODAY
    province()
    for number, cell in enumerate(("C1", "C1", "C2", "C4"), start=1):
        person(f"Đỗ Thị {number}", cell, date(2025, 3, number))
    move = decision({"op": "move", "unit": "C2", "parent": "X3"})
    services.reorganisation_apply(actor=OPERATOR, decision=move, today=TODAY)
    book(Movement.objects.get(on=date(2025, 3, 1)).person, "transfer_within", date(2025, 9, 1), "C3")


def test_every_number_opens_as_many_rows_as_it_says() -> None:
    page = somebody("specialist", "T")
    opened = 0
    for form in "1234":
        for view in ("", "parts"):
            shown = page.get("/statistics/", {"unit": "X1", "year": "2025", "form": form, "view": view})
            for url, number in NUMBER.findall(shown.content.decode()):
                said = words(page.get(html.unescape(url)).content)
                assert re.search(rf"matches {number} rows?\b", said), url
                opened += 1
    assert opened > 60


def test_without_the_right_to_members_numbers_open_nothing() -> None:
    page = somebody("leader", "X1")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("nhiemky.statistics.choices.may_list", lambda actor, asked: False)
        shown = page.get("/statistics/", {"unit": "X1", "year": "2025"}).content.decode()
    assert not NUMBER.findall(shown)
    assert "all 12 checks agree" in shown


def test_a_check_that_fails_is_red_and_opened() -> None:
    Stay.objects.filter(person__full_name="Đỗ Thị 4").delete()  # past every service: the ledger still has the entry
    SNAPSHOT.forget()
    page = somebody("specialist", "T")
    said = page.get("/statistics/", {"unit": "X3", "year": "2025"}).content.decode()
    assert "<details open>" in said
    assert "Form 1 does not balance: opening 0 + in 2 − out 0 is not closing 1" in words(said.encode())
    answer = commands.statistics(
        unit="X3", year=2025, half=0, on=None, structure=None, out=None, today=TODAY
    )  # fmt: skip
    assert answer["ok"] is False


def test_a_unit_that_was_not_there_is_refused_with_a_way_on() -> None:
    page = somebody("specialist", "T")
    answer = page.get("/statistics/", {"unit": "X1", "year": "1999"})
    assert answer.status_code == 422
    assert "did not exist on 31/12/1999" in words(answer.content)
    assert "structure=2026-10-31" in html.unescape(answer.content.decode())
    assert page.get("/statistics/rows/", {"unit": "X1", "year": "2025", "line": "nothing"}).status_code == 404


def test_the_workbook_says_what_the_command_says(tmp_path: Path) -> None:
    out = tmp_path / "bieu.xlsx"
    given: dict[str, Any] = {"unit": "X1", "year": 2025, "half": 0, "on": None, "structure": None, "today": TODAY}
    told: Any = commands.statistics(**given, out=out)
    assert told["ok"] is True
    workbook = CalamineWorkbook.from_path(str(out))
    assert workbook.sheet_names == ["1-TCTW", "2-TCTW", "3-TCTW", "4-TCTW", "Đối chiếu"]
    for number in "1234":
        sheet = workbook.get_sheet_by_name(f"{number}-TCTW").to_python()
        text = "\n".join(str(cell) for row in sheet for cell in row)
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
        assert "bố cục của hệ thống, chờ xác nhận" in text
        values = [line["value"] for line in told["forms"][number]["lines"]]
        shown = [row[1] for row in sheet[8:] if row[0] and isinstance(row[1], float)]
        assert [value for value in shown if value] == [value for value in values if value]
    assert all(row[0] == "khớp" for row in workbook.get_sheet_by_name("Đối chiếu").to_python()[1:])
    with pytest.raises(Refused):
        commands.statistics(**given, out=tmp_path / "none" / "bieu.xlsx")


def test_the_page_hands_out_the_same_workbook() -> None:
    answer = somebody("clerk", "X1").get("/statistics/forms.xlsx", {"unit": "X1", "year": "2025", "half": "1"})
    book_ = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert "6 tháng đầu năm 2025" in str(book_.get_sheet_by_name("1-TCTW").to_python()[5])
    assert somebody("clerk", "X3").get("/statistics/forms.xlsx", {"unit": "X1", "year": "2025"}).status_code == 404
