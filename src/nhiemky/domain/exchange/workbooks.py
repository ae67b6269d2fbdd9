"""A workbook's bytes as the rows of one sheet, by python-calamine.

A hostile workbook can make any parser ask for more memory than there is, so who reads files of others lets `parsed` run
where that does no harm, and hands in something that waits for it (`Parsing`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import python_calamine as calamine

_MOST_SHEETS = 30


@dataclass(frozen=True)
class Parsed:
    """The sheet that was asked for or has the most rows, its place among all sheets, and the names of the others.

    `rows` is None where the sheet is larger than `most_rows` or `most_columns`: `height` and `width` tell.
    """

    name: str
    number: int
    others: tuple[str, ...]
    height: int
    width: int
    rows: list[list[Any]] | None


class ParserFailed(ValueError):
    """There is no table; `password` where the workbook asks for one."""

    def __init__(self, *, password: bool = False) -> None:
        self.password = password
        super().__init__()


class Parsing(Protocol):
    """A workbook being parsed, wherever that happens."""

    def result(self) -> Parsed:
        """Wait for it; raises `ParserFailed`."""

    def stop(self) -> None:
        """Nobody waits for it any more."""


Parse = Callable[[bytes, str, int, int], Parsing]
"""Begins to parse: content, wanted sheet, most rows, most columns."""


def parsed(content: BinaryIO, wanted: str, most_rows: int, most_columns: int) -> Parsed:
    """The sheet wanted, or the one with the most rows among the visible.

    Raises:
        ParserFailed: it asks for a password, or is broken.
    """
    try:
        book = calamine.load_workbook(content)
        return _chosen(book, wanted, most_rows, most_columns)
    except calamine.CalamineError as wrong:
        raise ParserFailed(password=isinstance(wrong, calamine.PasswordError)) from wrong


def _chosen(book: calamine.CalamineWorkbook, wanted: str, most_rows: int, most_columns: int) -> Parsed:
    usual = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible)
    visible = [meta.name for meta in book.sheets_metadata if (meta.typ, meta.visible) == usual]
    names = (visible or list(book.sheet_names))[:_MOST_SHEETS]
    sheets = {name: book.get_sheet_by_name(name) for name in names}
    name = wanted if wanted in sheets else max(sheets, key=lambda one: sheets[one].height)
    height, width = sheets[name].total_height, sheets[name].total_width
    fits = height <= most_rows and width <= most_columns
    rows = sheets[name].to_python(skip_empty_area=False) if fits else None
    others = tuple(one for one in names if one != name)
    return Parsed(name, list(book.sheet_names).index(name), others, height, width, rows)
