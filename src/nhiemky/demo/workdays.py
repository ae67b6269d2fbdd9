"""On which days things happen: papers on working days, ceremonies before the great days of the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.periods import day_number

Ints = NDArray[np.int64]
# Ceremonies are held for 3 February, 19 May, 2 September and 7 November.
GREAT_DAYS = ((2, 3), (5, 19), (9, 2), (11, 7))
_FIRST, _LAST = date(2013, 1, 1), date(2028, 12, 31)
_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))
# The first day of the lunar year; offices are closed around it.
_TET = ("2013-02-10,2014-01-31,2015-02-19,2016-02-08,2017-01-28,2018-02-16,2019-02-05,2020-01-25,2021-02-12,"
        "2022-02-01,2023-01-22,2024-02-10,2025-01-29,2026-02-17,2027-02-06,2028-01-26").split(",")  # fmt: skip


class Calendar:
    """Weights of every day; `closed` days, on which something is reorganised, have none."""

    def __init__(self, closed: Iterable[date] = ()) -> None:
        self.first = day_number(_FIRST)
        days = np.arange(self.first, day_number(_LAST) + 1)
        weekday = (days + 3) % 7
        self.office = np.where(weekday < 5, 1.0, 0.04)
        for year in range(_FIRST.year, _LAST.year + 1):
            for month, day in _HOLIDAYS:
                self.office[day_number(date(year, month, day)) - self.first] = 0.02
        for first in _TET:
            place = day_number(date.fromisoformat(first)) - self.first
            self.office[place - 2 : place + 5] = 0.01
        self.any_day = np.ones(len(days))
        self.ceremony = self.office * self._near_great_days(days)
        for day_ in closed:
            for weights in (self.office, self.any_day, self.ceremony):
                weights[day_number(day_) - self.first] = 0.0

    def _near_great_days(self, days: Ints) -> NDArray[np.float64]:
        weights = np.ones(len(days))
        for year in range(_FIRST.year, _LAST.year + 1):
            for month, day in GREAT_DAYS:
                before = day_number(date(year, month, day)) - days
                weights[(before >= -1) & (before <= 9)] = 6.0
                weights[(before > 9) & (before <= 20)] = 2.5
        return weights

    def draw(self, rng: np.random.Generator, count: int, first: date, last: date, kind: str = "office") -> Ints:
        """So many days of a period, both ends included."""
        low, high = day_number(first) - self.first, day_number(last) - self.first + 1
        weights = getattr(self, kind)[low:high]
        chosen: Ints = rng.choice(np.arange(low, high), size=count, p=weights / weights.sum()) + self.first
        return chosen

    def working(self, days: Ints) -> Ints:
        """Each day, or the next working day."""
        moved = days.copy()
        for _ in range(11):
            moved = np.where(self.office[moved - self.first] < 0.5, moved + 1, moved)
        return moved
