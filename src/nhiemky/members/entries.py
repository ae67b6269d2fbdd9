"""The rows behind a unit's ledger: every entry of one kind that crossed its border in a period.

People who stayed in their cell while the cell came under another superior have no entry of their own; their rows
follow from the dated tree, as the sums do (`domain.reporting.ledger`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KEYS
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.periods import Period, day_number, day_of
from nhiemky.members.models import Person
from nhiemky.members.sums import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: who, when, from where to where."""

    person: Person
    kind: str
    on: date
    source: str
    target: str
    open: bool


class Entries:
    """Entries of a unit and period by kind and way ("in" or "out"); their number is the ledger's number."""

    def __init__(self, view: View, unit: int, during: Period) -> None:
        self.view, self.unit, self.during = view, unit, during
        self.first = day_number(during.start)
        assert during.end is not None
        self.after = day_number(during.end)

    def rows(self, kind: str, way: str) -> Ints:
        """A table of kind, day, person, source, target (positions; -1 for none), by day."""
        tables = [self._booked(kind, way)]
        if kind in ("", "en_bloc"):
            tables += [self._followed(day, way) for day in self._boundaries()]
        table = np.concatenate(tables)
        return table[np.lexsort((table[:, 2], table[:, 1]))]

    def _boundaries(self) -> list[int]:
        return [day for day in self.view.structure.boundaries if self.first <= day < self.after]

    def _inside(self, units: Ints, days: Ints) -> Bools:
        structure = self.view.structure
        segments = structure.segment(days)
        result = np.zeros(len(units), dtype=bool)
        for segment in np.unique(segments):
            chosen = segments == segment
            result[chosen] = structure.tree_of(int(segment)).inside(self.unit)[units[chosen]]
        return result & (units >= 0)

    def _booked(self, kind: str, way: str) -> Ints:
        moves = self.view.columns.movements
        rows = moves.within(self.first, self.after)
        if kind:
            rows = rows[moves.kind[rows] == MOVEMENT_CODE[kind]]
        target = self._inside(moves.target[rows], moves.day[rows])
        source = self._inside(moves.source[rows], moves.day[rows] - 1)
        rows = rows[target & ~source if way == "in" else source & ~target]
        return np.stack(
            [moves.kind[rows], moves.day[rows], moves.person[rows], moves.source[rows], moves.target[rows]], 1
        )

    def _followed(self, day: int, way: str) -> Ints:
        stays = self.view.columns.stays
        before = np.full(len(self.view.columns.people.ids), -1, dtype=np.int64)
        eve = stays.on(day - 1)
        before[stays.person[eve]] = stays.unit[eve]
        rows = stays.on(day)
        units = stays.unit[rows]
        was = self._inside(units, np.full(len(units), day - 1))
        becomes = self._inside(units, np.full(len(units), day))
        same = before[stays.person[rows]] == units
        rows = rows[same & (becomes & ~was if way == "in" else was & ~becomes)]
        size, units = len(rows), stays.unit[rows]
        kind = np.full(size, MOVEMENT_CODE["en_bloc"])
        return np.stack([kind, np.full(size, day), stays.person[rows], units, units], axis=1)

    def shown(self, table: Ints, seen: frozenset[int] | None) -> list[Entry]:
        """Lines for a part of the table; `seen` are the unit ids whose people may be opened, None for all."""
        people = self.view.columns.people
        ids = people.ids[table[:, 2]].tolist()
        found = Person.objects.defer("identity_sealed", "identity_mark").in_bulk(ids)
        result = []
        for person_id, (kind, day, _person, source, target) in zip(ids, table.tolist(), strict=True):
            on, person = day_of(day), found[person_id]
            names = [self.view.structure.name(u, on) if u >= 0 else "" for u in (source, target)]
            is_open = seen is None or person.last_unit_id in seen
            result.append(Entry(person, MOVEMENT_KEYS[kind], on, names[0], names[1], is_open))
        return result
