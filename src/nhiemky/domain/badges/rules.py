"""The Party badge: at which Party age, on which days, how much earlier, and with how much money. Party age counts from
the day in the admission decision (Điều lệ Đảng, điều 5), once the member is official."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding, Rule
from nhiemky.domain.members.booking import months_after
from nhiemky.domain.periods import years_before

ILLNESS, POSTHUMOUS, LATE, HELD = "illness", "posthumous", "late", "held"
BASES = ("due", ILLNESS, POSTHUMOUS, LATE)
BY_AGE = ("due", LATE)
"""Bases on which the years were reached."""
"""Why somebody gets a badge in a round: by the day itself, or as a special case."""
SPECIAL = (ILLNESS, POSTHUMOUS, LATE, HELD)
"""What is entered by hand; `HELD` leaves somebody who is due out of the round."""

_FROM, _NEW = date(2021, 7, 30), date(2025, 7, 1)
_OLD_TEXT, _NEW_TEXT = "Quy định 24-QĐ/TW (2021), về Huy hiệu Đảng", "Quy định 294-QĐ/TW (2025), về Huy hiệu Đảng"
_LEVELS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
_DAYS = ((2, 3), (5, 19), (9, 2), (11, 7))
_EARLY = {**dict.fromkeys(range(30, 66), 12), **dict.fromkeys(range(70, 91), 24)}

LEVELS: Dated[tuple[int, ...]] = Dated(
    "badges.levels", (Step(_FROM, _LEVELS, _OLD_TEXT), Step(_NEW, _LEVELS, _NEW_TEXT, confirmed=False))
)
"""Years of Party age; there is no badge for 35."""
DAYS: Dated[tuple[tuple[int, int], ...]] = Dated(
    "badges.days", (Step(_FROM, _DAYS, _OLD_TEXT), Step(_NEW, _DAYS, _NEW_TEXT, confirmed=False))
)
"""Month and day of the yearly rounds."""
EARLY_ILL: Dated[Mapping[int, int]] = Dated(
    "badges.early_illness", (Step(_FROM, _EARLY, _OLD_TEXT), Step(_NEW, _EARLY, _NEW_TEXT, confirmed=False))
)
"""At most so many months earlier for the seriously ill, by level."""
EARLY_POSTHUMOUS: Dated[int] = Dated(
    "badges.early_posthumous", (Step(_FROM, 12, _OLD_TEXT), Step(_NEW, 12, _NEW_TEXT, confirmed=False))
)
"""At most so many months earlier after death, counted from the day of death."""
MONEY: Dated[Mapping[int, Decimal]] = Dated(
    "badges.money",
    (
        Step(
            date(2015, 10, 27),
            {
                level: Decimal(times)
                for level, times in (
                    (30, "1.5"), (40, "2"), (50, "3"), (55, "3.5"), (60, "5"), (65, "6"), (70, "8"), (75, "10"),
                    (80, "15"),
                )
            },
            "Hướng dẫn 56-HD/VPTW (2015)",
        ),
    ),
)  # fmt: skip
"""Multiples of the base salary. Of 45, 85 and 90 years the list that could be seen says nothing: unknown, not none."""
PROBATION_LENGTHS: Dated[tuple[int, ...]] = Dated(
    "badges.probation_lengths",
    (
        Step(date(1930, 2, 3), (2, 4, 6, 12, 24), "Hướng dẫn 12-HD/BTCTW (2022), phụ lục", confirmed=False,
             end=date(1960, 1, 1)),
        Step(date(2011, 1, 19), (12,), "Điều lệ Đảng, điều 5"),
    ),
)  # fmt: skip
"""Months that probation could last, by class of the person; which class had which is not known to us, and nothing is
known of 1960 to 2011."""


def money(level: int, on: date) -> Decimal | None:
    """The multiple of the base salary that goes with the badge; None where it is not known."""
    return MONEY.at(on).value.get(level)


# Days of rounds


def is_round_day(day: date) -> bool:
    """Whether badges are given on the day."""
    return (day.month, day.day) in DAYS.at(day).value


def round_days(year: int) -> list[date]:
    """The days of a year on which badges are given."""
    return [date(year, month, day) for month, day in DAYS.at(date(year, 12, 31)).value]


def round_before(day: date) -> date:
    """The last yearly day before the day."""
    return max(found for year in (day.year - 1, day.year) for found in round_days(year) if found < day)


def coming_round(today: date) -> date:
    """The next yearly day, today's included."""
    return min(found for year in (today.year, today.year + 1) for found in round_days(year) if found >= today)


