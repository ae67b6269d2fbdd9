"""Which document of the register a citation means: one, several that it may be, or none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.documents.cited import Cited
from nhiemky.domain.names import fold

LINKED, SEVERAL, UNKNOWN = STATES = ("linked", "several", "unknown")

# The days on which the national congresses closed: with the day after, the term of the Central Committee begins.
# From memory, to be confirmed, but for the fourteenth (domain notes, section 0). They only narrow what a citation
# that names its term may mean; nothing is decided by them.
CONGRESSES = {
    8: date(1996, 7, 1),
    9: date(2001, 4, 22),
    10: date(2006, 4, 25),
    11: date(2011, 1, 19),
    12: date(2016, 1, 28),
    13: date(2021, 2, 1),
    14: date(2026, 1, 23),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the register: `issuer` is the symbol, `names` are its issuer's and the organ's that signed it."""

    id: int
    kind: str
    number: int | None
    issuer: str
    signed_on: date
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a citation may mean, and what of the citation it does not agree with: day, year, term, later."""

    id: int
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """`linked` has exactly one candidate that agrees; `several` has more; `unknown` only such as differ, or none."""

    state: str
    candidates: tuple[Candidate, ...] = ()


def match(cited: Cited, known: Iterable[Known], on: date) -> Match:
    """What the citation, in a text of the day `on`, means. Type, number and issuer have to agree; the day may be wrong.

    Nothing is guessed: where two documents bear the same number and the text does not tell them apart, there are two
    candidates, the latest first.
    """
    same = sorted((one for one in known if _same(cited, one)), key=lambda one: (one.signed_on, one.id), reverse=True)
    judged = [(one, _differs(cited, one, on)) for one in same]
    agreeing = _of_body(cited, [one for one, differs in judged if not differs])
    if len(agreeing) == 1 and cited.number is not None:
        return Match(LINKED, (Candidate(agreeing[0].id),))
    if agreeing:
        return Match(SEVERAL, tuple(Candidate(one.id) for one in agreeing))
    return Match(UNKNOWN, tuple(Candidate(one.id, differs) for one, differs in judged if len(differs) == 1))


def _same(cited: Cited, one: Known) -> bool:
    """Type, number and, where the text tells it, issuer. A number with a letter (30a) is no plain number."""
    if one.kind not in cited.kinds or cited.letter:
        return False
    by = not cited.issuer or cited.issuer.casefold() == one.issuer.casefold()
    return by and (one.number == cited.number if cited.number is not None else cited.term is not None)


def _differs(cited: Cited, one: Known, on: date) -> tuple[str, ...]:
    wrong = {
        "day": cited.on is not None and cited.on != one.signed_on,
        "year": cited.on is None and cited.year is not None and cited.year != one.signed_on.year,
        "term": cited.term is not None and not _in_term(cited.term, one.signed_on),
        "later": one.signed_on > on,
    }
    return tuple(name for name, holds in wrong.items() if holds)


def _in_term(term: int, day: date) -> bool:
    """Whether the day is within the term; what is not known of terms excludes nothing."""
    begin, end = CONGRESSES.get(term), CONGRESSES.get(term + 1)
    return (begin is None or begin < day) and (end is None or day <= end)


def _of_body(cited: Cited, found: list[Known]) -> list[Known]:
    """Those of the body that the text names, if any of them is: "Huyện ủy Bình Sơn" among all that sign as HU."""
    if len(found) < 2 or not cited.body:
        return found
    body = fold(cited.body)
    return [one for one in found if any(name and fold(name) in body for name in one.names)] or found
