"""Everybody of the demo as arrays, one entry per person, and the ledger as growing columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nhiemky.demo.profiles import DRAWS, draw_women
from nhiemky.demo.units import Spec
from nhiemky.demo.workdays import Calendar
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.kinds import SECTOR_CODE
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
YEAR = 365.25


def _ints() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _bools() -> Bools:
    return np.zeros(0, dtype=bool)


@dataclass
class Book:
    """The people and what happened to them.

    Cells are numbered like the specs, as they stood before any merger: where a cell's people went later is told by
    the decisions, when the ledger is made. `official` and `left` are day numbers, possibly in the future.
    """

    rng: np.random.Generator
    scale: float
    specs: list[Spec]
    calendar: Calendar
    unit: Ints = field(default_factory=_ints)
    entered: Ints = field(default_factory=_ints)
    admitted: Ints = field(default_factory=_ints)
    official: Ints = field(default_factory=_ints)
    left: Ints = field(default_factory=_ints)
    birth: Ints = field(default_factory=_ints)
    exempt: Bools = field(default_factory=_bools)
    female: Bools = field(default_factory=_bools)
    official_at_opening: Bools = field(default_factory=_bools)
    exempt_at_opening: Bools = field(default_factory=_bools)
    opening: int = 0
    moves: list[Ints] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start = np.array([day_number(s.start) for s in self.specs], dtype=np.int64)
        self.weight = np.array([s.weight if s.holds else 0.0 for s in self.specs])
        self.early = self.weight * np.array([s.early for s in self.specs])
        self.province = np.array([s.province for s in self.specs])
        self.sector = np.array([SECTOR_CODE[s.sector] for s in self.specs], dtype=np.int64)
        self.district = np.array([s.district for s in self.specs])
        self.admits = self.weight * DRAWS[self.sector]
        self.busy: dict[int, list[Ints]] = {}

    # Drawing

    def draw(self, weights: Floats, count: int, province: str, day: int) -> Ints:
        """Cells for so many people, by weight, among those of the province that exist on the day."""
        there = weights * (self.province == province) * (self.start < day)
        chosen: Ints = self.rng.choice(len(there), size=count, p=there / there.sum())
        return chosen

    def days(self, count: int, year: int, kind: str = "office") -> Ints:
        """Days of a year on which nothing is reorganised."""
        return self.calendar.draw(self.rng, count, date(year, 1, 2), date(year, 12, 31), kind)

    def pick(self, people: Ints, count: int, weights: Floats | None = None) -> Ints:
        """So many of the people, or all."""
        share = None if weights is None else weights / weights.sum()
        chosen: Ints = self.rng.choice(people, size=min(count, len(people)), replace=False, p=share)
        return chosen

    # Writing

    def note(self, kind: str, people: Ints, days: Ints, source: Ints, target: Ints) -> None:
        """Append movements."""
        code = np.full(len(people), MOVEMENT_CODE[kind])
        self.moves.append(np.column_stack([people, code, days, source, target]))

    def leave(self, kind: str, people: Ints, days: Ints) -> None:
        """Movements by which people leave."""
        self.note(kind, people, days, self.unit[people], np.full(len(people), -1))
        self.left[people] = days

    def move(self, people: Ints, days: Ints, target: Ints) -> None:
        """Transfers within; who is to come where they are already stays."""
        differs = target != self.unit[people]
        people, days, target = people[differs], days[differs], target[differs]
        self.note("transfer_within", people, days, self.unit[people], target)
        self.unit[people] = target

    def add_people(self, units: Ints, entered: Ints, admitted: Ints, ages: Floats) -> Ints:
        """New people, official from the eve of their entry on; `ages` on the day of entry. Their numbers."""
        numbers = np.arange(len(self.unit), len(self.unit) + len(units))
        female = draw_women(self.rng, self.sector[units], ages)
        columns: dict[str, NDArray[np.generic]] = {
            "unit": units,
            "entered": entered,
            "admitted": admitted,
            "official": entered - 1,
            "birth": entered - (ages * YEAR).astype(np.int64),
            "left": np.full(len(units), FOREVER),
            "exempt": np.zeros(len(units), dtype=bool),
            "female": female,
            "official_at_opening": np.zeros(len(units), dtype=bool),
            "exempt_at_opening": np.zeros(len(units), dtype=bool),
        }
        for name, values in columns.items():
            setattr(self, name, np.concatenate([getattr(self, name), values]))
        return numbers

    # Asking

    def ages(self, people: Ints, day: int) -> Floats:
        """Years of age on the day."""
        aged: Floats = (day - self.birth[people]) / YEAR
        return aged

    def free(self, year: int, province: str) -> Ints:
        """People of the province who were official before the year, are still there and have no entry in it yet."""
        first = day_number(date(year, 1, 1))
        there = (self.official < first) & (self.left == FOREVER) & (self.province[self.unit] == province)
        taken = self.busy.get(year)
        if taken:
            there[np.concatenate(taken)] = False
        return np.flatnonzero(there)

    def take(self, year: int, people: Ints) -> Ints:
        """Mark people as having an entry in the year; answers them."""
        self.busy.setdefault(year, []).append(people)
        return people
