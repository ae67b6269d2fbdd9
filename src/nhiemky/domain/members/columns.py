"""People, stays and movements as arrays: what every figure about people is counted from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints

# Whole numbers of 16 or 32 bits: half the memory of a nation's register. They are compared, and are places in other
# arrays; who multiplies them takes them to 64 bits first.
Small = NDArray[Any]


@dataclass(frozen=True, slots=True)
class People:
    """One entry per person. Days are day numbers."""

    ids: Ints
    born: Small
    female: Bools
    ethnic_group: Small
    decided: Small


@dataclass(frozen=True, slots=True)
class Stays:
    """One entry per stay: `person` and `unit` are positions, `start` and `end` day numbers, `end` not included."""

    person: Small
    unit: Small
    start: Small
    end: Small
    official: Bools
    exempt: Bools

    def on(self, day: int) -> Ints:
        """Positions of the stays of the day."""
        return np.flatnonzero((self.start <= day) & (day < self.end))


@dataclass(frozen=True, slots=True)
class Movements:
    """One entry per movement that counts: counter-entries and what they reverse are left out.

    `source` and `target` are positions of units, -1 for none.
    """

    ids: Ints
    person: Small
    kind: Small
    day: Small
    source: Small
    target: Small

    def within(self, first: int, after: int) -> Ints:
        """Positions of the movements with first <= day < after."""
        return np.flatnonzero((self.day >= first) & (self.day < after))


@dataclass(frozen=True, slots=True)
class Terms:
    """One entry per term of a body: unit position, body kind code, day numbers."""

    unit: Ints
    body: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """All people of the register; `seq` is the number of the audit event they are in step with.

    `changes` tells of the last states before: the event number of each, and the first day number on which the state
    after it differs: what was counted of earlier days still holds. `touched` tells, for the same states, the ids of the
    people whose rows may differ after it. States that were made one from the other share their `origin`.
    """

    people: People
    stays: Stays
    movements: Movements
    terms: Terms
    seq: int
    changes: tuple[tuple[int, int], ...] = ()
    touched: tuple[tuple[int, Ints], ...] = ()
    origin: object = field(default_factory=object)

    def same_before(self, older: Columns) -> int:
        """The day number before which every day is as in the older state; the first of all days where that is lost."""
        if older is self:
            return FOREVER
        since = [first for seq, first in self.changes if seq >= older.seq]
        known = self.origin is older.origin and any(seq == older.seq for seq, _first in self.changes)
        return min(since) if known else -FOREVER

    def touched_since(self, older: Columns) -> Ints | None:
        """Ids of the people whose rows may differ from the older state; None where that is lost."""
        if older is self:
            return np.zeros(0, dtype=np.int64)
        since = [ids for seq, ids in self.touched if seq >= older.seq]
        known = self.origin is older.origin and any(seq == older.seq for seq, _ids in self.touched)
        return np.unique(np.concatenate(since)) if known else None
