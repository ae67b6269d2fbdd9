"""A case led through its steps by the real services, up to wherever a test wants it."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders
from nhiemky.admissions.models import Case, StepTaken
from nhiemky.admissions.services import opening, stepping
from nhiemky.admissions.services.opening import Candidate
from nhiemky.admissions.services.stepping import Counts, Recommender, Taken
from nhiemky.members.models import Person

TODAY = builders.TODAY
CANDIDATE = Candidate("Trần Thị Mai", "female", date(2001, 3, 8), 1, general_education="upper_secondary")
# The days of a case that keeps every limit; C1 stands under the grassroots committee X1, and that under H1.
DAYS = {
    "noted": date(2024, 6, 3),
    "course": date(2024, 9, 10),
    "application": date(2024, 10, 1),
    "recommendation": date(2024, 10, 15),
    "background": date(2024, 12, 2),
    "opinions": date(2025, 1, 6),
    "cell_vote": date(2025, 2, 3),
    "grassroots": date(2025, 2, 24),
    "decision": date(2025, 3, 17),
    "ceremony": date(2025, 4, 2),
    "member_course": date(2025, 10, 6),
    "reviews": date(2026, 3, 2),
    "official_opinions": date(2026, 3, 16),
    "official_vote": date(2026, 4, 6),
    "official_grassroots": date(2026, 4, 20),
    "official_decision": date(2026, 5, 11),
}
ORDER = tuple(DAYS)


def members(cell: str = "C1", count: int = 9) -> list[Person]:
    """Official members of a cell: enough to vote."""
    made = []
    for number in range(count):
        who = builders.person(f"Lê Văn {chr(65 + number)}", cell, date(2015, 3, 2), born=date(1970, 5, number + 1))
        builders.book(who, "official_recognition", date(2016, 3, 2))
        made.append(who)
    return made


def opened(cell: str = "C1", **more: Any) -> Case:
    """A case that was just begun."""
    return opening.case_open(
        actor=builders.SYSTEM, unit_code=cell, candidate=CANDIDATE, noted_on=DAYS["noted"], today=TODAY, **more
    )


def take(case: Case, key: str, **more: Any) -> StepTaken:
    """One step on its day, or another one."""
    given: dict[str, Any] = {"on": DAYS.get(key), "paper_number": f"1-{key[:10]}", "paper_body": "Cấp ủy", **more}
    if key in ("grassroots", "decision", "official_grassroots", "official_decision"):
        given.setdefault("counts", Counts(present=11, in_favour=11, against=0, blank=0, base=11))
    if key in ("cell_vote", "official_vote"):
        given.setdefault("counts", Counts(present=9, in_favour=8, against=1, blank=0))
    if key == "recommendation":
        people = Person.objects.filter(official_on__isnull=False).order_by("pk")[:2]
        given.setdefault("recommenders", [Recommender(one.pk, date(2020, 1, 6)) for one in people])
    if key == "decision":
        given.setdefault("outcome", "admit")
    if key == "official_decision":
        given.setdefault("outcome", "recognise")
    return stepping.step_take(actor=builders.SYSTEM, case_id=case.pk, taken=Taken(key=key, **given), today=TODAY)


def led(until: str, cell: str = "C1") -> Case:
    """A case with every step up to and with this one."""
    members(cell)
    case = opened(cell)
    for key in ORDER[1 : ORDER.index(until) + 1]:
        take(case, key)
    return Case.objects.get(pk=case.pk)
