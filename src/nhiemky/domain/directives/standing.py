"""How an asked unit stands on a day, told from what had happened by that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROGRAMME, PLAN, REPORT = ASKED_KINDS = ("programme", "plan", "report")
"""The papers a directive asks for; each is a type of document by the same name."""

IN_TIME, LATE_ISSUED, LATE, NOT_DUE, EXEMPT, WITHDRAWN = STATES = (
    "in_time", "issued_late", "late", "not_due", "exempt", "withdrawn",
)  # fmt: skip
ISSUED = (IN_TIME, LATE_ISSUED)
COUNTED = (LATE, NOT_DUE, LATE_ISSUED, IN_TIME, EXEMPT)
"""What a matrix counts, what needs doing first; an ask that was withdrawn asks nobody for anything."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one asked unit: `last_on` is the last day in time, the rest days that may not have come."""

    last_on: date
    answered_on: date | None = None
    exempt_on: date | None = None
    withdrawn_on: date | None = None


def standing(facts: Facts, on: date) -> str:
    """One of `STATES`. A paper counts by the day it was issued, not by the day it was entered.

    A paper that was issued counts as such even if the ask was withdrawn or the unit exempted later.
    """
    if facts.answered_on is not None and facts.answered_on <= on:
        return IN_TIME if facts.answered_on <= facts.last_on else LATE_ISSUED
    if facts.withdrawn_on is not None and facts.withdrawn_on <= on:
        return WITHDRAWN
    if facts.exempt_on is not None and facts.exempt_on <= on:
        return EXEMPT
    return LATE if facts.last_on < on else NOT_DUE
