"""All figures of all units for one day, as it was or restated under another day's structure.

Members of a day come from a timeline that is kept in step with the ledger by audit number; movements and units are few
enough to be counted from the rows of the indicators themselves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.organisation.kinds import SECTOR_CODE, SECTOR_KEYS
from nhiemky.domain.organisation.structure import Ints, Structure
from nhiemky.domain.periods import day_number, year_to
from nhiemky.domain.reporting.counting import Day, Facts, Span, stands
from nhiemky.domain.reporting.lenses import Inside
from nhiemky.domain.reporting.rolling import Restating, Rolled, Shape, Upright, Values
from nhiemky.domain.reporting.timeline import COUNTED, Timeline
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import selectors
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.indicators import OF_THE_REGISTER

# Which count of the timeline is which indicator; the others of people are differences and sectors.
_COUNTS = {
    "members.total": "total",
    "members.official": "official",
    "members.women": "women",
    "members.minority": "minority",
    "members.exempt": "exempt",
    "members.under_31": "young",
}
_SECTORS = {f"members.sector.{key}": SECTOR_CODE[key] for key in SECTOR_KEYS}
_KEPT = 8


@dataclass(frozen=True)
class Sheet:
    """The figures of one day: for each indicator the value of every unit, by position.

    `seq` is the number of the last audit event that they take in. Units that do not exist under the structure that is
    looked through have no figure, whatever stands in their place.
    """

    on: date
    structure_day: date | None
    seq: int
    alive: Values
    figures: Mapping[str, Rolled]

    def of(self, unit: int) -> dict[str, int | None]:
        """The figures of one unit; None where a split leaves a value open."""
        return {key: rolled.of(unit) for key, rolled in self.figures.items()}


class _Everything:
    """A lens that finds every candidate of an indicator inside: at its target's end or, asked again, not at the other.

    What an indicator counts for one unit is then what it counts for all: its candidates, with the units they stood in.
    """

    structure_day = None

    def __init__(self) -> None:
        self._asked = 0

    def inside(self, unit: int, units: Ints, days: Ints) -> Inside:
        self._asked += 1
        answer = np.full(len(units), self._asked == 1)
        return Inside(answer, answer)


class _Held:
    """The timeline of this process and the trees last looked through, in step with the register."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.timeline: Timeline | None = None
        self.structure: Structure | None = None
        self.shapes: dict[tuple[str, int | date], Shape] = {}

    def current(self, facts: Facts) -> Timeline:
        with self.lock:
            units = len(facts.structure)
            if self.structure is not facts.structure:
                self.structure, self.shapes = facts.structure, {}
            if self.timeline is None:
                self.timeline = Timeline(facts.columns, units)
            elif self.timeline.columns is not facts.columns:
                self.timeline = self.timeline.followed(facts.columns, units)
            return self.timeline

    def shape(self, key: tuple[str, int | date], make: Callable[[], Shape]) -> Shape:
        with self.lock:
            found = self.shapes.get(key)
            if found is None:
                while len(self.shapes) >= _KEPT:
                    self.shapes.pop(next(iter(self.shapes)))
                found = self.shapes[key] = make()
            return found

    def forget(self) -> None:
        with self.lock:
            self.timeline, self.structure, self.shapes = None, None, {}


_held = _Held()


def forget() -> None:
    """Start again from nothing: after a restore, and to measure the first question."""
    _held.forget()


def members(on: date, structure_day: date | None = None) -> Sheet:
    """The figures about people on the day: 16 of them, for every unit."""
    facts = selectors.facts()
    return _sheet(facts, on, structure_day, _People(facts, on, structure_day).all())


def everything(on: date, structure_day: date | None = None) -> Sheet:
    """Every indicator of the register for every unit: people and units of the day, entries and changes of the year."""
    facts = selectors.facts()
    found = _People(facts, on, structure_day).all()
    rest = _Rows(facts, on, structure_day)
    for indicator in OF_THE_REGISTER:
        if indicator.key not in found:
            found[indicator.key] = rest.rolled(indicator)
    return _sheet(facts, on, structure_day, found)


def _sheet(facts: Facts, on: date, structure_day: date | None, found: dict[str, Rolled]) -> Sheet:
    alive = facts.structure.alive(structure_day or on)
    return Sheet(on, structure_day, facts.columns.seq, alive, found)


def _upright(structure: Structure, segment: int) -> Shape:
    return _held.shape(("segment", segment), lambda: Upright(structure.tree_of(segment)))


