"""Counting the four forms of a unit and period: every line for the unit, for each part of it, and the rows behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.periods import Period, day_number, day_of
from nhiemky.domain.statistics.flows import Flows, flows
from nhiemky.domain.statistics.forms import BREAKDOWNS, IN_KINDS, OF_CLOSING, OUT_KINDS
from nhiemky.domain.statistics.parts import Parts, as_it_was, restated
from nhiemky.domain.statistics.people import Facts, Group

TOTAL, OPENING, CLOSING, CAME, WENT = "total", "opening", "closing", "in", "out"
WOMEN, PROBATIONARY = "women", "probationary"
SLICES = (WOMEN, PROBATIONARY)
"""Columns beside the unit's own that say of whom."""


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers of one line, one per column: what is certain, and what is at most possible."""

    low: Ints
    high: Ints

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    @property
    def exact(self) -> bool:
        """Whether every column is known exactly."""
        return bool((self.low == self.high).all())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form: `breakdown` and `key` name it (of form 1 only the key), with a number per column.

    `of` gives for the unit itself how many of the line are women and how many probationary, where that is told.
    """

    breakdown: str
    key: str
    cells: Span
    of: tuple[Span, Span] | None = None

    @property
    def name(self) -> str:
        """How addresses call the line."""
        return f"{self.breakdown}.{self.key}" if self.breakdown else self.key


@dataclass(frozen=True, slots=True)
class Found:
    """The rows behind a number: `rows` of stays or of flows that certainly count, `doubtful` those that may."""

    rows: Ints
    doubtful: Ints


