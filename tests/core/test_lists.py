"""Tables and spreadsheets from one column spec."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from nhiemky.core.lists import Column, table_of
from nhiemky.core.spreadsheets import Sheet, workbook

Row = dict[str, Any]
COLUMNS: tuple[Column[Row], ...] = (
    Column("name", "Tên", lambda r: r["name"]),
    Column("count", "Số", lambda r: r["count"], numeric=True),
    Column("fixed", "Cố định", lambda r: r["name"], sortable=False),
)
ROWS: list[Row] = [{"name": "b", "count": 2}, {"name": "a", "count": None}, {"name": "c", "count": 10}]


def names(query: str, **more: Any) -> list[str]:
    table = table_of(RequestFactory().get(f"/?{query}"), COLUMNS, ROWS, default="name", **more)
    return [row["name"] for row in table.rows]


def test_rows_are_ordered_and_the_unknown_come_last() -> None:
    assert names("") == ["a", "b", "c"]
    assert names("sort=-count") == ["c", "b", "a"]
    assert names("sort=count") == ["b", "c", "a"]


def test_nonsense_in_the_address_changes_nothing() -> None:
    assert names("sort=drop") == names("sort=fixed") == ["a", "b", "c"]
    assert names("page=99", per_page=2) == ["c"]


def test_the_next_click_turns_the_order() -> None:
    table = table_of(RequestFactory().get("/?sort=-count"), COLUMNS, ROWS)
    assert [(state, asks) for _, state, asks in table.headers()][:2] == [("", "name"), ("descending", "count")]


HOSTILE = ["=1+1", "+84", "-5", "@cmd", "\t=1", '=HYPERLINK("http://x","y")', "https://x.vn", "0123", "{=1}"]


def test_text_in_a_spreadsheet_stays_text() -> None:
    rows = [{"name": text, "count": 1666} for text in HOSTILE]
    data = workbook([Sheet("Dữ liệu", [("Ngày", date(2022, 12, 31)), ("=x", "=1")], COLUMNS[:2], rows)])
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<f " not in xml
    assert "hyperlink" not in xml.lower()
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[4:]] == HOSTILE
    assert {row[1] for row in read[4:]} == {1666}
    assert read[0][1] == date(2022, 12, 31)
