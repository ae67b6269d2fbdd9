"""Vietnamese names: searching without diacritics, ordering by given name.

The database has no ICU collation and no extension, so both keys are computed here and stored.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# The order of the Vietnamese alphabet; w, f, j, z occur in names of minorities and foreigners.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Plain letters in rising order under the C locale; digits, which stand for tones, come before them.
_RANK = dict(zip(_LETTERS, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", strict=True))
# Tone order of Vietnamese dictionaries: none, grave, hook, tilde, acute, dot below.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0306": {"a": "ă"}, "\u0302": {"a": "â", "e": "ê", "o": "ô"}, "\u031b": {"o": "ơ", "u": "ư"}}


def clean(text: str) -> str:
    """NFC, single spaces, no outer spaces: the form in which text is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: old and new placing of tones fall together."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES and letters:
            letters[-1] = _shaped(letters[-1], char)
        elif char in _RANK or char.isalnum():
            letters.append(char)
    return "".join(_RANK.get(c, c) for c in letters) + tone


def _shaped(letter: str, mark: str) -> str:
    return _SHAPES[mark].get(letter, letter)


def text_key(text: str) -> str:
    """Key that orders plain text by the Vietnamese alphabet: letters first, then tones."""
    return " ".join(_word_key(word) for word in text.split())


def name_key(full_name: str) -> str:
    """Key that orders people as Vietnamese lists do: given name, then family name, then middle names."""
    words = full_name.split()
    if not words:
        return ""
    return " ".join(_word_key(word) for word in (words[-1], *words[:-1]))
