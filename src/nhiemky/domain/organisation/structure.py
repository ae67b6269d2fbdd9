"""The dated structure: every unit with its versions, its places in the tree, and what became of it.

A structure is built once from rows and then asked about any day. Between two re-parentings no unit changes
its parent, so one tree serves the whole segment; who is alive on a day is asked separately.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.organisation.kinds import KIND_CODE, KIND_RANK, SECTOR_CODE
from nhiemky.domain.periods import Period, day_number

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
FOREVER = 2**30
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit is called and is, during a period."""

    unit: int
    name: str
    kind: str
    sector: str
    during: Period
    area_id: int | None = None
    name_key: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Under which parent a unit stands during a period; the root stands under None."""

    unit: int
    parent: int | None
    during: Period


@dataclass(frozen=True, slots=True)
class Link:
    """`successor` came out of `predecessor` on a day; `whole` if all of the predecessor went there."""

    predecessor: int
    successor: int
    on: date
    whole: bool
    how: str = "merged"


@dataclass(frozen=True, slots=True)
class Tree:
    """The shape during one segment, as arrays over all units: absent units have `first` = -1.

    The subtree of unit u is every unit v with first[u] <= first[v] < last[u].
    """

    parent: Ints
    first: Ints
    last: Ints
    depth: Ints
    ancestors: Ints

    def inside(self, unit: int) -> Bools:
        """Which units stand in the subtree of the unit, itself included."""
        if self.first[unit] < 0:
            return np.zeros(len(self.first), dtype=bool)
        return (self.first >= self.first[unit]) & (self.first < self.last[unit])

    def roll_up(self, values: NDArray[np.generic]) -> Ints:
        """For each unit the sum over its subtree; 0 for absent units."""
        present = self.first >= 0
        running = np.zeros(int(present.sum()) + 1, dtype=np.int64)
        in_order = np.zeros(len(running) - 1, dtype=np.int64)
        in_order[self.first[present]] = np.asarray(values)[present]
        np.cumsum(in_order, out=running[1:])
        sums = np.zeros(len(self.first), dtype=np.int64)
        sums[present] = running[self.last[present]] - running[self.first[present]]
        return sums

    def children(self, unit: int) -> Ints:
        """The units directly under the unit."""
        return np.flatnonzero((self.parent == unit) & (self.first >= 0))

    def path(self, unit: int) -> list[int]:
        """From the root down to the unit."""
        return [int(u) for u in self.ancestors[unit] if u >= 0]


class Structure:
    """All units over all days.

    Units are numbered 0, 1, … in the order of `ids`, which must rise: numbers stay the same when units are added.
    """

    def __init__(
        self,
        ids: Sequence[int],
        codes: Sequence[str],
        versions: Iterable[Version],
        placements: Iterable[Placement],
        links: Iterable[Link] = (),
    ) -> None:
        self.ids = np.array(ids, dtype=np.int64)
        self.codes = list(codes)
        self.index = {unit_id: place for place, unit_id in enumerate(ids)}
        self.by_code = {code: place for place, code in enumerate(codes)}
        self.versions: list[list[Version]] = [[] for _ in ids]
        self.placements: list[list[Placement]] = [[] for _ in ids]
        for version in sorted(versions, key=lambda v: v.during.start):
            self.versions[version.unit].append(version)
        for placement in sorted(placements, key=lambda p: p.during.start):
            self.placements[placement.unit].append(placement)
        self.links = tuple(links)
        self._trees: dict[int, Tree] = {}

    def __len__(self) -> int:
        return len(self.codes)

    # Flat columns

    @cached_property
    def _version_columns(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        rows = [
            (v.unit, day_number(v.during.start), _end(v.during), KIND_CODE[v.kind], SECTOR_CODE[v.sector])
            for versions in self.versions
            for v in versions
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 5)
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4]

    @cached_property
    def placement_columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Every placement: unit, parent (-1 for none), first day, day after the last."""
        rows = [
            (p.unit, NOWHERE if p.parent is None else p.parent, day_number(p.during.start), _end(p.during))
            for placements in self.placements
            for p in placements
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3]

    @cached_property
    def boundaries(self) -> list[int]:
        """Day numbers on which some unit came under another parent, rising."""
        days = {
            day_number(later.during.start)
            for placements in self.placements
            for earlier, later in pairwise(placements)
            if earlier.parent != later.parent
        }
        return sorted(days)

    @cached_property
    def born(self) -> Ints:
        """Day number of each unit's first day; FOREVER for a unit that never came into being."""
        return np.array([day_number(v[0].during.start) if v else FOREVER for v in self.versions], dtype=np.int64)

    @cached_property
    def ended(self) -> Ints:
        """Day number of the day after each unit's last day; FOREVER while it lives."""
        return np.array([_end(v[-1].during) if v else FOREVER for v in self.versions], dtype=np.int64)

    @cached_property
    def first_codes(self) -> tuple[Ints, Ints]:
        """Kind and sector codes of every unit on its first day; -1 for one that never came into being."""
        return self._codes_of(0)

    @cached_property
    def last_codes(self) -> tuple[Ints, Ints]:
        """Kind and sector codes of every unit on its last day; -1 for one that never came into being."""
        return self._codes_of(-1)

    def _codes_of(self, which: int) -> tuple[Ints, Ints]:
        rows = [(KIND_CODE[v[which].kind], SECTOR_CODE[v[which].sector]) if v else (-1, -1) for v in self.versions]
        table = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    @cached_property
    def came_from_others(self) -> Bools:
        """Which units came out of another one on their first day: what joins them later does not change that."""
        return self._marked(link.successor for link in self.links if day_number(link.on) == self.born[link.successor])

    @cached_property
    def went_into_others(self) -> Bools:
        """Which units ended by going, wholly or partly, into another one. A dissolved one only handed people over."""
        return self._marked(
            link.predecessor
            for link in self.links
            if link.how != "dissolve" and day_number(link.on) == self.ended[link.predecessor]
        )

    def _marked(self, units: Iterable[int]) -> Bools:
        mask = np.zeros(len(self), dtype=bool)
        mask[list(units)] = True
        return mask

    # As of a day

    def alive(self, on: date) -> Bools:
        """Which units exist on the day."""
        return self.kinds(on) >= 0

    def kinds(self, on: date) -> Ints:
        """Kind codes on the day, -1 where the unit does not exist."""
        return self._attribute(on, 3)

    def sectors(self, on: date) -> Ints:
        """Sector codes on the day, -1 where the unit does not exist."""
        return self._attribute(on, 4)

    def _attribute(self, on: date, column: int) -> Ints:
        columns = self._version_columns
        day = day_number(on)
        current = (columns[1] <= day) & (day < columns[2])
        values = np.full(len(self), -1, dtype=np.int64)
        values[columns[0][current]] = columns[column][current]
        return values

    def version(self, unit: int, on: date) -> Version | None:
        """The unit as it was on the day, or None where it did not exist."""
        return next((v for v in self.versions[unit] if on in v.during), None)

    def last_version(self, unit: int, on: date) -> Version | None:
        """The unit on the day; else as it last was before; else as it will first be."""
        past = [v for v in self.versions[unit] if v.during.start <= on]
        return past[-1] if past else next(iter(self.versions[unit]), None)

    def name(self, unit: int, on: date) -> str:
        """What the unit was called on the day, or on the nearest day on which it existed."""
        version = self.last_version(unit, on)
        return version.name if version else self.codes[unit]

    def rank(self, unit: int, on: date) -> tuple[int, str]:
        """For lists: larger kinds first, then by name in Vietnamese order."""
        version = self.last_version(unit, on)
        return (KIND_RANK[version.kind], version.name_key) if version else (len(KIND_RANK), "")

    def parent(self, unit: int, on: date) -> int | None:
        """The unit above on the day."""
        return next((p.parent for p in self.placements[unit] if on in p.during), None)

    def children(self, unit: int, on: date) -> list[int]:
        """The units directly below on the day."""
        alive = self.alive(on)
        return [int(child) for child in self.tree(on).children(unit) if alive[child]]

    def roots(self, on: date) -> list[int]:
        """The units without a parent on the day."""
        tree = self.tree(on)
        return [int(u) for u in np.flatnonzero(self.alive(on) & (tree.parent < 0))]

    def segment(self, days: Ints) -> Ints:
        """The number of the segment in which each day number lies."""
        return np.searchsorted(np.array(self.boundaries, dtype=np.int64), days, side="right")

    def tree(self, on: date) -> Tree:
        """The tree of the segment in which the day lies; ask `alive` which of its units exist on the day."""
        return self.tree_of(bisect_right(self.boundaries, day_number(on)))

    def tree_of(self, segment: int) -> Tree:
        """The tree of a segment, built once."""
        if segment not in self._trees:
            self._trees[segment] = self._grow(segment)
        return self._trees[segment]

    def _grow(self, segment: int) -> Tree:
        first_day = self.boundaries[segment - 1] if segment else -FOREVER
        next_day = self.boundaries[segment] if segment < len(self.boundaries) else FOREVER + 1
        unit, parent, start, end = self.placement_columns
        chosen = (start < next_day) & (end > first_day)
        parents = np.full(len(self), NOWHERE, dtype=np.int64)
        present = np.zeros(len(self), dtype=bool)
        parents[unit[chosen]] = parent[chosen]
        present[unit[chosen]] = True
        return _tree(parents, present)


