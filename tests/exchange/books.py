"""Spreadsheets as people make them, written for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from builders import SYSTEM, TODAY
from nhiemky.domain.access import Actor
from nhiemky.exchange.drafting import Draft, Given, prepare
from nhiemky.exchange.models import Import
from nhiemky.exchange.services import imports

HEADINGS = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Ngày vào Đảng", "Ngày chính thức", "Chi bộ"]


def xlsx(rows: Sequence[Sequence[Any]], *, name: str = "Danh sách") -> bytes:
    """A workbook of one sheet; texts, numbers and days as they are, a text beginning with = as a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(name)
    for at, row in enumerate(rows):
        for across, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                page.write_formula(at, across, cell, None, "Kinh")
            elif cell not in (None, ""):
                page.write(at, across, cell)
    book.close()
    return out.getvalue()


def members(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    """Headings and rows."""
    return xlsx([list(headings), *rows])


def row(number: int, name: str, cell: str = "C1", **more: Any) -> list[Any]:
    """An official member of the cell."""
    values = {"sex": "Nữ", "born": "19/05/1990", "group": "Kinh", "joined": "02/03/2020", "official": "02/03/2021"}
    values |= more
    return [number, name, values["sex"], values["born"], values["group"], values["joined"], values["official"], cell]


def given(content: bytes, unit: str = "X1", on: date = TODAY, **more: Any) -> Given:
    return Given(content, unit, on, **more)


def judged(content: bytes, unit: str = "X1", *, actor: Actor = SYSTEM, on: date = TODAY, **more: Any) -> Draft:
    """What the import would do."""
    return prepare(actor, given(content, unit, on, **more), TODAY)


def codes(draft: Draft) -> dict[int, set[str]]:
    """For each row of the file that something is said about: the codes of what is said."""
    found = {one.line.at + 1: {finding.code for finding in one.findings} for one in draft.judgement.lines}
    return {number: told for number, told in found.items() if told}


def take_over(
    content: bytes, unit: str = "X1", *, actor: Actor = SYSTEM, on: date = TODAY, good_rows: bool = False, **more: Any
) -> Import:
    """Hand the file in and carry it out."""
    held = imports.import_receive(actor=actor, given=given(content, unit, on, **more), file_name="ds.xlsx")
    return imports.import_carry_out(actor=actor, import_id=held.pk, today=TODAY, good_rows=good_rows)
