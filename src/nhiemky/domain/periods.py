"""Half-open periods of days, `[start, end)`; an end of None means "until further notice"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
DAY = timedelta(days=1)
# Days before and after are misprints. The room on both sides lets one count back and forth from any typed day.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to, but without, `end`."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"A period must have at least one day: [{self.start}, {self.end})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def covers(self, other: Period) -> bool:
        """Whether every day of the other lies in this one."""
        if self.start > other.start:
            return False
        return self.end is None or (other.end is not None and other.end <= self.end)

    @property
    def last_day(self) -> date | None:
        """The last day inside, or None for a period without end."""
        return None if self.end is None else self.end - DAY


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def year_to(on: date) -> Period:
    """From 1 January of the day's year up to and with the day."""
    return Period(date(on.year, 1, 1), on + DAY)


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same days as the given periods, as few periods as possible, in order."""
    result: list[Period] = []
    for period in sorted(periods, key=lambda p: p.start):
        last = result[-1] if result else None
        if last is not None and (last.end is None or period.start <= last.end):
            end = None if last.end is None or period.end is None else max(last.end, period.end)
            result[-1] = Period(last.start, end)
        else:
            result.append(period)
    return result


def day_number(day: date) -> int:
    """Days since 1970-01-01, the unit of all day columns."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The inverse of `day_number`."""
    return EPOCH + timedelta(days=int(number))


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def years_after(on: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)
