"""Sums over subtrees for pages: members of a day, admissions of a period, the ledger of a year.

Everything is counted from the register's arrays and kept until the structure or the register changes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.kinds import BODY_KINDS
from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints, Structure
from nhiemky.domain.periods import DAY, Period, day_number, years_before
from nhiemky.domain.reporting.ledger import Balance, balance
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors as organisation

Kept = TypeVar("Kept")
_MOST_KEPT = 300


@dataclass(frozen=True)
class Measure:
    """A number for every unit. Restated under another structure it may not be known exactly: then None."""

    direct: Ints
    rolled: Ints | None
    places: Places | None = None

    def of(self, unit: int) -> int | None:
        """The sum over the unit's subtree."""
        if self.rolled is not None:
            return int(self.rolled[unit])
        assert self.places is not None
        low = int(self.direct[self.places.certain(unit)].sum())
        return low if low == int(self.direct[self.places.possible(unit)].sum()) else None


class View:
    """The register as one page looks at it: a day, and the structure of that day or of another one."""

    def __init__(self, on: date, structure_day: date | None = None) -> None:
        self.structure: Structure = organisation.structure()
        self.columns: Columns = columns()
        self.on, self.structure_day = on, structure_day
        self.number = day_number(on)
        self.shape = structure_day or on
        self.places = organisation.places_on(structure_day) if structure_day is not None else None

    def children(self, unit: int) -> list[int]:
        """Units directly below, larger kinds first."""
        below = self.structure.children(unit, self.shape)
        return sorted(below, key=lambda place: self.structure.rank(place, self.shape))

    def inside(self, unit: int) -> Bools:
        """Which units certainly belong to the unit's subtree."""
        return self.places.certain(unit) if self.places else self.structure.tree(self.on).inside(unit)

    def _measure(self, direct: Ints, rolled: Callable[[], Ints]) -> Measure:
        return Measure(direct, None, self.places) if self.places else Measure(direct, rolled())

    def _stock(self, name: str, pick: Callable[[Ints], Bools] | None = None) -> Measure:
        def count() -> Measure:
            rows = self.columns.stays.on(self.number)
            rows = rows if pick is None else rows[pick(rows)]
            direct = np.bincount(self.columns.stays.unit[rows], minlength=len(self.structure))
            return self._measure(direct, lambda: self.structure.tree(self.on).roll_up(direct))

        return self._kept((name, self.on, self.structure_day), count, self.number)

    @property
    def members(self) -> Measure:
        """Members on the day."""
        return self._stock("members")

    @property
    def probationary(self) -> Measure:
        """Probationary members on the day."""
        return self._stock("probationary", lambda rows: ~self.columns.stays.official[rows])

    @property
    def official(self) -> Measure:
        """Official members on the day."""
        return self._stock("official", lambda rows: self.columns.stays.official[rows])

    def admitted(self, during: Period) -> Measure:
        """Admissions of a period, each where its unit stood on the day of the admission."""

        def count() -> Measure:
            moves = self.columns.movements
            after = FOREVER if during.end is None else day_number(during.end)
            rows = moves.within(day_number(during.start), after)
            rows = rows[moves.kind[rows] == MOVEMENT_CODE["admission"]]
            size = len(self.structure)
            return self._measure(
                np.bincount(moves.target[rows], minlength=size), lambda: self._by_segment(rows, moves.target[rows])
            )

        return self._kept(("admitted", during, self.structure_day), count, _last(during))

    def _by_segment(self, rows: Ints, units: Ints) -> Ints:
        total = np.zeros(len(self.structure), dtype=np.int64)
        segments = self.structure.segment(self.columns.movements.day[rows])
        for segment in np.unique(segments):
            direct = np.bincount(units[segments == segment], minlength=len(self.structure))
            total += self.structure.tree_of(int(segment)).roll_up(direct)
        return total

    def years(self, count: int) -> list[Period]:
        """The calendar years up to the day's; the last one ends with the day."""
        full = [
            Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(self.on.year - count + 1, self.on.year)
        ]
        return [*full, Period(date(self.on.year, 1, 1), self.on + DAY)]

    def balance(self, during: Period) -> Balance:
        """The ledger of every unit over a period, as it was."""
        return self._kept(
            ("balance", during, None), lambda: balance(self.structure, self.columns, during), _last(during)
        )

    def with_cell_committee(self) -> Bools:
        """Units whose cell committee has a term in force on the day."""
        terms = self.columns.terms
        current = (terms.body == BODY_KINDS.index("cell_committee")) & (terms.start <= self.number)
        mask = np.zeros(len(self.structure), dtype=bool)
        mask[terms.unit[current & (self.number < terms.end)]] = True
        return mask

    def long_probation(self) -> Ints:
        """Positions of the stays, on the day, of people who have been on probation for more than a year."""

        def find() -> Ints:
            stays, moves, people = self.columns.stays, self.columns.movements, self.columns.people
            rows = stays.on(self.number)
            rows = rows[~stays.official[rows]]
            since = people.decided.copy()
            entries = np.isin(moves.kind, [MOVEMENT_CODE["admission"], MOVEMENT_CODE["readmission"]])
            entries &= moves.day <= self.number
            since[moves.person[entries]] = moves.day[entries]
            found: Ints = rows[since[stays.person[rows]] < day_number(years_before(self.on, 1))]
            return found

        return self._kept(("long_probation", self.on, None), find, FOREVER)

    def _kept(self, key: tuple[object, ...], make: Callable[[], Kept], last: int) -> Kept:
        return _memory.get(self.structure, self.columns, key, make, last)


def _last(during: Period) -> int:
    return FOREVER if during.end is None else day_number(during.end) - 1


class _Memory:
    """What was counted from one structure and one state of the register, each with the last day it depends on."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.structure: Structure | None = None
        self.columns: Columns | None = None
        self.values: dict[tuple[object, ...], tuple[int, object]] = {}

    def get(
        self, structure: Structure, held: Columns, key: tuple[object, ...], make: Callable[[], Kept], last: int
    ) -> Kept:
        """The value, made if it is not known or no longer holds."""
        with self.lock:
            if self.structure is not structure or self.columns is None or len(self.values) > _MOST_KEPT:
                self.values = {}
            elif self.columns is not held:
                still = held.same_before(self.columns)
                self.values = {k: kept for k, kept in self.values.items() if kept[0] < still}
            self.structure, self.columns, values = structure, held, self.values
        if key not in values:
            values[key] = (last, make())
        return values[key][1]  # type: ignore[return-value]


_memory = _Memory()
