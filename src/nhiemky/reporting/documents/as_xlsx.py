"""The review as .xlsx: the figures, then for every figure a sheet with exactly its rows, then the sources.

Rows are written as they are read, so a province needs no more memory than a commune. Text stays text: nothing that
somebody typed becomes a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from nhiemky.domain.access import Actor
from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.counting import Count, within
from nhiemky.reporting import listing, selectors
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.documents.xlsx_columns import COLUMNS
from nhiemky.reporting.documents.xlsx_words import WORDS
from nhiemky.reporting.indicators import INDICATORS
from nhiemky.reporting.proofs import proof
from nhiemky.reporting.ratios import GROUPS, PENDING, RATIO_BY_KEY
from nhiemky.reporting.review import PartLine, Review
from nhiemky.reporting.selectors import Asked, Figure
from nhiemky.reporting.shares import Share
from nhiemky.reporting.tables import target_note

Progress = Callable[[str, float], None]
Lines = Generator[None, Sequence[Any], None]
_TWO_LINES = 30
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write(found: Review, out: Path, actor: Actor, today: date, *, progress: Progress | None = None) -> None:
    """Write the workbook. `progress` is told the sheet and how far it is."""
    with _opened(out) as book:
        _Workbook(book, found, actor, today).fill(progress or (lambda name, part: None))


def write_rows(
    found: Review, out: Path, actor: Actor, today: date, only: Indicator, among: Count | None = None
) -> None:
    """Write the rows of one figure, or of a part of it."""
    with _opened(out) as book:
        _Workbook(book, found, actor, today).single(only, among)


@contextmanager
def _opened(out: Path) -> Iterator[Any]:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(str(out), options)
    try:
        yield book
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
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "link": book.add_format({"font_color": "#17475c", "underline": 1}),
            "quoted": book.add_format({"quote_prefix": True}),
            "whole": book.add_format({"num_format": "#,##0"}),
            "signed": book.add_format({"num_format": "+#,##0;−#,##0;0"}),
            "tenth": book.add_format({"num_format": "0.0"}),
            "points": book.add_format({"num_format": "+0.0;−0.0;0.0"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        }
        self.listed = [i for i in INDICATORS if self._has_rows(i)]
        self.sheets = {i.key: _sheet_name(n, i, found.language) for n, i in enumerate(self.listed, start=1)}

    def say(self, key: str) -> str:
        return WORDS[key].in_language(self.found.language)

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

    def single(self, indicator: Indicator, among: Count | None) -> None:
        """The rows of one figure and where they are from."""
        self.sheets = {indicator.key: self.say("sheet")}
        self._listing(indicator, among, alone=True)
        self._sources()

    # Sheets

    def _sheet(
        self, name: str, titles: Sequence[str], widths: Sequence[float], about: Sequence[str], *, back: bool
    ) -> Lines:
        """A sheet with its head; afterwards each `send` of values writes a line, `close` ends it."""
        page = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        head = len(about)
        page.freeze_panes(head + 1, 1)
        page.repeat_rows(head)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_row(head, _TWO_LINES)
        for line, text in enumerate(about):
            page.write_string(line, 0, text, self.styles["quiet" if line else "title"])
        if back:
            page.write_url(head - 1, 0, f"internal:'{self.say('figures')}'!A1", self.styles["link"], self.say("back"))
        for column, title in enumerate(titles):
            page.write_string(head, column, title, self.styles["bold"])
        line = head + 1
        try:
            while True:
                values = yield
                for column, value in enumerate(values):
                    self._cell(page, line, column, value)
                line += 1
        finally:
            if line > head + 1:
                page.autofilter(head, 0, line - 1, len(titles) - 1)

    @contextmanager
    def _open(
        self, name: str, titles: Sequence[str], widths: Sequence[float], about: Sequence[str], *, back: bool = True
    ) -> Iterator[Lines]:
        made = self._sheet(name, titles, widths, about, back=back)
        next(made)
        yield made
        made.close()

    def _cell(self, page: Any, line: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, tuple):
            kind, inner = value
            if kind in ("sheet", "part", "whole"):
                shown = self.say("open" if kind == "sheet" else kind)
                page.write_url(line, column, f"internal:'{inner}'!A1", self.styles["link"], shown)
            elif kind == "note":
                page.write_string(line, column, inner, self.styles["wrapped"])
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

    def _heads(self) -> tuple[str, str]:
        """Over the columns of the year before and of the year."""
        asked, language = self.found.asked, self.found.language
        before = wording.head(asked.before.year, asked.before.on, language, finished=asked.finished, before=True)
        return before, wording.head(asked.year, asked.on, language, finished=asked.finished)

    def _figures(self) -> None:
        keys = ("indicator", "measure", "", "", "change", "target", "reached", "sheet", "", "note")
        titles = [self.say(key) if key else "" for key in keys]
        titles[2:4] = self._heads()
        widths = (46, 12, 14, 14, 12, 12, 12, 10, 10, 84)
        about = self._about(self.found.title)
        with self._open(self.say("figures"), titles, widths, about, back=False) as page:
            for group in GROUPS:
                page.send([group.name.in_language(self.found.language).upper()])
                for indicator in (i for i in INDICATORS if i.group == group.key):
                    page.send(self._figure(indicator, self.found.figures[indicator.key]))
                for share in self.found.shares.values():
                    if share.ratio.group == group.key:
                        page.send(self._ratio(share))
            for pending in PENDING:
                none = wording.missing("no_data", self.found.language)
                page.send([pending.name.in_language(self.found.language), None, None, none])

    def _ratio(self, share: Share) -> list[Any]:
        """With links to the rows of its part and its whole."""
        ratio, language = share.ratio, self.found.language
        links = [(kind, self.sheets.get(key)) for kind, key in (("part", ratio.part), ("whole", ratio.whole))]
        return [
            ratio.name.in_language(language),
            ratio.measure.in_language(language),
            ("tenth", share.previous),
            ("tenth", share.value),
            ("points", share.change),
            None,
            None,
            *(link if link[1] else None for link in links),
            ("note", f"{ratio.definition.in_language(language)}. {self.say('points')}."),
        ]

    def _figure(self, indicator: Indicator, figure: Figure) -> list[Any]:
        language = self.found.language
        note = self._notes(figure)
        value: Any = figure.value
        if figure.why == "split":
            value = f"{figure.low}–{figure.high}"
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
            indicator.measure.in_language(language),
            previous,
            value,
            ("signed", figure.change),
            figure.target,
            ("tenth", figure.achievement),
            sheet,
            None,
            ("note", note),
        ]

    def _notes(self, figure: Figure) -> str:
        """What must be known to read the figure: its bounds, its target, whether it adds up."""
        language = self.found.language
        notes = [wording.plain(wording.inexact(figure.low, figure.high, language))] if figure.why == "split" else []
        if said := target_note(figure, self.found.asked, language):
            notes.append(said)
        if figure.target_assumed:
            notes.append(self.say("assumed"))
        if not figure.indicator.additive:
            notes.append(self.say("not_additive"))
        return "; ".join(notes)

    def _parts(self) -> None:
        titles = [self.say(key) for key in ("unit_code", "unit")]
        titles += [f"{self.say('admitted')} {head[0].lower()}{head[1:]}" for head in self._heads()]
        titles += [self.say(key) for key in ("target", "reached", "members", "cells", "with_committee")]
        widths = (14, 46, 14, 14, 12, 12, 12, 14, 14)
        with self._open(self.say("parts"), titles, widths, self._about(self.say("parts"))) as page:
            for part in self.found.parts:
                page.send(self._part(part))

    def _part(self, part: PartLine) -> list[Any]:
        admitted, target = part.admitted, part.admitted.goal if part.admitted else None
        reached = None
        if target and admitted and admitted.value is not None and not admitted.apart:
            reached = 100 * admitted.value / target.value
        return [
            part.mark if part.is_unit else "",
            part.name,
            admitted.previous if admitted else None,
            admitted.value if admitted else None,
            target.value if target else None,
            ("tenth", reached),
            *(piece.value if piece else None for piece in part.slices[1:]),
        ]

    def _balance(self) -> None:
        titles = [self.say(key) for key in ("entry", "in", "out", "members")]
        with self._open(self.say("balance"), titles, (40, 12, 12, 12), self._about(self.say("balance"))) as page:
            for line in self.found.balance:
                page.send([line.name, line.came, line.went, line.stock])

    def _listing(self, indicator: Indicator, among: Count | None = None, *, alone: bool = False) -> None:
        """Exactly the rows of one figure, each with what shows why it was counted."""
        language, figure = self.found.language, self.found.figures[indicator.key]
        columns = COLUMNS["work" if indicator.is_work else indicator.table]
        proven = proof(self.now, indicator, language)
        titles = [self.say(title) for title, _width, _read in columns]
        widths = [width for _title, width, _read in columns]
        if proven is not None:
            titles, widths = [*titles, proven.title.in_language(language)], [*widths, 20]
        if figure.why == "split":
            titles, widths = [*titles, self.say("note")], [*widths, 46]
        counted = listing.shown(self.actor, self.now, indicator)
        counted = counted if among is None else within(counted, among)
        name = f"{indicator.name.in_language(language)}: {self._number(figure, among)}"
        with self._open(self.sheets[indicator.key], titles, widths, self._about(name), back=not alone) as page:
            for row in self.rows.rows(indicator, counted):
                values: list[Any] = [read(row, language) for _title, _width, read in columns]
                values += [proven.read(row)] if proven is not None else []
                page.send([*values, self.say("doubtful")] if row.doubtful else values)

    def _number(self, figure: Figure, among: Count | None = None) -> str:
        if among is not None and among.value is not None:
            return wording.write_number(among.value, self.found.language)
        if figure.why not in ("", "split"):
            return wording.missing(figure.why, self.found.language)
        if figure.value is None:
            return wording.plain(wording.inexact(figure.low, figure.high, self.found.language))
        return wording.write_number(figure.value, self.found.language)

    def _sources(self) -> None:
        language, asked = self.found.language, self.found.asked
        titles = [self.say(k) for k in ("key", "indicator", "definition", "rule", "measure", "period")]
        widths = (34, 40, 70, 46, 14, 26)
        first, last = wording.write_day(asked.during.start), wording.write_day(asked.on)
        with self._open(self.say("sources"), titles, widths, self._about(self.say("sources")), back=False) as page:
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
