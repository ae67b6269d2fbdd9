"""The reform of 1 July 2025 for the whole country as one decision.

Communes merge into the new ones. Of one that went to several, every cell is named with the one it goes to, in equal
shares in the order of their codes: the members follow their cells. What a district had of its own goes to the new
commune that took the district's town; the agencies', police and military cells of a new commune become one each;
provinces join. What the public lists leave open (`questions`) stays directly under its province.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from nhiemky.national.places import Lists, Place
from nhiemky.national.units import FORCE_NAMES, FORCES, Units

REFORM = date(2025, 7, 1)
_HEAD = {
    "number": "01/2025/QH15",
    "date": "2025-06-12",
    "body": "Quốc hội; Bộ Chính trị",
    "effective": REFORM.isoformat(),
    "title": "Kết thúc cấp huyện; thành lập đảng bộ xã, phường, đặc khu; hợp nhất đảng bộ các tỉnh",
}
Operation = dict[str, object]
Data = dict[str, object]


@dataclass
class _Draft:
    """The units by code, what stands under each, and the operations so far."""

    data: Lists
    units: Units
    operations: list[Operation] = field(default_factory=list)
    below: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, parent in enumerate(self.units.parent):
            if parent >= 0:
                self.below[self.units.code[parent]].append(number)

    def order(self, op: str, **fields: object) -> None:
        self.operations.append({"op": op, **fields})


def decision(data: Lists, units: Units) -> Data:
    """The decision as plain data, as `reorganisation_apply` takes it."""
    draft = _Draft(data, units)
    served = {new for heirs in data.heirs.values() for new in heirs}
    founded = [c for c in data.new_communes if c.code in served]
    for commune in founded:
        _found(draft, commune)
    forces = _share_out(draft)
    for commune in founded:
        _join_forces(draft, commune, forces[commune.code])
    _keep_without_heir(draft)
    _end_districts(draft)
    _join_provinces(draft)
    return {"decision": dict(_HEAD), "operations": draft.operations}


def _found(draft: _Draft, commune: Place) -> None:
    name, above = f"Đảng bộ {commune.lower_name}", f"T-{commune.province}"
    draft.order("found", code=f"X25-{commune.code}", name=name, kind="above_grassroots", sector="residential",
                parent=above, area=f"2025-{commune.code}")  # fmt: skip


def _share_out(draft: _Draft) -> dict[str, dict[str, list[str]]]:
    """Whole communes merge, the others are split; answers the cells of each force by new commune."""
    sources: dict[str, list[str]] = defaultdict(list)
    forces: dict[str, dict[str, list[str]]] = defaultdict(lambda: {role: [] for role in FORCES})
    units = draft.units
    for commune in draft.data.communes:
        heirs = draft.data.heirs.get(commune.code, ())
        code = f"X24-{commune.code}"
        cells = sorted(draft.below[code], key=lambda n: units.code[n])
        goes = {units.code[cell]: heirs[place * len(heirs) // len(cells)] for place, cell in enumerate(cells) if heirs}
        for cell in cells:
            if heirs and units.role[cell] in FORCES:
                forces[goes[units.code[cell]]][units.role[cell]].append(units.code[cell])
        if len(heirs) == 1:
            sources[heirs[0]].append(code)
        elif heirs:
            assign = {cell: f"X25-{new}" for cell, new in goes.items()}
            draft.order("split", unit=code, into=[f"X25-{new}" for new in heirs], assign=assign)
    for new, codes in sources.items():
        draft.order("merge", units=codes, into=f"X25-{new}")
    return forces


def _join_forces(draft: _Draft, commune: Place, forces: dict[str, list[str]]) -> None:
    """One cell of the agencies, the police and the military each; the first lives on under the new name."""
    for role, cells in forces.items():
        if len(cells) > 1:
            draft.order("merge", units=cells[1:], into=cells[0])
            draft.order("rename", unit=cells[0], name=FORCE_NAMES[role].format(x=f"{commune.lower_name} mới"))


def _keep_without_heir(draft: _Draft) -> None:
    """A commune that no row of the reform names goes on, directly under its province."""
    for commune in draft.data.communes:
        if commune.code not in draft.data.heirs:
            above = draft.data.new_province_of[commune.province]
            draft.order("move", unit=f"X24-{commune.code}", parent=f"T-{above}")


def _end_districts(draft: _Draft) -> None:
    """A district's own organisations go to the heir of its first commune by code, as a rule its town."""
    towns: dict[str, str] = {}
    for commune in sorted(draft.data.communes, key=lambda c: int(c.code)):
        for new in draft.data.heirs.get(commune.code, ())[:1]:
            towns.setdefault(commune.district, new)
    for district in draft.data.districts:
        if district.code in towns:
            draft.order("dissolve", unit=f"H-{district.code}", units_to=f"X25-{towns[district.code]}")


def _join_provinces(draft: _Draft) -> None:
    """A province that gives the new one its code goes on under the new name; the others join it."""
    went, old = draft.data.new_province_of, {p.code: p for p in draft.data.provinces}
    sources: dict[str, list[str]] = defaultdict(list)
    for code, new in went.items():
        if code in old and code != new:
            sources[new].append(f"T-{code}")
    for province in draft.data.new_provinces:
        if province.code in sources:
            draft.order("merge", units=sources[province.code], into=f"T-{province.code}")
        before = old[province.code]
        if before.bare_name != province.bare_name:
            # Three provinces have become cities since: on the day of the reform each was what its code was before.
            word = before.name.removesuffix(before.bare_name).lower()
            draft.order("rename", unit=f"T-{province.code}", name=f"Đảng bộ {word}{province.bare_name}")
