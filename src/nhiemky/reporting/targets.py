"""Targets of units: as they were set, summed up from below, or restated where they went over whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from nhiemky.domain.organisation.kinds import CELL_KINDS, KIND_CODE
from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import Bools, Structure
from nhiemky.reporting.models import Target


@dataclass(frozen=True, slots=True)
class Goal:
    """A target; `assumed` if no paper confirms it.

    `summed` says what it is the sum of: "former" units' targets where it is restated, or those of the units "below"
    where the unit has none of its own. `since` is the first day it is given for; None: the whole year.
    """

    value: int
    assumed: bool = False
    summed: str = ""
    source: str = ""
    since: date | None = None


class Set(NamedTuple):
    """A target as it was set: some thousand units have one, so no more is read of each than is needed."""

    value: int
    assumed: bool
    source: str
    since: date | None


def goals(structure: Structure, unit: int, year: int, on: date, places: Places | None) -> dict[str, Goal]:
    """The targets of a unit for the year, by indicator."""
    return goals_of(structure, [unit], year, on, places).get(unit, {})


def by_year(structure: Structure, unit: int, indicator: str, days: Mapping[int, date]) -> dict[int, Goal]:
    """The targets of one unit over years, of each as the tree stood on the day given for it."""
    rows: dict[int, dict[int, Set]] = {year: {} for year in days}
    found_rows = Target.objects.filter(indicator=indicator, year__in=list(days))
    for year, unit_id, *told in found_rows.values_list("year", "unit_id", *Set._fields):
        rows[year][structure.index[unit_id]] = Set(*told)
    found = {year: _Rolled(structure, days[year], held).goal(unit) for year, held in rows.items()}
    return {year: goal for year, goal in found.items() if goal is not None}


def goals_of(
    structure: Structure, units: Iterable[int], year: int, on: date, places: Places | None
) -> dict[int, dict[str, Goal]]:
    """The targets of several units at once, with one query: set, summed from below, or restated."""
    by_key: dict[str, dict[int, Set]] = {}
    rows = Target.objects.filter(year=year).order_by("unit_id")
    for key, unit_id, *told in rows.values_list("indicator", "unit_id", *Set._fields):
        by_key.setdefault(key, {})[structure.index[unit_id]] = Set(*told)
    restated = None if places is None else _Restating(structure, on, places)
    found: dict[int, dict[str, Goal]] = {unit: {} for unit in units}
    for key, targets in by_key.items():
        rolled = _Rolled(structure, on, targets)
        for unit, goals_there in found.items():
            goal = rolled.goal(unit) if restated is None else restated.goal(unit, targets)
            if goal is not None:
                goals_there[key] = goal
    return found


class _Rolled:
    """The target of a unit: its own, else the sum of those directly below, if each of them has one."""

    def __init__(self, structure: Structure, on: date, targets: Mapping[int, Set]) -> None:
        self.targets = targets
        self.tree, self.alive = structure.tree(on), structure.alive(on)
        above = self.tree.ancestors[list(targets)] if targets else np.zeros((0, 1), dtype=np.int64)
        self.above = set(above[above >= 0].tolist())

    def goal(self, unit: int) -> Goal | None:
        """None where there is no target, or where some unit below has none."""
        row = self.targets.get(unit)
        if row is not None:
            return Goal(row.value, row.assumed, source=row.source, since=row.since)
        if unit not in self.above:
            return None
        below = [self.goal(int(child)) for child in self.tree.children(unit) if self.alive[child]]
        known = [goal for goal in below if goal is not None]
        if not known or len(known) < len(below):
            return None
        sinces = {goal.since for goal in known}
        since = sinces.pop() if len(sinces) == 1 else None
        return Goal(sum(g.value for g in known), any(g.assumed for g in known), "below", since=since)


class _Restating:
    """Adds the targets of former units that went over whole; where a part of the unit had none, there is no sum."""

    def __init__(self, structure: Structure, on: date, places: Places) -> None:
        self.tree, self.places = structure.tree(on), places
        kinds = structure.kinds(on)
        self.alive = kinds >= 0
        self.cells = np.isin(kinds, [KIND_CODE[kind] for kind in CELL_KINDS])

    def goal(self, unit: int, targets: dict[int, Set]) -> Goal | None:
        certain, possible = self.places.certain(unit), self.places.possible(unit)
        inside = [t for t in targets if self.alive[t] and self._whole(t, certain)]
        highest = [t for t in inside if not any(t != other and self._is_below(t, other) for other in inside)]
        covered = np.zeros(len(self.alive), dtype=bool)
        for t in highest:
            covered |= self.tree.inside(t)
        if not highest or (possible & self.cells & ~covered).any():
            return None
        rows = [targets[t] for t in highest]
        return Goal(sum(row.value for row in rows), any(row.assumed for row in rows), "former" if len(rows) > 1 else "")

    def _whole(self, former: int, certain: Bools) -> bool:
        return bool(certain[self.tree.inside(former) & self.alive].all())

    def _is_below(self, unit: int, other: int) -> bool:
        return bool(self.tree.first[other] <= self.tree.first[unit] < self.tree.last[other])
