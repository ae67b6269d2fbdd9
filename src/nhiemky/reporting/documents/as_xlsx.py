"""The review as .xlsx: the figures, then for every figure a sheet with exactly its rows, then the sources.

Rows are written as they are read, so a province needs no more memory than a commune. Text stays text: nothing that
somebody typed becomes a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from nhiemky.domain.access import Actor
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.reporting import wording
from nhiemky.reporting import listing, selectors
from nhiemky.reporting.declaring import Indicator, Text
from nhiemky.reporting.indicators import GROUPS, INDICATORS, PENDING, RATIO_BY_KEY
from nhiemky.reporting.listing import Row
from nhiemky.reporting.review import PartLine, Review
from nhiemky.reporting.selectors import Asked, Figure

Progress = Callable[[str, float], None]
Lines = Generator[None, Sequence[Any], None]
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WORDS = {
    "figures": Text("Số liệu", "Figures"),
    "parts": Text("Đơn vị trực thuộc", "Organisations below"),
    "balance": Text("Biến động", "Balance"),
    "sources": Text("Nguồn", "Sources"),
    "indicator": Text("Chỉ số", "Figure"),
    "measure": Text("Đơn vị tính", "Unit"),
    "change": Text("Tăng, giảm", "Change"),
    "target": Text("Chỉ tiêu", "Target"),
    "reached": Text("Đạt (%)", "Reached (%)"),
    "sheet": Text("Danh sách", "Rows"),
    "open": Text("mở", "open"),
    "note": Text("Ghi chú", "Note"),
    "assumed": Text("Chỉ tiêu chờ xác nhận", "Target to be confirmed"),
    "no_right": Text("Không có quyền xem danh sách đảng viên", "No right to see members"),
    "doubtful": Text("Chưa chắc thuộc đơn vị (đơn vị cũ đã chia tách)", "Perhaps elsewhere (former unit was split)"),
    "name": Text("Họ và tên", "Name"),
    "unit_called": Text("Tên tổ chức", "Organisation"),
    "born": Text("Ngày sinh", "Date of birth"),
    "sex": Text("Giới tính", "Sex"),
    "female": Text("Nữ", "Female"),
    "male": Text("Nam", "Male"),
    "unit_code": Text("Mã tổ chức", "Code"),
    "unit": Text("Tổ chức đảng", "Organisation"),
    "on": Text("Ngày", "Day"),
    "kind": Text("Loại biến động", "Kind"),
    "paper": Text("Số quyết định", "Paper"),
    "founded": Text("Từ ngày", "Since"),
    "kind_of_unit": Text("Loại hình", "Kind"),
    "above_code": Text("Mã cấp trên", "Superior's code"),
    "above": Text("Cấp trên trực tiếp", "Superior"),
    "admitted": Text("Kết nạp", "Admitted"),
    "members": Text("Đảng viên", "Members"),
    "cells": Text("Chi bộ thôn, tổ dân phố", "Residential cells"),
    "with_committee": Text("Có cấp ủy", "With a committee"),
    "entry": Text("Nội dung", "Entry"),
    "in": Text("Tăng", "In"),
    "out": Text("Giảm", "Out"),
    "definition": Text("Định nghĩa", "Definition"),
    "rule": Text("Cách đếm", "How it is counted"),
    "day_asked": Text("Tại ngày", "As of"),
    "period": Text("Kỳ", "Period"),
    "structure": Text("Cơ cấu", "Structure"),
    "as_it_was": Text("như khi đó", "as it was"),
    "restated": Text("tính lại theo cơ cấu ngày", "restated under the structure of"),
    "made": Text("Lập ngày", "Made on"),
    "key": Text("Mã chỉ số", "Key"),
    "rule.people": Text("Sổ đảng viên, người đang sinh hoạt trong ngày", "Register: people of the day"),
    "rule.movements": Text("Sổ biến động, bút toán có hiệu lực trong kỳ", "Ledger: entries in force of the period"),
    "rule.units": Text("Sổ tổ chức đảng", "Register of organisations"),
    "no_sheet": Text("0 dòng", "0 rows"),
}


def write(
    found: Review,
    out: Path,
    actor: Actor,
    today: date,
    *,
    only: Indicator | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the workbook, or `only` the rows of one figure. `progress` is told the sheet and how far it is."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(str(out), options)
    try:
        workbook = _Workbook(book, found, actor, today)
        if only is not None:
            workbook.single(only)
        else:
            workbook.fill(progress or (lambda name, part: None))
    finally:
        book.close()


class _Workbook:
    """One workbook under way."""

    def __init__(self, book: Any, found: Review, actor: Actor, today: date) -> None:
        self.book, self.found, self.actor, self.today = book, found, actor, today
        self.now = Asked(selectors.facts(), found.asked)
        self.rows = listing.Book(self.now, actor, keep=True)
        self.styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "bold": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "quiet": book.add_format({"font_color": "#665f55"}),
            "link": book.add_format({"font_color": "#17475c", "underline": 1}),
            "quoted": book.add_format({"quote_prefix": True}),
            "whole": book.add_format({"num_format": "#,##0"}),
            "signed": book.add_format({"num_format": "+#,##0;−#,##0;0"}),
            "tenth": book.add_format({"num_format": "0.0"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        }
        self.listed = [i for i in INDICATORS if self._has_rows(i)]
        self.sheets = {i.key: _sheet_name(n, i, found.language) for n, i in enumerate(self.listed, start=1)}

    def say(self, key: str) -> str:
        return _WORDS[key].in_language(self.found.language)

    def _has_rows(self, indicator: Indicator) -> bool:
        figure = self.found.figures[indicator.key]
        return figure.high > 0 and listing.may_list(self.actor, self.found.asked, indicator)

    def fill(self, progress: Progress) -> None:
        """Every sheet in its order."""
        self._figures()
        if self.found.parts:
            self._parts()
        if self.found.balance:
            self._balance()
        for n, indicator in enumerate(self.listed):
            progress(self.sheets[indicator.key], n / max(len(self.listed), 1))
            self._listing(indicator)
        self._sources()
        progress("", 1.0)

    def single(self, indicator: Indicator) -> None:
        """The rows of one figure and where they are from."""
        self.sheets[indicator.key] = self.say("sheet")
        self._listing(indicator)
        self._sources()

    # Sheets

    def _sheet(self, name: str, titles: Sequence[str], widths: Sequence[float], about: Sequence[str]) -> Lines:
        """A sheet with its head; afterwards each `send` of values writes a line."""
        page = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(len(about) + 1, 1)
        for line, text in enumerate(about):
            page.write_string(line, 0, text, self.styles["quiet" if line else "title"])
        for column, title in enumerate(titles):
            page.write_string(len(about), column, title, self.styles["bold"])
        line = len(about) + 1
        while True:
            values = yield
            for column, value in enumerate(values):
                self._cell(page, line, column, value)
            line += 1

    def _open(self, name: str, titles: Sequence[str], widths: Sequence[float], about: Sequence[str]) -> Lines:
        made = self._sheet(name, titles, widths, about)
        next(made)
        return made

    def _cell(self, page: Any, line: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, tuple):
            kind, inner = value
            if kind == "sheet":
                page.write_url(line, column, f"internal:'{inner}'!A1", self.styles["link"], self.say("open"))
            elif inner is not None:
                page.write_number(line, column, inner, self.styles[kind])
        elif isinstance(value, date):
            page.write_datetime(line, column, value, self.styles["day"])
        elif isinstance(value, int):
            page.write_number(line, column, value, self.styles["whole"])
        else:
            text = str(value)[:32_000]
            page.write_string(line, column, text, self.styles["quoted"] if text[0] in "=+-@\t\r" else None)

    def _about(self, title: str) -> list[str]:
        asked = self.found.asked
        shape = self.say("as_it_was")
        if asked.structure is not None:
            shape = f"{self.say('restated')} {wording.write_day(asked.structure)}"
        day = f"{self.say('day_asked')} {wording.write_day(asked.on)}"
        return [title, f"{self.found.unit} ({self.found.code}) · {day} · {self.say('structure')}: {shape}", ""]

    def _figures(self) -> None:
        year = self.found.asked.year
        keys = ("indicator", "", "", "change", "target", "reached", "sheet", "note")
        titles = [self.say(key) if key else "" for key in keys]
        titles[1:3] = [str(year - 1), str(year)]
        page = self._open(self.say("figures"), titles, (46, 12, 12, 12, 12, 12, 10, 50), self._about(self.found.title))
        for group in GROUPS:
            page.send([group.name.in_language(self.found.language).upper()])
            for indicator in (i for i in INDICATORS if i.group == group.key):
                page.send(self._figure(indicator, self.found.figures[indicator.key]))
            for share in self.found.shares.values():
                if share.ratio.group == group.key:
                    name = share.ratio.name.in_language(self.found.language) + " (%)"
                    page.send([name, ("tenth", share.previous), ("tenth", share.value)])
        for pending in PENDING:
            none = wording.missing("no_data", self.found.language)
            page.send([pending.name.in_language(self.found.language), None, none])

    def _figure(self, indicator: Indicator, figure: Figure) -> list[Any]:
        language = self.found.language
        note = self.say("assumed") if figure.target_assumed else ""
        value: Any = figure.value
        if figure.why == "split":
            value, note = (
                f"{figure.low}–{figure.high}",
                wording.plain(wording.inexact(figure.low, figure.high, language)),
            )
        elif figure.why:
            value = wording.missing(figure.why, language)
        sheet: Any = ("sheet", self.sheets[indicator.key]) if indicator.key in self.sheets else self.say("no_sheet")
        if figure.high and indicator.key not in self.sheets:
            sheet = self.say("no_right")
        previous: Any = figure.previous
        if previous is None:
            previous = wording.missing(figure.previous_why, language)
        return [
            indicator.name.in_language(language),
            previous,
            value,
            ("signed", figure.change),
            figure.target,
            ("tenth", figure.achievement),
            sheet,
            note,
        ]

    def _parts(self) -> None:
        year = self.found.asked.year
        titles = [self.say(key) for key in ("unit_code", "unit")]
        titles += [f"{self.say('admitted')} {year - 1}", f"{self.say('admitted')} {year}"]
        titles += [self.say(key) for key in ("target", "reached", "members", "cells", "with_committee")]
        widths = (14, 46, 12, 12, 12, 12, 12, 14, 14)
        page = self._open(self.say("parts"), titles, widths, self._about(self.say("parts")))
        for part in self.found.parts:
            page.send(self._part(part))

    def _part(self, part: PartLine) -> list[Any]:
        admitted, target = part.admitted.value, part.admitted.target
        reached = 100 * admitted / target if target and admitted is not None else None
        return [
            part.code,
            part.name,
            part.previous,
            admitted,
            target,
            ("tenth", reached),
            part.members.value,
            part.cells.value,
            part.with_committee.value,
        ]

    def _balance(self) -> None:
        titles = [self.say(key) for key in ("entry", "in", "out", "members")]
        page = self._open(self.say("balance"), titles, (40, 12, 12, 12), self._about(self.say("balance")))
        for line in self.found.balance:
            page.send([line.name, line.came, line.went, line.stock])

    def _listing(self, indicator: Indicator) -> None:
        """Exactly the rows of one figure."""
        columns = _COLUMNS[indicator.table]
        name = indicator.name.in_language(self.found.language)
        titles = [self.say(title) for title, _width, _read in columns]
        widths = [width for _title, width, _read in columns]
        figure = self.found.figures[indicator.key]
        if figure.why == "split":
            titles, widths = [*titles, self.say("note")], [*widths, 46]
        page = self._open(self.sheets[indicator.key], titles, widths, self._about(f"{name}: {self._number(figure)}"))
        doubt, language = self.say("doubtful"), self.found.language
        for row in self.rows.rows(indicator, listing.shown(self.actor, self.now, indicator)):
            values = [read(row, language) for _title, _width, read in columns]
            page.send([*values, doubt] if row.doubtful else values)

    def _number(self, figure: Figure) -> str:
        if figure.why not in ("", "split"):
            return wording.missing(figure.why, self.found.language)
        if figure.value is None:
            return wording.plain(wording.inexact(figure.low, figure.high, self.found.language))
        return wording.write_number(figure.value, self.found.language)

    def _sources(self) -> None:
        language, asked = self.found.language, self.found.asked
        titles = [self.say(k) for k in ("key", "indicator", "definition", "rule", "measure", "period")]
        page = self._open(self.say("sources"), titles, (34, 40, 70, 46, 14, 26), self._about(self.say("sources")))
        first, last = wording.write_day(asked.during.start), wording.write_day(asked.on)
        for i in INDICATORS:
            text = [t.in_language(language) for t in (i.name, i.definition)]
            rule = self.say(f"rule.{i.table}")
            period = last if i.stock else f"{first} – {last}"
            page.send([i.key, *text, rule, i.measure.in_language(language), period])
        for ratio in RATIO_BY_KEY.values():
            text = [t.in_language(language) for t in (ratio.name, ratio.definition)]
            page.send([ratio.key, *text, f"{ratio.part} / {ratio.whole}", "%", last])
        page.send([])
        page.send([self.say("made"), self.today])


def _sheet_name(number: int, indicator: Indicator, language: str) -> str:
    """At most 31 characters, none of those a workbook forbids; the number keeps it unique."""
    return f"{number:02} {_FORBIDDEN.sub(' ', indicator.name.in_language(language))}"[:31].rstrip()


def _sex(row: Row, language: str) -> str:
    return _WORDS[row.sex].in_language(language) if row.sex in _WORDS else ""


def _movement(row: Row, language: str) -> str:
    kind = MOVEMENT.get(row.kind)
    return "" if kind is None else kind.en if language == "en" else kind.vi


def _unit_kind(row: Row, language: str) -> str:
    kind = KIND.get(row.kind)
    return "" if kind is None else kind.en if language == "en" else kind.vi


_Read = Callable[[Row, str], Any]
_PERSON: tuple[tuple[str, float, _Read], ...] = (
    ("name", 30, lambda row, _: row.name),
    ("born", 12, lambda row, _: row.birth_date),
    ("sex", 9, _sex),
    ("unit_code", 14, lambda row, _: row.unit_code),
    ("unit", 50, lambda row, _: row.unit_name),
)
_COLUMNS: dict[str, tuple[tuple[str, float, _Read], ...]] = {
    "people": _PERSON,
    "movements": (
        *_PERSON,
        ("on", 12, lambda row, _: row.on),
        ("kind", 28, _movement),
        ("paper", 18, lambda row, _: row.paper),
    ),
    "units": (
        ("unit_called", 50, lambda row, _: row.name),
        ("unit_code", 14, lambda row, _: row.code),
        ("kind_of_unit", 28, _unit_kind),
        ("founded", 12, lambda row, _: row.on),
        ("above_code", 14, lambda row, _: row.unit_code),
        ("above", 46, lambda row, _: row.unit_name),
    ),
}
