"""Where units lie on the map: communes with the coordinates of their administrative area."""

from __future__ import annotations

from dataclasses import dataclass

from nhiemky.organisation.models import AdminArea
from nhiemky.reporting import selectors
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.selectors import Asked, Question


@dataclass(frozen=True, slots=True)
class Point:
    """A commune: where it lies, how many members and residential cells it has, how many of those have a committee."""

    name: str
    lon: float
    lat: float
    members: int | None
    cells: int | None
    covered: int | None

    @property
    def grade(self) -> int | None:
        """0 all cells have a committee, 1 at least nine in ten, 2 fewer; None where there is nothing to grade."""
        if not self.cells or self.covered is None:
            return None
        return 0 if self.covered == self.cells else 1 if 10 * self.covered >= 9 * self.cells else 2


def points(asked: Question) -> list[Point]:
    """The units of the subtree that stand for an administrative area with coordinates."""
    held = selectors.facts()
    structure, shape = held.structure, asked.shape
    now = Asked(held, asked)
    inside = structure.tree(shape).inside(asked.unit) & structure.alive(shape)
    area_of = {}
    for place in inside.nonzero()[0].tolist():
        version = structure.version(place, shape)
        if version is not None and version.area_id is not None and not version.kind.endswith("cell"):
            area_of[place] = (version.area_id, version.name)
    found = AdminArea.objects.filter(pk__in={area for area, _name in area_of.values()})
    rows = found.values_list("pk", "lat", "lon")
    at = {pk: (lat, lon) for pk, lat, lon in rows if lat is not None and lon is not None}
    keys = ("members.total", "cells.residential.total", "cells.residential.with_committee")
    made = []
    for place, (area, name) in area_of.items():
        if area in at:
            members, cells, covered = (now.value(BY_KEY[key], place)[0] for key in keys)
            made.append(Point(name, at[area][1], at[area][0], members, cells, covered))
    return sorted(made, key=lambda point: (-(point.grade or 0), point.name))
