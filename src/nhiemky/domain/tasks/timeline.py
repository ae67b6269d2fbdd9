"""Where tasks lie on a line of time: numbers for a drawing, no drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.tasks.days import DAY, later
from nhiemky.domain.tasks.kinds import MONTHLY


@dataclass(frozen=True, slots=True)
class Bar:
    """One task between its days, in parts of the whole width; `cut_left` and `cut_right`: it goes on outside."""

    left: float
    width: float
    cut_left: bool
    cut_right: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn: from `start` up to and with `end`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def place(self, day: date) -> float:
        """Where a day begins, in parts of the width; days outside are put at the edge."""
        return min(max((day - self.start).days / self.days, 0.0), 1.0)

    def bar(self, start: date, end: date) -> Bar | None:
        """A task from one day up to and with another; None where no day of it is drawn."""
        if end < self.start or start > self.end:
            return None
        left, right = self.place(start), self.place(end + DAY)
        return Bar(left, max(right - left, 1 / self.days), start < self.start, end > self.end)

    def months(self) -> Sequence[tuple[date, float]]:
        """The first day of each month, and where it lies."""
        found, day = [], self.start.replace(day=1)
        while day <= self.end:
            if day >= self.start:
                found.append((day, self.place(day)))
            day = later(day, MONTHLY).replace(day=1)
        return found


def window(days: Iterable[tuple[date, date]], year: int) -> Window:
    """The year, or the part of it in which something lies, in whole months."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = [(max(start, first), min(end, last)) for start, end in days if start <= last and end >= first]
    if not inside:
        return Window(first, last)
    start = min(start for start, _end in inside).replace(day=1)
    end = max(end for _start, end in inside)
    return Window(start, later(end.replace(day=1), MONTHLY) - DAY)
