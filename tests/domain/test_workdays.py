"""Working days: weekends, fixed holidays, Tết, days off in lieu."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain import workdays


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 1, 1),
        date(2022, 1, 3),  # in lieu of New Year's Day, a Saturday
        date(2023, 1, 23),  # Tết
        date(2024, 4, 18),  # Hùng Kings
        date(2025, 4, 30),
        date(2025, 9, 2),
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_offices_are_closed(day: date) -> None:
    assert not workdays.is_working(day)


def test_an_ordinary_monday_is_worked() -> None:
    assert workdays.is_working(date(2026, 11, 23))


def test_thirty_working_days_over_tet() -> None:
    assert workdays.after(date(2023, 1, 3), 30) == date(2023, 2, 21)
    assert workdays.between(date(2023, 1, 3), date(2023, 2, 21)) == 30


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 90))
def test_counting_forth_and_back_agrees(day: date, count: int) -> None:
    until = workdays.after(day, count)
    assert workdays.between(day, until) == count
    assert count == 0 or workdays.is_working(until)
    assert workdays.between(day, until - timedelta(days=1)) == max(count - 1, 0)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        workdays.after(date(2026, 1, 1), -1)
