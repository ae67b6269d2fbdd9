"""Texts with their citations marked, and how well the finder does on them.

A citation stands in its text as [[words||key]], with the key as `Cited.key` writes it. The span runs from the type (or,
for a further number under the same head, from "số" or the number) to the last of number, day, issuer in words, term.
`tests/documents/citations` is what the finder was tuned on; `tests/documents/heldout` was written before it and not
looked at until it was done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from nhiemky.domain.documents.citations import find_citations

HERE = Path(__file__).parent
TUNED, HELD_OUT = HERE / "citations", HERE / "heldout"
_MARK = re.compile(r"\[\[(.*?)\|\|(.*?)\]\]", re.DOTALL)

Told = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text without its marks, and what it cites: start, end, key."""

    name: str
    text: str
    cites: frozenset[Told]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were told rightly, how many were told, how many there are."""

    right: int
    told: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


def texts(folder: Path) -> Iterator[Labelled]:
    """Every text of a folder."""
    for path in sorted(folder.glob("*.yaml")):
        for at, item in enumerate(yaml.safe_load(path.read_text("utf-8"))):
            form = "NFD" if item.get("nfd") else "NFC"
            yield _unmarked(f"{path.stem}.{at}.{item['kind']}", unicodedata.normalize(form, item["text"]))


def _unmarked(name: str, marked: str) -> Labelled:
    plain, cites, at = "", set(), 0
    for found in _MARK.finditer(marked):
        plain += marked[at : found.start()]
        key = unicodedata.normalize("NFC", found[2])
        cites.add((len(plain), len(plain) + len(found[1]), key))
        plain += found[1]
        at = found.end()
    return Labelled(name, plain + marked[at:], frozenset(cites))


def told(text: str) -> frozenset[Told]:
    """What the finder tells of a text."""
    return frozenset((one.start, one.end, one.key) for one in find_citations(text))


def score(folder: Path) -> Score:
    """Exact span and key, over all texts of a folder."""
    right = said = there = 0
    for one in texts(folder):
        found = told(one.text)
        right, said, there = right + len(found & one.cites), said + len(found), there + len(one.cites)
    return Score(right, said, there)
