"""Time limits of transfers, each with the unit of its days, and where a person under way is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from nhiemky.domain import workdays
from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.transfers.kinds import STUDY, WORK

_DAY = timedelta(days=1)
_STATUTES = date(2011, 1, 19)
_NEW = "Quy định 294-QĐ/TW (2025), điểm 6.3.1"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days; `working` days by the holiday calendar, or else calendar days."""

    days: int
    working: bool

    def last_day(self, since: date) -> date:
        """The last day that still keeps the limit, counted from a day that itself does not count."""
        return workdays.after(since, self.days) if self.working else since + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Length:
    """Months of a temporary stay, at least and at most; `below`: the most must not be reached."""

    least: int
    most: int
    below: bool = False


START = Dated("transfers.start_limit", (Step(date(2025, 7, 1), Limit(60, working=True), _NEW),))
"""From the decision or move until the letter of introduction. No rule is known to us for earlier days."""
PRESENT = Dated(
    "transfers.present_limit",
    (
        Step(_STATUTES, Limit(30, working=False), "Hướng dẫn chuyển sinh hoạt đảng trước 01/7/2025", confirmed=False),
        Step(date(2025, 7, 1), Limit(30, working=True), _NEW),
    ),
)
"""From the letter until it is presented at the new place."""
TEMPORARY_MONTHS = Dated(
    "transfers.temporary_months",
    (
        Step(
            date(2016, 7, 25),
            {WORK: Length(3, 12, below=True), STUDY: Length(3, 24)},
            "Quy định 29-QĐ/TW (2016)",
        ),
    ),
)
UNDER_WAY = Dated(
    "transfers.under_way", (Step(_STATUTES, "sender", "Theo cách làm hiện nay, chưa thấy văn bản", confirmed=False),)
)
"""To whom a person belongs between letter and receipt: "sender", or "receiver"."""
UNRESOLVED = Dated(
    "transfers.unresolved",
    (Step(_STATUTES, True, "Mẫu đơn xin chuyển sinh hoạt đảng (2021)", confirmed=False),),
)
"""Whether an unresolved inspection, examination or complaint holds a transfer up."""


def present_by(letter_on: date) -> date:
    """The last day on which a letter can still be presented in time."""
    return PRESENT.at(letter_on).value.last_day(letter_on)


@lru_cache(maxsize=64)
def overdue_before(today: date) -> date:
    """Letters of days before this one should have been presented by yesterday: lists are cut by it."""
    day = today
    while present_by(day) >= today:
        day -= _DAY
    return day + _DAY


def day_of_entry(letter_on: date, received_on: date, rule: Dated[str] = UNDER_WAY) -> date:
    """The ledger's day of a received transfer: until then the person is counted with the sender."""
    return received_on if rule.at(received_on).value == "sender" else letter_on