class Count:
    """The forms of one unit and period, each counted when it is asked for. `places` None counts as it was."""

    def __init__(self, facts: Facts, unit: int, during: Period, places: Places | None = None) -> None:
        if during.end is None:
            raise ValueError("A form needs a period with an end.")
        self.facts, self.unit, self.during, self.places = facts, unit, during, places
        self.first, self.last = day_number(during.start), day_number(during.end) - 1
        self.on: date = day_of(self.last)
        self._lines: dict[int, list[Line]] = {}

    @cached_property
    def parts(self) -> Parts:
        """The columns."""
        structure = self.facts.structure
        return as_it_was(structure, self.unit, self.on) if self.places is None else restated(
            structure, self.unit, self.places
        )  # fmt: skip

    def stock(self, day: int) -> Group:
        """The members of a day number."""
        stays = self.facts.columns.stays
        rows = stays.on(day)
        classes = self.parts.classes(stays.unit[rows], np.full(len(rows), day))
        rows, classes = rows[classes > 0], classes[classes > 0]
        return Group(
            self.facts, day_of(day), rows, stays.person[rows], stays.unit[rows], np.full(len(rows), day), classes,
            stays.official[rows], stays.exempt[rows],
        )  # fmt: skip

    @cached_property
    def opening(self) -> Group:
        """The members of the day before the period."""
        return self.stock(self.first - 1)

    @cached_property
    def closing(self) -> Group:
        """The members of the last day."""
        return self.stock(self.last)

    @cached_property
    def flows(self) -> Flows:
        """What came and went."""
        return flows(self.facts, self.parts, self.first, self.last + 1, structural=self.places is None)

    @cached_property
    def admitted(self) -> Group:
        """The admissions of the period, each on its day; rows are positions of flows."""
        held = self.flows
        rows = np.flatnonzero((held.kind == MOVEMENT_CODE["admission"]) & (held.after > 0))
        no = np.zeros(len(rows), dtype=bool)
        return Group(
            self.facts, self.on, rows, held.person[rows], held.target[rows], held.day[rows], held.after[rows], no, no
        )

    def lines(self, form: int) -> list[Line]:
        """The lines of a form in their order; counted once."""
        if form not in self._lines:
            self._lines[form] = self._counted_lines(form)
        return self._lines[form]

    def _counted_lines(self, form: int) -> list[Line]:
        if form == 1:
            return self._ledger()
        group = self.admitted if form == 2 else self.closing
        told = self._totals(group)
        return [told, *(line for key in BREAKDOWNS[form] for line in self._broken_down(group, key))]

    def _ledger(self) -> list[Line]:
        came = [Line(CAME, kind, self._flow(kind, into=True)) for kind in IN_KINDS]
        went = [Line(WENT, kind, self._flow(kind, into=False)) for kind in OUT_KINDS]
        of_closing = [
            line for breakdown, key in OF_CLOSING for line in self._broken_down(self.closing, breakdown)
            if line.key == key
        ]  # fmt: skip
        return [
            Line("", OPENING, self._totals(self.opening).cells),
            Line(CAME, TOTAL, _sum(came)), *came,
            Line(WENT, TOTAL, _sum(went)), *went,
            Line("", CLOSING, self._totals(self.closing).cells), *of_closing,
        ]  # fmt: skip

    def _flow(self, kind: str, *, into: bool) -> Span:
        certain, possible = self.flows.crossing(self.parts, kind, into=into)
        return Span(certain, possible)

    def _totals(self, group: Group) -> Line:
        [line] = self._counted(group, np.zeros(len(group.rows), dtype=np.int64), [("", TOTAL)])
        return line

    def _broken_down(self, group: Group, breakdown: str) -> list[Line]:
        names = [(breakdown, key) for key in group.breakdowns[breakdown].lines]
        return self._counted(group, group.lines(breakdown), names)

    def _counted(self, group: Group, lines: Ints, names: list[tuple[str, str]]) -> list[Line]:
        """Lines of a breakdown at once: how many of each class and sort, then which columns the classes belong to."""
        sort = group.female * 2 + ~group.official
        cells = (group.classes * 4 + sort) * len(names) + lines
        counts = np.bincount(cells, minlength=len(self.parts.certain) * 4 * len(names))
        by_sort = counts.reshape(len(self.parts.certain), 4, len(names))
        whole = self._columns(by_sort.sum(axis=1))
        women, probationary = self._columns(by_sort[:, 2:].sum(axis=1)), self._columns(by_sort[:, 1::2].sum(axis=1))
        return [
            Line(breakdown, key, _row(whole, n), (_first(_row(women, n)), _first(_row(probationary, n))))
            for n, (breakdown, key) in enumerate(names)
        ]

    def _columns(self, by_class: Ints) -> Span:
        """From numbers per class and line to numbers per line and column. Whole numbers in floats stay exact."""
        counts = by_class.astype(np.float64)
        low, high = ((counts.T @ table.astype(np.float64)).astype(np.int64) for table in self._tables)
        return Span(low, high)

    @property
    def _tables(self) -> tuple[Bools, Bools]:
        return self.parts.certain, self.parts.possible

    # The rows behind a number

    def found(self, form: int, line: str, column: int, only: str = "") -> Found | None:
        """The rows behind a number; `only` asks for WOMEN or PROBATIONARY among them. None: there is no such line."""
        breakdown, _dot, key = line.rpartition(".")
        if form == 1 and breakdown in (CAME, WENT):
            return self._crossed(breakdown, key, column)
        group = self.opening if (form, line) == (1, OPENING) else self.admitted if form == 2 else self.closing
        wanted = np.ones(len(group.rows), dtype=bool)
        if line not in (TOTAL, OPENING, CLOSING):
            if breakdown not in group.breakdowns or key not in group.breakdowns[breakdown].lines:
                return None
            wanted = group.lines(breakdown) == list(group.breakdowns[breakdown].lines).index(key)
        if only:
            wanted &= group.female if only == WOMEN else ~group.official
        certain, possible = (table[group.classes, column] & wanted for table in self._tables)
        return Found(group.rows[certain], group.rows[possible & ~certain])

    def _crossed(self, way: str, kind: str, column: int) -> Found | None:
        kinds = IN_KINDS if way == CAME else OUT_KINDS
        if kind not in (TOTAL, *kinds):
            return None
        of_kind = np.isin(self.flows.kind, [MOVEMENT_CODE[k] for k in (kinds if kind == TOTAL else (kind,))])
        certain, possible = self.flows.crosses(self.parts, column, into=way == CAME)
        return Found(np.flatnonzero(certain & of_kind), np.flatnonzero(possible & ~certain & of_kind))


def _sum(lines: list[Line]) -> Span:
    total = lines[0].cells
    for line in lines[1:]:
        total += line.cells
    return total


def _row(table: Span, number: int) -> Span:
    return Span(table.low[number], table.high[number])


def _first(cells: Span) -> Span:
    return Span(cells.low[:1], cells.high[:1])
