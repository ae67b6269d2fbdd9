"""Time limits of letters: working days and calendar days, by the rule of the day; lengths of temporary stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.dated import Dated, NoRuleInForce, Step
from nhiemky.domain.transfers import checks, limits
from nhiemky.domain.transfers.checks import Sending, check_sending, started_late
from nhiemky.domain.transfers.limits import day_of_entry, overdue_before, present_by

TODAY = date(2026, 10, 31)


def temporary(on: date, until: date, purpose: str = "work") -> set[str]:
    sending = Sending("temporary", on, "1-GT", on, True, "", False, purpose, until)
    return {finding.code.removeprefix("transfers.") for finding in check_sending(sending, today=TODAY)}


def test_thirty_working_days_pass_over_weekends_and_holidays() -> None:
    # From Monday 5 October 2026: six weeks of five days, no holiday in between.
    assert present_by(date(2026, 10, 5)) == date(2026, 11, 16)
    # Over 30 April, 1 May and Hùng kings' day the same count takes longer than six weeks.
    assert present_by(date(2026, 4, 6)) > date(2026, 5, 18)


def test_before_july_2025_thirty_calendar_days() -> None:
    assert present_by(date(2025, 6, 30)) == date(2025, 7, 30)
    assert not limits.PRESENT.at(date(2025, 6, 30)).confirmed
    assert limits.PRESENT.at(date(2025, 7, 1)).confirmed
    with pytest.raises(NoRuleInForce):
        present_by(date(2010, 1, 1))


@given(st.dates(date(2024, 1, 1), date(2027, 6, 1)), st.integers(0, 90))
def test_lists_are_cut_where_letters_become_overdue(today: date, before: int) -> None:
    letter_on = today - timedelta(days=before)
    assert (letter_on < overdue_before(today)) == (present_by(letter_on) < today)


def test_a_late_start_is_told_and_does_not_block() -> None:
    last = limits.START.at(TODAY).value.last_day(date(2026, 1, 5))
    assert started_late(date(2026, 1, 5), last) == []
    (finding,) = started_late(date(2026, 1, 5), last + timedelta(days=1))
    assert (finding.code, finding.blocks) == ("transfers.started_late", False)
    assert "6.3.1" in finding.cites
    assert started_late(date(2020, 1, 5), date(2025, 6, 30)) == []


def test_a_temporary_stay_for_work_lasts_three_months_to_less_than_a_year() -> None:
    on = date(2026, 3, 2)
    assert temporary(on, date(2026, 6, 1)) == {"stay_below"}
    assert temporary(on, date(2026, 6, 2)) == set()
    assert temporary(on, date(2027, 3, 1)) == set()
    assert temporary(on, date(2027, 3, 2)) == {"stay_below"}


def test_a_temporary_stay_for_study_lasts_at_most_two_years() -> None:
    on = date(2026, 3, 2)
    assert temporary(on, date(2028, 3, 2), "study") == set()
    assert temporary(on, date(2028, 3, 3), "study") == {"stay_within"}
    assert temporary(on, date(2028, 3, 2), "holidays") == {"purpose_missing"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"has_target": False, "place": ""}, {"one_destination"}),
        ({"has_target": True, "place": "Đà Nẵng"}, {"one_destination"}),
        ({"kind": "abroad", "has_target": True, "place": ""}, {"country_missing", "return_unknown"}),
        ({"kind": "internal", "has_target": False, "place": "x"}, {"internal_target"}),
        ({"letter_on": date(2026, 11, 1)}, {"in_future"}),
        ({"decided_on": date(2026, 10, 6)}, {"letter_before_decision"}),
        ({"letter_number": " "}, {"number_missing"}),
        ({}, set()),
    ],
)
def test_what_a_letter_must_say(more: dict[str, object], says: set[str]) -> None:
    on = date(2026, 10, 5)
    given_ = {"kind": "official", "decided_on": on, "letter_number": "1-GT", "letter_on": on, "has_target": True,
              "place": "", "same_grassroots": False} | more  # fmt: skip
    found = check_sending(Sending(**given_), today=TODAY)  # type: ignore[arg-type]
    assert {finding.code.removeprefix("transfers.") for finding in found} == says


def test_the_ledgers_day_is_the_receipts_as_long_as_people_under_way_are_the_senders() -> None:
    sent, came = date(2026, 10, 5), date(2026, 10, 20)
    assert day_of_entry(sent, came) == came
    other = Dated("x", (Step(date(2011, 1, 19), "receiver", "x"),))
    assert day_of_entry(sent, came, other) == sent


def test_nobody_comes_before_the_letter_or_tomorrow() -> None:
    found = checks.check_receipt(date(2026, 10, 5), date(2026, 10, 4), today=TODAY)
    assert [finding.code for finding in found] == ["transfers.before_letter"]
    found = checks.check_receipt(date(2026, 10, 5), date(2026, 12, 1), today=TODAY)
    assert [(finding.code, finding.blocks) for finding in found] == [
        ("transfers.in_future", True),
        ("transfers.presented_late", False),
    ]
