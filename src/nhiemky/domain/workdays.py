"""Working days by the Vietnamese holiday calendar: time limits of rules are often counted in them.

Holidays come from the library `holidays`: those that follow the lunar calendar it knows ahead; days that the
government moves or adds by a yearly decision it knows only once they are published, so limits that lie in a coming
Tết may still move by a day or two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from holidays import country_holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=128)
def _off(year: int) -> frozenset[date]:
    """Holidays of a year, days off instead of a holiday at a weekend included."""
    return frozenset(country_holidays("VN", years=year))


def is_working(day: date) -> bool:
    """Whether offices work on the day."""
    return day.weekday() < _SATURDAY and day not in _off(day.year)


def _from(day: date) -> Iterator[date]:
    while True:
        day += _DAY
        if is_working(day):
            yield day


def after(day: date, count: int) -> date:
    """The count-th working day after a day; with 0 the day itself."""
    if count < 0:
        raise ValueError("Working days are counted forwards.")
    return day if count == 0 else next(islice(_from(day), count - 1, None))


def between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 where `end` is not later."""
    return sum(is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))
