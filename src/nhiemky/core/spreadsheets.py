"""Workbooks made of the same columns as the tables on the pages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from nhiemky.core.downloads import download
from nhiemky.core.lists import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: a name, lines about what it holds (day, unit, definition), columns and all rows."""

    name: str
    about: Sequence[tuple[str, Any]]
    columns: Sequence[Column[Any]]
    rows: Iterable[Any]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx file. Text stays text: what starts with = + - @ is quoted and never becomes live."""
    out = io.BytesIO()
    live = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**live, "in_memory": True, "default_date_format": "dd/mm/yyyy"})
    styles = {
        "bold": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "quiet": book.add_format({"font_color": "#6b645a"}),
        "quoted": book.add_format({"quote_prefix": True}),
        "number": book.add_format({"num_format": "#,##0.##"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name[:31]), sheet, styles)
    book.close()
    return out.getvalue()


def _write_sheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    at = 0
    for label, value in sheet.about:
        page.write_string(at, 0, str(label), styles["quiet"])
        _write_cell(page, at, 1, value, styles)
        at += 1
    at += 1 if sheet.about else 0
    for across, column in enumerate(sheet.columns):
        page.write_string(at, across, str(column.label), styles["bold"])
        page.set_column(across, across, 12 if column.numeric else 28)
    page.freeze_panes(at + 1, 1)
    for line, row in enumerate(sheet.rows, at + 1):
        for across, column in enumerate(sheet.columns):
            _write_cell(page, line, across, column.value(row), styles)


def _write_cell(page: Any, line: int, across: int, value: Any, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        day = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        page.write_datetime(line, across, day, styles["day"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(line, across, value, styles["whole" if value == int(value) else "number"])
    else:
        text = str(value)
        page.write_string(line, across, text, styles["quoted"] if text[0] in "=+-@\t\r" else None)


def xlsx_response(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """The workbook as a download."""
    return download(workbook(sheets), f"{name}.xlsx", XLSX)
