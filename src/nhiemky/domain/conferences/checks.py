"""What may stand against a conference as it is planned: its times, its agenda."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from nhiemky.domain.conferences.kinds import KINDS, REVIEWS
from nhiemky.domain.findings import Finding

FIRST_YEAR, LAST_YEAR = 1930, 2100


def check_conference(
    kind: str, title: str, starts_at: time, ends_at: time | None, reviewed_year: int | None, held_year: int
) -> Iterator[Finding]:
    """What is wrong with the head of a conference."""
    if kind not in KINDS:
        yield Finding("conferences.no_such_kind", field="kind", value=kind)
    if not title:
        yield Finding("conferences.title_missing", field="title")
    if ends_at is not None and ends_at <= starts_at:
        facts = {"starts": f"{starts_at:%H:%M}", "ends": f"{ends_at:%H:%M}"}
        yield Finding("conferences.ends_before_start", field="ends_at", facts=facts)
    if kind in REVIEWS and reviewed_year is None:
        yield Finding("conferences.year_missing", field="reviewed_year")
    if reviewed_year is not None and not FIRST_YEAR <= reviewed_year <= held_year:
        years = {"reviewed_year": reviewed_year, "held_year": held_year}
        yield Finding("conferences.year_to_come", field="reviewed_year", facts=years)


def check_item(title: str, begins_at: time, minutes: int, starts_at: time, ends_at: time | None) -> Iterator[Finding]:
    """What is wrong with an agenda item of a conference between these hours."""
    if not title:
        yield Finding("conferences.item_untitled", field="title")
    if not 1 <= minutes <= 600:
        yield Finding("conferences.item_minutes", field="minutes", value=str(minutes))
    begins = begins_at.hour * 60 + begins_at.minute
    last = None if ends_at is None else ends_at.hour * 60 + ends_at.minute
    if begins_at < starts_at or (last is not None and begins + minutes > last):
        facts = {"begins": f"{begins_at:%H:%M}", "starts": f"{starts_at:%H:%M}",
                 "ends": f"{ends_at:%H:%M}" if ends_at else "–"}  # fmt: skip
        yield Finding("conferences.item_outside", field="begins_at", facts=facts)
