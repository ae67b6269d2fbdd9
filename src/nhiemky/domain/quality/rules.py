"""What must be right about a member: rules as data, each a pure test over facts and a day.

`missing`: a field that the forms ask for is empty. `contradictory`: two values cannot both be right. `impossible`: a
day cannot be. `stale`: it was right once. Where the field's own sources say nothing, the rule is the house's, and its
value is to be confirmed by the committee that uses it. What the database itself forbids (two stays at a time, one
identity or card number for two people) needs no rule here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.members.booking import ADMISSION_AGE, PROBATION_MONTHS
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints
from nhiemky.domain.periods import day_number, years_before
from nhiemky.domain.quality.facts import IDENTITY_PROVINCE, IDENTITY_SEX, IDENTITY_YEAR, OCCUPATION_CODE, Facts

MISSING, CONTRADICTORY, IMPOSSIBLE, STALE = KINDS = ("missing", "contradictory", "impossible", "stale")
# The worst first.
URGENCY = (IMPOSSIBLE, CONTRADICTORY, MISSING, STALE)
HOUSE = "quy ước của hệ thống"
_LONG_AGO = date(1930, 2, 3)
Test = Callable[[Facts, Dated[int], date], Bools]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `fields` are the particulars it looks at: an exception is accepted until one of them changes.

    `must`: what it finds is wrong; else it is a warning, which may be right as it is. `rule` holds the rule's number,
    if it has one (years, months), and its source.
    """

    key: str
    kind: str
    fields: tuple[str, ...]
    rule: Dated[int]
    test: Test
    must: bool = False


def _house(name: str, value: int = 0) -> Dated[int]:
    return Dated(f"quality.{name}", (Step(_LONG_AGO, value, HOUSE, confirmed=False),))


# Numbers and particulars of the member's card index; which fields the form has could not be read.
_INDEX = Dated(
    "quality.index",
    (
        Step(_LONG_AGO, 0, HOUSE, confirmed=False),
        Step(date(2022, 1, 1), 0, "12-HD/BTCTW (2022), mẫu 2-HSĐV", confirmed=False),
    ),
)
_FORMS = Dated(
    "quality.forms",
    (
        Step(_LONG_AGO, 0, HOUSE, confirmed=False),
        Step(date(2021, 12, 13), 0, "11-HD/BTCTW (2021), biểu 3-TCTW và 4-TCTW"),
    ),
)
_IDENTITY = Dated("quality.identity", (Step(date(2016, 1, 1), 0, "TT 07/2016/TT-BCA"),))
# Earlier charters are from memory; the step in force on the day of an admission judges it.
YOUNGEST = Dated(
    "quality.youngest", (Step(_LONG_AGO, 18, "Điều lệ Đảng các khóa trước", confirmed=False), *ADMISSION_AGE.steps)
)
OLDEST = _house("oldest", 110)
CARD_MONTHS = _house("card_months", 3)
OFFICE_YEARS = _house("office_years", 65)
STUDENT_YEARS = _house("student_years", 40)
_ORDER = Dated("quality.order", (Step(_LONG_AGO, 0, "Điều lệ Đảng, điều 4 và điều 5", confirmed=False),))
_CARD = Dated("quality.card", (Step(_LONG_AGO, 0, "Điều lệ Đảng, điều 6", confirmed=False),))


def _lacks(key: str) -> Test:
    return lambda facts, _rule, _on: facts.lacks(key)


def _missing(key: str, rule: Dated[int], *, must: bool = False) -> Rule:
    return Rule(f"{key}_missing", MISSING, (key,), rule, _lacks(key), must)


def _card_missing(facts: Facts, rule: Dated[int], on: date) -> Bools:
    """Some months after the official day the card should be there."""
    return facts.lacks("card_number") & facts.official & (facts.official_on < _months_before(on, rule.at(on).value))


def _says(bit: int) -> Test:
    return lambda facts, _rule, _on: (facts.identity & bit) != 0


def _card_early(facts: Facts, _rule: Dated[int], _on: date) -> Bools:
    return ~facts.official & ~facts.lacks("card_number")


def _official_before_ceremony(facts: Facts, _rule: Dated[int], _on: date) -> Bools:
    return (facts.official_on < facts.admitted) & (facts.admitted != FOREVER)


def _official_early(facts: Facts, rule: Dated[int], _on: date) -> Bools:
    """Official sooner than the probation of the day of the ceremony allows; older lengths differ and are not judged."""
    early = np.zeros(len(facts.born), dtype=bool)
    for step, first, after in _spans(rule):
        rows = (facts.admitted >= first) & (facts.admitted < after)
        rows &= (facts.official_on >= facts.admitted) & (facts.official_on != FOREVER)
        early |= rows & (_months(facts.official_on) < _months(facts.admitted) + step.value)
    return early


def _ceremony_before_decision(facts: Facts, _rule: Dated[int], _on: date) -> Bools:
    return (facts.admitted < facts.decided) & (facts.decided != FOREVER)


def _born_late(facts: Facts, _rule: Dated[int], _on: date) -> Bools:
    return facts.born >= np.minimum(facts.decided, facts.admitted)


