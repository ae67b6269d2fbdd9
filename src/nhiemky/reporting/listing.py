"""The rows behind a figure: a page of them for the screen, all of them for a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import overload

import numpy as np

from nhiemky.domain.access import Actor, Scope
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints
from nhiemky.domain.periods import day_of
from nhiemky.domain.reporting.counting import Count, within
from nhiemky.domain.reporting.lives import Placed, Told
from nhiemky.members.models import Movement, Person
from nhiemky.members.register import name_ranks
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import work
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.selectors import Asked, Question, facts

CHUNK = 5000
Order = Callable[[Ints], Ints]
Make = Callable[[Ints, Bools], Iterator["Row"]]
Known = tuple[str, str, date, bool]
"""Of a person: name, sex, birth date, and whether the reader may open the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row behind a figure, of a person, a movement, a unit or a record of work. Empty fields do not apply.

    `kind` is the kind of movement or unit, or what the record of work was; `url` is the record's page. `opens` and
    `unit_opens`: the reader may open the page of the person or unit, and of the unit named beside it.
    """

    name: str
    unit_code: str
    unit_name: str
    on: date | None = None
    kind: str = ""
    paper: str = ""
    person_id: int | None = None
    birth_date: date | None = None
    sex: str = ""
    code: str = ""
    doubtful: bool = False
    url: str = ""
    opens: bool = False
    unit_opens: bool = False


def may_list(actor: Actor, asked: Question, indicator: Indicator) -> bool:
    """Whether the actor may see the rows: units always, people and work only with the right to see them there."""
    needs = indicator.needs
    return not needs or organisation.sees_as_asked(actor, asked.unit, asked.structure, needs)


def shown(actor: Actor, now: Asked, indicator: Indicator) -> Count:
    """The rows the actor may be shown: all that certainly belong, and of the doubtful those whose own unit is visible.

    A doubtful row may belong to somebody else's unit: counted it may be, named it may not.
    """
    none = np.zeros(0, dtype=np.int64)
    if now.why_none(indicator):
        return Count(none, none)
    count = now.count(indicator)
    if not indicator.needs or not len(count.doubtful):
        return count
    scope = actor.scope(indicator.needs)
    if scope.everything:
        return count
    if indicator.is_work:
        at, _days = indicator.stood(now.day, now.span, count.doubtful)
        return Count(count.rows, count.doubtful[_seen(now, at, scope)])
    if indicator.table == "people":
        at = np.full(len(now.facts.columns.people.ids), -1, dtype=np.int64)
        at[now.day.people] = now.day.units
    else:
        moves = now.facts.columns.movements
        at = np.where(moves.target >= 0, moves.target, moves.source)
    return Count(count.rows, count.doubtful[_seen(now, at[count.doubtful], scope)])


def _seen(now: Asked, places: Ints, scope: Scope) -> Bools:
    """Which units the scope holds."""
    return np.array([unit in scope for unit in now.facts.structure.ids[places].tolist()], dtype=bool)


class Book:
    """Makes rows for one question; each person is read once, however many figures list them."""

    def __init__(self, now: Asked, actor: Actor, *, keep: bool = False) -> None:
        self.now, self.keep, self.actor = now, keep, actor
        self.people_seen, self.units_seen = actor.scope("members.view"), actor.scope("organisation.view")
        self.structure = now.facts.structure
        self.columns = now.facts.columns
        self._people: dict[int, Known] = {}
        self._names: dict[tuple[int, date], str] = {}
        self._unit_of: Ints | None = None

    def rows(self, indicator: Indicator, count: Count, start: int = 0, limit: int | None = None) -> Iterator[Row]:
        """Certain and doubtful rows together in one order."""
        positions = np.concatenate([count.rows, count.doubtful])
        doubtful = np.concatenate([np.zeros(count.low, dtype=bool), np.ones(len(count.doubtful), dtype=bool)])
        order, make = self._ways(indicator)
        sorted_ = order(positions)[start : None if limit is None else start + limit]
        for first in range(0, len(sorted_), CHUNK):
            part = sorted_[first : first + CHUNK]
            yield from make(positions[part], doubtful[part])

    def _ways(self, indicator: Indicator) -> tuple[Order, Make]:
        """How rows of the indicator's table are put in order and made."""
        if indicator.is_work:
            held = work.placed(indicator.table, self.structure)
            return partial(self._by_due_day, held), partial(self._work_rows, held, indicator.table)
        return {
            "people": (self._by_name, self._person_rows),
            "movements": (self._by_day, self._movement_rows),
            "units": (self._by_unit_name, self._unit_rows),
        }[indicator.table]

    def _name(self, place: int, on: date) -> str:
        """Like `organisation.unit_name`, without asking each time whether the structure is still current."""
        key = (place, on)
        if key not in self._names:
            version = self.structure.last_version(place, on)
            self._names[key] = version.name if version else self.structure.codes[place]
        return self._names[key]

    # People

    def _by_name(self, positions: Ints) -> Ints:
        return np.argsort(name_ranks(self.columns)[positions], kind="stable")

    def _opens(self, place: int | None) -> bool:
        return place is not None and int(self.structure.ids[place]) in self.units_seen

    def _read_people(self, ids: Sequence[int]) -> dict[int, Known]:
        known = self._people if self.keep else {}
        unread = [i for i in ids if i not in known]
        found = Person.objects.filter(pk__in=unread)
        for pk, name, sex, born, last in found.values_list("pk", "full_name", "sex", "birth_date", "last_unit_id"):
            known[pk] = (name, sex, born, last is not None and last in self.people_seen)
        return known

    def _units_of_people(self) -> Ints:
        if self._unit_of is None:
            self._unit_of = np.full(len(self.columns.people.ids), -1, dtype=np.int64)
            self._unit_of[self.now.day.people] = self.now.day.units
        return self._unit_of

    def _person_rows(self, positions: Ints, doubtful: Bools) -> Iterator[Row]:
        ids = self.columns.people.ids[positions].tolist()
        read, units = self._read_people(ids), self._units_of_people()[positions].tolist()
        for pk, place, unsure in zip(ids, units, doubtful.tolist(), strict=True):
            name, sex, born, opens = read[pk]
            yield Row(
                name=name,
                unit_code=self.structure.codes[place],
                unit_name=self._name(place, self.now.question.on),
                person_id=pk,
                birth_date=born,
                sex=sex,
                doubtful=unsure,
                opens=opens,
                unit_opens=self._opens(place),
            )

    # Movements

    def _by_day(self, positions: Ints) -> Ints:
        moves = self.columns.movements
        return np.lexsort((moves.ids[positions], moves.day[positions]))

    def _movement_rows(self, positions: Ints, doubtful: Bools) -> Iterator[Row]:
        moves = self.columns.movements
        ids = moves.ids[positions].tolist()
        fields = ("pk", "kind", "on", "paper_number", "person_id")
        read = {row[0]: row for row in Movement.objects.filter(pk__in=ids).values_list(*fields)}
        people = self._read_people([row[4] for row in read.values()])
        target, source = moves.target[positions], moves.source[positions]
        places = np.where(target >= 0, target, source).tolist()
        for pk, place, unsure in zip(ids, places, doubtful.tolist(), strict=True):
            _pk, kind, on, paper, person_id = read[pk]
            name, sex, born, opens = people[person_id]
            yield Row(
                name=name,
                unit_code=self.structure.codes[place],
                unit_name=self._name(place, on),
                on=on,
                kind=kind,
                paper=paper,
                person_id=person_id,
                birth_date=born,
                sex=sex,
                doubtful=unsure,
                opens=opens,
                unit_opens=self._opens(place),
            )

    # Units

    def _by_unit_name(self, positions: Ints) -> Ints:
        keys = [organisation.rank(self.structure, int(place), self.now.question.on) for place in positions]
        return np.array(sorted(range(len(positions)), key=keys.__getitem__), dtype=np.int64)

    def _unit_rows(self, positions: Ints, doubtful: Bools) -> Iterator[Row]:
        for place, unsure in zip(positions.tolist(), doubtful.tolist(), strict=True):
            on = self._day_of_unit(place)
            version = self.structure.last_version(place, on)
            above = self.structure.parent(place, on)
            yield Row(
                name=version.name if version else "",
                code=self.structure.codes[place],
                unit_code=self.structure.codes[above] if above is not None else "",
                unit_name=self._name(above, on) if above is not None else "",
                on=day_of(int(self.structure.born[place])),
                kind=version.kind if version else "",
                doubtful=unsure,
                opens=self._opens(place),
                unit_opens=self._opens(above),
            )

    # Work

    def _by_due_day(self, held: Placed, positions: Ints) -> Ints:
        return np.lexsort((held.lives.ids[positions], held.lives.day[positions]))

    def _work_rows(self, held: Placed, table: str, positions: Ints, doubtful: Bools) -> Iterator[Row]:
        lives, (places, days) = held.lives, held.standing(self.now.day, positions)
        ids = lives.ids[positions].tolist()
        told = work.told(table, ids, self.actor)
        lines = zip(ids, positions.tolist(), places.tolist(), days.tolist(), doubtful.tolist(), strict=True)
        for number, position, place, day, unsure in lines:
            said = told.get(number, Told(""))
            yield Row(
                name=said.title,
                unit_code=self.structure.codes[place],
                unit_name=self._name(place, day_of(day)),
                on=day_of(int(lives.day[position])),
                kind=lives.sorts[int(lives.sort[position])],
                paper=said.paper,
                doubtful=unsure,
                url=said.url,
                unit_opens=self._opens(place),
            )

    def _day_of_unit(self, place: int) -> date:
        """The day asked for, or the unit's last day if it ended before."""
        ended = int(self.structure.ended[place])
        on = self.now.question.on
        return on if ended == FOREVER else min(on, day_of(ended - 1))


