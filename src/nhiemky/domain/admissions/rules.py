"""Values of the rules of admission, each with the days on which it was in force.

Four regulations on applying the statutes follow each other: 29-QĐ/TW (2016), 24-QĐ/TW of 30 July 2021, 232-QĐ/TW of
20 January 2025 and 294-QĐ/TW, in force since 1 July 2025. A value that was seen under one of them only ships under
the others as "to be confirmed".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from nhiemky.domain.dated import Dated, Step

Value = TypeVar("Value")

STATUTES = date(2011, 1, 19)
REGULATIONS = (
    (date(2016, 7, 25), "Quy định 29-QĐ/TW (2016)"),
    (date(2021, 7, 30), "Quy định 24-QĐ/TW ngày 30/7/2021"),
    (date(2025, 1, 20), "Quy định 232-QĐ/TW ngày 20/01/2025"),
    (date(2025, 7, 1), "Quy định 294-QĐ/TW ngày 26/5/2025"),
)


def _regulated(name: str, value: Value, point: str = "", *, seen_in: Collection[str] = ()) -> Dated[Value]:
    """The value under each regulation, confirmed only under those in which it was seen."""
    return Dated(
        name,
        tuple(
            Step(start, value, f"{cites}{point}", confirmed=any(seen in cites for seen in seen_in))
            for start, cites in REGULATIONS
        ),
    )


@dataclass(frozen=True, slots=True)
class Majority:
    """The least share of votes, and of whom: `of` is "official_members" of the cell or "committee_members"."""

    part: int
    whole: int
    of: str

    def needed(self, base: int) -> int:
        """The least number of votes, of so many who count."""
        return -(-base * self.part // self.whole)


PROCEDURE = Dated(
    "admissions.procedure",
    tuple(Step(start, cites, cites) for start, cites in REGULATIONS),
)
"""Which regulation governs what is done on a day."""

OLDEST_AGE = _regulated("admissions.oldest_age", 60, ", điểm 1", seen_in=("24-QĐ/TW",))
"""Full years on the day the cell considers the case; above it the committee directly under the centre decides."""
EDUCATION = _regulated("admissions.education", "lower_secondary", ", điểm 1", seen_in=("24-QĐ/TW",))
"""The least general education; exceptions for mountain, island and minority areas follow the Secretariat's guidance."""

CELL_MAJORITY = Dated(
    "admissions.cell_majority", (Step(STATUTES, Majority(2, 3, "official_members"), "Điều lệ Đảng, điều 4"),)
)
COMMITTEE_MAJORITY = Dated(
    "admissions.committee_majority",
    (Step(STATUTES, Majority(2, 3, "committee_members"), "Quy định thi hành Điều lệ Đảng", confirmed=False),),
)
BALLOTS = _regulated("admissions.ballots", 3, seen_in=("24-QĐ/TW",))
"""After so many ballots without a majority for or against, the case of a probationary member goes up."""

RECOMMENDERS = Dated("admissions.recommenders", (Step(STATUTES, 2, "Điều lệ Đảng, điều 4"),))
RECOMMENDERS_WITH_UNION = Dated(
    "admissions.recommenders_with_union", (Step(STATUTES, 1, "Điều lệ Đảng, điều 4 (Đoàn Thanh niên giới thiệu)"),)
)
RECOMMENDER_MONTHS = _regulated("admissions.recommender_months", 12, seen_in=("24-QĐ/TW",))
"""How long a recommender must have worked with the person."""

COURSE_MONTHS = Dated(
    "admissions.course_months", (Step(STATUTES, 60, "Hướng dẫn nghiệp vụ công tác đảng viên", confirmed=False),)
)
"""How long the certificate of the awareness course holds."""
CHECK_MONTHS = Dated(
    "admissions.check_months", (Step(STATUTES, 12, "Hướng dẫn nghiệp vụ công tác đảng viên", confirmed=False),)
)
"""How long the check of the personal history holds."""

CEREMONY_DAYS = _regulated("admissions.ceremony_days", 30, seen_in=("24-QĐ/TW",))
"""Working days from receiving the decision; a later ceremony needs the upper committee's consent."""
RECOGNITION_DAYS = _regulated("admissions.recognition_days", 30, seen_in=("24-QĐ/TW",))
"""Working days after the end of probation within which the cell must consider the official status."""
COMMITTEE_DAYS = _regulated("admissions.committee_days", 30)
"""Working days that each committee has."""
