"""People, stays and movements as arrays: what every figure about people is counted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhiemky.domain.organisation.structure import Bools, Ints


@dataclass(frozen=True, slots=True)
class People:
    """One entry per person. Days are day numbers."""

    ids: Ints
    born: Ints
    female: Bools
    ethnic_group: Ints
    decided: Ints


@dataclass(frozen=True, slots=True)
class Stays:
    """One entry per stay: `person` and `unit` are positions, `start` and `end` day numbers, `end` not included."""

    person: Ints
    unit: Ints
    start: Ints
    end: Ints
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
    person: Ints
    kind: Ints
    day: Ints
    source: Ints
    target: Ints

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
    """All people of the register; `seq` is the number of the audit event they are in step with."""

    people: People
    stays: Stays
    movements: Movements
    terms: Terms
    seq: int
