"""Where a case is today: a case follows its cell through reorganisations, and from the ceremony on the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.models import EnBloc, Reorganisation

_LEVELS = {
    "sectional": ("sectional",),
    "grassroots": ("grassroots_committee",),
    "authority": ("above_grassroots", "provincial"),
}


@lru_cache(maxsize=4)
def _ways(structure: Structure, on: date) -> Mapping[int, int]:
    """Where everybody of a unit went, by the last reorganisation until the day that moved them. Ids."""
    applied = {"reorganisation__status": Reorganisation.APPLIED, "reorganisation__effective_on__lte": on}
    rows = EnBloc.objects.filter(**applied).order_by("reorganisation__effective_on", "pk")
    return dict(rows.values_list("source_id", "target_id"))


def is_cell(structure: Structure, unit_id: int, on: date) -> bool:
    """Whether people can belong to the unit on the day."""
    version = structure.version(structure.index[unit_id], on)
    return version is not None and KIND[version.kind].has_members


def way_of(structure: Structure, unit_id: int, on: date) -> list[int]:
    """The cells to which the people of a cell went, one after the other, until the day. Ids."""
    ways, passed = _ways(structure, on), [unit_id]
    while not is_cell(structure, passed[-1], on) and (heir := ways.get(passed[-1])) is not None:
        if heir in passed:
            break
        passed.append(heir)
    return passed[1:]


def cell_today(structure: Structure, unit_id: int, on: date) -> int:
    """The cell that a case of this cell belongs to on the day: where its people went when it ended."""
    return ([unit_id, *way_of(structure, unit_id, on)])[-1]


def cells_that_lead_to(structure: Structure, unit_ids: frozenset[int], on: date) -> list[int]:
    """Ids of the units whose cases belong to one of these on the day, these included."""
    return [*unit_ids, *(u for u in _ways(structure, on) if cell_today(structure, u, on) in unit_ids)]


@lru_cache(maxsize=20_000)
def levels(structure: Structure, place: int, on: date) -> Mapping[str, int]:
    """The organisations that act in a case of the cell on the day, by level (positions): the cell and its superiors.

    The committee with authority is the nearest one directly above grassroots; where there is none, the highest.
    """
    path = structure.tree(on).path(place)[::-1][1:]
    found = {"cell": place}
    for level, kinds in _LEVELS.items():
        for above in path:
            version = structure.version(above, on)
            if version is not None and version.kind in kinds:
                found[level] = above
                break
    found.setdefault("authority", path[-1] if path else place)
    return found
