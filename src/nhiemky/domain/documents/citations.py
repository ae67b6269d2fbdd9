"""Which documents a Vietnamese text cites, and where.

One pass over the levelled text: an anchor (a type of document in words, or a number with its symbol) is read on as far
as it goes, by patterns of bounded length that never go back over what an earlier one has read. So the time grows with
the length of the text, whatever the text. What later short mentions mean is settled in `mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhiemky.domain.documents import mentions
from nhiemky.domain.documents.citation_letters import Levelled, level
from nhiemky.domain.documents.citation_numbers import WITHOUT_HEAD, Number, read_number
from nhiemky.domain.documents.citation_tails import Tail, read_session, read_tail
from nhiemky.domain.documents.citation_words import (
    ANY_MIDDLE,
    BARE_SHORT,
    COUNTED,
    FOLLOWS,
    GAP,
    HEAD,
    HEADS,
    MIDDLE,
    NUMBERED_BY_YEAR,
    SHORT_HEADS,
    STRONG,
    TYPES,
    WEAK,
    YEARS_ON,
)
from nhiemky.domain.documents.cited import Cited

_ANCHOR = re.compile(
    rf"(?P<head>{HEAD})(?![a-z0-9])|(?P<short>{'|'.join(SHORT_HEADS)})(?=[ 0-9])|(?P<digits>[0-9]{{1,5}})(?= ?[a-z/-])"
)
_ENDS = re.compile(r"(?![0-9a-z%/]|[.,][0-9]| ?%|-[0-9a-z])")
_HEAD = re.compile(rf"(?:{HEAD})(?![a-z0-9])")
_SO = re.compile(rf"{GAP}:?{GAP}(?P<so>so{GAP}[:.]?{GAP})?")
_BETWEEN = re.compile(rf"{GAP}(?:[,;]{GAP})?(?:(?:va|hoac|cung|voi|cac|ca) {GAP}){{0,3}}(?P<so>so{GAP}[:.]?{GAP})?")
_THIS = re.compile(
    rf"{GAP}(?:(?:nay|(?:da {GAP})?(?:neu|noi){GAP}tren)(?![a-z0-9])|tren(?={GAP}(?:[.,;:)]|cung|da|duoc|la|co|va|$)))"
)
_MANY = re.compile(r"(?<![a-z0-9])(?:cac|nhung|hai|ba|bon|moi|[2-9]) {1,9}$")
_NUMBER = re.compile(rf"{GAP}(?:so{GAP})?[0-9]")
_KIND = {head.replace(" ", ""): kind for head, kind in HEADS.items()}


@dataclass(slots=True)
class _Found:
    """A citation in offsets of the levelled text; `head` numbers the words under which it stands."""

    start: int
    end: int
    kinds: tuple[str, ...]
    number: Number | None
    tail: Tail
    head: int
    only_this: bool = False


def find_citations(text: str) -> list[Cited]:
    """Every document that the text cites, in the order of the text, with offsets into the text as it was given."""
    levelled = level(text)
    found = list(_Scan(levelled).run())
    cited = [_cited(one, levelled) for one in found]
    cited = mentions.share(cited, [one.head for one in found])
    marked = zip(cited, (one.only_this for one in found), strict=True)
    return mentions.settle(marked, _own_kinds(text))


def _own_kinds(text: str) -> set[str]:
    """The types that the text bears as its heading: a line in capitals that begins with one, without a number."""
    lines = (level(line.strip()) for line in text[:3000].splitlines() if line.isupper())
    heads = ((line, _HEAD.match(line.plain)) for line in lines)
    return {
        _KIND[found[0].replace(" ", "")]
        for line, found in heads
        if found and not _NUMBER.match(line.plain, found.end())
    }


class _Scan:
    """Anchors in the order of the text; what was read is not read again."""

    def __init__(self, text: Levelled) -> None:
        self.text, self.plain, self.heads = text, text.plain, 0

    def run(self) -> Iterator[_Found]:
        at = 0
        while anchor := _ANCHOR.search(self.plain, at):
            at = anchor.end()
            for one in self._anchored(anchor):
                at = max(at, one.end)
                yield one

    def _anchored(self, anchor: re.Match[str]) -> Iterator[_Found]:
        before = self.plain[anchor.start() - 1] if anchor.start() else " "
        if before.isalnum() or (before in "-/.," and not anchor["head"]):
            return
        self.heads += 1
        if anchor["digits"]:
            first = self._by_itself(anchor.start())
        elif anchor["head"]:
            first = self._headed(anchor)
        else:
            first = self._short(anchor)
        if first is not None:
            yield first
            if not first.only_this:
                yield from self._more(first)

    def _by_itself(self, at: int) -> _Found | None:
        """A number with its symbol, no type before it."""
        number = read_number(at, self.text, forms=WITHOUT_HEAD)
        if number is None or not number.form or not (number.kinds or number.form == "other"):
            return None
        if number.form == "other" and not self.text.composed[at : number.end].isupper():
            return None
        start = self._so_before(at)
        return None if self._is_own(start, number.end) else self._with_tail(start, number.kinds, number)

    def _so_before(self, at: int) -> int:
        """A number under no head takes in the word "số" before it."""
        found = re.search(r"(?<![a-z0-9])so {0,9}[:.]? {0,9}$", self.plain[max(0, at - 24) : at])
        return at - len(found[0]) if found else at

    def _is_own(self, start: int, end: int) -> bool:
        """Whether it stands where a paper bears its own number: alone at the left of a line, after "Số"."""
        first, last = self.text.span(start, end)
        before = self.text.text[max(0, first - 60) : first].rpartition("\n")[2] if first else ""
        after = self.text.text[last : last + 3]
        alone = after == "" or after[0] in "\r\n\t|" or after[:2] == "  "
        return self.text.composed[start] == "S" and not before.strip(" \t*|") and alone

    def _headed(self, anchor: re.Match[str]) -> _Found | None:
        kind = _KIND[anchor["head"].replace(" ", "")]
        capital = self.text.composed[anchor.start()].isupper()
        at = anchor.end()
        if middle := MIDDLE.match(self.plain, at):
            at = middle.end()
        return (
            self._numbered(anchor.start(), at, kind, capital)
            or self._of_session(anchor.start(), at, kind)
            or self._far_number(anchor.start(), at, kind)
            or self._this(anchor.start(), at, kind, capital)
        )

    def _short(self, anchor: re.Match[str]) -> _Found | None:
        """NQ 96/2023/QH15: in capitals, and bare only for types that are nothing else."""
        written = self.text.composed[anchor.start() : anchor.end()]
        if not written.isupper() and written != TYPES[anchor["short"]][0]:
            return None
        bare = anchor["short"] in BARE_SHORT
        found = self._numbered(anchor.start(), anchor.end(), SHORT_HEADS[anchor["short"]], True)
        return found if found and found.number and (bare or found.number.form) else None

    def _numbered(self, start: int, at: int, kind: str, capital: bool) -> _Found | None:
        so = _SO.match(self.plain, at)
        assert so is not None
        number = read_number(so.end(), self.text, apart=so["so"] is not None)
        if number is None:
            return None
        found = self._with_tail(start, _kinds((kind,), number), number)
        if number.form == "year" and kind not in NUMBERED_BY_YEAR and not so["so"]:
            return None
        if number.form:
            return found if kind != "law" or number.year else None
        return found if self._bare(found, kind, so["so"] is not None, capital) else None

    def _bare(self, found: _Found, kind: str, so: bool, capital: bool) -> bool:
        """Whether a number without a symbol is a document's, and not a count, a year, a place in a list."""
        number = found.number
        assert number is not None
        if not _ENDS.match(self.plain, number.end) or (not so and 1990 <= number.value <= 2100):
            return False
        if found.tail:
            return so or (not self._years(found, kind) and (capital or bool(found.tail.body)))
        if kind in WEAK or COUNTED.match(self.plain, number.end):
            return False
        if so:
            return capital or self.plain[number.end - 2].isdigit()
        return kind in STRONG and capital and self._named(found)

    def _years(self, found: _Found, kind: str) -> bool:
        """Whether a number with nothing but a year after it counts years: "Chương trình 5 năm 2026-2030"."""
        tail = found.tail
        if tail.day is None or tail.day.on is not None or tail.body or tail.term is not None:
            return False
        return kind not in STRONG or YEARS_ON.match(self.plain, found.end) is not None

    def _named(self, found: _Found) -> bool:
        """Whether a capital within a sentence, or what comes after the number, shows that a document is named."""
        assert found.number is not None
        before = self.plain[max(0, found.start - 12) : found.start].rstrip(" \"'“‘«(")
        within = before[-1:].isalnum() or before[-1:] == ","
        shouted = self.text.composed[found.start : found.start + 4].isupper()
        return (within and not shouted) or FOLLOWS.match(self.plain, found.number.end) is not None

    def _of_session(self, start: int, at: int, kind: str) -> _Found | None:
        """A resolution by its session, without a number or with one after it: "Nghị quyết Trung ương 4 khóa XII"."""
        tail = read_session(at, self.text) if kind in ("resolution", "conclusion") else None
        if tail is None:
            return None
        if (so := _SO.match(self.plain, tail.end)) and so["so"] and (number := read_number(so.end(), self.text)):
            return self._with_tail(start, _kinds((kind,), number), number)
        return _Found(start, tail.end, (kind,), None, tail, self.heads) if tail.session else None

    def _far_number(self, start: int, at: int, kind: str) -> _Found | None:
        """Words of the title between type and number, if the symbol is that type's: "Quy chế bầu cử số 02-QC/ĐU"."""
        far = ANY_MIDDLE.match(self.plain, at)
        if far is None or _HEAD.search(far["middle"]) or ("," in far["middle"] and kind != "law"):
            return None
        number = read_number(far.end(), self.text)
        fits = number and (kind in number.kinds or (not number.kinds and number.form in ("other", "state")))
        return self._with_tail(start, (kind,), number) if number and fits else None

    def _this(self, start: int, at: int, kind: str, capital: bool) -> _Found | None:
        if not capital or not (this := _THIS.match(self.plain, at)):
            return None
        return _Found(start, this.end(), (kind,), None, Tail(this.end()), self.heads, only_this=True)

    def _with_tail(self, start: int, kinds: tuple[str, ...], number: Number) -> _Found:
        tail = read_tail(number.end, self.text)
        return _Found(start, tail.end, kinds, number, tail, self.heads)

    def _more(self, first: _Found) -> Iterator[_Found]:
        """Further numbers under the same head."""
        many = _MANY.search(self.plain[max(0, first.start - 16) : first.start]) is not None
        last = first
        while (more := self._one_more(last, many)) is not None:
            yield more
            last = more

    def _one_more(self, last: _Found, many: bool) -> _Found | None:
        between = _BETWEEN.match(self.plain, last.end)
        if between is None or not between[0].strip() or last.number is None:
            return None
        at, so = between.end(), between["so"] is not None
        number = read_number(at, self.text, apart=so)
        if number is None or (number.form and number.form not in (*WITHOUT_HEAD, "type")):
            return None
        found = self._with_tail(between.start("so") if so else at, _kinds(last.kinds, number), number)
        return found if self._goes_on(found, last, so, many) else None

    def _goes_on(self, found: _Found, last: _Found, so: bool, many: bool) -> bool:
        """Whether a further number belongs to the head: by its symbol, by "số", or where one speaks of several."""
        number = found.number
        assert number is not None
        assert last.number is not None
        if number.form:
            return not number.kinds or not last.kinds or bool(set(number.kinds) & set(last.kinds))
        if not _ENDS.match(self.plain, number.end) or COUNTED.match(self.plain, number.end):
            return False
        bare_before = not last.number.form and not last.tail
        return (so or many or bare_before) and FOLLOWS.match(self.plain, number.end) is not None


def _kinds(kinds: tuple[str, ...], number: Number) -> tuple[str, ...]:
    """The type in words, unless the symbol says another one."""
    return kinds if len(kinds) == 1 and (not number.kinds or kinds[0] in number.kinds) else number.kinds


def _issuer(one: _Found, number: Number, text: Levelled) -> str:
    """The symbol, else that of the body in words; a "TƯ" that the words tell to be the province's is a misread TU."""
    misread = one.tail.issuer == "TU" and "Ư" in text.composed[one.start : number.end].upper()
    return one.tail.issuer if misread else number.issuer or one.tail.issuer


def _cited(one: _Found, text: Levelled) -> Cited:
    start, end = text.span(one.start, one.end)
    number, tail = one.number or Number(one.end, "", 0), one.tail
    return Cited(
        start, end, text.text[start:end], one.kinds, number.value if one.number else None, number.letter, number.type,
        _issuer(one, number, text), tail.body, tail.day.on if tail.day else None,
        tail.day.year if tail.day else number.year, tail.term, tail.session,
    )  # fmt: skip
