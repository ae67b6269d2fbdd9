"""How long data of people who left are kept, and what shredding leaves so that no sum changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from nhiemky.domain.dated import Dated, Step

RETENTION_YEARS = Dated(
    "rights.retention_years",
    (
        Step(
            date(2026, 1, 1),
            10,
            "Luật 91/2025/QH15: chỉ lưu trong thời gian cần thiết; số năm cụ thể chưa có văn bản, do cấp ủy quyết định",
            confirmed=False,
        ),
    ),
)
"""Years after death, transfer out or leaving the Party, after which nothing may be kept that tells who it was."""

IDENTIFYING = (
    "full_name", "birth_date", "home_place", "residence", "phone", "card_number", "file_number", "identity_number",
)  # fmt: skip
"""What tells who somebody is: emptied, in the person and in the history of changes."""
COUNTED = (
    "sex", "birth_year_only", "ethnic_group", "religion", "occupation", "general_education", "qualification",
    "academic_title", "political_theory", "decided_on",
)  # fmt: skip
"""What figures and statistics of past days are counted by: kept, with its changes (docs/adr/019)."""

_HALF_YEARS = ((6, 30), (12, 31))


def coarsened(born: date, days: Iterable[date]) -> date:
    """The earliest birthday of the same year with which every age that is counted stays the same.

    Ages are counted at the end of each half-year, and on `days`: the days of the person's own entries. So only the
    year stays true, and the part of it between two of those days.
    """
    counted = {*_HALF_YEARS, *((day.month, day.day) for day in days)}
    before = [mark for mark in counted if mark < (born.month, born.day)]
    if not before:
        return date(born.year, 1, 1)
    month, day = max(before)
    try:
        return date(born.year, month, day) + timedelta(days=1)
    except ValueError:  # 29 February, in a year that has none
        return date(born.year, 3, 1)
