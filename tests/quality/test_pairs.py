"""Which two records may be one person, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.quality.duplicates import Record, compare, groups, near

AN = Record(1, "nguyen thi kim an", date(1980, 5, 1), False, "female", "mo duc", "000001QNG", "0905123456",
            date(2010, 1, 1), True)  # fmt: skip
AGAIN = Record(2, "nguyen thi kim an", date(1980, 5, 1), False, "female")


def pair(**more: object) -> tuple[set[str], set[str]] | None:
    found = compare(AN, replace(AGAIN, **more))  # type: ignore[arg-type]
    return None if found is None else (set(found.reasons), set(found.against))


def test_the_same_name_and_birth_without_a_number_are_looked_at() -> None:
    assert pair() == ({"same_name", "same_birth", "number_missing"}, set())


def test_two_numbers_and_nothing_else_in_common_are_two_people() -> None:
    assert pair(has_identity=True) is None
    told = pair(has_identity=True, home="mo duc")
    assert told is not None
    assert told[1] == {"both_numbers"}


def test_a_shared_file_number_is_enough() -> None:
    told = pair(name="le van bay", born=date(1970, 1, 1), file_number="000001QNG", sex="male", has_identity=True)
    assert told == ({"same_file"}, {"other_sex", "both_numbers"})


def test_of_a_year_only_the_year_is_compared_and_more_is_asked_for() -> None:
    assert pair(year_only=True, born=date(1980, 1, 1)) is None
    told = pair(year_only=True, born=date(1980, 1, 1), decided=date(2010, 1, 1))
    assert told is not None
    assert {"same_birth_year", "same_decision"} <= told[0]
    assert pair(year_only=True, born=date(1981, 1, 1), decided=date(2010, 1, 1)) is None


def test_a_near_name_needs_birth_and_home() -> None:
    assert pair(name="nguyen kim an", home="mo duc") is not None
    assert pair(name="nguyen kim an", home="son tinh") is None
    assert pair(name="nguyen kim an", home="mo duc", born=date(1980, 5, 2)) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nguyen thi an", "nguyen thi ang", True), ("nguyen thi an", "nguyen thi em", False),
        ("le van minh tam", "le minh van tam", True), ("le van minh tam", "le minh tam", True),
        ("le van tam", "le van", False), ("tran van ba", "tran van be", True), ("a pang", "y klan", False),
        ("le van minh tam", "van minh tam", False),
    ],
)  # fmt: skip
def test_names_are_near_by_a_letter_an_order_or_a_middle_name(one: str, other: str, expected: bool) -> None:
    assert near(one, other) is near(other, one) is expected


NAMES = st.lists(st.sampled_from(["le", "van", "thi", "an", "ba", "tam"]), min_size=2, max_size=4).map(" ".join)


@given(NAMES, NAMES, st.booleans(), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "x", "y"]))
def test_a_pair_is_the_same_from_either_side(one: str, other: str, year_only: bool, home: str, its: str) -> None:
    first = replace(AN, name=one, home=home)
    second = replace(AGAIN, name=other, year_only=year_only, home=its)
    assert compare(first, second) == compare(second, first)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=15))
def test_groups_are_those_who_agree_in_all_keys(rows: list[tuple[int, int]]) -> None:
    keys = np.array(rows, dtype=np.int64).reshape(-1, 2)
    told = sorted(sorted(group.tolist()) for group in groups(keys[:, 0], keys[:, 1]))
    alike = {row: [n for n, other in enumerate(rows) if other == row] for row in rows if row[0] != 0}
    assert told == sorted(places for places in alike.values() if len(places) > 1)