def _restating(structure: Structure, day: date) -> Shape:
    return _held.shape(("day", day), lambda: Restating(organisation.places_on(day), structure.tree(day)))


def _shape(structure: Structure, on: date, structure_day: date | None) -> Shape:
    """The tree through which the units of the day are looked at."""
    if structure_day is not None:
        return _restating(structure, structure_day)
    return _upright(structure, int(structure.segment(np.array([day_number(on)]))[0]))


class _People:
    """Counts of people, added up."""

    def __init__(self, facts: Facts, on: date, structure_day: date | None) -> None:
        timeline, structure = _held.current(facts), facts.structure
        self.direct = dict(zip(COUNTED, timeline.direct(day_number(on)), strict=True))
        self.sectors = structure.sectors(on)
        self.shape = _shape(structure, on, structure_day)

    def all(self) -> dict[str, Rolled]:
        found = {key: self.shape.roll(self.direct[name]) for key, name in _COUNTS.items()}
        found["members.probationary"] = self.shape.roll(self.direct["total"] - self.direct["official"])
        for key, code in _SECTORS.items():
            found[key] = self.shape.roll(np.where(self.sectors == code, self.direct["total"], 0))
        return found


class _Rows:
    """Indicators whose candidates are few: each is looked at where it stood on its own day."""

    def __init__(self, facts: Facts, on: date, structure_day: date | None) -> None:
        self.facts, self.structure_day = facts, structure_day
        self.day, self.span = Day(facts, on), Span(facts, year_to(on))
        self.shape = _shape(facts.structure, on, structure_day)

    def rolled(self, indicator: Indicator) -> Rolled:
        rows = indicator.count(self.day, self.span, 0, _Everything()).rows
        if indicator.stands == "unit":  # all of one day
            return self.shape.roll(np.bincount(rows, minlength=len(self.facts.structure)))
        places, days = stands(self.day, self.span, rows, indicator.stands)
        whole = self._summed(places, days)
        if indicator.stands not in ("in", "out"):
            return whole
        return whole - self._inner(rows, incoming=indicator.stands == "in")

    def _summed(self, places: Ints, days: Ints) -> Rolled:
        structure = self.facts.structure
        if self.structure_day is not None:
            return _restating(structure, self.structure_day).roll(np.bincount(places, minlength=len(structure)))
        found = [
            _upright(structure, segment).roll(np.bincount(places[rows], minlength=len(structure)))
            for segment, rows in self._by_segment(days)
        ]
        return _total(found, len(structure))

    def _inner(self, rows: Ints, *, incoming: bool) -> Rolled:
        """Of these movements those that cross no border of a unit: both ends are inside it."""
        moves, structure = self.facts.columns.movements, self.facts.structure
        rows = rows[(moves.source[rows] >= 0) & (moves.target[rows] >= 0)]
        source, target, days = moves.source[rows], moves.target[rows], moves.day[rows]
        if self.structure_day is not None:
            ends = (target, source) if incoming else (source, target)
            return _restating(structure, self.structure_day).shared(*ends)
        same = ~np.isin(days, structure.boundaries)
        found = [
            _upright(structure, segment).shared(source[same][chosen], target[same][chosen])
            for segment, chosen in self._by_segment(days[same])
        ]
        found += [self._across(s, t, d) for s, t, d in zip(source[~same], target[~same], days[~same], strict=True)]
        return _total(found, len(structure))

    def _across(self, source: int, target: int, day: int) -> Rolled:
        """A movement on a day on which the tree changed: the source stood in the old one."""
        structure = self.facts.structure
        before, after = structure.segment(np.array([day - 1, day])).tolist()
        above = set(structure.tree_of(before).path(source)) & set(structure.tree_of(after).path(target))
        direct = np.zeros(len(structure), dtype=np.int64)
        direct[list(above)] = 1
        return Rolled(direct, direct)

    def _by_segment(self, days: Ints) -> list[tuple[int, Ints]]:
        if not len(days):
            return []
        ends = self.facts.structure.segment(np.array([days.min(), days.max()]))
        if ends[0] == ends[1]:
            return [(int(ends[0]), np.arange(len(days)))]
        segments = self.facts.structure.segment(days)
        return [(n, np.flatnonzero(segments == n)) for n in range(int(ends[0]), int(ends[1]) + 1)]


def _total(found: list[Rolled], size: int) -> Rolled:
    none = np.zeros(size, dtype=np.int64)
    total = found[0] if found else Rolled(none, none)
    for rolled in found[1:]:
        total = total + rolled
    return total
