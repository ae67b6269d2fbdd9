"""What follows a number: the day, the issuer in words, the term, in any order, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nhiemky.domain.documents.citation_letters import Levelled
from nhiemky.domain.documents.citation_numbers import Day, read_day
from nhiemky.domain.documents.citation_words import BODIES, BODY, PLACE_WORDS, SESSION, TERM, roman

_WORD = re.compile(r" {1,9}([^\W\d_]{1,12})(?![\w])")


@dataclass(frozen=True, slots=True)
class Tail:
    """What was read up to `end`."""

    end: int
    day: Day | None = None
    body: str = ""
    issuer: str = ""
    term: int | None = None
    session: int | None = None

    def __bool__(self) -> bool:
        return self.day is not None or bool(self.body) or self.term is not None


def read_tail(at: int, text: Levelled) -> Tail:
    """What follows here; an empty one ends where it begins."""
    tail = Tail(at)
    for _turn in range(4):
        more = _next(tail, text)
        if more is None:
            break
        tail = more
    return tail


def _next(tail: Tail, text: Levelled) -> Tail | None:
    if tail.day is None and (day := read_day(tail.end, text)):
        return replace(tail, day=day, end=day.end)
    if tail.term is None and (session := read_session(tail.end, text)):
        return replace(session, day=tail.day, body=tail.body or session.body, issuer=tail.issuer or session.issuer)
    if not tail.body and (found := BODY.match(text.plain, tail.end)):
        return _with_body(tail, found, text)
    if tail.term is None and (found := TERM.match(text.plain, tail.end)):
        return replace(tail, term=roman(found["term"]), end=_closed(found))
    return None


def _closed(found: re.Match[str]) -> int:
    """Where it ends: with the bracket, if one was opened."""
    opened = found["open"] == "("
    return found.end() if opened or not found["close"] else found.start("close")


def read_session(at: int, text: Levelled) -> Tail | None:
    """A session of the Central Committee: "Trung ương 6 khóa XII"."""
    found = SESSION.match(text.plain, at)
    if found is None:
        return None
    session = int(found["session"]) if found["session"] else None
    return Tail(_closed(found), None, "Ban Chấp hành Trung ương", "TW", roman(found["term"]), session)


def _with_body(tail: Tail, found: re.Match[str], text: Levelled) -> Tail:
    at = int((found.lastgroup or "b0").removeprefix("b"))
    pattern, symbol = BODIES[at]
    end = _place(found.end(), text) if pattern.endswith("*") else found.end()
    opened = "(" in found["of"]
    body = " ".join(text.composed[found.end("of") : end].split())
    if opened and text.plain.startswith(")", end):
        end += 1
    return replace(tail, body=body, issuer=symbol, end=end)


def _place(at: int, text: Levelled) -> int:
    """Past the name of a place: words for its level, then at most four words with a capital."""
    end, names = at, 0
    while names < 4 and (found := _WORD.match(text.composed, end)):
        plain = text.plain[found.start(1) : found.end(1)]
        if found[1][0].isupper() and not found[1].isupper():
            names += 1
        elif names or plain not in PLACE_WORDS:
            break
        end = found.end()
    return end
