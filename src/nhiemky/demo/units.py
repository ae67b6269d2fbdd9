"""The organisation before the reform: provinces, blocs, districts, communes, and every cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np

from nhiemky.demo import offices, places
from nhiemky.demo.places import KON_TUM, QUANG_NGAI, Place

LONG_AGO = date(1991, 7, 1)
PROVINCES = {QUANG_NGAI: ("T-51", "Quảng Ngãi"), KON_TUM: ("T-62", "Kon Tum")}
RESIDENTIAL_CELLS = {QUANG_NGAI: 954, KON_TUM: 702}
T = TypeVar("T")
_HIGHLAND_DISTRICTS = {"525", "529", "530", "531", "535"}


@dataclass(frozen=True)
class Spec:
    """A unit to be founded.

    `highland` tells which names and ethnic groups are usual there. `weight` is how many people it draws, `early` the
    part of that it had in 2015. `role` and `label` tell the decisions of 2025 what it is and what it is called without
    the place in which it stands.
    """

    code: str
    name: str
    kind: str
    sector: str
    parent: str
    province: str
    start: date = LONG_AGO
    area: str = ""
    district: str = ""
    highland: bool = False
    weight: float = 1.0
    early: float = 1.0
    role: str = ""
    label: str = ""

    @property
    def holds(self) -> bool:
        """Whether people belong to it directly."""
        return self.kind in ("cell", "grassroots_cell")


class Builder:
    """Gathers units in the order in which they must be written: parents first."""

    def __init__(self, rng: np.random.Generator, *, small: bool) -> None:
        self.rng, self.small = rng, small
        self.names = offices.Names(rng)
        self.specs: list[Spec] = []
        self._cells = 0

    def add(self, spec: Spec) -> str:
        self.specs.append(spec)
        return spec.code

    def cell(self, name: str, sector: str, parent: str, like: Spec, **more: object) -> str:
        """A cell under a committee, or a grassroots cell where `kind` says so."""
        self._cells += 1
        spec = replace(like, code=f"C-{self._cells:05}", name=name, kind="cell", sector=sector, parent=parent, area="")
        return self.add(replace(spec, **more))  # type: ignore[arg-type]

    def organisation(self, label: str, name: str, sector: str, parent: str, like: Spec, *, parts: int = 1,
                     role: str = "") -> str:  # fmt: skip
        """An agency or enterprise: one grassroots cell, or a committee with cells."""
        if parts < 2:
            return self.cell(f"Chi bộ {name}", sector, parent, like, kind="grassroots_cell", role=role, label=label)
        code = f"G-{parent}-{sum(s.parent == parent for s in self.specs) + 1:03}"
        spec = replace(like, code=code, name=f"Đảng bộ {name}", kind="grassroots_committee", sector=sector)
        committee = self.add(replace(spec, parent=parent, area="", role=role, label=label))
        for number in range(parts):
            self.cell(f"Chi bộ {number + 1} {name}", sector, committee, like, role="part", label=label)
        return committee

    def kept(self, items: tuple[T, ...], share: int) -> tuple[T, ...]:
        """A small demo keeps a few of everything."""
        return items[:share] if self.small else items


def build(builder: Builder) -> None:
    """Every unit of the two provinces as they stood in 2015."""
    for province in PROVINCES:
        _province(builder, province)


def chosen_districts(*, small: bool) -> list[Place]:
    """The districts that the demo has."""
    return [d for d in places.districts() if not small or d.code in places.SMALL_DISTRICTS]


def _province(builder: Builder, province: str) -> None:
    code, name = PROVINCES[province]
    like = Spec(code, f"Đảng bộ tỉnh {name}", "provincial", "agency", "", province)
    builder.add(like)
    _blocs(builder, like, name)
    districts = [d for d in chosen_districts(small=builder.small) if d.province == province]
    communes = [c for c in places.old_communes() if c.district in {d.code for d in districts}]
    for district in districts:
        _district(builder, like, district)
    shares = _residential_shares(builder, province, communes, districts)
    for commune in communes:
        _commune(builder, like, commune, shares[commune.code])


def _blocs(builder: Builder, province: Spec, name: str) -> None:
    code = province.code
    like = replace(province, kind="above_grassroots", parent=code, area="")
    agencies = builder.add(replace(like, code=f"{code}-CQ", name=f"Đảng bộ Khối Cơ quan và Doanh nghiệp tỉnh {name}"))
    for office in builder.kept(offices.OFFICES, 6):
        role = "party" if office.party else "government"
        full = office.name.format(p=name)
        builder.organisation(office.name, full, "agency", agencies, like, parts=office.parts, role=role)
    for number in range(4 if builder.small else 11):
        sector = ("state_enterprise", "private_enterprise", "private_service")[number % 3]
        kind = {"private_service": "Bệnh viện đa khoa", "state_enterprise": "Công ty TNHH MTV"}
        firm = f"{kind.get(sector, 'Công ty cổ phần')} {builder.names.firm()}"
        builder.organisation("", firm, sector, agencies, like, parts=number % 3, role="firm")
    for short, what, headquarters, sector in offices.FORCES:
        parent = builder.add(replace(like, code=f"{code}-{short}", name=f"Đảng bộ {what} tỉnh {name}", sector=sector))
        for label in offices.departments(short, province.province, small=builder.small):
            ending = "" if label.startswith("Đồn") else f" {headquarters} tỉnh {name}"
            builder.organisation(label, label + ending, sector, parent, like, role="department")


def _is_highland(district: str, province: str) -> bool:
    return (province == KON_TUM and district != "608") or district in _HIGHLAND_DISTRICTS


def _district(builder: Builder, province: Spec, district: Place) -> None:
    code, low, bare = f"H-{district.code}", district.lower_name, district.bare_name
    like = Spec(
        code, f"Đảng bộ {low}", "above_grassroots", "agency", province.code, province.province,
        highland=_is_highland(district.code, province.province), area=f"D-{district.code}", district=district.code,
    )  # fmt: skip
    builder.add(like)
    for role, office in builder.kept(offices.DISTRICT_OFFICES, 2):
        builder.organisation(bare, office.format(d=low), "agency", code, like, role=role)
    for number in range(1 if builder.small else 4):
        builder.organisation("", f"Trường THPT số {number + 1} {bare}", "public_service", code, like)
    builder.organisation(bare, f"Trung tâm Y tế {low}", "public_service", code, like, role="health")
    builder.organisation(bare, f"Ban Chỉ huy Quân sự {low}", "military", code, like, role="command")
    builder.organisation(bare, f"Công an {low}", "police", code, replace(like, weight=0.7), parts=3, role="police")
    firm = f"Chi bộ Công ty TNHH {builder.names.firm()}"
    builder.cell(firm, "private_enterprise", code, like, kind="grassroots_cell", weight=0.6, role="firm")
    cooperative = f"Chi bộ Hợp tác xã nông nghiệp {bare}"
    builder.cell(cooperative, "cooperative", code, like, kind="grassroots_cell", weight=0.6, role="firm")


def _residential_shares(
    builder: Builder, province: str, communes: list[Place], districts: list[Place]
) -> dict[str, int]:
    """How many hamlet cells each commune has; Lý Sơn, a district without communes, keeps six of its own."""
    total = 4 * len(communes) if builder.small else RESIDENTIAL_CELLS[province]
    for island in [d for d in districts if d.code == places.ISLAND]:
        like = next(s for s in builder.specs if s.code == f"H-{island.code}")
        for label in builder.names.hamlets(6, (places.LY_SON,), highland=False, urban=False):
            builder.cell(f"Chi bộ {label}", "residential", like.code, like, kind="grassroots_cell", weight=1.6)
        total -= 0 if builder.small else 6
    weights = builder.rng.dirichlet(np.full(len(communes), 12.0))
    counts = np.maximum(2, np.floor(weights * total).astype(int))
    while counts.sum() != total:
        place = int(builder.rng.integers(len(counts)))
        step = 1 if counts.sum() < total else -1
        if counts[place] + step >= 2:
            counts[place] += step
    return {commune.code: int(count) for commune, count in zip(communes, counts, strict=True)}


def _commune(builder: Builder, province: Spec, commune: Place, hamlets: int) -> None:
    code, low, bare = f"X24-{commune.code}", commune.lower_name, places.told_apart(commune)
    highland = _is_highland(commune.district, province.province)
    like = Spec(
        code, f"Đảng bộ {low}", "grassroots_committee", "residential", f"H-{commune.district}", province.province,
        area=f"2024-{commune.code}", highland=highland, district=commune.district,
    )  # fmt: skip
    builder.add(like)
    where, urban = places.heirs()[commune.code], commune.type in ("phường", "thị trấn")
    for label in builder.names.hamlets(hamlets, where, highland=highland, urban=urban):
        weight, early = _hamlet_size(builder.rng)
        name = f"Chi bộ {label} {low}"
        builder.cell(name, "residential", code, like, weight=weight, early=early, role="hamlet", label=label)
    builder.cell(f"Chi bộ Cơ quan {low}", "agency", code, like, weight=0.7, role="agency")
    for school in ("Mầm non", "Tiểu học", "THCS")[: 1 if builder.small else 3]:
        builder.cell(f"Chi bộ Trường {school} {bare}", "public_service", code, like, weight=0.7)
    builder.cell(f"Chi bộ Công an {low}", "police", code, like, weight=0.3, role="police")
    builder.cell(f"Chi bộ Quân sự {low}", "military", code, like, weight=0.35, role="army")


def _hamlet_size(rng: np.random.Generator) -> tuple[float, float]:
    """Weight and early part: a tenth were too small for a committee in 2015; nearly all of them have grown since."""
    chance = rng.random()
    if chance < 0.012:
        return float(rng.uniform(0.2, 0.28)), 1.0
    if chance < 0.125:
        return float(rng.uniform(0.65, 0.95)), 0.27
    return float(rng.uniform(0.8, 2.0)), 1.0
