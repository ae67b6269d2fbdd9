"""Targets of units: as they were set, or restated where they went over whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.organisation.kinds import CELL_KINDS, KIND_CODE
from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import Bools, Structure
from nhiemky.reporting.models import Target


@dataclass(frozen=True, slots=True)
class Goal:
    """A target; `assumed` if no paper confirms it, `summed` if it is the sum of former units' targets."""

    value: int
    assumed: bool = False
    summed: bool = False
    source: str = ""


def goals(structure: Structure, unit: int, year: int, on: date, places: Places | None) -> dict[str, Goal]:
    """The targets of a unit for the year, by indicator."""
    if places is None:
        rows = Target.objects.filter(unit_id=int(structure.ids[unit]), year=year)
        return {row.indicator: Goal(row.value, row.assumed, source=row.source) for row in rows}
    return goals_of(structure, [unit], year, on, places).get(unit, {})


def by_year(unit_id: int, indicator: str) -> dict[int, int]:
    """The targets of one unit over the years."""
    rows = Target.objects.filter(unit_id=unit_id, indicator=indicator)
    return dict(rows.values_list("year", "value"))


def goals_of(
    structure: Structure, units: Iterable[int], year: int, on: date, places: Places | None
) -> dict[int, dict[str, Goal]]:
    """The targets of several units at once, with one query."""
    wanted = list(units)
    rows = list(Target.objects.filter(year=year).order_by("unit_id"))
    if places is None:
        found: dict[int, dict[str, Goal]] = {}
        held = set(wanted)
        for row in rows:
            place = structure.index[row.unit_id]
            if place in held:
                found.setdefault(place, {})[row.indicator] = Goal(row.value, row.assumed, source=row.source)
        return found
    by_key: dict[str, dict[int, Target]] = {}
    for row in rows:
        by_key.setdefault(row.indicator, {})[structure.index[row.unit_id]] = row
    restated = _Restating(structure, on, places)
    return {
        unit: {key: goal for key, targets in by_key.items() if (goal := restated.goal(unit, targets)) is not None}
        for unit in wanted
    }


class _Restating:
    """Adds the targets of former units that went over whole; where a part of the unit had none, there is no sum."""

    def __init__(self, structure: Structure, on: date, places: Places) -> None:
        self.tree, self.places = structure.tree(on), places
        kinds = structure.kinds(on)
        self.alive = kinds >= 0
        self.cells = np.isin(kinds, [KIND_CODE[kind] for kind in CELL_KINDS])

    def goal(self, unit: int, targets: dict[int, Target]) -> Goal | None:
        certain, possible = self.places.certain(unit), self.places.possible(unit)
        inside = [t for t in targets if self.alive[t] and self._whole(t, certain)]
        highest = [t for t in inside if not any(t != other and self._is_below(t, other) for other in inside)]
        covered = np.zeros(len(self.alive), dtype=bool)
        for t in highest:
            covered |= self.tree.inside(t)
        if not highest or (possible & self.cells & ~covered).any():
            return None
        rows = [targets[t] for t in highest]
        return Goal(sum(row.value for row in rows), any(row.assumed for row in rows), len(rows) > 1)

    def _whole(self, former: int, certain: Bools) -> bool:
        return bool(certain[self.tree.inside(former) & self.alive].all())

    def _is_below(self, unit: int, other: int) -> bool:
        return bool(self.tree.first[other] <= self.tree.first[unit] < self.tree.last[other])
