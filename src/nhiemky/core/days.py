"""Days as people write them: day first, or ISO."""

from __future__ import annotations

import re
from datetime import date

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_day(text: str) -> date:
    """Read d/m/Y, d-m-Y, d.m.Y or Y-m-d.

    Raises:
        ValueError: the text is no day of the calendar in one of these forms.
    """
    text = text.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    if found := _ISO.fullmatch(text):
        return date(*(int(part) for part in found.groups()))
    raise ValueError(f"not a day: {text!r}")


def write_day(day: date) -> str:
    """dd/mm/yyyy, the same in both languages."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
