"""The quorum of a conference: a rule where one is named, else a setting, else nothing that could be reached."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.conferences.checks import check_conference, check_item
from nhiemky.domain.conferences.kinds import CONFIDENCE, CONGRESS, YEARLY
from nhiemky.domain.conferences.quorum import quorum

ON = date(2026, 1, 6)


@pytest.mark.parametrize(
    ("summoned", "present", "needed", "reached"),
    [(3, 2, 2, True), (100, 66, 67, False), (100, 67, 67, True), (1, 0, 1, False), (0, 0, 1, False)],
)
def test_a_congress_needs_two_thirds_of_those_summoned(summoned: int, present: int, needed: int, reached: bool) -> None:
    found = quorum(CONGRESS, ON, summoned, present)
    assert (found.needed, found.reached) == (needed, reached)
    assert not found.told().confirmed


def test_the_rule_of_a_vote_of_confidence_is_confirmed_and_goes_before_a_setting() -> None:
    found = quorum(CONFIDENCE, ON, 10, 6, set_percent=10)
    assert (found.share, found.needed, found.told().cites) == (Fraction(2, 3), 7, "96-QĐ/TW, 2/2/2023")
    assert found.told().confirmed
    assert not found.told().ok


def test_before_the_rule_began_the_setting_stands() -> None:
    assert quorum(CONFIDENCE, date(2023, 2, 1), 10, 6, set_percent=50).needed == 5
    assert quorum(CONFIDENCE, date(2023, 2, 1), 10, 6).needed is None


def test_a_review_without_a_setting_has_no_quorum_that_could_be_reached() -> None:
    found = quorum(YEARLY, ON, 10, 10)
    assert (found.needed, found.reached, found.missing) == (None, None, 0)
    assert found.told().code == "conferences.quorum_unset"


def test_a_setting_is_always_told_as_to_be_confirmed() -> None:
    told = quorum(YEARLY, ON, 10, 10, set_percent=50).told()
    assert (told.code, told.ok, told.confirmed) == ("conferences.quorum_set", True, False)


@given(st.integers(1, 5000), st.integers(1, 100))
def test_needed_is_the_smallest_number_that_is_at_least_the_share(summoned: int, percent: int) -> None:
    needed = quorum(YEARLY, ON, summoned, 0, set_percent=percent).needed
    assert needed is not None
    assert needed * 100 >= summoned * percent
    assert needed == 1 or (needed - 1) * 100 < summoned * percent
    assert 1 <= needed <= summoned


def codes(findings: object) -> set[str]:
    return {finding.code.removeprefix("conferences.") for finding in findings}  # type: ignore[attr-defined]


def test_a_review_names_its_year_which_is_not_to_come() -> None:
    assert codes(check_conference(YEARLY, "Hội nghị", time(7), None, None, 2026)) == {"year_missing"}
    assert codes(check_conference(YEARLY, "Hội nghị", time(7), None, 2027, 2026)) == {"year_to_come"}
    assert codes(check_conference("thematic", "", time(9), time(8), None, 2026)) == {
        "title_missing", "ends_before_start",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("begins", "minutes", "wrong"),
    [(time(7), 15, {"item_outside"}), (time(11), 31, {"item_outside"}), (time(11), 30, set()),
     (time(8), 0, {"item_minutes"})],
)  # fmt: skip
def test_an_item_lies_within_the_conference(begins: time, minutes: int, wrong: set[str]) -> None:
    assert codes(check_item("Báo cáo", begins, minutes, time(7, 30), time(11, 30))) == wrong