def _too_young(facts: Facts, rule: Dated[int], _on: date) -> Bools:
    """By the age that was asked for on the day of the ceremony; of who has only a year, the year decides."""
    young = np.zeros(len(facts.born), dtype=bool)
    for step, first, after in _spans(rule):
        rows = (facts.admitted >= first) & (facts.admitted < after) & (facts.born < facts.admitted)
        age = _years(facts.admitted) - _years(facts.born)
        before = ~facts.year_only & (_in_year(facts.admitted) < _in_year(facts.born))
        young |= rows & (age - before < step.value)
    return young


def _too_old(facts: Facts, rule: Dated[int], on: date) -> Bools:
    return facts.born < day_number(years_before(on, rule.at(on).value))


def _in_future(facts: Facts, _rule: Dated[int], on: date) -> Bools:
    return (facts.official_on > day_number(on)) & (facts.official_on != FOREVER)


def _past(occupations: tuple[str, ...]) -> Test:
    """Still in an occupation that nobody of the age has."""
    codes = [OCCUPATION_CODE[key] for key in occupations]
    return lambda facts, rule, on: (
        np.isin(facts.occupation, codes) & (facts.born < day_number(years_before(on, rule.at(on).value)))
    )


def _spans(rule: Dated[int]) -> list[tuple[Step[int], int, int]]:
    """Each step with its first day number and the day number after its last."""
    steps = rule.applied
    starts = [day_number(step.start) for step in steps] + [FOREVER]
    return [(step, starts[n], starts[n + 1]) for n, step in enumerate(steps)]


def _dates(days: Ints) -> np.ndarray:
    return np.where(days >= FOREVER, 0, days).astype("datetime64[D]")


def _years(days: Ints) -> Ints:
    years: Ints = _dates(days).astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def _in_year(days: Ints) -> Ints:
    """Month and day as one number that orders the days of a year."""
    dates = _dates(days)
    months = dates.astype("datetime64[M]")
    in_year: Ints = (months.astype(np.int64) % 12) * 31 + (dates - months.astype("datetime64[D]")).astype(np.int64)
    return in_year


def _months(days: Ints) -> np.ndarray:
    """Months with the day as a fraction: a year after 31 March is never before 30 March."""
    dates = _dates(days)
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64) + (dates - months.astype("datetime64[D]")).astype(np.int64) / 32


def _months_before(on: date, months: int) -> int:
    month = np.datetime64(on, "M") - months
    return int(month.astype("datetime64[D]").astype(np.int64)) + on.day - 1


RULES = (
    _missing("identity_number", _INDEX, must=True),
    _missing("file_number", _INDEX, must=True),
    Rule("card_number_missing", MISSING, ("card_number", "official_on"), CARD_MONTHS, _card_missing),
    _missing("home_place", _INDEX),
    _missing("residence", _INDEX),
    _missing("phone", _house("phone")),
    _missing("general_education", _FORMS, must=True),
    _missing("qualification", _FORMS, must=True),
    _missing("political_theory", _FORMS, must=True),
    _missing("religion", _FORMS, must=True),
    _missing("occupation", _FORMS, must=True),
    Rule("birth_day_unknown", MISSING, ("birth_date", "birth_year_only"), _INDEX, lambda f, _r, _o: f.year_only),
    Rule("identity_sex", CONTRADICTORY, ("identity_number", "sex", "birth_date"), _IDENTITY, _says(IDENTITY_SEX)),
    Rule("identity_year", CONTRADICTORY, ("identity_number", "birth_date"), _IDENTITY, _says(IDENTITY_YEAR)),
    Rule("identity_province", CONTRADICTORY, ("identity_number",), _IDENTITY, _says(IDENTITY_PROVINCE)),
    Rule("file_number_shared", CONTRADICTORY, ("file_number",), _INDEX, lambda f, _r, _o: f.file_shared, must=True),
    Rule("card_early", CONTRADICTORY, ("card_number",), _CARD, _card_early, must=True),
    Rule("official_before_ceremony", CONTRADICTORY, ("official_on", "admitted_on"), _ORDER, _official_before_ceremony,
         must=True),
    Rule("official_early", CONTRADICTORY, ("official_on", "admitted_on"), PROBATION_MONTHS, _official_early),
    Rule("ceremony_before_decision", IMPOSSIBLE, ("decided_on", "admitted_on"), _ORDER, _ceremony_before_decision,
         must=True),
    Rule("born_late", IMPOSSIBLE, ("birth_date",), _ORDER, _born_late, must=True),
    Rule("too_young", IMPOSSIBLE, ("birth_date", "admitted_on"), YOUNGEST, _too_young, must=True),
    Rule("too_old", IMPOSSIBLE, ("birth_date",), OLDEST, _too_old, must=True),
    Rule("official_in_future", IMPOSSIBLE, ("official_on",), _ORDER, _in_future, must=True),
    Rule("office_past_age", STALE, ("occupation",), OFFICE_YEARS,
         _past(("civil_servant", "public_employee", "armed_forces"))),
    Rule("student_past_age", STALE, ("occupation",), STUDENT_YEARS, _past(("student",))),
)  # fmt: skip
RULE: Mapping[str, Rule] = {rule.key: rule for rule in RULES}


def evaluate(facts: Facts, on: date) -> np.ndarray:
    """One row per rule of `RULES`, one column per person: where the rule finds something."""
    return np.stack([rule.test(facts, rule.rule, on) for rule in RULES])
