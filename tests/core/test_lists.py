"""Tables and spreadsheets from one column spec."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from nhiemky.accounts.models import User
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


@pytest.mark.django_db
def test_the_pages_of_a_queryset_put_together_are_its_rows_in_order() -> None:
    for number in range(9):
        seen = None if number % 3 else datetime(2026, 1, 1 + number % 2, tzinfo=UTC)
        User.objects.create(username=f"u{number}", full_name=f"Tên {number % 2}", last_login=seen)
    columns: tuple[Column[User], ...] = (
        Column("name", "Tên", lambda user: user.full_name, sort=("full_name",)),
        Column("seen", "Lần cuối", lambda user: user.last_login, sort=("last_login", "full_name")),
    )
    for order in ("name", "-name", "seen", "-seen"):
        whole = table_of(RequestFactory().get(f"/?sort={order}"), columns, User.objects.all(), per_page=20)
        asked = [RequestFactory().get(f"/?sort={order}&page={number}") for number in range(1, 6)]
        pages = [table_of(request, columns, User.objects.all(), per_page=2).rows for request in asked]
        assert len(whole.rows) == 9
        assert [user for rows in pages for user in rows] == whole.rows
    assert table_of(RequestFactory().get("/?page=9"), columns, User.objects.none(), default="name").rows == []


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
