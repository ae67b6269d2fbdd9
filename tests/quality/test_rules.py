"""What each rule finds, by examples, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number
from nhiemky.domain.quality.confirming import last_day_of, quarter_before, quarter_of
from nhiemky.domain.quality.facts import (
    EMPTY_BIT,
    IDENTITY_PROVINCE,
    IDENTITY_SEX,
    IDENTITY_YEAR,
    OCCUPATION_CODE,
    Facts,
    read_identity,
    shared,
)
from nhiemky.domain.quality.rules import KINDS, RULES, evaluate

ON = date(2026, 10, 31)


def day(number: int, month: int, year: int) -> np.ndarray:
    return np.array([day_number(date(year, month, number))])


def one(**more: object) -> Facts:
    """Somebody about whom nothing is wrong, but for what is given."""
    plain = Facts(
        born=day(19, 5, 1990), year_only=np.array([False]), decided=day(20, 2, 2015), admitted=day(2, 3, 2015),
        official_on=day(2, 3, 2016), official=np.array([True]), empty=np.array([0]),
        occupation=np.array([OCCUPATION_CODE["farmer"]]), identity=np.array([0]), file_shared=np.array([False]),
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def found(facts: Facts, on: date = ON) -> set[str]:
    return {rule.key for rule, cases in zip(RULES, evaluate(facts, on), strict=True) if cases[0]}


NONE = np.array([FOREVER])
EXAMPLES = [
    ({}, set()),
    ({"empty": np.array([EMPTY_BIT["phone"] | EMPTY_BIT["religion"]])}, {"phone_missing", "religion_missing"}),
    ({"empty": np.array([EMPTY_BIT["card_number"]])}, {"card_number_missing"}),
    # Within three months of the official day the card may still be on its way.
    ({"empty": np.array([EMPTY_BIT["card_number"]]), "official_on": day(1, 9, 2026)}, set()),
    ({"official": np.array([False]), "official_on": NONE}, {"card_early"}),
    ({"official": np.array([False]), "official_on": NONE, "empty": np.array([EMPTY_BIT["card_number"]])}, set()),
    ({"identity": np.array([IDENTITY_SEX | IDENTITY_PROVINCE])}, {"identity_sex", "identity_province"}),
    ({"file_shared": np.array([True])}, {"file_number_shared"}),
    ({"year_only": np.array([True])}, {"birth_day_unknown"}),
    ({"official_on": day(1, 3, 2015)}, {"official_before_ceremony"}),
    ({"official_on": day(1, 3, 2016)}, {"official_early"}),
    # Before 2011 probation had other lengths; it is not judged.
    ({"decided": day(1, 1, 1980), "admitted": day(1, 2, 1980), "official_on": day(1, 6, 1980), "born": day(1, 1, 1950)},
     set()),
    ({"decided": day(3, 3, 2015)}, {"ceremony_before_decision"}),
    ({"born": day(2, 3, 1997)}, set()),  # 18 on the day
    ({"born": day(3, 3, 1997)}, {"too_young"}),
    ({"born": day(1, 1, 1997), "year_only": np.array([True])}, {"birth_day_unknown"}),
    ({"born": day(1, 1, 1998), "year_only": np.array([True])}, {"birth_day_unknown", "too_young"}),
    ({"born": day(1, 1, 2016)}, {"born_late"}),
    ({"born": day(30, 10, 1916)}, {"too_old"}),
    ({"born": day(31, 10, 1916)}, set()),
    ({"official_on": day(1, 11, 2026)}, {"official_in_future"}),
    ({"born": day(1, 1, 1960), "occupation": np.array([OCCUPATION_CODE["civil_servant"]])}, {"office_past_age"}),
    ({"born": day(1, 1, 1980), "occupation": np.array([OCCUPATION_CODE["student"]])}, {"student_past_age"}),
]  # fmt: skip


@pytest.mark.parametrize(("more", "expected"), EXAMPLES)
def test_a_rule_finds_what_is_wrong_and_nothing_else(more: dict[str, object], expected: set[str]) -> None:
    assert found(one(**more)) == expected


def test_the_admission_of_long_ago_is_judged_by_the_rule_of_its_day() -> None:
    long_ago = {"decided": day(1, 1, 1970), "admitted": day(1, 2, 1970), "official_on": day(1, 6, 1971)}
    assert "too_young" in found(one(born=day(1, 1, 1953), **long_ago))


def test_who_has_no_dates_is_not_judged_by_them() -> None:
    empty = one(decided=NONE, admitted=NONE, official_on=NONE)
    assert found(empty) == set()


def test_every_rule_has_a_kind_a_source_and_a_field() -> None:
    for rule in RULES:
        assert rule.kind in KINDS
        assert rule.fields
        assert rule.rule.at(ON).cites
    assert len({rule.key for rule in RULES}) == len(RULES)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.booleans(), st.integers(1, 96), st.integers(0, 999_999))
def test_a_number_made_by_the_book_contradicts_nothing(born: date, female: bool, province: int, tail: int) -> None:
    digit = (0 if born.year < 2000 else 2) + female
    number = f"{province:03}{digit}{born.year % 100:02}{tail:06}"
    assert read_identity(number, female=female, birth_year=born.year) == 0
    assert read_identity(number, female=not female, birth_year=born.year) == IDENTITY_SEX
    assert read_identity("097" + number[3:], female=female, birth_year=born.year) == IDENTITY_PROVINCE
    assert (
        read_identity(number, female=female, birth_year=born.year + (1 if born.year % 100 < 99 else -1))
        == IDENTITY_YEAR
    )


@given(st.lists(st.integers(0, 4), max_size=12))
def test_shared_tells_who_has_what_another_has(values: list[int]) -> None:
    told = shared(np.array(values, dtype=np.int64)).tolist()
    assert told == [value != 0 and values.count(value) > 1 for value in values]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_quarter_and_quarters_meet(on: date) -> None:
    quarter = quarter_of(on)
    assert quarter.start <= on <= last_day_of(quarter)
    assert quarter_before(quarter).end == quarter.start
    assert quarter.start.month in (1, 4, 7, 10)
