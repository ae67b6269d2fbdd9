"""The organisations of the nation before the reform: one row per unit, superiors before what stands under them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle, islice

import numpy as np

from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.national.places import COMMUNES, Lists, Place

GRASSROOTS, GRASSROOTS_CELLS, CELLS = 50_000, 25_000, 250_000
HAMLET, FORCES = "hamlet", ("agency", "police", "army")
"""Roles of a commune's cells: those of hamlets go on, of each of the others a new commune has one."""

# Where organisations outside the communes work: sector, the office's name.
_OFFICES = (
    ("agency", "Cơ quan"), ("public_service", "Trường THPT"), ("public_service", "Bệnh viện"), ("police", "Công an"),
    ("state_enterprise", "Công ty"), ("private_enterprise", "Công ty TNHH"), ("military", "Ban Chỉ huy"),
    ("cooperative", "Hợp tác xã"), ("private_service", "Trường tư thục"),
)  # fmt: skip
_AT_THE_PROVINCE = 6
"""Every sixth of the organisations outside the communes stands directly under its province."""
# How much room a cell has for members, by what it is.
_WEIGHTS = {"agency": 7, "police": 3, "army": 4, "part": 11, "grassroots_cell": 8}
_HAMLET_WEIGHTS = (8, 21)
FORCE_NAMES = {"agency": "Chi bộ Cơ quan {x}", "police": "Chi bộ Công an {x}", "army": "Chi bộ Quân sự {x}"}


@dataclass
class Units:
    """Parallel lists; a unit's number is its place in them. `parent` is -1 for provinces, `area` a code of 2024.

    `weight` says how many members the unit draws against the others; 0: it takes none. `role` serves the reform.
    """

    code: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    sector: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    area: list[str] = field(default_factory=list)
    role: list[str] = field(default_factory=list)
    weight: list[int] = field(default_factory=list)
    province: list[int] = field(default_factory=list)

    def add(
        self,
        code: str,
        name: str,
        kind: str,
        sector: str,
        parent: int,
        *,
        role: str = "",
        area: str = "",
        weight: int = 0,
    ) -> int:
        """Append a unit; answers its number."""
        number = len(self.code)
        self.code.append(code)
        self.name.append(name)
        self.kind.append(kind)
        self.sector.append(sector)
        self.parent.append(parent)
        self.area.append(area)
        self.role.append(role)
        self.weight.append(weight)
        self.province.append(number if parent < 0 else self.province[parent])
        return number

    def __len__(self) -> int:
        return len(self.code)

    def cells(self) -> tuple[Ints, Ints, Ints]:
        """Units that take members in the order of their provinces: number, weight, number of the province."""
        weights, provinces = np.array(self.weight, dtype=np.int64), np.array(self.province, dtype=np.int64)
        chosen = np.flatnonzero(weights > 0)
        chosen = chosen[np.argsort(provinces[chosen], kind="stable")]
        return chosen, weights[chosen], provinces[chosen]

    def of_kind(self, kind: str) -> Bools:
        """Which units are of a kind."""
        return np.array(self.kind) == kind


def build(data: Lists, rng: np.random.Generator, scale: float) -> Units:
    """Every unit; at scale 1 exactly 50,000 grassroots organisations and 250,000 cells."""
    units = Units()
    share = len(data.communes) / COMMUNES if scale < 1 else 1.0
    size = min(scale, share)
    tops = {p.code: _top(units, p) for p in data.provinces}
    districts = {d.code: _district(units, d, tops[d.province]) for d in data.districts}
    committees = max(len(districts), round((GRASSROOTS - GRASSROOTS_CELLS - COMMUNES) * size))
    lone = max(len(districts), round(GRASSROOTS_CELLS * size))
    for commune in data.communes:
        _commune(units, commune, districts[commune.district])
    parts = 4 if scale >= 1 else 1
    places = list(zip(_homes(data, tops, districts), cycle(_OFFICES), strict=False))
    for number, ((above, place), office) in enumerate(islice(cycle(places), committees), start=1):
        _committee(units, number, above, place, office, parts)
    for number, ((above, place), office) in enumerate(islice(cycle(places), lone), start=1):
        name = f"Chi bộ {office[1]} {number} {place}"
        units.add(f"CS-{number:05}", name, "grassroots_cell", office[0], above, weight=_WEIGHTS["grassroots_cell"])
    hamlets = max(2 * len(data.communes), round(CELLS * size) - units.kind.count("cell"))
    _hamlets(units, data.communes, rng, hamlets)
    return units


def _top(units: Units, province: Place) -> int:
    return units.add(f"T-{province.code}", f"Đảng bộ {province.lower_name}", "provincial", "agency", -1)


def _district(units: Units, district: Place, above: int) -> int:
    return units.add(f"H-{district.code}", f"Đảng bộ {district.lower_name}", "above_grassroots", "agency", above)


def _homes(data: Lists, tops: dict[str, int], districts: dict[str, int]) -> list[tuple[int, str]]:
    """Where organisations outside the communes stand, in turn: mostly districts, now and then a province."""
    found: list[tuple[int, str]] = []
    provinces = cycle(data.provinces)
    for number, district in enumerate(data.districts):
        if number % _AT_THE_PROVINCE == 0:
            top = next(provinces)
            found.append((tops[top.code], top.lower_name))
        found.append((districts[district.code], district.lower_name))
    return found


def _commune(units: Units, commune: Place, above: int) -> None:
    name, area = commune.lower_name, f"2024-{commune.code}"
    number = units.add(
        f"X24-{commune.code}", f"Đảng bộ {name}", "grassroots_committee", "residential", above, area=area
    )
    for role, sector in zip(FORCES, ("agency", "police", "military"), strict=True):
        code = f"X24-{commune.code}-{role[:2].upper()}"
        units.add(code, FORCE_NAMES[role].format(x=name), "cell", sector, number, role=role, weight=_WEIGHTS[role])


def _committee(units: Units, number: int, above: int, place: str, office: tuple[str, str], parts: int) -> None:
    sector, name = office
    committee = units.add(f"DB-{number:05}", f"Đảng bộ {name} {number} {place}", "grassroots_committee", sector, above)
    for part in range(1, parts + 1):
        code = f"DB-{number:05}-{part}"
        units.add(code, f"Chi bộ {part} {name} {number}", "cell", sector, committee, weight=_WEIGHTS["part"])


def _hamlets(units: Units, communes: tuple[Place, ...], rng: np.random.Generator, total: int) -> None:
    """The cells of hamlets and street groups, nearly the same number in every commune."""
    numbers = {units.code[n]: n for n in range(len(units)) if units.area[n]}
    weights = rng.integers(*_HAMLET_WEIGHTS, size=total).tolist()
    first = 0
    for place, commune in enumerate(communes):
        after = (place + 1) * total // len(communes)
        above = numbers[f"X24-{commune.code}"]
        word = "thôn" if commune.type == "xã" else "tổ dân phố"
        for label in range(1, after - first + 1):
            code = f"X24-{commune.code}-{label:02}"
            name = f"Chi bộ {word} {label} {commune.lower_name}"
            weight = weights[first + label - 1]
            units.add(code, name, "cell", "residential", above, role=HAMLET, weight=weight)
        first = after
