"""What a decision comes to: what each unit was and becomes, and the structure as it would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from nhiemky.domain.findings import Finding
from nhiemky.domain.names import text_key
from nhiemky.domain.organisation.decision import Decision
from nhiemky.domain.organisation.structure import Link, Placement, Structure, Version
from nhiemky.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit is and where it stands, while the operations are played."""

    name: str
    kind: str
    sector: str
    parent: int | None
    area: str = ""
    area_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """What a decision changes. Units are positions; founded ones are numbered on from the structure's length."""

    decision: Decision
    findings: tuple[Finding, ...]
    before: Mapping[int, Standing]
    after: Mapping[int, Standing]
    founded: Mapping[int, str]
    links: tuple[Link, ...]
    en_bloc: Mapping[int, int]

    @property
    def ended(self) -> list[int]:
        """Units that no longer exist from the day on."""
        return [unit for unit in self.before if unit not in self.after]

    @property
    def moved(self) -> list[int]:
        """Units that live on under another parent."""
        return [u for u, s in self.after.items() if u in self.before and self.before[u].parent != s.parent]

    @property
    def changed(self) -> list[int]:
        """Units that live on with another name, kind or sector."""
        return [u for u, s in self.after.items() if u in self.before and _face(self.before[u]) != _face(s)]

    @property
    def touched(self) -> list[int]:
        """Every unit the decision founds, ends, moves or changes."""
        return sorted({*self.ended, *self.moved, *self.changed, *self.founded})


def _face(standing: Standing) -> tuple[str, str, str]:
    return standing.name, standing.kind, standing.sector


def standings(structure: Structure, on: date) -> dict[int, Standing]:
    """Every unit that exists on the day, another decision of the same day included."""
    result = {}
    for unit in range(len(structure)):
        version = structure.version(unit, on)
        if version is not None:
            parent = structure.parent(unit, on)
            result[unit] = Standing(version.name, version.kind, version.sector, parent, "", version.area_id)
    return result


def applied(structure: Structure, made: Plan) -> Structure:
    """The structure as it would be if the plan were carried out: for previews and their figures."""
    day = made.decision.effective_on
    new_units = [unit for unit in sorted(made.founded) if unit >= len(structure)]
    top = int(structure.ids[-1]) if len(structure) else 0
    ids = [int(i) for i in structure.ids] + [top + n for n, _ in enumerate(new_units, start=1)]
    codes = structure.codes + [made.founded[unit] for unit in new_units]
    ended = set(made.ended)
    versions = _cut(structure.versions, day, ended | set(made.changed))
    placements = _cut(structure.placements, day, ended | set(made.moved))
    fresh = {*made.changed, *made.founded}
    versions += [
        Version(u, s.name, s.kind, s.sector, Period(day), s.area_id, text_key(s.name))
        for u, s in made.after.items()
        if u in fresh
    ]
    placed = {*made.moved, *made.founded}
    placements += [Placement(u, s.parent, Period(day)) for u, s in made.after.items() if u in placed]
    return Structure(ids, codes, versions, placements, (*structure.links, *made.links))


Dated = TypeVar("Dated", Version, Placement)


def _cut(rows: Iterable[list[Dated]], day: date, units: set[int]) -> list[Dated]:
    """The rows, those of the units closed with the day; what would begin on it goes."""
    kept = []
    for row in (row for of_unit in rows for row in of_unit):
        if row.unit not in units or day not in row.during:
            kept.append(row)
        elif row.during.start < day:
            kept.append(replace(row, during=Period(row.during.start, day)))
    return kept
