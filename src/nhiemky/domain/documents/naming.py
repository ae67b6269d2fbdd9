"""The number of a document as it is written ("21-NQ/TW", "96/2023/QH15"); letters that only look right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from nhiemky.domain.documents.kinds import KIND

# Letters of other scripts, widths and invisible marks that a Vietnamese text never holds.
_SCRIPTS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL", "COPTIC", "LISU")
_NUMBER = re.compile(r"(?:số\s*:?\s*)?0*(\d{1,6})(?:\s*[-–]\s*([^\W\d_]+))?(?:\s*/\s*([\w.\-]+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A number as somebody typed it; symbols are empty where only the digits were given."""

    number: int
    kind_symbol: str = ""
    issuer_symbol: str = ""


def read_number(text: str) -> Written | None:
    """Read "21", "21-NQ/TW" or "Số 21-NQ/TW"; None where it is no number of a document.

    What stands after the slash may hold a year ("29/2018/QH14"): the symbol is then what follows the year.
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFC", text).strip())
    if not found:
        year = re.fullmatch(r"0*(\d{1,6})/\d{4}/(?:([^\W\d_]+)-)?(\w+)", unicodedata.normalize("NFC", text).strip())
        return Written(int(year[1]), year[2] or "", year[3]) if year else None
    return Written(int(found[1]), found[2] or "", found[3] or "")


def number_text(kind: str, number: int | None, symbol: str, year: int, *, state: bool = False) -> str:
    """The number as the paper bears it; "" for a paper without one. Numbers below ten get a nought before them.

    `state` writes as state bodies do: "29/2018/QH14", "356/2025/NĐ-CP".
    """
    if number is None:
        return ""
    if not state:
        return f"{number:02}-{KIND[kind].symbol}/{symbol}"
    short = "" if symbol.startswith("QH") else KIND[kind].symbol
    return f"{number:02}/{year}/{short}{'-' if short else ''}{symbol}"


def lookalikes(text: str) -> list[str]:
    """Characters in the text that only look like Vietnamese letters or cannot be seen, each with its Unicode name."""
    found = []
    for char in dict.fromkeys(unicodedata.normalize("NFC", text)):
        name = unicodedata.name(char, "CONTROL")
        hidden = unicodedata.category(char) in ("Cf", "Co", "Cn") or (
            unicodedata.category(char) == "Cc" and char not in "\t\n\r"
        )
        if hidden or (char.isalnum() and name.startswith(_SCRIPTS)):
            shown = f"U+{ord(char):04X}" if hidden else f"“{char}” U+{ord(char):04X}"
            found.append(f"{shown} {name}")
    return found
