"""Old Vietnamese encodings, recognised by what they read as, and converted.

TCVN3 (ABC, fonts .VnTime) and VNI (fonts VNI-Times) lie in cells as Latin-1 letters: "NguyÔn V¨n" and "Nguyeãn Vaên"
are both Nguyễn Văn. Tables from memory of TCVN 5712:1993 and the VNI manual; the tests hold all 134 letters of each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

UNICODE, TCVN3, VNI, WINDOWS_1258 = "unicode", "tcvn3", "vni", "windows-1258"
LEGACY = (TCVN3, VNI)
ENCODINGS = (UNICODE, TCVN3, VNI, WINDOWS_1258)

_TCVN3_BYTES = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
_TCVN3 = {first + n: letter for first, letters in _TCVN3_BYTES for n, letter in enumerate(letters)}

# VNI: a plain letter and the one that carries its mark; ơ and ư have a code of their own and take tones as letters do.
_TONES = dict(zip("øûõùï", "\u0300\u0309\u0303\u0301\u0323", strict=True))
_VNI_MARKS: Mapping[str, Mapping[str, str]] = {
    "a": {**_TONES, "â": "\u0302", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "á": "\u0302\u0301",
          "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
          "é": "\u0306\u0301", "ë": "\u0306\u0323"},
    "e": {**_TONES, "â": "\u0302", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "á": "\u0302\u0301",
          "ä": "\u0302\u0323"},
    "u": _TONES, "y": _TONES, "ô": _TONES, "ö": _TONES,
}  # fmt: skip
_VNI_MARKS = {**_VNI_MARKS, "o": _VNI_MARKS["e"]}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for base, marks in _VNI_MARKS.items():
        letter = _VNI_ALONE.get(base, base)
        table |= {base + mark: unicodedata.normalize("NFC", letter + tones) for mark, tones in marks.items()}
    capitals = {key.upper(): value.upper() for key, value in table.items()}
    return table | {key.capitalize(): value.upper() for key, value in table.items()} | capitals


_VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """TCVN3 letters read as Latin-1, in Unicode."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """VNI letters read as Latin-1, in Unicode."""
    return _VNI_PATTERN.sub(lambda found: _VNI[found.group()], text)


CONVERTERS: Mapping[str, Callable[[str], str]] = {TCVN3: from_tcvn3, VNI: from_vni, UNICODE: lambda text: text}

_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~]+")
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?([aeiouy]{1,3})(ng|nh|ch|[cmnpt])?", re.ASCII
)
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")
_TONE_MARKS = frozenset("\u0300\u0309\u0303\u0301\u0323")


def _is_syllable(word: str) -> bool:
    """Whether the word can be a Vietnamese syllable: its letters, their order, one tone at most."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    tones = sum(1 for char in parts if char in _TONE_MARKS)
    toneless = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONE_MARKS))
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return tones <= 1 and _LETTERS.issuperset(toneless) and _SYLLABLE.fullmatch(plain) is not None


def _marked(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


_EVIDENCE = 2
"""One odd word may be a name or a sign."""


def soundness(texts: Iterable[str]) -> float | None:
    """The share of words with marks that can be Vietnamese; None where no word has any."""
    marked = [word for text in texts for word in _marked(text)]
    return sum(map(_is_syllable, marked)) / len(marked) if marked else None


def recognise(texts: Iterable[str]) -> str:
    """The encoding under which the texts read as Vietnamese: `UNICODE` unless an old one reads clearly better."""
    sample = list(dict.fromkeys(text for text in texts if not text.isascii()))[:400]
    as_is = soundness(sample)
    if as_is is None or as_is > 0.9 or sum(len(_marked(text)) for text in sample) < _EVIDENCE:
        return UNICODE
    best, score = UNICODE, as_is + 0.2
    for name in LEGACY:
        found = soundness([CONVERTERS[name](text) for text in sample])
        if found is not None and found > score:
            best, score = name, found
    return best


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was read by.

    UTF-16 and UTF-8 tell themselves; the rest is what reads best as Vietnamese: Windows-1258, or Latin-1 letters that
    `recognise` then takes for TCVN3 or VNI.

    Raises:
        UnicodeError: it is no text.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    latin = content.decode("latin-1")
    try:
        vietnamese = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return latin, "latin-1"
    lines = latin[:200_000].splitlines()[:400]
    as_old = max(soundness([CONVERTERS[name](line) for line in lines]) or 0.0 for name in LEGACY)
    as_windows = soundness(vietnamese[:200_000].splitlines()[:400]) or 0.0
    return (vietnamese, WINDOWS_1258) if as_windows >= as_old else (latin, "latin-1")
