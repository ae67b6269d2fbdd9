"""Sums over the subtrees of all units at once: as it was, or as the units stand under another day's structure.

One walk numbers the units; a subtree is a stretch of it, so one running sum gives the sum of every subtree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import Ints, Tree

Values = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Rolled:
    """For each unit the sum over its subtree: `low` of what certainly belongs to it, `high` of what may."""

    low: Values
    high: Values

    def __add__(self, other: Rolled) -> Rolled:
        low = self.low + other.low
        return Rolled(low, low if self.exact and other.exact else self.high + other.high)

    def __sub__(self, other: Rolled) -> Rolled:
        low = self.low - other.high
        return Rolled(low, low if self.exact and other.exact else self.high - other.low)

    @property
    def exact(self) -> bool:
        return self.low is self.high

    def of(self, unit: int) -> int | None:
        """The unit's sum, or None where it cannot be told."""
        return int(self.low[unit]) if self.low[unit] == self.high[unit] else None


class Shape(Protocol):
    """A tree through which the units of some day are looked at."""

    def roll(self, direct: Values) -> Rolled:
        """The sums, given what belongs to each unit itself."""

    def shared(self, one: Ints, other: Ints) -> Rolled:
        """For each unit how many of the pairs of units have both in its subtree.

        Taken from the sums of `one`, this leaves what crosses the border. So where places are open, `high` counts the
        pairs of which the first certainly and the second possibly is inside, and `low` the other way round.
        """


class Upright:
    """The units of a segment in its own tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        present = np.flatnonzero(tree.first >= 0)
        self._walk = np.empty(len(present), dtype=np.int64)
        self._walk[tree.first[present]] = present
        self._inner = present[tree.last[present] - tree.first[present] > 1]
        self._first, self._last = tree.first[self._inner], tree.last[self._inner]
        self._absent = np.flatnonzero(tree.first < 0)

    def roll(self, direct: Values) -> Rolled:
        running = _running(direct[self._walk])
        sums = direct.copy()
        sums[self._absent] = 0
        sums[self._inner] = running[self._last] - running[self._first]
        return Rolled(sums, sums)

    def shared(self, one: Ints, other: Ints) -> Rolled:
        return self.roll(_meeting(self.tree, one, other))


class Restating:
    """Units of all days, each where it stands under the structure of one day (`domain.organisation.places`)."""

    def __init__(self, places: Places, tree: Tree) -> None:
        self.tree, self.places = tree, places
        present = tree.first >= 0
        self._unit_at = np.empty(int(present.sum()), dtype=np.int64)
        self._unit_at[tree.first[present]] = np.flatnonzero(present)
        alive = places.first >= 0
        self._own = np.flatnonzero(alive)
        self._own_at = tree.first[self._own]
        single = places.lowest == places.highest
        self._others = np.flatnonzero(~alive & single & (places.lowest >= 0))
        self._several = np.flatnonzero(~single)
        self._inner = np.flatnonzero(alive & (tree.last - tree.first > 1))
        self._leaves = np.flatnonzero(alive & (tree.last - tree.first == 1))
        self._superiors = {int(unit): self._above(int(unit)) for unit in self._several}

    def _candidates(self, unit: int) -> list[int]:
        places = self.places
        after = places.starts[unit + 1] if unit + 1 < len(places.starts) else len(places.positions)
        return [int(self._unit_at[at]) for at in places.positions[places.starts[unit] : after] if at >= 0]

    def _above(self, unit: int) -> tuple[frozenset[int], frozenset[int]]:
        """The units of the day in whose subtree the unit certainly stands, and those in which it may."""
        paths = [{u for u in self.tree.path(found) if self.places.first[u] >= 0} for found in self._candidates(unit)]
        return (frozenset(set.intersection(*paths)), frozenset(set.union(*paths))) if paths else (frozenset(),) * 2

    def roll(self, direct: Values) -> Rolled:
        there = np.zeros(len(self._unit_at), dtype=direct.dtype)
        there[self._own_at] = direct[self._own]
        np.add.at(there, self.places.lowest[self._others], direct[self._others])
        running = _running(there)
        sums = np.zeros_like(direct)
        sums[self._leaves] = there[self.tree.first[self._leaves]]
        sums[self._inner] = running[self.tree.last[self._inner]] - running[self.tree.first[self._inner]]
        doubtful = self._several[direct[self._several] != 0].tolist()
        if not doubtful:
            return Rolled(sums, sums)
        high = sums.copy()
        for unit in doubtful:
            certain, possible = self._superiors[unit]
            sums[list(certain)] += direct[unit]
            high[list(possible)] += direct[unit]
        return Rolled(sums, high)

    def shared(self, one: Ints, other: Ints) -> Rolled:
        at = [self.places.lowest[units] for units in (one, other)]
        several = np.isin(one, self._several) | np.isin(other, self._several)
        plain = np.flatnonzero(~several & (at[0] >= 0) & (at[1] >= 0))
        direct = _meeting(self.tree, *(self._unit_at[found[plain]] for found in at))
        # Where they meet may be a unit of the segment that is not there on the day; sums are taken by position.
        there = direct[self._unit_at]
        running = _running(there)
        sums = np.zeros(len(self.tree.first), dtype=np.int64)
        own = self._own
        sums[own] = running[self.tree.last[own]] - running[self.tree.first[own]]
        rows = np.flatnonzero(several)
        if not len(rows):
            return Rolled(sums, sums)
        high = sums.copy()
        for first, second in zip(one[rows].tolist(), other[rows].tolist(), strict=True):
            (certain, possible), (certain2, possible2) = self._of(first), self._of(second)
            sums[list(possible & certain2)] += 1
            high[list(certain & possible2)] += 1
        return Rolled(sums, high)

    def _of(self, unit: int) -> tuple[frozenset[int], frozenset[int]]:
        return self._superiors[unit] if unit in self._superiors else self._above(unit)


def _running(values: Values) -> Values:
    """The sums before each place, and of all."""
    sums = np.zeros(len(values) + 1, dtype=values.dtype)
    np.cumsum(values, out=sums[1:])
    return sums


def _meeting(tree: Tree, one: Ints, other: Ints) -> Ints:
    """For each unit how many of the pairs have it as the lowest unit above both."""
    first, second = tree.ancestors[one], tree.ancestors[other]
    depth = ((first == second) & (first >= 0)).sum(axis=1) - 1
    met = depth >= 0
    return np.bincount(first[met, depth[met]], minlength=len(tree.first))
