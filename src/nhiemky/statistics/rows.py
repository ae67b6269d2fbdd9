"""The rows behind a number of a form: people of a day, or entries of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import numpy as np

from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.members.kinds import MOVEMENT_KEYS
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.periods import day_of
from nhiemky.domain.statistics.counting import CAME, SLICES, WENT, Count, Found
from nhiemky.members.models import Movement, Person
from nhiemky.members.register import name_ranks
from nhiemky.organisation import selectors as organisation
from nhiemky.statistics.selectors import Asked, count

PERMISSION = "members.view"


@dataclass(frozen=True, slots=True)
class Listed:
    """A row. Of a person `unit` is where they stand; of an entry `source` and `target` say whence and whither.

    `opens` and `unit_opens`: the reader may open the page of the person, and of the unit.
    """

    person: Person
    unit_code: str
    unit: str
    doubtful: bool
    opens: bool
    unit_opens: bool
    official: bool = True
    on: date | None = None
    kind: str = ""
    source: str = ""
    target: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which number: form, line, part (a mark; empty for the unit itself), and of whom."""

    form: int
    line: str
    part: str = ""
    only: str = ""

    @property
    def entries(self) -> bool:
        """Whether the rows are entries, not people."""
        return self.form == 2 or (self.form == 1 and self.line.startswith((f"{CAME}.", f"{WENT}.")))


def may_list(actor: Actor, asked: Asked) -> bool:
    """Whether the actor may see the people of the unit as it is asked for."""
    return organisation.sees_as_asked(actor, asked.unit, asked.structure, PERMISSION)


class Rows(Sequence[Listed]):
    """The rows as a sequence of which only the asked part is read.

    `counted` is what the form says; what lies in units outside the actor's scope and only may belong is `hidden`.

    Raises:
        Denied: the actor may not see members of the unit, or there is no such number.
    """

    def __init__(self, actor: Actor, asked: Asked, wanted: Wanted) -> None:
        organisation.require_as_asked(actor, asked.unit, asked.structure, PERMISSION)
        self.made, self.wanted = count(asked), wanted
        self.people_seen, self.units_seen = actor.scope(PERMISSION), actor.scope("organisation.view")
        self.counted = _found(self.made, wanted)
        rows, doubtful = self.counted.rows, self.counted.doubtful
        shown = doubtful[self._visible(doubtful)]
        self.hidden = len(doubtful) - len(shown)
        self.rows, self.sure = _in_order(self.made, wanted, np.concatenate([rows, shown])), len(rows)
        self._doubtful = set(shown.tolist())

    @property
    def exact(self) -> bool:
        """Whether every row certainly counts."""
        return not len(self.counted.doubtful)

    def _visible(self, rows: Ints) -> Bools:
        units = self._units(rows)
        return np.array([int(self.made.facts.structure.ids[unit]) in self.people_seen for unit in units], dtype=bool)

    def _units(self, rows: Ints) -> Ints:
        if not self.wanted.entries:
            return self.made.facts.columns.stays.unit[rows]
        flows = self.made.flows
        return np.where(flows.target[rows] >= 0, flows.target[rows], flows.source[rows])

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Listed: ...
    @overload
    def __getitem__(self, at: slice) -> list[Listed]: ...
    def __getitem__(self, at: int | slice) -> Listed | list[Listed]:
        part = self.rows[at] if isinstance(at, slice) else self.rows[at : at + 1]
        made = self._entries(part) if self.wanted.entries else self._people(part)
        return made if isinstance(at, slice) else made[0]

    def _read(self, person: Ints) -> list[Person]:
        ids = self.made.facts.columns.people.ids[person].tolist()
        found = Person.objects.defer("identity_sealed", "identity_mark").in_bulk(ids)
        return [found[pk] for pk in ids]

    def _listed(self, row: int, person: Person, unit: int, day: date, **more: object) -> Listed:
        held = self.made.facts.structure
        opens = person.last_unit_id is not None and person.last_unit_id in self.people_seen
        unit_opens = int(held.ids[unit]) in self.units_seen
        doubtful = row in self._doubtful
        return Listed(person, held.codes[unit], held.name(unit, day), doubtful, opens, unit_opens, **more)  # type: ignore[arg-type]

    def _people(self, rows: Ints) -> list[Listed]:
        stays = self.made.facts.columns.stays
        on = self.made.opening.on if self.wanted.line == "opening" else self.made.on
        lines = zip(rows.tolist(), self._read(stays.person[rows]), self._units(rows).tolist(), strict=True)
        return [self._listed(row, who, unit, on, official=bool(stays.official[row])) for row, who, unit in lines]

    def _entries(self, rows: Ints) -> list[Listed]:
        flows, moves = self.made.flows, self.made.facts.columns.movements
        booked = moves.ids[flows.booked[rows][flows.booked[rows] >= 0]].tolist()
        papers = dict(Movement.objects.filter(pk__in=booked).values_list("pk", "paper_number"))
        lines = zip(rows.tolist(), self._read(flows.person[rows]), self._units(rows).tolist(), strict=True)
        return [
            self._listed(
                row, who, unit, day_of(int(flows.day[row])), on=day_of(int(flows.day[row])),
                kind=MOVEMENT_KEYS[flows.kind[row]],
                source=self._name(flows.source[row], int(flows.day[row]) - 1),
                target=self._name(flows.target[row], int(flows.day[row])),
                paper=papers.get(int(moves.ids[flows.booked[row]]), "") if flows.booked[row] >= 0 else "",
            )
            for row, who, unit in lines
        ]  # fmt: skip

    def _name(self, unit: int, day: int) -> str:
        return self.made.facts.structure.name(int(unit), day_of(day)) if unit >= 0 else ""


def _found(made: Count, wanted: Wanted) -> Found:
    marks = made.parts.marks
    known = (not wanted.part or wanted.part in marks) and (not wanted.only or wanted.only in SLICES)
    column = 1 + marks.index(wanted.part) if wanted.part in marks else 0
    found = made.found(wanted.form, wanted.line, column, wanted.only) if known else None
    if found is None:
        raise Denied(PERMISSION, "no_such_number", status=404)
    return found


def _in_order(made: Count, wanted: Wanted, rows: Ints) -> Ints:
    """People by name; entries by day, then by name."""
    ranks = name_ranks(made.facts.columns)
    if not wanted.entries:
        return rows[np.argsort(ranks[made.facts.columns.stays.person[rows]], kind="stable")]
    return rows[np.lexsort((ranks[made.flows.person[rows]], made.flows.day[rows]))]
