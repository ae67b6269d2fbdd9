"""The columns of a form: a unit, what stands directly below it, its own, and what stood below it and no longer does.

Every unit of every day belongs to one class of places; a class is certainly or possibly in each column. As it was, each
column is one class and nothing is doubtful. Restated, a former unit that was split may belong to several columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import Bools, Ints, Structure

OWN, FORMER = "-own", "-former"
OUTSIDE, WHOLE = 0, 0
"""The class of what belongs to no column; the column of the unit itself."""


@dataclass(frozen=True)
class Parts:
    """`marks` names the columns after the first: codes of units, OWN and FORMER.

    `certain` and `possible` have a row per class and tell for each column whether it holds places of the class.
    """

    structure: Structure
    marks: tuple[str, ...]
    certain: Bools
    possible: Bools
    unit: int
    columns: Ints | None = None
    everywhere: Ints | None = None
    _of_segment: dict[int, Ints] = field(default_factory=dict)

    @property
    def below(self) -> bool:
        """Whether any unit stands directly below."""
        return any(not mark.startswith("-") for mark in self.marks)

    def classes(self, units: Ints, days: Ints) -> Ints:
        """The class of each unit (-1: none) on the day number beside it."""
        found = np.zeros(len(units), dtype=np.int64)
        known = units >= 0
        if self.everywhere is not None:
            found[known] = self.everywhere[units[known]]
            return found
        segments = self.structure.segment(days)
        for segment in np.unique(segments):
            rows = known & (segments == segment)
            found[rows] = self.of_segment(int(segment))[units[rows]]
        return found

    def of_segment(self, segment: int) -> Ints:
        """The class of every unit in a segment of the dated tree."""
        if self.everywhere is not None:
            return self.everywhere
        if segment not in self._of_segment:
            self._of_segment[segment] = self._looked_up(segment)
        return self._of_segment[segment]

    def _looked_up(self, segment: int) -> Ints:
        """The column of the unit directly below under which each unit stands."""
        assert self.columns is not None
        tree = self.structure.tree_of(segment)
        inside, below = tree.inside(self.unit), int(tree.depth[self.unit]) + 1
        found = np.zeros(len(self.structure), dtype=np.int64)
        branch = tree.ancestors[:, below] if below < tree.ancestors.shape[1] else np.full(len(found), -1)
        own, former = 1 + self.marks.index(OWN), 1 + self.marks.index(FORMER)
        found[inside] = np.where(branch < 0, own, self.columns[branch])[inside]
        return np.where(inside & (found == 0), former, found)


def as_it_was(structure: Structure, unit: int, on: date) -> Parts:
    """Every unit where it stood on its own day; the columns are what stands below the unit on the day."""
    below = _below(structure, unit, on)
    marks = (*(structure.codes[place] for place in below), OWN, FORMER)
    columns = np.zeros(len(structure), dtype=np.int64)
    columns[below] = np.arange(1, len(below) + 1)
    sure = np.eye(len(marks) + 1, dtype=bool)
    sure[1:, WHOLE], sure[OUTSIDE] = True, False
    return Parts(structure, marks, sure, sure, unit, columns)


def restated(structure: Structure, unit: int, places: Places) -> Parts:
    """Every unit where it stands under the structure of one day."""
    below = _below(structure, unit, places.on)
    marks = (*(structure.codes[place] for place in below), OWN)
    own = _at_itself(places, unit)
    sure = np.stack([places.certain(unit), *(places.certain(place) for place in below), own[0]], axis=1)
    perhaps = np.stack([places.possible(unit), *(places.possible(place) for place in below), own[1]], axis=1)
    both = np.concatenate([np.zeros((1, 2 * sure.shape[1]), dtype=bool), np.concatenate([sure, perhaps], axis=1)])
    _packed, first, classes = np.unique(np.packbits(both, axis=1), axis=0, return_index=True, return_inverse=True)
    kinds = both[first]  # nowhere is all zeros and therefore the first
    width = sure.shape[1]
    everywhere = classes.reshape(-1)[1:].astype(np.int64)
    return Parts(structure, marks, kinds[:, :width], kinds[:, width:], unit, everywhere=everywhere)


def _below(structure: Structure, unit: int, on: date) -> list[int]:
    return sorted(structure.children(unit, on), key=lambda place: structure.rank(place, on))


def _at_itself(places: Places, unit: int) -> tuple[Bools, Bools]:
    """Units whose only place, or one of whose places, is the unit itself and nothing below it."""
    first = places.first[unit]
    if first < 0:
        nowhere = np.zeros(len(places.first), dtype=bool)
        return nowhere, nowhere
    certain = (places.lowest == first) & (places.highest == first)
    return certain, np.logical_or.reduceat(places.positions == first, places.starts)
