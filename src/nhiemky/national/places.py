"""The administrative units of the country before and after 1 July 2025, from the public lists in `data/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
COMMUNES = 10_051
# A part of the country begins with these: gaps of every sort, a split commune, a province put together from two.
_FIRST = ("14", "51")


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or commune of one of the two lists; `district` only where there was one."""

    code: str
    name: str
    type: str
    province: str = ""
    district: str = ""

    @property
    def lower_name(self) -> str:
        """The name inside a sentence: "xã An Phú"."""
        return self.name[0].lower() + self.name[1:]

    @property
    def bare_name(self) -> str:
        """Without the word in front: "An Phú"."""
        return self.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")


@dataclass(frozen=True)
class Lists:
    """The six lists, as published. `arrows` lead from old to new communes; codes of the two sides are two lists."""

    provinces: tuple[Place, ...]
    districts: tuple[Place, ...]
    communes: tuple[Place, ...]
    new_provinces: tuple[Place, ...]
    new_communes: tuple[Place, ...]
    arrows: tuple[tuple[str, str], ...]

    @cached_property
    def heirs(self) -> dict[str, tuple[str, ...]]:
        """The new communes of each old one that is listed on both sides, in the order of the list."""
        known, new = {c.code for c in self.communes}, {c.code for c in self.new_communes}
        found: dict[str, tuple[str, ...]] = {}
        for old, into in self.arrows:
            if old in known and into in new:
                found[old] = (*found.get(old, ()), into)
        return found

    @cached_property
    def new_province_of(self) -> dict[str, str]:
        """Into which province of 2025 each one of 2024 went: that of most of its communes' heirs."""
        home = {c.code: c.province for c in self.new_communes}
        votes: dict[str, dict[str, int]] = {}
        for commune in self.communes:
            for into in self.heirs.get(commune.code, ()):
                counted = votes.setdefault(commune.province, {})
                counted[home[into]] = counted.get(home[into], 0) + 1
        return {old: max(sorted(counted), key=lambda new: counted[new]) for old, counted in votes.items()}

    def part(self, scale: float) -> Lists:
        """Whole provinces of 2025 with all that went into them, until they hold that share of the communes."""
        if scale >= 1:
            return self
        went = self.new_province_of
        chosen: set[str] = set()
        count = 0
        for code in (*_FIRST, *(p.code for p in self.new_provinces if p.code not in _FIRST)):
            if count >= scale * COMMUNES and chosen.issuperset(_FIRST):
                break
            chosen.add(code)
            count += sum(went[c.province] == code for c in self.communes)
        old = {code for code, new in went.items() if new in chosen}
        communes = tuple(c for c in self.communes if c.province in old)
        new_communes = tuple(c for c in self.new_communes if c.province in chosen)
        ends = {c.code for c in communes}, {c.code for c in new_communes}
        return Lists(
            tuple(p for p in self.provinces if p.code in old),
            tuple(d for d in self.districts if d.province in old),
            communes,
            tuple(p for p in self.new_provinces if p.code in chosen),
            new_communes,
            tuple(a for a in self.arrows if a[0] in ends[0] or a[1] in ends[1]),
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _places(name: str) -> tuple[Place, ...]:
    return tuple(
        Place(row["code"], row["name"], row["type"], row.get("province_code", ""), row.get("district_code", ""))
        for row in _rows(name)
    )


def lists() -> Lists:
    """The whole country."""
    return Lists(
        _places("provinces-2024.csv"),
        _places("districts-2024.csv"),
        _places("communes-2024.csv"),
        _places("provinces-2025.csv"),
        _places("communes-2025.csv"),
        tuple((row["old_code"], row["new_code"]) for row in _rows("reform-2025-07-01.csv")),
    )
