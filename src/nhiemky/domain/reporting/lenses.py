"""Two ways of looking at the same rows: as it was on each day, or restated under another day's structure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import Bools, Ints, Structure


@dataclass(frozen=True, slots=True)
class Inside:
    """Which rows lie in a subtree: `certain` are, `possible` includes those whose place is not known."""

    certain: Bools
    possible: Bools

    def __and__(self, other: Inside) -> Inside:
        return Inside(self.certain & other.certain, self.possible & other.possible)

    def __invert__(self) -> Inside:
        return Inside(~self.possible, ~self.certain)

    def at(self, rows: Bools) -> Inside:
        """The same, only for the chosen rows."""
        return Inside(self.certain & rows, self.possible & rows)


class Lens(Protocol):
    """Answers whether units, each on its own day, belong to a unit. `structure_day` is None for "as it was"."""

    @property
    def structure_day(self) -> date | None:
        """The day whose structure is looked through."""

    def inside(self, unit: int, units: Ints, days: Ints) -> Inside:
        """Whether each of `units` (-1: none) stood on its day number in the subtree of `unit`."""


@dataclass(frozen=True, slots=True)
class AsItWas:
    """Each row is looked at in the tree of its own day."""

    structure: Structure
    structure_day: date | None = None

    def inside(self, unit: int, units: Ints, days: Ints) -> Inside:
        segments = self.structure.segment(days)
        result = np.zeros(len(units), dtype=bool)
        for segment in np.unique(segments):
            mask = self.structure.tree_of(int(segment)).inside(unit)
            rows = segments == segment
            result[rows] = mask[units[rows]]
        result &= units >= 0
        return Inside(result, result)


@dataclass(frozen=True, slots=True)
class Restated:
    """Each row is looked at where its unit stands under the structure of one day."""

    places: Places

    @property
    def structure_day(self) -> date | None:
        return self.places.on

    def inside(self, unit: int, units: Ints, days: Ints) -> Inside:
        known = units >= 0
        return Inside(
            self.places.certain(unit)[units] & known,
            self.places.possible(unit)[units] & known,
        )
