"""Where each unit of any day stands under the structure of one chosen day.

A unit that lives on that day is its own place. One that ended before is followed to its successors, one that
began later back to its predecessors; one without either shares the place of its parent at its end or its
beginning. Where a predecessor was split there are several possible places, and nothing here guesses between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.organisation.structure import Bools, Ints, Structure
from nhiemky.domain.periods import day_number


@dataclass(frozen=True, slots=True)
class Places:
    """For each unit its possible places on one day, as positions in that day's tree."""

    on: date
    first: Ints
    last: Ints
    lowest: Ints
    highest: Ints
    starts: Ints
    positions: Ints

    def certain(self, unit: int) -> Bools:
        """Units of which every possible place lies in the subtree of the unit."""
        return (self.lowest >= self.first[unit]) & (self.highest < self.last[unit]) & (self.first[unit] >= 0)

    def possible(self, unit: int) -> Bools:
        """Units of which at least one possible place lies in the subtree of the unit."""
        if self.first[unit] < 0:
            return np.zeros(len(self.first), dtype=bool)
        hit = (self.positions >= self.first[unit]) & (self.positions < self.last[unit])
        return np.logical_or.reduceat(hit, self.starts)


def places(structure: Structure, on: date) -> Places:
    """The places of all units under the structure of the day."""
    found = _Search(structure, on).all()
    tree = structure.tree(on)
    lists = [sorted(int(tree.first[c]) for c in candidates) or [-1] for candidates in found]
    lengths = np.array([len(candidates) for candidates in lists], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    alive = structure.alive(on)
    return Places(
        on=on,
        first=np.where(alive, tree.first, -1),
        last=np.where(alive, tree.last, -1),
        lowest=np.array([candidates[0] for candidates in lists], dtype=np.int64),
        highest=np.array([candidates[-1] for candidates in lists], dtype=np.int64),
        starts=starts,
        positions=np.array([c for candidates in lists for c in candidates], dtype=np.int64),
    )


class _Search:
    """Follows successors, predecessors and parents, remembering what it found."""

    def __init__(self, structure: Structure, on: date) -> None:
        self.structure = structure
        self.day = day_number(on)
        self.alive = structure.alive(on)
        self.successors: dict[int, list[int]] = {}
        self.predecessors: dict[int, list[int]] = {}
        for link in structure.links:
            self.successors.setdefault(link.predecessor, []).append(link.successor)
            self.predecessors.setdefault(link.successor, []).append(link.predecessor)
        self.known: dict[int, frozenset[int]] = {}

    def all(self) -> list[frozenset[int]]:
        return [self.of(unit) for unit in range(len(self.structure))]

    def of(self, unit: int) -> frozenset[int]:
        """The units alive on the day that may stand for this one."""
        if self.alive[unit]:
            return frozenset({unit})
        if unit not in self.known:
            self.known[unit] = frozenset()  # ends a walk in circles, which only a corrupted database has
            self.known[unit] = frozenset(c for n in self._next(unit) for c in self.of(n))
        return self.known[unit]

    def _next(self, unit: int) -> list[int]:
        """Where to look next: in the direction of time in which the chosen day lies."""
        later = self.structure.born[unit] > self.day
        relatives = (self.predecessors if later else self.successors).get(unit, [])
        if relatives:
            return relatives
        placements = self.structure.placements[unit]
        before = [p for p in placements if day_number(p.during.start) <= self.day]
        nearest = placements[0] if later and placements else (before[-1] if before else None)
        return [nearest.parent] if nearest is not None and nearest.parent is not None else []
