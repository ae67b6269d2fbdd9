"""Who issues the review of a unit, in the words of Party documents: issuer, superior, symbol, place, signature."""

from __future__ import annotations

from dataclasses import dataclass

from nhiemky.domain.organisation.kinds import CELL_KINDS

# How the committee of a unit is called, by what the unit's name says it is; the symbol is the issuer's in its numbers.
_COMMITTEES = (
    ("Đảng bộ tỉnh ", "Tỉnh ủy ", "TU"),
    ("Đảng bộ thành phố ", "Thành ủy ", "TU"),
    ("Đảng bộ huyện ", "Huyện ủy ", "HU"),
    ("Đảng bộ thị xã ", "Thị ủy ", "TU"),
    ("Đảng bộ ", "Đảng ủy ", "ĐU"),
)
_PLACE_PREFIXES = (
    *("Đảng bộ tỉnh ", "Đảng bộ thành phố ", "Đảng bộ huyện ", "Đảng bộ thị xã ", "Đảng bộ xã "),
    *("Đảng bộ phường ", "Đảng bộ thị trấn ", "Đảng bộ đặc khu "),
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The parts of the heading and the signature that depend on the unit."""

    name: str
    parent: str
    symbol: str
    place: str
    on_behalf: str
    post: str


def issuer(unit: str, kind: str, parent: str, above: list[str]) -> Issuer:
    """The issuer of a unit's documents; `above` are the names of its superiors, nearest first."""
    place = next((p for p in map(_place, [unit, *above]) if p), "")
    if kind in CELL_KINDS:
        return Issuer(unit, _committee(parent)[0] if parent else "", "CB", place, "T/M CHI BỘ", "BÍ THƯ")
    name, symbol = _committee(unit)
    return Issuer(name, _committee(parent)[0] if parent else "", symbol, place, "T/M BAN THƯỜNG VỤ", "BÍ THƯ")


def _committee(unit: str) -> tuple[str, str]:
    for start, committee, symbol in _COMMITTEES:
        if unit.startswith(start):
            return committee + unit.removeprefix(start), symbol
    return unit, "ĐU"


def _place(unit: str) -> str:
    return next((unit.removeprefix(start) for start in _PLACE_PREFIXES if unit.startswith(start)), "")
