"""Text levelled for finding: one plain letter for each letter of the text, and the way back to the text's offsets.

Decomposed letters are composed, marks that cannot be seen are passed over, special spaces, hyphens and slashes, letters
of other alphabets that look the same, and diacritics are levelled. Every step is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LOOSE = re.compile(f"[\u0300-\u036f{_UNSEEN}]")
_CLUSTER = re.compile(f"(?s:.)[\u0300-\u036f{_UNSEEN}]+")
_HYPHENS = "‐‑‒–—―−⁃﹘﹣－"
_SLASHES = "⁄∕／"
_ALIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧοÐðĐđКⅼ",
        "abesijkmhopctyxaeopcyxisjabezhikmnoptyxoddddkl",
        strict=True,
    )
)


def _table() -> dict[int, str]:
    """One plain character for each: letters without diacritics in lower case, spaces, hyphens, slashes."""
    table = {code: chr(code).lower() for code in range(0x41, 0x5B)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii() and len(base) == 1:
            table[code] = base
    table.update({code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)})
    spaces = (code for code in (*range(0x3001), 0xFEFF) if chr(code).isspace() or chr(code) in _UNSEEN)
    table.update(dict.fromkeys(spaces, " "))
    table.update({ord(char): plain for char, plain in _ALIKE.items()})
    table.update(dict.fromkeys(map(ord, _HYPHENS), "-") | dict.fromkeys(map(ord, _SLASHES), "/"))
    return table


_TABLE = _table()


@dataclass(frozen=True, slots=True)
class Levelled:
    """`composed` and `plain` are equally long; `starts` gives the offset in `text` of each place, None: the same."""

    text: str
    composed: str
    plain: str
    starts: array[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text of a stretch of the levelled text."""
        if self.starts is None:
            return start, end
        first = self.starts[start]
        last = self.starts[end] if end < len(self.starts) else len(self.text)
        while last > first and self.text[last - 1] in _UNSEEN:
            last -= 1
        return first, last


def level(text: str) -> Levelled:
    """The text levelled."""
    if _LOOSE.search(text) is None:
        return Levelled(text, text, text.translate(_TABLE), None)
    composed, starts = _compose(text)
    return Levelled(text, composed, composed.translate(_TABLE), starts)


def _compose(text: str) -> tuple[str, array[int]]:
    parts: list[str] = []
    starts = array("Q")
    at = 0
    for found in _CLUSTER.finditer(text):
        parts.append(text[at : found.start()])
        starts.extend(range(at, found.start() + 1))
        parts.append(_one_letter(found[0]))
        at = found.end()
    parts.append(text[at:])
    starts.extend(range(at, len(text)))
    return "".join(parts), starts


def _one_letter(cluster: str) -> str:
    """The letter with the marks that Vietnamese puts on one; a tower of more is somebody's joke."""
    seen = cluster[0] + "".join(char for char in cluster[1:12] if char not in _UNSEEN)
    return unicodedata.normalize("NFC", seen)[0]