def _end(during: Period) -> int:
    return FOREVER if during.end is None else day_number(during.end)


def _tree(parents: Ints, present: Bools) -> Tree:
    """Number the units in the order of a walk from the roots."""
    count = len(parents)
    below: list[list[int]] = [[] for _ in range(count)]
    stack: list[int] = []
    for unit in np.flatnonzero(present)[::-1]:
        (stack if parents[unit] < 0 else below[parents[unit]]).append(int(unit))
    first = np.full(count, -1, dtype=np.int64)
    last = np.full(count, -1, dtype=np.int64)
    depth = np.zeros(count, dtype=np.int64)
    walk: list[int] = []
    while stack:
        unit = stack.pop()
        first[unit] = len(walk)
        walk.append(unit)
        for child in below[unit]:
            depth[child] = depth[unit] + 1
            stack.append(child)
    sizes = np.ones(count, dtype=np.int64)
    for unit in reversed(walk):
        last[unit] = first[unit] + sizes[unit]
        if parents[unit] >= 0:
            sizes[parents[unit]] += sizes[unit]
    return Tree(parents, first, last, depth, _ancestors(parents, depth, walk))


def _ancestors(parents: Ints, depth: Ints, walk: list[int]) -> Ints:
    """Row per unit: the path from the root to the unit itself, filled up with -1."""
    deepest = int(depth[walk].max()) + 1 if walk else 1
    paths = np.full((len(parents), deepest), -1, dtype=np.int64)
    for unit in walk:
        above = parents[unit]
        if above >= 0:
            paths[unit] = paths[above]
        paths[unit, depth[unit]] = unit
    return paths
