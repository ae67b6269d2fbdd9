"""Who issues a paper of a unit, in the words of Party documents: issuer, superior, symbol, place, signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nhiemky.domain.organisation.kinds import CELL_KINDS


@dataclass(frozen=True, slots=True)
class Committee:
    """How the committee of a unit is called, by how the unit's name begins, and its symbol in document numbers.

    A symbol that no source confirms is a setting that each office has to confirm; pages and documents say so.
    """

    unit: str
    called: str
    symbol: str
    cites: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a source attests the symbol."""
        return bool(self.cites)


COMMITTEES = (
    Committee("Đảng bộ tỉnh ", "Tỉnh ủy ", "TU", "24-BS/UBKTTU, 948-QĐ/TU"),
    Committee("Đảng bộ thành phố ", "Thành ủy ", "Th.U"),  # so in Hà Tĩnh: 98-KH/Th.U
    Committee("Đảng bộ huyện ", "Huyện ủy ", "HU"),
    Committee("Đảng bộ thị xã ", "Thị ủy ", "Th.U"),
    Committee("Đảng bộ ", "Đảng ủy ", "ĐU"),
)
_CELL = Committee("Chi bộ ", "Chi bộ ", "CB")
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
    confirmed: bool
    place: str
    on_behalf: str
    post: str
    signer: str
    office: str
    superior: str


def issuer(unit: str, kind: str, above: Sequence[str]) -> Issuer:
    """The issuer of a unit's documents; `above` are the names of its superiors, nearest first."""
    place = next((p for p in map(_place, [unit, *above]) if p), "")
    parent = _named(_committee(above[0]), above[0], place) if above else ""
    superior = parent or ("Ban Tổ chức Trung ương" if kind == "provincial" else "")
    if kind in CELL_KINDS:
        name, made, behalf, signer, office = unit, _CELL, "T/M CHI BỘ", "(ký, ghi rõ họ tên)", "Lưu chi bộ"
    else:
        made = _committee(unit)
        name, behalf, signer = _named(made, unit, place), "T/M BAN THƯỜNG VỤ", "(ký tên, đóng dấu)"
        office = f"Lưu Văn phòng {made.called.strip()}"
    return Issuer(name, parent, made.symbol, made.confirmed, place, behalf, "BÍ THƯ", signer, office, superior)


def _committee(unit: str) -> Committee:
    return next((made for made in COMMITTEES if unit.startswith(made.unit)), Committee("", "", "ĐU"))


def _named(made: Committee, unit: str, place: str) -> str:
    """The committee's name; one that ends with a bare "tỉnh" is told of which: Đảng ủy UBND tỉnh Quảng Ngãi."""
    name = made.called + unit.removeprefix(made.unit)
    if name.endswith((" tỉnh", " thành phố", " huyện", " thị xã")) and place:
        name += f" {place}"
    return name.replace("Ủy ban nhân dân", "UBND")


def _place(unit: str) -> str:
    return next((unit.removeprefix(start) for start in _PLACE_PREFIXES if unit.startswith(start)), "")
