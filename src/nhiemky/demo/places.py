"""The real administrative units of the two provinces, as the demo's map (public lists; see data/)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
QUANG_NGAI, KON_TUM = "51", "62"
# A small demo keeps the city around An Phú, Trà Bồng (whose commune Trà Bùi was split), Lý Sơn and one of Kon Tum.
SMALL_DISTRICTS = ("522", "525", "536", "618")
# Lý Sơn: a district without communes, a special zone since.
ISLAND, LY_SON = "536", "21548"
# The new commune that holds the seat of each old district.
SEATS = {
    "522": "21025", "524": "21040", "525": "21115", "527": "21220", "528": "21235", "529": "21289", "530": "21340",
    "531": "21361", "532": "21364", "533": "21400", "534": "21439", "535": "21484", "608": "23293",
    "610": "23341", "611": "23377", "612": "23401", "613": "23473", "614": "23497", "615": "23500", "616": "23527",
    "617": "23425", "618": "23538",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A district or commune of one of the lists. `district` is empty for districts and for communes of 2025."""

    code: str
    name: str
    type: str
    province: str
    district: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def lower_name(self) -> str:
        """The name inside a sentence: "xã An Phú"."""
        return self.name[0].lower() + self.name[1:]

    @property
    def bare_name(self) -> str:
        """Without the type, as schools are called: "An Phú"."""
        return self.name[len(self.type) + 1 :]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _place(row: dict[str, str]) -> Place:
    lat, lon = row.get("lat"), row.get("lon")
    return Place(
        row["code"],
        row["name"],
        row["type"],
        row["province_code"],
        row.get("district_code", ""),
        float(lat) if lat else None,
        float(lon) if lon else None,
    )


@cache
def districts() -> tuple[Place, ...]:
    """The 23 districts until 30 June 2025."""
    return tuple(_place(row) for row in _rows("districts-2024.csv"))


@cache
def old_communes() -> tuple[Place, ...]:
    """The 272 communes until 30 June 2025."""
    return tuple(_place(row) for row in _rows("communes-2024.csv"))


@cache
def new_communes() -> tuple[Place, ...]:
    """The 96 communes since 1 July 2025."""
    return tuple(_place(row) for row in _rows("communes-2025.csv"))


@cache
def arrows() -> tuple[tuple[str, str], ...]:
    """Old commune → new commune; an old one with several arrows was split."""
    return tuple((row["old_code"], row["new_code"]) for row in _rows("reform.csv"))


@cache
def heirs() -> dict[str, tuple[str, ...]]:
    """The new communes of each old one, in the order of the list."""
    found: dict[str, tuple[str, ...]] = {}
    for old, new in arrows():
        found[old] = (*found.get(old, ()), new)
    return found


@cache
def _repeated() -> frozenset[str]:
    names = [commune.bare_name for commune in old_communes()]
    return frozenset(name for name in names if names.count(name) > 1)


def told_apart(commune: Place) -> str:
    """The bare name of an old commune, with its district where another one has the same."""
    if commune.bare_name not in _repeated():
        return commune.bare_name
    district = next(d for d in districts() if d.code == commune.district)
    return f"{commune.bare_name} ({district.bare_name})"


@cache
def new_communes_of(district: str) -> tuple[str, ...]:
    """The new communes in which a district lives on, the one with its old seat first."""
    found = {new for commune in old_communes() if commune.district == district for new in heirs()[commune.code]}
    seat = SEATS.get(district, LY_SON if district == ISLAND else "")
    return (seat, *sorted(found - {seat}))
