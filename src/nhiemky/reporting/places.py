"""Where units lie on the map: communes with the coordinates of their administrative area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhiemky.organisation.models import AdminArea
from nhiemky.reporting import selectors
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.selectors import Asked, Question

Spot = tuple[float, float]
_TYPES = (
    *("Đảng bộ ", "Thành phố ", "thành phố ", "Thị xã ", "thị xã ", "Thị trấn ", "thị trấn ", "Huyện ", "huyện "),
    *("Phường ", "phường ", "Đặc khu ", "đặc khu ", "Xã ", "xã "),
)


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
    def missing(self) -> int | None:
        """How many cells have no committee; None where there is no cell, or it is not known."""
        return None if not self.cells or self.covered is None else self.cells - self.covered

    @property
    def grade(self) -> int | None:
        """0 all cells have a committee, 1 all but one, 2 more are missing; None where there is nothing to grade."""
        return None if self.missing is None else min(self.missing, 2)

    @property
    def short_name(self) -> str:
        """Without the words for what it is: there is little room on a map."""
        return bare(self.name)


def bare(name: str) -> str:
    """The name of the place alone."""
    for word in _TYPES:
        name = name.removeprefix(word)
    return name


def points(asked: Question) -> list[Point]:
    """The units of the subtree that stand for an administrative area with coordinates, the largest gaps first."""
    now = Asked(selectors.facts(), asked)
    areas = _areas(asked)
    at = _spots(asked, areas)
    keys = ("members.total", "cells.residential.total", "cells.residential.with_committee")
    made = []
    for place, (_area, name) in areas.items():
        if place in at:
            members, cells, covered = (now.value(BY_KEY[key], place)[0] for key in keys)
            made.append(Point(name, at[place][1], at[place][0], members, cells, covered))
    return sorted(made, key=lambda point: (-(point.missing or 0), point.name))


def _areas(asked: Question) -> dict[int, tuple[int, str]]:
    """Units of the subtree with an administrative area: its number and the unit's name."""
    structure, shape = selectors.facts().structure, asked.shape
    inside = structure.tree(shape).inside(asked.unit) & structure.alive(shape)
    found = {}
    for place in inside.nonzero()[0].tolist():
        version = structure.version(place, shape)
        if version is not None and version.area_id is not None and not version.kind.endswith("cell"):
            found[place] = (version.area_id, version.name)
    return found


def _spots(asked: Question, areas: Mapping[int, tuple[int, str]]) -> dict[int, Spot]:
    """Latitude and longitude of units.

    A district without communes (Lý Sơn before 2025) stands for itself: its list has no coordinates, the list of 2025
    has those of the unit of the same name.
    """
    rows = AdminArea.objects.filter(pk__in={area for area, _name in areas.values()}).values_list("pk", "lat", "lon")
    known = {pk: (lat, lon) for pk, lat, lon in rows if lat is not None and lon is not None}
    found = {place: known[area] for place, (area, _name) in areas.items() if area in known}
    tree = selectors.facts().structure.tree(asked.shape)
    bare_ones = {
        place: bare(name)
        for place, (area, name) in areas.items()
        if area not in known and not any(tree.inside(place)[other] for other, (its, _n) in areas.items() if its != area)
    }
    if bare_ones:
        later = AdminArea.objects.filter(code_list="2025", level="commune", lat__isnull=False)
        rows_later = later.values_list("name", "lat", "lon")
        named = {bare(name): (lat, lon) for name, lat, lon in rows_later if lat is not None and lon is not None}
        found |= {place: named[name] for place, name in bare_ones.items() if name in named}
    return found
