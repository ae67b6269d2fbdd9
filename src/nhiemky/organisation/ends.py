"""What became of units that have ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.models import Placement, Reorganisation, Succession, UnitVersion


class Ends:
    """What became of ended units, read from the rows: the structure held in memory may not know this write yet."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._by: dict[int, Reorganisation | None] = {}

    def by(self, unit_id: int) -> Reorganisation | None:
        """What ended the unit by today; None while it lives."""
        if unit_id not in self._by:
            last = UnitVersion.objects.filter(unit_id=unit_id).order_by("-during").select_related("closed_by").first()
            ended = last is not None and last.during.upper is not None and last.during.upper <= self.today
            self._by[unit_id] = last.closed_by if last is not None and ended else None
        return self._by[unit_id]

    def heir(self, unit_id: int) -> int | None:
        """The living whole successor, followed through those that have ended, too."""
        seen = {unit_id}
        while self.by(unit_id) is not None:
            links = Succession.objects.filter(predecessor_id=unit_id, whole=True, on__lte=self.today)
            found = list(links.values_list("successor_id", flat=True))
            if len(found) != 1 or found[0] in seen:
                return None
            unit_id = found[0]
            seen.add(unit_id)
        return unit_id

    def above(self, unit_id: int) -> int | None:
        """The living unit that stood above it at its end, or what became of that."""
        while self.by(unit_id) is not None:
            last = Placement.objects.filter(unit_id=unit_id).order_by("-during").first()
            if last is None or last.parent_id is None:
                return None
            unit_id = self.heir(last.parent_id) or last.parent_id
        return unit_id

    def stand_in(self, unit_id: int) -> int | None:
        """The unit itself while it lives, else its whole successor, else what stood above it."""
        return self.heir(unit_id) or self.above(unit_id)


@lru_cache(maxsize=4)
def stand_ins(structure: Structure, on: date) -> Mapping[int, int]:
    """`Ends.stand_in` of every unit that has ended by the day, by ids, from the structure in memory: for reading."""
    alive, whole = structure.alive(on), whole_heirs(structure, on)

    def found(place: int) -> int | None:
        seen = set()
        while not alive[place]:
            above = structure.placements[place][-1].parent if structure.placements[place] else None
            goes = whole.get(place, above)
            if goes is None or goes in seen:
                return None
            seen.add(place)
            place = goes
        return int(structure.ids[place])

    ended = [place for place in range(len(structure)) if not alive[place] and structure.versions[place]]
    return {int(structure.ids[place]): heir for place in ended if (heir := found(place)) is not None}


def whole_heirs(structure: Structure, on: date) -> dict[int, int]:
    """The one whole successor of each unit that has one by the day, by places."""
    found: dict[int, list[int]] = {}
    for link in structure.links:
        if link.whole and link.on <= on:
            found.setdefault(link.predecessor, []).append(link.successor)
    return {place: heirs[0] for place, heirs in found.items() if len(heirs) == 1}
