"""Where in a sheet the headings stand, which field each column is, and which rows are nobody's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nhiemky.domain.exchange.fields import FIELDS, NOT_TAKEN
from nhiemky.domain.exchange.reading import Cell, Sheet
from nhiemky.domain.names import clean, fold

_LOOKED_AT = 40
_SUBHEADINGS = frozenset(
    "nam nu ngay thang so du bi chinh thuc ten ho ngay cap noi cap quyet dinh ket nap gioi tinh".split()
) | {"du bi", "chinh thuc", "ngay cap", "noi cap", "ho dem", "quyet dinh", "ket nap"}


@dataclass(frozen=True)
class Layout:
    """`first` and `last`: the rows of the headings; `data`: rows of people; `skipped`: other rows, with why.

    `sections` gives for a row of people the heading of the part of the list they stand in ("Chi bộ thôn Đông").
    """

    first: int
    last: int
    headings: tuple[str, ...]
    columns: dict[int, str]
    data: tuple[int, ...]
    skipped: tuple[tuple[int, str], ...]
    sections: dict[int, str] = field(default_factory=dict)


def plain(heading: str) -> str:
    """A heading as it is compared: folded, no line breaks, no remark in brackets, no closing signs."""
    text = re.sub(r"\([^)]*\)", " ", fold(heading))
    return " ".join(re.sub(r"[.:*;_\-]+", " ", text).split()) or " ".join(fold(heading).split())


_KNOWN = {name: one.key for one in FIELDS for name in (plain(one.vi), plain(one.en), *one.headings)}


def guess(headings: Sequence[str]) -> dict[int, str]:
    """For each column the field that its heading names; a field is given to one column, the closest."""
    offers: list[tuple[int, int, str]] = []
    for at, heading in enumerate(headings):
        text = plain(heading)
        if not text or text in NOT_TAKEN:
            continue
        if text in _KNOWN:
            offers.append((1000 + len(text), -at, _KNOWN[text]))
            continue
        near = [(len(name), key) for name, key in _KNOWN.items() if len(name) > 4 and f" {name} " in f" {text} "]
        if near:
            length, key = max(near)
            offers.append((length, -at, key))
    columns: dict[int, str] = {}
    for _strength, at, key in sorted(offers, reverse=True):
        if key not in columns.values():
            columns[-at] = key
    return _with_given_names(headings, columns)


def _with_given_names(headings: Sequence[str], columns: dict[int, str]) -> dict[int, str]:
    """A name in two columns: family and middle names, then the given name."""
    by_key = {key: at for at, key in columns.items()}
    name, family = by_key.get("full_name"), by_key.get("family_name")
    if family is not None and name == family + 1:
        return {**columns, name: "given_name"}
    if name is not None and name + 1 < len(headings) and not headings[name + 1].strip() and "family_name" not in by_key:
        return {**columns, name: "family_name", name + 1: "given_name"}
    return columns


def layout(sheet: Sheet) -> Layout:
    """Find headings and people. Where no row reads as headings, the fullest of the first rows is taken for them."""
    top = min(len(sheet.rows), _LOOKED_AT)
    texts = [[_text(cell) for cell in row] for row in sheet.rows[: top + 2]]
    scores = [sum(plain(text) in _KNOWN or plain(text) in NOT_TAKEN for text in row if text) for row in texts[:top]]
    best = max(range(top), key=lambda at: (scores[at], -at))
    if scores[best] < 2:
        best = max(range(top), key=lambda at: (sum(bool(text) for text in texts[at]), -at))
    first, last = best, best
    if best > 0 and scores[best - 1] >= 2 and _is_below(texts[best - 1], texts[best]):
        first = best - 1
    elif best + 1 < len(texts) and _is_below(texts[best], texts[best + 1]):
        last = best + 1
    headings = _joined(texts[first], texts[last]) if last > first else tuple(texts[first])
    headings, columns = _named(sheet, headings, last)
    return _sorted_rows(sheet, first, last, headings, columns)


def _text(cell: Cell) -> str:
    return clean(cell) if isinstance(cell, str) else str(cell)


def _is_below(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row completes the headings above it: only short words that do so, some beside an empty cell."""
    filled = [(at, plain(text)) for at, text in enumerate(lower) if text]
    known = sum(text in _SUBHEADINGS for _at, text in filled)
    return bool(filled) and known * 2 > len(filled) and len(filled) < max(2, sum(map(bool, upper)) + 1)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two rows of headings as one: what was merged above goes on to the right where there is something below."""
    found, above = [], ""
    for high, low in zip(upper, lower, strict=True):
        above = high if high else (above if low else "")
        found.append(clean(f"{above} {low}"))
    return tuple(found)


def _named(sheet: Sheet, headings: tuple[str, ...], last: int) -> tuple[tuple[str, ...], dict[int, str]]:
    """The guess; a column without heading counts as one only if something stands in it."""
    below = sheet.rows[last + 1 : last + 1 + 50]
    empty = {at for at in range(len(headings)) if not any(row[at] != "" for row in below)}
    columns = guess([text or ("-" if at in empty else "") for at, text in enumerate(headings)])
    return headings, {at: key for at, key in columns.items() if headings[at] or at not in empty}


_TOTALS = re.compile(r"(tong cong|tong so|tong|cong)\b[\s:.]*(\(?\d[\d.]*\)?)?( dang vien| dong chi| nguoi)?[\s:.]*")
_INDEX = re.compile(r"\(?\d{1,3}\)?|\([a-z]\)")
_ORDER = re.compile(r"[ivxlc]+[.)]?|[a-z][.)]?|\d+([.)]\d*)*", re.IGNORECASE)


def _sorted_rows(sheet: Sheet, first: int, last: int, headings: tuple[str, ...], columns: dict[int, str]) -> Layout:
    data: list[int] = []
    skipped: list[tuple[int, str]] = [(at, "title") for at in range(first) if any(c != "" for c in sheet.rows[at])]
    sections: dict[int, str] = {}
    section = ""
    for at in range(last + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if len(row) - row.count("") > 4:  # a row of somebody, as nearly all are
            if at == last + 1 and all(_INDEX.fullmatch(_text(cell)) for cell in row if cell != ""):
                skipped.append((at, "numbering"))
                continue
            why = "total" if _is_total(row) else ""
        else:
            filled = [cell for cell in row if cell != ""]
            why = _why_nobody(filled)
        if why == "section":
            section = next((t for c in filled if not _ORDER.fullmatch(t := _text(c))), "")
        if why:
            skipped.append((at, why))
            continue
        data.append(at)
        if section:
            sections[at] = section
    return Layout(first, last, headings, columns, tuple(data), tuple(skipped), sections)


def _is_total(row: Sequence[Cell]) -> bool:
    """Whether the one text of the row, an order number aside, says that it is a sum."""
    found = ""
    for cell in row:
        if isinstance(cell, str) and cell and not _is_order(cell):
            if found:
                return False
            found = cell
    return bool(found) and _TOTALS.fullmatch(fold(found)) is not None


@lru_cache(maxsize=4096)
def _is_order(text: str) -> bool:
    return _ORDER.fullmatch(fold(text)) is not None


def _why_nobody(filled: Sequence[Cell]) -> str:
    """Why a row with few filled cells is nobody's; empty if it may be somebody's."""
    if not filled:
        return "empty"
    if _is_total(filled):
        return "total"
    texts = [_text(cell) for cell in filled]
    words = [text for text in texts if not _ORDER.fullmatch(text)]
    if not words:
        return "numbering"
    if len(words) == 1 and (len(texts) == 1 or (len(texts) == 2 and texts[1] in words and not texts[0].isdigit())):
        return "section"
    return ""