# Who reaches what


def reached(decided_on: date, level: int, on: date) -> bool:
    """Whether the Party age is so many full years on the day."""
    return decided_on <= years_before(on, level)


def window(level: int, day: date) -> tuple[date, date]:
    """First and last day of decision of those who reach the level after the round before and up to this one."""
    return years_before(round_before(day), level), years_before(day, level)


def level_due(decided_on: date, day: date) -> int | None:
    """The level reached between the round before and this one, if any."""
    for level in LEVELS.at(day).value:
        after, last = window(level, day)
        if after < decided_on <= last:
            return level
    return None


# Special cases


def check_special(basis: str, level: int, decided_on: date, day: date, died_on: date | None) -> list[Finding]:
    """What stands against giving the badge, or holding it back, outside the count of the day."""
    levels = LEVELS.at(day)
    if level not in levels.value:
        return [Finding.of_rule("badges.no_such_level", levels, field="years", facts={"years": level})]
    if (basis == POSTHUMOUS) != (died_on is not None):
        return [Finding("badges.has_died" if died_on is not None else "badges.still_alive", field="basis")]
    if basis == ILLNESS:
        return _check_illness(level, decided_on, day)
    if died_on is not None:
        rule = EARLY_POSTHUMOUS.at(day)
        return _check_early("badges.too_early_dead", rule, rule.value, level, decided_on, died_on)
    return _check_counted(basis, level, decided_on, day)


def _check_counted(basis: str, level: int, decided_on: date, day: date) -> list[Finding]:
    """Held back is only who is counted on the day, late only who was to be counted before."""
    due = level_due(decided_on, day) == level
    if basis == HELD:
        return [] if due else [Finding("badges.not_due", field="years", facts={"years": level})]
    if due:
        return [Finding("badges.due_anyway", field="basis")]
    if not reached(decided_on, level, day):
        return [Finding("badges.not_reached", field="years", facts={"years": level, "decided": decided_on, "on": day})]
    return []


def _check_illness(level: int, decided_on: date, day: date) -> list[Finding]:
    if reached(decided_on, level, day):
        return [Finding("badges.reached_already", field="basis", facts={"years": level})]
    rule = EARLY_ILL.at(day)
    return _check_early("badges.too_early_ill", rule, rule.value[level], level, decided_on, day)


def _check_early(code: str, rule: Rule, months: int, level: int, decided_on: date, day: date) -> list[Finding]:
    """The level must be reached so many months after the day."""
    if reached(decided_on, level, months_after(day, months)):
        return []
    facts = {"years": level, "months": months, "decided": decided_on, "on": day}
    return [Finding.of_rule(code, rule, field="years", facts=facts)]


def probation_doubt(decided_on: date, official_on: date | None) -> list[Finding]:
    """A probation shorter than any the rules of its time knew: one of the two days is wrong, and Party age with it.

    Where no rule is known for the time, nothing is said.
    """
    if official_on is None:
        return []
    for step in PROBATION_LENGTHS.applied:
        in_force = step.start <= decided_on and (step.end is None or decided_on < step.end)
        if in_force and official_on < months_after(decided_on, min(step.value)):
            facts = {"decided": decided_on, "official": official_on, "months": min(step.value)}
            return [Finding.of_rule("badges.probation_short", step, blocks=False, facts=facts)]
    return []
