"""A file's bytes as a table of cells: .xlsx, .xlsm, .xls, .ods, .csv. Nothing in it is ever run or evaluated.

Whatever the bytes, the answer is a table or `Refused`.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from nhiemky.domain.exchange import encodings, limits
from nhiemky.domain.exchange.fields import OURS
from nhiemky.domain.exchange.limits import COLUMNS, ROWS, refused
from nhiemky.domain.exchange.workbooks import Parse, ParserFailed
from nhiemky.domain.findings import Refused

Cell = str | int | float | bool | date | datetime | time | timedelta
"""An empty cell is ""."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: all rows from the first of the file on, equally long; row and column numbers begin at 0.

    `formulas` are cells whose value is what the program that saved the file had worked out last. `encodings` tells for
    a column in which old encoding its texts were, before they were converted, `samples` one text before and after.
    """

    name: str
    rows: list[list[Cell]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    encodings: dict[int, str] = field(default_factory=dict)
    samples: dict[int, tuple[str, str]] = field(default_factory=dict)
    read_as: str = ""
    others: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def read(content: bytes, parse: Parse, *, sheet: str = "", encoding: str = "") -> Sheet:
    """The sheet named, or the one with the most filled rows among the visible; `encoding` overrides what is recognised.

    `parse` begins to parse a workbook. Meanwhile it is measured what the file would unpack to.

    Raises:
        Refused: not a spreadsheet, beyond the limits, encrypted or broken.
    """
    kind = limits.format_of(content)
    found = _csv_sheet(content, encoding) if kind == "csv" else _workbook_sheet(content, kind, sheet, parse)
    if not any(cell != "" for row in found.rows for cell in row):
        raise refused("file_empty")
    return _converted(found, encoding)


def _workbook_sheet(content: bytes, kind: str, wanted: str, parse: Parse) -> Sheet:
    parsing = parse(content, wanted, ROWS + 1, COLUMNS)
    try:
        formulas = _measured(content, kind)
    except Refused:
        parsing.stop()
        raise
    try:
        found = parsing.result()
    except ParserFailed as wrong:
        raise refused("file_encrypted" if wrong.password else "file_broken") from wrong
    if found.height > ROWS + 1:
        raise refused("too_many_rows", most=ROWS)
    if found.width > COLUMNS:
        raise refused("too_many_columns", most=COLUMNS)
    part = f"xl/worksheets/sheet{found.number + 1}.xml"
    return Sheet(found.name, found.rows or [], frozenset(formulas.get(part, ())), read_as=kind, others=found.others)


def _measured(content: bytes, kind: str) -> dict[str, set[tuple[int, int]]]:
    if kind == "xlsx":
        return limits.xlsx_formulas(content)
    if kind == "ods":
        limits.ods_measured(content)
    return {}


def _csv_sheet(content: bytes, encoding: str) -> Sheet:
    text, read_as = _csv_text(content, encoding)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False):
            rows.append([_unquoted(cell) for cell in row])
            if len(rows) > ROWS + 1:
                raise refused("too_many_rows", most=ROWS)
            if len(row) > COLUMNS:
                raise refused("too_many_columns", most=COLUMNS)
    except csv.Error as wrong:
        raise refused("file_broken") from wrong
    width = max(map(len, rows), default=0)
    return Sheet("", [row + [""] * (width - len(row)) for row in rows], read_as=read_as)


def _unquoted(cell: str) -> str:
    """Without the sign that keeps a text from being taken for a formula (`quoted`)."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple(_LIVE) else cell


_LIVE = "=+-@\t\r'"


def quoted(text: str) -> str:
    """A text for .csv that no program takes for a formula."""
    return f"'{text}" if text[:1] in tuple(_LIVE) else text


def _csv_text(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        text, read_as = encodings.decoded(content)
        if encoding == encodings.WINDOWS_1258:
            text, read_as = content.decode("cp1258"), encoding
        elif encoding in encodings.LEGACY and read_as != "utf-16":
            text, read_as = content.decode("latin-1"), encoding
    except UnicodeError as wrong:
        raise refused("not_a_spreadsheet") from wrong
    if _unprintable(text):
        raise refused("not_a_spreadsheet")
    return text, read_as


def _unprintable(text: str) -> bool:
    """Control characters that no text has: more than one in a thousand."""
    head = text[:100_000]
    odd = sum(1 for char in head if (char < " " and char not in "\t\r\n\f") or char == "\ufffd")
    return odd * 1000 > len(head)


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most columns, equally often."""
    lines = [line for line in text[:50_000].splitlines() if line.strip()][:40]

    def strength(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        count, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return times, count

    return max(",;\t|", key=strength)


def _converted(sheet: Sheet, encoding: str) -> Sheet:
    """Texts of old encodings in Unicode, column by column: fonts differ from one to the next."""
    forced = encoding if encoding in encodings.LEGACY else ""
    found, samples = dict[int, str](), dict[int, tuple[str, str]]()
    if encoding == encodings.UNICODE or (not encoding and OURS.issubset(map(str, sheet.rows[0]))):
        return sheet
    for at in range(sheet.width):
        texts = [cell for row in sheet.rows[:2000] if isinstance(cell := row[at], str) and _is_old(cell)]
        name = forced or encodings.recognise(texts)
        if texts and name != encodings.UNICODE:
            found[at] = name
            shown = max(filter(_is_old, texts), key=lambda text: (not text.isupper(), len(text)), default="")
            samples[at] = (shown, encodings.CONVERTERS[name](shown))
            _convert_column(sheet.rows, at, encodings.CONVERTERS[name])
    return replace(sheet, encodings=found, samples=samples)


def _is_old(text: str) -> bool:
    """Whether an old encoding can have written it: Latin-1 letters only. Others are Unicode, in any column."""
    return not text.isascii() and max(text) <= "\xff"


def _convert_column(rows: list[list[Cell]], at: int, convert: Callable[[str], str]) -> None:
    known: dict[str, str] = {}
    for row in rows:
        cell = row[at]
        if isinstance(cell, str) and _is_old(cell):
            if cell not in known:
                known[cell] = convert(cell)
            row[at] = known[cell]
