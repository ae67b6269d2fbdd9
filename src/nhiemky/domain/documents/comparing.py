"""Two versions of a text side by side: paragraph against paragraph, and in a changed one word against word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

SAME, CHANGED, GONE, NEW = SORTS = ("same", "changed", "gone", "new")
PARAGRAPHS = 6_000
"""Longer texts are not compared: so many paragraphs are some two hundred pages."""
_LIKE = 0.4
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words, and whether the other side lacks it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the one text beside that of the other; empty where one side has none."""

    sort: str
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()


def paragraphs(text: str) -> list[str]:
    """The paragraphs, without empty ones and without what only sets them apart."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def compare(before: str, after: str) -> list[Row]:
    """Every paragraph of both texts, in order, once."""
    old, new = paragraphs(before), paragraphs(after)
    rows: list[Row] = []
    for act, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            rows += [Row(SAME, (Piece(text),), (Piece(text),)) for text in old[i1:i2]]
        else:
            rows += _block(old[i1:i2], new[j1:j2])
    return rows


def _block(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Paragraphs that differ: in order one against one as long as they are alike, else one gone and one new."""
    for left, right in zip_longest(old, new):
        if left is not None and right is not None and _alike(left, right):
            yield Row(CHANGED, *_words(left, right))
            continue
        if left is not None:
            yield Row(GONE, (Piece(left, differs=True),))
        if right is not None:
            yield Row(NEW, (), (Piece(right, differs=True),))


def _alike(left: str, right: str) -> bool:
    return SequenceMatcher(None, left.split(), right.split(), autojunk=False).ratio() >= _LIKE


def _words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = _WORDS.findall(left), _WORDS.findall(right)
    told: tuple[list[Piece], list[Piece]] = ([], [])
    for act, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in ((told[0], old[i1:i2]), (told[1], new[j1:j2])):
            if words:
                side.append(Piece("".join(words), differs=act != "equal"))
    return tuple(told[0]), tuple(told[1])


def tally(rows: Sequence[Row]) -> dict[str, int]:
    """How many paragraphs are the same, changed, gone and new."""
    return {sort: sum(row.sort == sort for row in rows) for sort in SORTS}
