"""The days of a task: when it is due, how long it may still be handed in, and the days of its next instance."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from nhiemky.domain import workdays
from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.tasks.kinds import MONTHS

DUE_SOON = Dated(
    "tasks.due_soon",
    (Step(date(2000, 1, 1), 5, "Chưa thấy văn bản; cách làm thường gặp ở văn phòng cấp ủy", confirmed=False),),
)
"""How many working days before the due day a task is told to be due soon."""
LAST_DAY = Dated(
    "tasks.last_day",
    (Step(date(2017, 1, 1), True, "Bộ luật Dân sự 2015, Điều 148 khoản 5", confirmed=False),),
)
"""Whether a time limit whose last day is a day off ends with the next working day."""


def last_day(due_on: date) -> date:
    """The last day that is still in time: the due day, or the working day after it where offices are closed on it."""
    moves = LAST_DAY.at(max(due_on, LAST_DAY.steps[0].start)).value
    return due_on if not moves or workdays.is_working(due_on) else workdays.after(due_on, 1)


def late_by(due_on: date, on: date) -> int:
    """How many working days a task of this due day is late on the day; 0 while it is in time."""
    return workdays.between(last_day(due_on), on)


def soon_until(today: date) -> date:
    """Tasks due up to this day are due soon."""
    return workdays.after(today, DUE_SOON.at(today).value)


def later(day: date, every: str, times: int = 1) -> date:
    """The day so many periods later; the last of a month stays the last where that month is shorter."""
    months = day.year * 12 + day.month - 1 + MONTHS[every] * times
    year, month = divmod(months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, longest if last else min(day.day, longest))


def year_bounds(year: int) -> tuple[date, date]:
    """First day of a year, and the first day after it."""
    return date(year, 1, 1), date(year + 1, 1, 1)


DAY = timedelta(days=1)
