"""Numbers and days of documents as they are written, read at a place of levelled text.

Party: 21-KL/TW, 98-KH/Th.U; state: 356/2025/NĐ-CP, 91/2025/QH15, 12/NQ-HĐND; letters of state bodies: 4512/UBND-NC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.documents.citation_letters import Levelled
from nhiemky.domain.documents.citation_words import GAP, ISSUERS, TYPE, TYPES

_END = "(?![a-z0-9])"
_ISSUER = (
    r"(?P<issuer>t ?w|t\. ?[uw]|th ?\. ?u|d ?\. ?u|[a-z]{1,14})(?P<joint>-[a-z]{2,12})?"
    "(?![a-z]|[0-9]{3}|[0-9]{1,2}[a-z])"  # "TW1": the mark of a note stuck to it
)
_TYPE = rf"(?P<type>{TYPE})"
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
DIGITS = re.compile(r"(?P<number>[0-9][0-9oli]{0,4}|[oli][0-9][0-9oli]{0,3})(?P<letter>[a-e])?(?![0-9])")
APART = re.compile(r"(?P<number>[0-9](?: [0-9]){1,3})(?P<letter>)(?= ?-)")
# How a number goes on, in the order in which they are tried.
_FORMS = {
    "party": rf"{GAP}-?{GAP}{_TYPE}{GAP}/{GAP}{_ISSUER}",
    "other": rf"{GAP}-{GAP}(?P<type>[a-z]{{1,5}}){GAP}/{GAP}{_ISSUER}",
    "state": rf"/{_YEAR}/(?:{_TYPE}-)?(?P<issuer>[a-z]{{2,10}}[0-9]{{0,2}}(?:-[a-z]{{2,12}}){{0,3}}){_END}",
    "plain": rf"{GAP}/{GAP}{_TYPE} ?[-/] ?(?P<issuer>[a-z]{{2,10}}[0-9]{{0,2}}(?:-[a-z]{{2,12}}){{0,2}}){_END}",
    "letter": rf"/(?P<issuer>[a-z]{{2,12}})-[a-z]{{1,10}}{_END}",
    "year": rf"/{_YEAR}(?![0-9a-z/-])",
    "dashes": rf"-{_TYPE}-(?P<issuer>tw|tu|hu|du){_END}",
    "type": rf"-{_TYPE}(?![a-z0-9/-])",
    "issuer": rf"/(?P<issuer>tw|tu|hu|du){_END}",
}
FORMS = {name: re.compile(pattern) for name, pattern in _FORMS.items()}
# "47-QĐ/TWcủa": the next word stuck to a symbol in capitals.
_GLUED = re.compile("[A-ZĐ]{2,12}(?=[^A-ZĐ\\W\\d_]{2})")
WITHOUT_HEAD = ("party", "other", "state", "plain")

_ON = (
    rf"{GAP}(?P<open>[,(])?{GAP}(?:(?:duoc {GAP})?(?:ky|ban{GAP}hanh|ra) {GAP})?ngay{GAP}(?:m[uo]ng {GAP})?"
    rf"(?P<d>[0-9]{{1,2}}){GAP}"
)
_DAYS = (
    re.compile(rf"{_ON}[/.-]{GAP}(?P<m>[0-9]{{1,2}}){GAP}[/.-]{GAP}(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"),
    re.compile(rf"{_ON}thang{GAP}(?P<m>[0-9]{{1,2}}),?{GAP}nam{GAP}(?P<y>[0-9]{{4}})(?![0-9])"),
    re.compile(rf"{GAP}(?P<open>\(){GAP}(?P<d>[0-9]{{1,2}})[/.-](?P<m>[0-9]{{1,2}})[/.-](?P<y>[0-9]{{4}})(?=\))"),
    re.compile(rf"(?P<open>,){GAP}(?P<d>[0-9]{{1,2}})[/.-](?P<m>[0-9]{{1,2}})[/.-](?P<y>[0-9]{{4}})(?![0-9/-])"),
    re.compile(rf"{GAP}(?P<open>[,(])?{GAP}ngay{GAP}(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}})(?![0-9])"),
)
_YEAR_ONLY = (
    re.compile(
        rf"(?: {GAP}thang{GAP}[0-9]{{1,2}}(?:{GAP}/{GAP}| {GAP}nam{GAP})| {GAP}nam{GAP})"
        "(?P<y>(?:19|20)[0-9]{2})(?![0-9/]|[.][0-9])"
    ),
    re.compile(rf"{GAP}\({GAP}(?:nam{GAP})?(?P<y>(?:19|20)[0-9]{{2}}){GAP}\)"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read up to `end`.

    Its form ("" for a bare one), value, letter (30a), the symbols of type and issuer, the year it bears, and the types
    the symbol stands for.
    """

    end: int
    form: str
    value: int
    letter: str = ""
    type: str = ""
    kinds: tuple[str, ...] = ()
    issuer: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or only a year, and where its words end."""

    end: int
    on: date | None
    year: int


ALL = tuple(FORMS)


def read_number(at: int, text: Levelled, *, forms: tuple[str, ...] = ALL, apart: bool = False) -> Number | None:
    """The number that begins here, with the symbols that belong to it; None if there is none.

    `apart` allows for figures that a machine set apart: "số 2 1 -NQ/TW".
    """
    digits = DIGITS.match(text.plain, at)
    if apart and (loose := APART.match(text.plain, at)):
        digits = loose
    if digits is None:
        return None
    value = int(digits["number"].replace(" ", "").replace("o", "0").replace("l", "1").replace("i", "1"))
    for name in forms:
        if found := FORMS[name].match(text.plain, digits.end()):
            return _symbols(name, found, text, value, digits["letter"] or "")
    if digits["letter"] or not digits["number"].isdigit():
        return None
    return Number(digits.end(), "", value)


def _symbols(form: str, found: re.Match[str], text: Levelled, value: int, letter: str) -> Number:
    given = found.groupdict()
    symbol, kinds = _type(given.get("type") or "", found, text)
    issuer, end = _issuer(found, text)
    if form == "letter":
        kinds = ("letter",)
    year = int(given["year"]) if given.get("year") else None
    return Number(end, form, value, letter, symbol, kinds, issuer, year)


def _type(symbol: str, found: re.Match[str], text: Levelled) -> tuple[str, tuple[str, ...]]:
    if not symbol:
        return "", ()
    known = TYPES.get(symbol.replace(" ", ""))
    return known or (text.composed[found.start("type") : found.end("type")].upper(), ())


def _issuer(found: re.Match[str], text: Levelled) -> tuple[str, int]:
    """The issuer's symbol, and where the number ends: a hyphen before a small letter is a dash of the sentence."""
    if "issuer" not in found.re.groupindex:
        return "", found.end()
    start, end = found.span("issuer")
    if glued := _GLUED.match(text.composed, start, end):
        return ISSUERS.get(text.plain[start : glued.end()], glued[0].upper()), glued.end()
    if found.groupdict().get("joint") and text.composed[end + 1].isupper():
        end = found.end()
    written = text.composed[start:end].replace(" ", "")
    plain = text.plain[start:end].replace(" ", "")
    if "Ư" in written.upper():
        return "TW", end
    return ISSUERS.get(plain) or _as_written(written, plain), end if found.groupdict().get("joint") else found.end()


def _as_written(written: str, plain: str) -> str:
    return "-".join(
        ISSUERS.get(p) or (w.upper() if "đ" in w.lower() else p.upper())
        for w, p in zip(written.split("-"), plain.split("-"), strict=False)
    )


def read_day(at: int, text: Levelled) -> Day | None:
    """The day of signing that follows here; a day that the calendar does not have is none."""
    for pattern in _DAYS:
        if found := pattern.match(text.plain, at):
            return _day(found, text)
    for pattern in _YEAR_ONLY:
        if found := pattern.match(text.plain, at):
            return Day(found.end(), None, int(found["y"]))
    return None


def _day(found: re.Match[str], text: Levelled) -> Day | None:
    year = int(found["y"]) + (0 if len(found["y"]) == 4 else 2000)
    try:
        on = date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    end = found.end()
    if found["open"] == "(" and text.plain.startswith(")", end):
        end += 1
    return Day(end, on, year) if 1930 <= year <= 2100 else None
