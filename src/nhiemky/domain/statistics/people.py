"""People to be broken down: each with the day on which they are looked at, and their line in every breakdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.kinds import SECTORS
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints, Structure
from nhiemky.domain.periods import day_of
from nhiemky.domain.statistics.forms import AGE_BANDS, PARTY_AGE_BANDS, Breakdown, breakdowns
from nhiemky.domain.statistics.particulars import VALUES, Particulars, full_years

FEMALE, KINH = 1, 1


@dataclass(frozen=True)
class Facts:
    """Everything the forms are counted from."""

    structure: Structure
    columns: Columns
    particulars: Particulars


@dataclass(frozen=True)
class Group:
    """One entry per person of a stock, or per entry of a flow.

    `rows` are positions in the table they are from (stays or movements), `units` where each stands, `classes` the class
    of that place (`parts.Parts`).
    """

    facts: Facts
    on: date
    rows: Ints
    person: Ints
    units: Ints
    days: Ints
    classes: Ints
    official: Bools
    exempt: Bools

    @cached_property
    def female(self) -> Bools:
        return self.value("sex") == FEMALE

    def value(self, field: str) -> Ints:
        """A particular of each, on the day on which they are looked at."""
        return self.facts.particulars.at(field, self.person, self.days)

    @cached_property
    def breakdowns(self) -> Mapping[str, Breakdown]:
        return breakdowns(self.on)

    def lines(self, breakdown: str) -> Ints:
        """The number of the line of each in a breakdown."""
        if breakdown in _LINES:
            return _LINES[breakdown](self)
        values = self.value(breakdown)
        return np.where(values == 0, len(VALUES[breakdown]), values - 1)


def _age(group: Group) -> Ints:
    years = full_years(group.value("birth_date"), group.days)
    return np.searchsorted(np.array(AGE_BANDS.at(group.on).value), years, side="right")


def _party_age(group: Group) -> Ints:
    """Party age counts from the decision to admit, once the member is official (Điều lệ, điều 5)."""
    starts = np.array(PARTY_AGE_BANDS.at(group.on).value)
    decided = group.value("decided_on")
    known = decided < FOREVER
    years = full_years(np.where(known, decided, group.days), group.days)
    probationary, unknown = len(starts) + 1, len(starts) + 2
    lines = np.where(known, np.searchsorted(starts, years, side="right"), unknown)
    return np.where(group.official, lines, probationary)


def _sector(group: Group) -> Ints:
    found = np.zeros(len(group.person), dtype=np.int64)
    for day in np.unique(group.days).tolist():
        rows = group.days == day
        found[rows] = group.facts.structure.sectors(day_of(day))[group.units[rows]]
    return np.where(found < 0, len(SECTORS), found)


_LINES: Mapping[str, Callable[[Group], Ints]] = {
    "standing": lambda group: (~group.official).astype(np.int64),
    "exempt": lambda group: group.exempt.astype(np.int64),
    "minority": lambda group: (group.value("ethnic_group") != KINH).astype(np.int64),
    "age": _age,
    "party_age": _party_age,
    "sector": _sector,
}