class Rows(Sequence[Row]):
    """The rows behind a figure as a sequence of which only the asked part is read.

    Raises:
        Denied: the rows are people or work and the actor may not see those of the unit.
    """

    def __init__(self, actor: Actor, asked: Question, indicator: Indicator, among: Count | None = None) -> None:
        """`among` narrows the rows down to a part of them."""
        held = facts()
        if indicator.needs:
            organisation.require_as_asked(actor, asked.unit, asked.structure, indicator.needs)
        now = Asked(held, asked)
        self.indicator, self.book = indicator, Book(now, actor)
        self.counted = shown(actor, now, indicator)
        self.hidden = 0 if now.why_none(indicator) else now.count(indicator).high - self.counted.high
        if among is not None:
            self.counted, self.hidden = within(self.counted, among), 0

    def __len__(self) -> int:
        return self.counted.high

    @overload
    def __getitem__(self, part: int) -> Row: ...
    @overload
    def __getitem__(self, part: slice) -> list[Row]: ...
    def __getitem__(self, part: int | slice) -> Row | list[Row]:
        if isinstance(part, int):
            return next(self.book.rows(self.indicator, self.counted, part, 1))
        start, stop, _step = part.indices(len(self))
        return list(self.book.rows(self.indicator, self.counted, start, stop - start))
