"""Rules of tasks: who may do what next, when something is late, how it stood on any day, where its bar lies."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.tasks.changes import CHANGES, DOER, GIVER, acts_from, check_change
from nhiemky.domain.tasks.days import DUE_SOON, last_day, late_by, later, soon_until
from nhiemky.domain.tasks.files import MOST, check_file
from nhiemky.domain.tasks.giving import Given, check_given
from nhiemky.domain.tasks.kinds import CANCELLED, DONE, OPEN, STATES, SUBMITTED, WORKING
from nhiemky.domain.tasks.standing import Extension, Facts, Progress, outcome
from nhiemky.domain.tasks.timeline import window

DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def codes(found: object) -> set[str]:
    return {finding.code.removeprefix("tasks.") for finding in found}  # type: ignore[attr-defined]


def test_each_side_has_its_own_acts() -> None:
    assert {c.act for c in CHANGES if c.side == GIVER} == {"done", "return", "cancel"}
    assert [c.act for c in acts_from("assigned", {DOER})] == ["accept", "begin"]
    assert [c.act for c in acts_from(SUBMITTED, {GIVER})] == ["done", "return", "cancel"]
    assert acts_from(SUBMITTED, {DOER}) == []
    assert all(acts_from(state, {DOER, GIVER}) == [] for state in (DONE, CANCELLED))


def test_whatever_is_open_can_still_end() -> None:
    """No state is a dead end: by some acts of both sides each open one leads to done."""
    reached = {DONE}
    for _ in STATES:
        reached |= {s for c in CHANGES if c.target in reached for s in c.source}
    assert reached >= set(OPEN)


def test_an_act_needs_its_state_its_day_and_where_it_hurts_a_reason() -> None:
    day = date(2026, 10, 1)
    assert codes(check_change("submit", DONE, day, today=day, since=day)) == {"not_in_state"}
    early = check_change("return", SUBMITTED, day - timedelta(1), today=day, since=day)
    assert codes(early) == {"before_last_step", "reason_missing"}
    assert codes(check_change("begin", "assigned", day + timedelta(1), today=day, since=day)) == {"in_future"}


def test_a_limit_that_ends_on_a_day_off_ends_with_the_working_day_after_it() -> None:
    assert last_day(FRIDAY) == FRIDAY
    assert last_day(FRIDAY + timedelta(1)) == MONDAY
    assert last_day(date(2026, 9, 2)) == date(2026, 9, 3)
    assert late_by(FRIDAY, FRIDAY) == 0
    assert late_by(FRIDAY, MONDAY) == 1
    assert late_by(FRIDAY + timedelta(1), MONDAY) == 0


def test_due_soon_counts_working_days_and_is_said_to_be_unconfirmed() -> None:
    assert soon_until(FRIDAY) == date(2026, 11, 30)  # 24/11 is a holiday since 2026
    assert not DUE_SOON.at(FRIDAY).confirmed


@given(DAYS, st.integers(0, 40))
def test_lateness_never_begins_before_the_day_and_only_grows(due: date, more: int) -> None:
    assert last_day(due) >= due
    assert late_by(due, due) == 0
    assert late_by(due, due + timedelta(more)) <= late_by(due, due + timedelta(more + 1))


@pytest.mark.parametrize(
    ("day", "every", "times", "next_one"),
    [
        (date(2026, 1, 31), "monthly", 1, date(2026, 2, 28)),
        (date(2026, 1, 31), "monthly", 2, date(2026, 3, 31)),
        (date(2026, 1, 15), "quarterly", 1, date(2026, 4, 15)),
        (date(2028, 2, 29), "yearly", 1, date(2029, 2, 28)),
        (date(2026, 11, 30), "monthly", 1, date(2026, 12, 31)),
    ],
)
def test_what_comes_again_keeps_its_day_of_the_month(day: date, every: str, times: int, next_one: date) -> None:
    assert later(day, every, times) == next_one


# How a task stood


OPENED = Facts(WORKING, FRIDAY)


@pytest.mark.parametrize(
    ("facts", "on", "stood"),
    [
        (OPENED, FRIDAY, "not_due"),
        (OPENED, MONDAY, "overdue"),
        (Facts(DONE, FRIDAY, FRIDAY, MONDAY), MONDAY, "done_on_time"),
        (Facts(DONE, FRIDAY, MONDAY, MONDAY), MONDAY, "done_late"),
        (Facts(CANCELLED, FRIDAY, closed_on=MONDAY), MONDAY, "cancelled"),
        # Not accepted yet on the day asked about.
        (Facts(DONE, FRIDAY, FRIDAY, date(2026, 11, 25), handed=((FRIDAY, True),)), MONDAY, "not_due"),
        (Facts(CANCELLED, FRIDAY, closed_on=date(2026, 11, 25)), MONDAY, "overdue"),
        # Handed in in time: the giver's delay is not the doer's. Late: it stays late.
        (Facts(SUBMITTED, FRIDAY, handed=((FRIDAY, True),)), date(2026, 12, 4), "not_due"),
        (Facts(SUBMITTED, FRIDAY, handed=((MONDAY, True),)), date(2026, 12, 4), "overdue"),
        # Returned: the time does not begin anew.
        (Facts(WORKING, FRIDAY, handed=((date(2026, 11, 18), True), (FRIDAY, False))), MONDAY, "overdue"),
        # More time: until it was granted the old day held.
        (Facts(WORKING, MONDAY, extensions=(Extension(MONDAY, date(2026, 11, 18)),)), FRIDAY, "overdue"),
        (Facts(WORKING, MONDAY, extensions=(Extension(FRIDAY, date(2026, 11, 18)),)), FRIDAY, "not_due"),
    ],
)
def test_a_task_stands_as_was_known_on_the_day(facts: Facts, on: date, stood: str) -> None:
    assert outcome(facts, on) == stood


@given(DAYS, DAYS, st.sampled_from(OPEN))
def test_an_open_task_is_overdue_or_not_and_nothing_else(due: date, on: date, state: str) -> None:
    assert outcome(Facts(state, due), on) == ("overdue" if last_day(due) < on else "not_due")


def test_progress_is_counted_and_nothing_to_count_is_no_progress() -> None:
    assert Progress(1, 4).share == 25
    assert Progress(0, 0).share is None


# Giving


def task(**more: object) -> Given:
    given_task: dict[str, object] = {"title": "Việc", "deliverable": "Báo cáo", "start_on": FRIDAY, "due_on": MONDAY}
    return Given(**given_task | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "stands_against"),
    [
        ({}, set()),
        ({"title": ""}, {"title_missing"}),
        ({"due_on": date(2026, 11, 1)}, {"due_before_start"}),
        ({"until": FRIDAY}, {"due_after_parent"}),
        ({"every": "weekly"}, {"no_such_period"}),
        ({"deliverable": ""}, {"deliverable_missing"}),
        ({"measure": "percent"}, {"no_such_measure"}),
        ({"indicator": "members.admitted"}, {"measured_twice"}),
        ({"measure": "indicator", "deliverable": ""}, {"indicator_missing", "target_missing"}),
        ({"measure": "indicator", "indicator": "x", "target": Decimal(0)}, {"target_missing"}),
        ({"key_year": 2026}, {"key_incomplete"}),
        ({"key_year": 2026, "key_rank": 11}, {"key_rank"}),
    ],
)
def test_a_task_must_say_what_until_when_and_measured_how(more: dict[str, object], stands_against: set[str]) -> None:
    assert codes(check_given(task(**more))) == stands_against


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "stands_against"),
    [
        ("kế hoạch.docx", packed("[Content_Types].xml", b"<x/>"), set()),
        ("số liệu.ods", packed("mimetype", b"application/vnd.oasis"), set()),
        ("kế hoạch.docx", packed("virus.exe", b"MZ"), {"documents.file_other"}),
        ("kế hoạch.docx", packed("[Content_Types].xml", b"MZ"), {"documents.file_program"}),
        ("kế hoạch.docx", b"PK\x03\x04...", {"documents.file_broken"}),
        ("KH.PDF", b"%PDF-1.7", set()),
        ("kế hoạch.docx", b"MZ\x90\x00", {"file_not_taken"}),
        ("virus.exe", b"MZ\x90\x00", {"file_not_taken"}),
        ("không đuôi", b"%PDF-1.7", {"file_not_taken"}),
        ("rỗng.pdf", b"", {"file_empty"}),
        ("lớn.pdf", b"%PDF-" + bytes(MOST), {"file_too_big"}),
    ],
)
def test_only_what_an_office_opens_is_taken(name: str, content: bytes, stands_against: set[str]) -> None:
    assert codes(check_file(name, content)) == stands_against


# The line of time


@given(st.lists(st.tuples(DAYS, st.integers(0, 500)), max_size=6), st.integers(2020, 2029))
def test_every_bar_lies_inside_the_drawing(days: list[tuple[date, int]], year: int) -> None:
    spans = [(start, start + timedelta(length)) for start, length in days]
    drawn = window(spans, year)
    assert drawn.start.day == 1
    assert (drawn.end + timedelta(1)).day == 1
    for start, end in spans:
        bar = drawn.bar(start, end)
        inside = start <= date(year, 12, 31) and end >= date(year, 1, 1)
        assert (bar is not None) or not inside
        if bar is not None:
            assert 0 <= bar.left < 1
            assert bar.left + bar.width <= 1 + 1e-9
