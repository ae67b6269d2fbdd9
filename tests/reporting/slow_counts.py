"""The figures counted once more, slowly: row by row in plain Python, straight from the tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from nhiemky.members.models import Movement, Person, Stay
from nhiemky.organisation.models import Placement, Succession, Term, Unit, UnitVersion

DAY = timedelta(days=1)
NON_STATE = {"private_enterprise", "private_service", "cooperative"}
CELLS = {"cell", "grassroots_cell"}
FLOWS = {
    "members.admitted": ({"admission"}, "to"),
    "members.readmitted": ({"readmission"}, "to"),
    "members.recognised": ({"official_recognition"}, "to"),
    "members.transferred_in": ({"transfer_in", "transfer_within"}, "in"),
    "members.transferred_out": ({"transfer_out", "transfer_within"}, "out"),
    "members.struck_off": ({"striking_off"}, "from"),
    "members.expelled": ({"expulsion"}, "from"),
    "members.left": ({"leaving"}, "from"),
    "members.died": ({"death"}, "from"),
}


def _in(day: date, during: Any) -> bool:
    return bool(during.lower <= day and (during.upper is None or day < during.upper))


@dataclass
class Slow:
    """All rows of the database, read once."""

    units: dict[int, str] = field(default_factory=lambda: dict(Unit.objects.values_list("pk", "code")))
    versions: list[Any] = field(default_factory=lambda: list(UnitVersion.objects.all()))
    placements: list[Any] = field(default_factory=lambda: list(Placement.objects.all()))
    people: dict[int, Any] = field(default_factory=lambda: {p.pk: p for p in Person.objects.all()})
    stays: list[Any] = field(default_factory=lambda: list(Stay.objects.all()))
    movements: list[Any] = field(default_factory=list)
    subtrees: dict[tuple[str, date], set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        undone = set(Movement.objects.filter(reverses__isnull=False).values_list("reverses_id", flat=True))
        self.movements = [m for m in Movement.objects.filter(reverses__isnull=True) if m.pk not in undone]

    def subtree(self, code: str, day: date) -> set[int]:
        """The unit and all below it on the day."""
        if (code, day) not in self.subtrees:
            below = defaultdict(list)
            for placement in self.placements:
                if _in(day, placement.during):
                    below[placement.parent_id].append(placement.unit_id)
            found, queue = set(), [pk for pk, c in self.units.items() if c == code]
            while queue:
                unit = queue.pop()
                found.add(unit)
                queue += below[unit]
            self.subtrees[code, day] = found
        return self.subtrees[code, day]

    def figures(self, code: str, year: int, on: date) -> dict[str, int]:
        """Every figure of the unit."""
        return {**self._people(code, on), **self._flows(code, year, on), **self._units(code, year, on)}

    def _people(self, code: str, on: date) -> dict[str, int]:
        inside = self.subtree(code, on)
        here = [s for s in self.stays if _in(on, s.during) and s.unit_id in inside]
        born = [self.people[s.person_id].birth_date for s in here]
        sector_of = {v.unit_id: v.sector for v in self.versions if _in(on, v.during)}
        counts = {
            "members.total": len(here),
            "members.official": sum(s.standing == "official" for s in here),
            "members.probationary": sum(s.standing == "probationary" for s in here),
            "members.women": sum(self.people[s.person_id].sex == "female" for s in here),
            "members.minority": sum(self.people[s.person_id].ethnic_group != 1 for s in here),
            "members.under_31": sum((on.year - b.year) - ((on.month, on.day) < (b.month, b.day)) < 31 for b in born),
            "members.exempt": sum(s.exempt for s in here),
        }
        for sector in {v.sector for v in self.versions}:
            counts[f"members.sector.{sector}"] = sum(sector_of[s.unit_id] == sector for s in here)
        return counts

    def _flows(self, code: str, year: int, on: date) -> dict[str, int]:
        return {key: len(self.moved(code, year, on, *how)) for key, how in FLOWS.items()} | {
            "members.admitted.women": sum(
                self.people[m.person_id].sex == "female" for m in self.moved(code, year, on, {"admission"}, "to")
            ),
            "members.admitted.minority": sum(
                self.people[m.person_id].ethnic_group != 1 for m in self.moved(code, year, on, {"admission"}, "to")
            ),
        }

    def moved(self, code: str, year: int, on: date, kinds: set[str], flow: str) -> list[Any]:
        """The movements that count, each looked at in the tree of its own day."""
        found = []
        for m in self.movements:
            if m.kind not in kinds or not date(year, 1, 1) <= m.on <= on:
                continue
            to, came = m.to_unit_id in self.subtree(code, m.on), m.from_unit_id in self.subtree(code, m.on - DAY)
            if {"to": to, "from": came, "in": to and not came, "out": came and not to}[flow]:
                found.append(m)
        return found

    def _units(self, code: str, year: int, on: date) -> dict[str, int]:
        inside = self.subtree(code, on)
        here = [v for v in self.versions if _in(on, v.during) and v.unit_id in inside]
        wholes = [v for v in here if v.kind != "group"]
        residential = {v.unit_id for v in here if v.kind in CELLS and v.sector == "residential"}
        ruled = {
            t.body.unit_id
            for t in Term.objects.select_related("body").filter(body__kind="cell_committee")
            if _in(on, t.during)
        }
        counts = {
            "units.total": len(wholes),
            "units.grassroots": sum(v.kind in ("grassroots_committee", "grassroots_cell") for v in here),
            "cells.residential.total": len(residential),
            "cells.residential.with_committee": len(residential & ruled),
            **self._unit_changes(code, year, on),
        }
        for kind in {v.kind for v in self.versions}:
            counts[f"units.kind.{kind}"] = sum(v.kind == kind for v in here)
        for sector in {v.sector for v in self.versions}:
            counts[f"units.sector.{sector}"] = sum(v.sector == sector for v in wholes)
        return counts

    def _unit_changes(self, code: str, year: int, on: date) -> dict[str, int]:
        links = list(Succession.objects.select_related("reorganisation"))
        came = {(link.successor_id, link.reorganisation.effective_on) for link in links}
        went = {(x.predecessor_id, x.reorganisation.effective_on) for x in links if x.how != "dissolve"}
        by_unit = defaultdict(list)
        for version in sorted(self.versions, key=lambda v: v.during.lower):
            by_unit[version.unit_id].append(version)
        begin = min(v[0].during.lower for v in by_unit.values())
        founded, formed, dissolved, merged = [], [], [], []
        for unit, versions in by_unit.items():
            first, end = versions[0].during.lower, versions[-1].during.upper
            if date(year, 1, 1) <= first <= on and first != begin and unit in self.subtree(code, first):
                (formed if (unit, first) in came else founded).append(versions[0])
            if end and date(year, 1, 1) <= end <= on and unit in self.subtree(code, end - DAY):
                (merged if (unit, end) in went else dissolved).append(versions[-1])
        return {
            "units.founded": sum(v.kind != "group" for v in founded),
            "units.founded.non_state": sum(v.kind != "group" and v.sector in NON_STATE for v in founded),
            "units.formed": sum(v.kind != "group" for v in formed),
            "units.dissolved": sum(v.kind != "group" for v in dissolved),
            "units.merged_into": sum(v.kind != "group" for v in merged),
        }
