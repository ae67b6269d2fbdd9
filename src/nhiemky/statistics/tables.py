"""A form as a table: its heads, its lines in words, and for each number the address of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.statistics.counting import (
    CAME,
    CLOSING,
    OPENING,
    PROBATIONARY,
    TOTAL,
    WENT,
    WOMEN,
    Count,
    Line,
    Span,
)
from nhiemky.domain.statistics.forms import UNKNOWN, Text, breakdowns
from nhiemky.domain.statistics.parts import FORMER, OWN

Address = Callable[..., str]
"""From line, part and slice to the address of the rows; empty where they may not be listed."""
OF = (WOMEN, PROBATIONARY)
_SLICES = {1: (), 2: (WOMEN,), 3: (WOMEN, PROBATIONARY), 4: (WOMEN, PROBATIONARY)}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, or the two it lies between."""

    low: int
    high: int
    url: str = ""

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Row:
    """A line: `title` stands over the lines of a breakdown, `strong` is a sum, `share` in per cent of the total."""

    name: str
    cells: tuple[Cell, ...] = ()
    title: bool = False
    strong: bool = False
    share: float | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form as it is shown."""

    number: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    shares: bool
    left_out: int = 0


def english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def said(text: Text) -> str:
    """A name in the reader's language."""
    return text.en if english() else text.vi


def form(count: Count, number: int, *, parts: bool, every: bool, address: Address) -> Form:
    """A form of the unit itself, or of its parts; `every` shows lines on which there is nobody, too."""
    lines = count.lines(number)
    shown = [line for line in lines if _is_shown(line, number, every)]
    columns = _columns(count, lines) if parts else []
    heads = [_("Total"), *(part_name(count, count.parts.marks[c - 1]) for c in columns)]
    if not parts:
        heads += [_slice_name(only) for only in _SLICES[number]]
    left_out = sum(line.key != UNKNOWN for line in lines) - sum(line.key != UNKNOWN for line in shown)
    rows = tuple(_rows(count, number, shown, columns, address, parts=parts))
    return Form(number, tuple(heads), rows, number > 1 and not parts, left_out)


def _is_shown(line: Line, number: int, every: bool) -> bool:
    there = bool(line.cells.high.any())
    if line.key == UNKNOWN:
        return there
    return every or there or line.breakdown not in ("ethnic_group", "religion") or number == 1


def _columns(count: Count, lines: list[Line]) -> list[int]:
    """The columns of units, and those of no unit in which there is anybody."""
    marks = count.parts.marks
    return [
        c for c, mark in enumerate(marks, start=1)
        if not mark.startswith("-") or any(line.cells.high[c] for line in lines)
    ]  # fmt: skip


def unit_name(count: Count, shape: date) -> str:
    """What the unit itself is called on the day."""
    return count.facts.structure.name(count.unit, shape)


def part_name(count: Count, mark: str) -> str:
    """What a column is called."""
    if mark == OWN:
        return _("In the organisation itself")
    if mark == FORMER:
        return _("Was below in the period, is no longer")
    held, on = count.facts.structure, count.on if count.places is None else count.places.on
    return held.name(held.by_code[mark], on)


def _slice_name(only: str) -> str:
    return _("Of whom women") if only == WOMEN else _("Of whom probationary")


def _rows(
    count: Count, number: int, lines: list[Line], columns: list[int], address: Address, *, parts: bool
) -> Iterator[Row]:
    total, breakdown, names = lines[0], "", breakdowns(count.on)
    for line in lines:
        if line.breakdown != breakdown and number > 1:
            breakdown = line.breakdown
            yield Row(said(names[breakdown].name), title=True)
        cells = [_whole(line, address)]
        if parts:
            cells += [_part(count, line, c, address) for c in columns]
        elif line.of:
            told = dict(zip(OF, line.of, strict=True))
            cells += [_of(line, told[only], only, address) for only in _SLICES[number]]
        whole = int(total.cells.low[0])
        exact = line.cells.low[0] == line.cells.high[0] and number > 1
        share = 100 * int(line.cells.low[0]) / whole if whole and exact else None
        yield Row(name_of(line, count), tuple(cells), strong=_is_sum(line), share=share, key=line.name)


def _cell(cells: Span, at: int, url: str) -> Cell:
    return Cell(int(cells.low[at]), int(cells.high[at]), url if cells.high[at] else "")


def _whole(line: Line, address: Address) -> Cell:
    return _cell(line.cells, 0, address(line.name))


def _part(count: Count, line: Line, column: int, address: Address) -> Cell:
    return _cell(line.cells, column, address(line.name, part=count.parts.marks[column - 1]))


def _of(line: Line, cells: Span, only: str, address: Address) -> Cell:
    return _cell(cells, 0, address(line.name, only=only))


def _is_sum(line: Line) -> bool:
    return line.key == TOTAL or line.name in (OPENING, CLOSING)


def name_of(line: Line, count: Count) -> str:
    """A line in words."""
    if line.name in (OPENING, CLOSING):
        return _("A. Members at the beginning") if line.name == OPENING else _("D. Members at the end")
    if line.breakdown in (CAME, WENT):
        if line.key == TOTAL:
            return _("B. Came in the period") if line.breakdown == CAME else _("C. Went in the period")
        return _movement(line.breakdown, line.key)
    if line.name == TOTAL:
        return _("Total")
    return said(breakdowns(count.on)[line.breakdown].lines[line.key])


def _movement(way: str, key: str) -> str:
    if key == "transfer_within":
        return _("From other organisations of the province") if way == CAME else _(
            "To other organisations of the province"
        )  # fmt: skip
    kind = MOVEMENT[key]
    return kind.en if english() else kind.vi
