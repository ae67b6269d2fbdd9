"""Opinions of bodies on a draft: asked with working days to answer, given, late, or missing.

Silence is never counted as agreement: the rules on issuing documents set days for answers, not what silence means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from nhiemky.domain import workdays
from nhiemky.domain.findings import Finding

AGREES, WITH_CHANGES, DISAGREES = STANCES = ("agrees", "changes", "disagrees")
WAITING, OVERDUE, IN_TIME, LATE = STANDINGS = ("waiting", "overdue", "in_time", "late")
MOST_DAYS = 90
"""Nobody gives a body more working days than these to answer: a longer time is a slip of the pen."""


def due_on(asked_on: date, days: int) -> date:
    """The last day to answer: the day of asking is not counted."""
    return workdays.after(asked_on, days)


def standing(due: date, answered: date | None, on: date) -> str:
    """How an opinion stands on a day."""
    if answered is not None and answered <= on:
        return IN_TIME if answered <= due else LATE
    return WAITING if on <= due else OVERDUE


def check_asking(asked: Sequence[object], days: int, on: date, *, today: date, version: int) -> Iterator[Finding]:
    """What stands against asking bodies for their opinion on the latest text."""
    if version == 0:
        yield Finding("documents.draft_has_no_text", field="bodies")
    if not asked:
        yield Finding("documents.nobody_asked", field="bodies")
    if len(set(asked)) != len(asked):
        yield Finding("documents.asked_twice", field="bodies")
    if not 1 <= days <= MOST_DAYS:
        yield Finding("documents.days_to_answer", field="days", value=str(days), facts={"most": MOST_DAYS})
    if on > today:
        yield Finding("documents.day_to_come", field="on", facts={"on": on, "today": today})


def check_answer(stance: str, text: str, on: date, *, today: date, asked_on: date) -> Iterator[Finding]:
    """What stands against an answer: whoever does not simply agree says what should change."""
    if stance != AGREES and not text:
        yield Finding("documents.opinion_unsaid", field="text")
    if on > today:
        yield Finding("documents.day_to_come", field="on", facts={"on": on, "today": today})
    if on < asked_on:
        yield Finding("documents.answer_before_asked", field="on", facts={"on": on, "asked": asked_on})


def check_enough(waiting: int, last_due: date | None, on: date) -> Iterator[Finding]:
    """What stands against going on: somebody asked may still answer in time. After the last day one goes on without."""
    if waiting and last_due is not None and on <= last_due:
        yield Finding("documents.opinions_wait", facts={"count": waiting, "due": last_due})
