"""What a cell means: days day-first, words for sex and standing, choices by their names, numbers with their zeros.

Every reader answers the value and what is to be told about it. A finding that does not block is a warning; where a
value cannot be understood it is None, and the finding blocks for the fields a row cannot do without.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from nhiemky.domain.exchange.reading import Cell
from nhiemky.domain.exchange.words import ALIASES
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.names import clean, fold

Read = tuple[Any, tuple[Finding, ...]]


def text_of(cell: Cell) -> str:
    """A cell as text: what a program took for a number without its ".0", a day as dd/mm/yyyy, no control characters."""
    if isinstance(cell, str):
        return clean(cell if cell.isprintable() else "".join(c if c.isprintable() else " " for c in cell))
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def _warning(code: str, key: str, cell: Cell, **facts: object) -> Finding:
    return Finding(f"exchange.{code}", field=key, value=text_of(cell)[:60], facts=facts, blocks=False)


def _unread(key: str, cell: Cell, *, needed: bool) -> Read:
    """Not understood: the row is refused, or, where it can do without, the cell is left out and that is told."""
    code = "exchange.not_understood" if needed else "exchange.left_out"
    value = "" if key in PARTICULAR and PARTICULAR[key].sealed else text_of(cell)[:60]
    return None, (Finding(code, field=key, value=value, blocks=needed),)


# --- Days ------------------------------------------------------------------------------------------------------------

_EPOCH = date(1899, 12, 30)
_SERIALS = (2101, 80_000)  # October 1905 to 2119; smaller numbers are years
_YEARS = (1900, 2100)
_DAY = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})\D(\d{4})")
_TIME = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_WORDS = re.compile(r"\b(ngay|thang|nam|sinh)\b")
YOUNGEST = 16
"""Nobody younger stands in a register of members: a birth year of two digits is the latest that keeps this."""


def day_of(cell: Cell, key: str, today: date) -> tuple[date | None, bool, tuple[Finding, ...]]:
    """The day, whether only its year (or month) is known, and what is to be told. None: it cannot be read."""
    if isinstance(cell, datetime):
        return cell.date(), False, ()
    if isinstance(cell, date):
        return cell, False, ()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_number(cell, key)
    text = _WORDS.sub(" ", _TIME.sub("", fold(text_of(cell)))).strip(" ./-,'")
    text = re.sub(r"[\s./\-,]+", "/", text)
    return _day_of_text(text, key, cell, today)


def _day_of_number(number: float, key: str) -> tuple[date | None, bool, tuple[Finding, ...]]:
    if number != number or abs(number) > 99_999_999:
        return None, False, ()
    whole = int(number)
    if _YEARS[0] <= whole <= _YEARS[1] and whole == number:
        return _year(whole, key)
    if _SERIALS[0] <= whole <= _SERIALS[1]:
        return (day := _EPOCH + timedelta(days=whole)), False, (_warning("day_of_serial", key, whole, day=day),)
    return _eight(f"{whole:08d}", key, whole)


def _eight(text: str, key: str, cell: Cell) -> tuple[date | None, bool, tuple[Finding, ...]]:
    """Eight digits run together: 02091990."""
    day = _date(int(text[4:]), int(text[2:4]), int(text[:2]))
    return day, False, (_warning("day_understood", key, cell, day=day),) if day else ()


def _year(year: int, key: str) -> tuple[date | None, bool, tuple[Finding, ...]]:
    return date(year, 1, 1), True, ()


def _day_of_text(text: str, key: str, cell: Cell, today: date) -> tuple[date | None, bool, tuple[Finding, ...]]:
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _date(year, month, day), False, ()
    if found := _DAY.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        year = _century(int(found[3]), key, today) if len(found[3]) == 2 else int(found[3])
        told = (_warning("century", key, cell, year=year),) if len(found[3]) == 2 else ()
        if day == month == 0:
            return date(year, 1, 1), True, told
        return _date(year, month, day), False, told
    if found := _MONTH.fullmatch(text):
        month, year = int(found[1]), int(found[2])
        day_one = _date(year, month or 1, 1)
        return day_one, True, (_warning("month_only", key, cell, year=year, month=month),) if day_one else ()
    if re.fullmatch(r"\d{4}", text) and _YEARS[0] <= int(text) <= _YEARS[1]:
        return _year(int(text), key)
    if re.fullmatch(r"\d{8}", text):
        return _eight(text, key, cell)
    return None, False, ()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _century(two: int, key: str, today: date) -> int:
    latest = today.year - (YOUNGEST if key.startswith("birth") else 0)
    return 2000 + two if 2000 + two <= latest else 1900 + two


def _read_birth(key: str, today: date) -> Callable[[Cell], Read]:
    def read(cell: Cell) -> Read:
        day, year_only, told = day_of(cell, key, today)
        return ((day, year_only), told) if day else _unread(key, cell, needed=True)

    return read


def _read_day(key: str, today: date) -> Callable[[Cell], Read]:
    def read(cell: Cell) -> Read:
        day, year_only, told = day_of(cell, key, today)
        if day is None:
            return _unread(key, cell, needed=True)
        return (None, (_warning("day_incomplete", key, cell),)) if year_only else (day, told)

    return read


# --- Words -----------------------------------------------------------------------------------------------------------

_NEEDED = frozenset({"sex", "ethnic_group"})


def _names_of(key: str) -> dict[str, str]:
    names = {plain_word(name): choice for choice, pair in PARTICULAR[key].choices.items() for name in pair}
    return {**names, **{choice: choice for choice in PARTICULAR[key].choices}, **ALIASES.get(key, {})}


def plain_word(text: str) -> str:
    """A word as it is compared: folded, signs between letters as spaces ("H'Mông", "Cơ-tu")."""
    return " ".join(re.sub(r"[^\w/]+|_", " ", fold(text)).split())


def _read_choice(key: str) -> Callable[[Cell], Read]:
    names, needed = _names_of(key), key in _NEEDED
    parts = sorted((name for name in names if len(name) > 1 and not name.isdigit()), key=len, reverse=True)

    def read(cell: Cell) -> Read:
        text = plain_word(text_of(cell))
        found = names.get(text, names.get(text.replace(" ", "")))
        if found is None and key == "general_education":
            found = _school(text)
        if found is None and not needed:
            # "ĐH Sư phạm Toán", "Cử nhân Luật": the words that begin it tell the grade.
            found = next((names[name] for name in parts if text.startswith(f"{name} ")), None)
        return (found, ()) if found is not None else _unread(key, cell, needed=needed)

    return read


def _school(text: str) -> str | None:
    """Classes passed, of ten or of twelve: "9/12"."""
    found = re.fullmatch(r"(?:lop )?(\d{1,2})(?:/(10|12))?", text)
    if not found:
        return None
    passed, of = int(found[1]), int(found[2] or 12)
    if not 1 <= passed <= of:
        return None
    upper, lower = (8, 5) if of == 10 else (10, 6)
    return "upper_secondary" if passed >= upper else "lower_secondary" if passed >= lower else "primary"


def _read_flag(key: str) -> Callable[[Cell], Read]:
    words = ALIASES[key]

    def read(cell: Cell) -> Read:
        text = plain_word(text_of(cell))
        return (bool(words[text]), ()) if text in words else _unread(key, cell, needed=False)

    return read


def _read_standing(cell: Cell) -> Read:
    found = ALIASES["standing"].get(plain_word(text_of(cell)))
    return (found, ()) if found else _unread("standing", cell, needed=True)


# --- Numbers that are text -------------------------------------------------------------------------------------------

_LENGTHS = {"card_number": (5, 8), "identity_number": (10, 12)}
"""So many digits at least, and so many when the zeros that a program ate are given back."""


def _digits(cell: Cell) -> str:
    if isinstance(cell, str) and cell.isdecimal() and cell.isascii():
        return cell
    return re.sub(r"[\s.\-]", "", text_of(cell).lstrip("'"))


def _read_number(key: str) -> Callable[[Cell], Read]:
    least, full = _LENGTHS[key]
    sealed = PARTICULAR[key].sealed

    def read(cell: Cell) -> Read:
        digits = _digits(cell)
        if key == "identity_number" and len(digits) == 9 and digits.isdecimal():
            return None, (Finding("exchange.old_identity", field=key, blocks=False),)
        if digits.isascii() and digits.isdecimal() and least <= len(digits) < full:
            code = "exchange.zero_added_sealed" if sealed else "exchange.zero_added"
            told = Finding(code, field=key, value="" if sealed else digits.zfill(full), blocks=False)
            return digits.zfill(full), (told,)
        return digits, ()

    return read


def _read_phone(cell: Cell) -> Read:
    if isinstance(cell, str) and len(cell) == 10 and cell[0] == "0" and cell.isdecimal() and cell.isascii():
        return cell, ()
    first, *more = re.split(r"[/;,]|\s-\s", text_of(cell).lstrip("'"))
    digits = re.sub(r"[ .\-()]", "", first)
    told: tuple[Finding, ...] = (_warning("one_of_several", "phone", cell),) if any(more) else ()
    if digits.isdecimal() and digits.isascii():
        if digits.startswith("84") and len(digits) == 11:
            digits = f"0{digits[2:]}"
        elif len(digits) == 9 and digits[0] in "235789":
            digits = f"0{digits}"
            told = (*told, Finding("exchange.zero_added", field="phone", value=digits, blocks=False))
    return digits, told


def _read_text(cell: Cell) -> Read:
    return text_of(cell) or None, ()


def readers(today: date) -> dict[str, Callable[[Cell], Read]]:
    """For every field what makes a value of a cell."""
    made: dict[str, Callable[[Cell], Read]] = {"phone": _read_phone, "standing": _read_standing}
    made |= {key: _read_number(key) for key in _LENGTHS}
    made |= dict.fromkeys(("birth_date", "birth_male", "birth_female"), _read_birth("birth_date", today))
    made |= {key: _read_day(key, today) for key in ("decided_on", "admitted_on", "official_on")}
    made |= {key: _read_choice(key) for key, one in PARTICULAR.items() if one.kind == "choice"}
    return {**made, "birth_year_only": _read_flag("birth_year_only")}


def reader(key: str, today: date) -> Callable[[Cell], Read]:
    """The reader of one field; text where nothing else is known."""
    return readers(today).get(key, _read_text)
