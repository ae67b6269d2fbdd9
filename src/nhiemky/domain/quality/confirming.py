"""Lists are matched every quarter: which quarter a day lies in, and whether a unit's list is confirmed in time."""

from __future__ import annotations

from datetime import date

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.periods import DAY, Period

# The book of members is matched with the organisations above and below every three months.
CONFIRM_MONTHS = Dated("quality.confirm_months", (Step(date(2012, 5, 17), 3, "mẫu 7-HSĐV (sổ danh sách đảng viên)"),))


def quarter_of(on: date) -> Period:
    """The quarter in which the day lies."""
    first = (on.month - 1) // 3 * 3 + 1
    end = date(on.year + 1, 1, 1) if first == 10 else date(on.year, first + 3, 1)
    return Period(date(on.year, first, 1), end)


def quarter_before(quarter: Period) -> Period:
    """The quarter that ended when this one began."""
    return quarter_of(quarter.start - DAY)


def number_of(quarter: Period) -> int:
    """1 to 4."""
    return (quarter.start.month + 2) // 3


def last_day_of(quarter: Period) -> date:
    """The day by which the list of the quarter is to be confirmed."""
    assert quarter.end is not None
    return quarter.end - DAY
