"""What short mentions mean: numbers that share a head, and documents named again later in the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nhiemky.domain.documents.cited import Cited


def share(cited: Sequence[Cited], heads: Sequence[int]) -> list[Cited]:
    """What is told after the last number holds for those before it under one head: "các Nghị quyết số 21, 28-NQ/TW"."""
    result = list(cited)
    for at in range(len(result) - 2, -1, -1):
        one, after = result[at], result[at + 1]
        if heads[at] == heads[at + 1] and not one.issuer and not one.body and set(one.kinds) & set(after.kinds):
            result[at] = replace(one, issuer=after.issuer, body=after.body, term=after.term, session=after.session)
    return result


Key = tuple[int | None, str, str, str, str]


def _full(one: Cited) -> bool:
    return one.number is not None and bool(one.issuer or one.on or one.year)


def _key(one: Cited) -> Key:
    return (one.number, one.letter, one.issuer, one.when, one.kinds[0] if one.kinds else one.symbol)


class Earlier:
    """The fuller citations met so far. A document met again with less is one; two that differ are two."""

    def __init__(self) -> None:
        self._met: dict[Key, int] = {}
        self._by_number: defaultdict[tuple[str, int | None, str], list[int]] = defaultdict(list)
        self._by_kind: defaultdict[str, list[int]] = defaultdict(list)
        self._cited: list[Cited] = []

    def see(self, one: Cited) -> Cited:
        """The citation, told what an earlier one tells more."""
        at = len(self._cited)
        found = self._same(one)
        if found is not None:
            one = self._filled(one, found)
        elif _full(one) and one.kinds and _key(one) not in self._met:
            self._met[_key(one)] = at
            for kind in one.kinds:
                self._by_number[kind, one.number, one.letter].append(at)
                self._by_kind[kind].append(at)
        self._cited.append(one)
        return one

    def this(self, kind: str) -> int | None:
        """The one document of a type that was cited so far, None if there is none or several."""
        seen = self._by_kind[kind]
        return seen[0] if len(seen) == 1 else None

    def filled(self, one: Cited, at: int) -> Cited:
        """A mention of the document cited at a place."""
        one = self._filled(one, at)
        self._cited.append(one)
        return one

    def _same(self, one: Cited) -> int | None:
        if one.number is None or len(one.kinds) != 1 or one.on:
            return None
        seen = self._by_number[one.kinds[0], one.number, one.letter]
        fit = [at for at in seen[:9] if _fits(one, self._cited[at])]
        return fit[0] if len(fit) == 1 and len(seen) < 9 else None

    def _filled(self, one: Cited, at: int) -> Cited:
        told = self._cited[at]
        return replace(
            one, kinds=told.kinds, number=told.number, letter=told.letter, symbol=told.symbol, issuer=told.issuer,
            body=one.body or told.body, on=told.on, year=told.year, term=told.term, session=told.session, again=at,
        )  # fmt: skip


def _fits(one: Cited, told: Cited) -> bool:
    """Whether what the mention tells does not contradict the earlier citation."""
    years = {told.year, told.on.year if told.on else None}
    return (not one.issuer or one.issuer == told.issuer) and (not one.year or one.year in years)


def settle(found: Iterator[tuple[Cited, bool]], own: set[str]) -> list[Cited]:
    """Citations in their order. Those marked are only a type and "này": they go where they do not mean one document.

    `own` are the types of the text itself: "Quy định này" in a regulation is the regulation.
    """
    earlier, kept = Earlier(), []
    for one, only_this in found:
        if not only_this:
            kept.append(earlier.see(one))
        elif one.kinds[0] not in own and (at := earlier.this(one.kinds[0])) is not None:
            kept.append(earlier.filled(one, at))
    return kept
