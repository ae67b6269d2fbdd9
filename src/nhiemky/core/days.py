"""Days as people write them: day first, or ISO. Every day that is typed anywhere comes through here."""

from __future__ import annotations

import re
from datetime import date

from nhiemky.domain.periods import EARLIEST, LATEST

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def parse_day(text: str) -> date:
    """Read d/m/Y, d-m-Y, d.m.Y or Y-m-d.

    Raises:
        ValueError: the text is no day of the calendar in one of these forms, or none of the years 1900 to 2199.
    """
    found = _parsed(text.strip())
    if not EARLIEST <= found <= LATEST:
        raise ValueError(f"not a day of our time: {text!r}")
    return found


def _parsed(text: str) -> date:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    if found := _ISO.fullmatch(text):
        return date(*(int(part) for part in found.groups()))
    raise ValueError(f"not a day: {text!r}")


def parse_year(text: str, default: int) -> int:
    """A year of an address; what is none, or none of ours, is the default. "²" is a digit to Python and no number."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        return default
    return int(text) if EARLIEST.year <= int(text) <= LATEST.year else default


def write_day(day: date) -> str:
    """dd/mm/yyyy, the same in both languages."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
