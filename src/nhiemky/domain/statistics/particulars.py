"""What the forms break people down by, as arrays: the values of today and every change, so that any day can be asked.

Values of choices are codes: 0 where nothing is known, else the place in the list of choices, counted from 1. Days are
day numbers, `FOREVER` where none is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.organisation.structure import FOREVER, Ints

DAYS = ("birth_date", "decided_on")
CHOICES = (
    "sex",
    "ethnic_group",
    "religion",
    "occupation",
    "general_education",
    "qualification",
    "academic_title",
    "political_theory",
)
FIELDS = (*CHOICES, *DAYS)
FIELD_CODE: Mapping[str, int] = {field: code for code, field in enumerate(FIELDS)}
VALUES: Mapping[str, tuple[str, ...]] = {field: tuple(PARTICULAR[field].choices) for field in CHOICES}
CORRECTION = -FOREVER
"""Stands for the day of a change that is a correction: the old value was never right."""


@dataclass(frozen=True, slots=True)
class Changes:
    """One entry per change of a field, by field, person and the order in which they were written."""

    field: Ints
    person: Ints
    since: Ints
    before: Ints
    after: Ints

    def of(self, field: int) -> slice:
        """Where the changes of one field stand."""
        return slice(*np.searchsorted(self.field, [field, field + 1]).tolist())


@dataclass(frozen=True, slots=True)
class Particulars:
    """`values` has a row per person, in the order of `Columns.people`, and a column per field of `FIELDS`."""

    values: Ints
    changes: Changes

    def at(self, field: str, person: Ints, days: Ints) -> Ints:
        """The value of the field for each person (a position) on the day number beside it.

        A change holds from its day on; a correction puts the right value wherever the wrong one stood. Who has no
        change after the day had today's value.
        """
        values = self.values[person, FIELD_CODE[field]]
        part = self.changes.of(FIELD_CODE[field])
        who, since = self.changes.person[part], self.changes.since[part]
        first, after = np.searchsorted(who, person, "left"), np.searchsorted(who, person, "right")
        rows = np.flatnonzero(after > first)
        rows = rows[_any_later(since, first[rows], after[rows], days[rows])]
        if len(rows):
            values[rows] = self._replayed(part, first[rows], after[rows], days[rows])
        return values

    def _replayed(self, part: slice, first: Ints, after: Ints, days: Ints) -> Ints:
        """What was written first, then every change that had come by the day."""
        since, before, into = (column[part] for column in (self.changes.since, self.changes.before, self.changes.after))
        values = before[first]
        for step in range(int((after - first).max())):
            at = np.minimum(first + step, after - 1)
            holds = np.where(since[at] == CORRECTION, values == before[at], since[at] <= days)
            values = np.where(holds & (first + step < after), into[at], values)
        return values


def _any_later(since: Ints, first: Ints, after: Ints, days: Ints) -> np.ndarray:
    """Whether one of the changes from `first` up to `after` came after the day."""
    later = np.zeros(len(first), dtype=bool)
    for step in range(int((after - first).max(initial=0))):
        at = np.minimum(first + step, after - 1)
        later |= since[at] > days
    return later


def full_years(since: Ints, on: Ints) -> Ints:
    """Full years from one day number to another; who was born on 29 February has the birthday on 1 March."""
    first, last = since.astype("datetime64[D]"), on.astype("datetime64[D]")
    months = (last.astype("datetime64[M]") - first.astype("datetime64[M]")).astype(np.int64)
    early = _day_of_month(last) < _day_of_month(first)
    years: Ints = (months - early) // 12
    return years


def _day_of_month(days: np.ndarray) -> Ints:
    return (days - days.astype("datetime64[M]")).astype(np.int64)
