"""Party age and its badges: levels, yearly days, early cases and money; a round that was real."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.badges import rules
from nhiemky.domain.dated import NoRuleInForce
from nhiemky.domain.periods import years_before

FEBRUARY = date(2026, 2, 3)
# Phường An Cựu, 29 January 2026, for 3 February (domain notes 2.6): how many of each level.
REAL = {60: 3, 55: 2, 50: 2, 45: 2, 40: 3, 30: 17}


def codes(*asked: object) -> set[str]:
    return {found.code.removeprefix("badges.") for found in rules.check_special(*asked)}  # type: ignore[arg-type]


def test_there_is_no_badge_for_thirty_five_years() -> None:
    assert 35 not in rules.LEVELS.at(FEBRUARY).value
    assert rules.level_due(years_before(FEBRUARY, 35), FEBRUARY) is None
    assert len(rules.LEVELS.at(FEBRUARY).value) == 12


def test_a_real_round_comes_out_of_the_decisions_days() -> None:
    before = rules.round_before(FEBRUARY)
    assert before == date(2025, 11, 7)
    decided = []
    for level, count in REAL.items():
        first, last = years_before(before, level) + timedelta(days=1), years_before(FEBRUARY, level)
        decided += [first + (last - first) * number / max(count - 1, 1) for number in range(count)]
    # Around them who was counted in the round before, or will be in the next one, or has 35 years.
    decided += [years_before(before, level) for level in REAL]
    decided += [years_before(FEBRUARY, level) + timedelta(days=1) for level in REAL]
    decided += [years_before(FEBRUARY, 35)]
    due = Counter(level for day in decided if (level := rules.level_due(day, FEBRUARY)))
    assert due == REAL
    assert due.total() == 29
    posthumous = codes("posthumous", 30, date(1996, 12, 1), FEBRUARY, date(2025, 12, 20))
    assert posthumous == set()
    assert due.total() + 1 == 30


@given(st.dates(date(1931, 1, 1), date(1990, 1, 1)), st.integers(2022, 2060))
def test_each_level_comes_due_in_one_round_only_and_none_is_left_out(decided: date, last: int) -> None:
    rounds = [day for year in range(2022, last + 1) for day in rules.round_days(year)]
    due = [level for day in rounds if (level := rules.level_due(decided, day))]
    assert len(set(due)) == len(due)
    start = rules.round_before(rounds[0])
    expected = [
        level
        for level in rules.LEVELS.at(FEBRUARY).value
        if rules.reached(decided, level, rounds[-1]) and not rules.reached(decided, level, start)
    ]
    assert sorted(due) == expected


def test_the_four_yearly_days() -> None:
    assert [f"{day:%d/%m}" for day in rules.round_days(2026)] == ["03/02", "19/05", "02/09", "07/11"]
    assert rules.coming_round(date(2026, 9, 2)) == date(2026, 9, 2)
    assert rules.coming_round(date(2026, 11, 8)) == date(2027, 2, 3)
    assert not rules.is_round_day(date(2026, 9, 3))
    with pytest.raises(NoRuleInForce):
        rules.is_round_day(date(2019, 9, 2))


def test_the_seriously_ill_get_it_twelve_months_early_and_the_old_twenty_four() -> None:
    assert codes("illness", 30, date(1997, 2, 3), FEBRUARY, None) == set()
    assert codes("illness", 30, date(1997, 2, 4), FEBRUARY, None) == {"too_early_ill"}
    assert codes("illness", 70, date(1958, 2, 3), FEBRUARY, None) == set()
    assert codes("illness", 70, date(1958, 2, 4), FEBRUARY, None) == {"too_early_ill"}
    assert codes("illness", 30, date(1996, 2, 3), FEBRUARY, None) == {"reached_already"}


def test_after_death_it_is_twelve_months_counted_from_the_death() -> None:
    died = date(2025, 12, 20)
    assert codes("posthumous", 70, date(1956, 12, 20), FEBRUARY, died) == set()
    assert codes("posthumous", 70, date(1956, 12, 21), FEBRUARY, died) == {"too_early_dead"}
    assert codes("posthumous", 30, date(1990, 1, 1), FEBRUARY, None) == {"still_alive"}
    assert codes("illness", 30, date(1996, 6, 1), FEBRUARY, died) == {"has_died"}


def test_late_and_held_cases_are_judged_by_what_the_day_counts() -> None:
    due, missed, young = date(1996, 1, 5), date(1995, 1, 5), date(1999, 1, 5)
    assert codes("held", 30, due, FEBRUARY, None) == set()
    assert codes("held", 30, missed, FEBRUARY, None) == {"not_due"}
    assert codes("late", 30, missed, FEBRUARY, None) == set()
    assert codes("late", 30, due, FEBRUARY, None) == {"due_anyway"}
    assert codes("late", 30, young, FEBRUARY, None) == {"not_reached"}
    assert codes("late", 35, missed, FEBRUARY, None) == {"no_such_level"}


def test_money_that_no_source_tells_is_unknown() -> None:
    assert rules.money(30, FEBRUARY) == Decimal("1.5")
    assert rules.money(80, FEBRUARY) == 15
    assert [level for level in rules.LEVELS.at(FEBRUARY).value if rules.money(level, FEBRUARY) is None] == [45, 85, 90]


def test_a_probation_shorter_than_its_time_knew_makes_the_decision_day_doubtful() -> None:
    assert rules.probation_doubt(date(1950, 1, 1), date(1950, 3, 1)) == []
    (found,) = rules.probation_doubt(date(1950, 1, 1), date(1950, 2, 28))
    assert not found.confirmed
    assert rules.probation_doubt(date(1985, 1, 1), date(1985, 2, 1)) == []
    assert rules.probation_doubt(date(2020, 1, 1), date(2020, 9, 1))
    assert rules.probation_doubt(date(2020, 1, 1), None) == []
