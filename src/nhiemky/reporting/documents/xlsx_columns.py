"""The columns of a sheet of rows: people, movements, units or records of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.reporting.documents.xlsx_words import WORDS
from nhiemky.reporting.listing import Row
from nhiemky.reporting.work_indicators import SORTS


def _sex(row: Row, language: str) -> str:
    return WORDS[row.sex].in_language(language) if row.sex in WORDS else ""


def _movement(row: Row, language: str) -> str:
    kind = MOVEMENT.get(row.kind)
    return "" if kind is None else kind.en if language == "en" else kind.vi


def _unit_kind(row: Row, language: str) -> str:
    kind = KIND.get(row.kind)
    return "" if kind is None else kind.en if language == "en" else kind.vi


def _sort(row: Row, language: str) -> str:
    return SORTS[row.kind].in_language(language)


_Read = Callable[[Row, str], Any]
_PERSON: tuple[tuple[str, float, _Read], ...] = (
    ("name", 30, lambda row, _: row.name),
    ("born", 12, lambda row, _: row.birth_date),
    ("sex", 9, _sex),
    ("unit_code", 14, lambda row, _: row.unit_code),
    ("unit", 50, lambda row, _: row.unit_name),
)
COLUMNS: dict[str, tuple[tuple[str, float, _Read], ...]] = {
    "people": _PERSON,
    "movements": (
        *_PERSON,
        ("on", 12, lambda row, _: row.on),
        ("kind", 28, _movement),
        ("paper", 18, lambda row, _: row.paper),
    ),
    "units": (
        ("unit_called", 50, lambda row, _: row.name),
        ("unit_code", 14, lambda row, _: row.code),
        ("kind_of_unit", 28, _unit_kind),
        ("founded", 12, lambda row, _: row.on),
        ("above_code", 14, lambda row, _: row.unit_code),
        ("above", 46, lambda row, _: row.unit_name),
    ),
    "work": (
        ("title", 60, lambda row, _: row.name),
        ("unit_code", 14, lambda row, _: row.unit_code),
        ("unit", 46, lambda row, _: row.unit_name),
        ("on", 12, lambda row, _: row.on),
        ("state", 24, _sort),
        ("paper_or_result", 40, lambda row, _: row.paper),
    ),
}
