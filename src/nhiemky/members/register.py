"""The list of members: who belongs to a unit on a day, filtered and in Vietnamese order, without asking the database
for more than the people of one page."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

import numpy as np
from django.db import connection

from nhiemky.domain.access import Actor
from nhiemky.domain.members.columns import Columns
from nhiemky.domain.names import fold
from nhiemky.domain.organisation.kinds import SECTOR_CODE
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.periods import day_number, day_of, years_before
from nhiemky.members.models import Person
from nhiemky.members.sums import View

# Key, youngest and oldest age in full years.
AGES = {"under_31": (0, 30), "31_40": (31, 40), "41_50": (41, 50), "51_60": (51, 60), "over_60": (61, 150)}
_MANY = 5_000


class _Names:
    """All people in the order of their names; after the first time only those touched since are asked for."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.keys: dict[int, str] = {}
        self.pairs: list[tuple[str, int]] = []
        self.columns: Columns | None = None
        self.ranks: Ints = np.zeros(0, dtype=np.int64)

    def ranks_of(self, held: Columns) -> Ints:
        """For each person (by position) their place in the order of names."""
        with self.lock:
            last = self.columns
            if last is held:
                return self.ranks
            follows = last is not None and held.origin is last.origin and held.seq >= last.seq
            renamed = self._learn(last.seq if last is not None and follows else None)
            if last is None or renamed or not np.array_equal(last.people.ids, held.people.ids):
                self.ranks = self._ranked(held.people.ids)
            self.columns = held
            return self.ranks

    def _ranked(self, ids: Ints) -> Ints:
        people = np.array([person for _key, person in self.pairs], dtype=np.int64)
        place = np.minimum(np.searchsorted(ids, people), max(len(ids) - 1, 0))
        place = place[ids[place] == people] if len(ids) else place[:0]  # not who came after this state
        ranks = np.empty(len(ids), dtype=np.int64)
        ranks[place] = np.arange(len(place))
        return ranks

    def _learn(self, since: int | None) -> bool:
        """Read the names of everybody, or of those touched since an event; whether anything is new."""
        with connection.cursor() as cursor:
            if since is None:
                cursor.execute("SELECT name_key, id FROM members_person")
            else:
                cursor.execute("SELECT name_key, id FROM members_person WHERE changed > %s", [since])
            rows = [(key, person) for key, person in cursor.fetchall() if self.keys.get(person) != key]
        if since is None or len(rows) > _MANY:
            self.keys = {} if since is None else self.keys
            self.keys.update((person, key) for key, person in rows)
            self.pairs = sorted((key, person) for person, key in self.keys.items())
            return True
        for key, person in rows:
            if person in self.keys:
                del self.pairs[bisect_left(self.pairs, (self.keys[person], person))]
            self.keys[person] = key
            insort(self.pairs, (key, person))
        return bool(rows)


_names = _Names()


def name_ranks(held: Columns) -> Ints:
    """For each person the place in the Vietnamese order of names."""
    return _names.ranks_of(held)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is filtered by; empty means everybody."""

    standing: str = ""
    sex: str = ""
    minority: str = ""
    age: str = ""
    exempt: str = ""
    sector: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the list. Not `open`, not `unit_open`: person or unit lie outside today's grants, and are no links."""

    person: Person
    unit_code: str
    unit_name: str
    official: bool
    exempt: bool
    open: bool
    unit_open: bool


class Members(Sequence[Member]):
    """The stays found, in order; people are fetched for the lines that are looked at."""

    def __init__(self, view: View, stays: Ints, actor: Actor) -> None:
        self.view, self.stays, self.actor = view, stays, actor

    def __len__(self) -> int:
        return len(self.stays)

    @overload
    def __getitem__(self, at: int) -> Member: ...
    @overload
    def __getitem__(self, at: slice) -> list[Member]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, int):
            return self._fetched(self.stays[at : at + 1])[0]
        return self._fetched(self.stays[at])

    def __iter__(self) -> Any:
        for start in range(0, len(self.stays), _MANY):
            yield from self._fetched(self.stays[start : start + _MANY])

    def _fetched(self, rows: Ints) -> list[Member]:
        stays, held = self.view.columns.stays, self.view.structure
        ids = self.view.columns.people.ids[stays.person[rows]].tolist()
        people = Person.objects.defer("identity_sealed", "identity_mark").in_bulk(ids)
        scope, units = self.actor.scope("members.view"), self.actor.scope("organisation.view")
        return [
            Member(
                person=people[person_id],
                unit_code=held.codes[unit],
                unit_name=held.name(unit, self.view.on),
                official=official,
                exempt=exempt,
                open=(people[person_id].last_unit_id or 0) in scope,
                unit_open=int(held.ids[unit]) in units,
            )
            for person_id, unit, official, exempt in zip(
                ids, stays.unit[rows].tolist(), stays.official[rows].tolist(), stays.exempt[rows].tolist(), strict=True
            )
        ]


def members(view: View, unit: int | None, wanted: Wanted, actor: Actor, *, order: str = "name") -> Members:
    """Who belongs to the unit on the view's day; with None, to anything in the actor's scope.

    A named unit is checked by the caller (`organisation.selectors.require_as_asked`). Its list is not cut to today's
    scope: who stood in it on the day belongs to it, as in its count, wherever they stand today.
    """
    stays = view.columns.stays
    rows = stays.on(view.number)
    seen = _seen(view, actor) if unit is None else view.inside(unit)
    rows = rows[seen[stays.unit[rows]]]
    for mask in _masks(view, wanted, rows):
        rows = rows[mask(rows)]
    return Members(view, _ordered(view, rows, order), actor)


def _seen(view: View, actor: Actor) -> Bools:
    scope = actor.scope("members.view")
    if scope.everything:
        return np.ones(len(view.structure), dtype=bool)
    return np.isin(view.structure.ids, list(scope.unit_ids))


def _masks(view: View, wanted: Wanted, rows: Ints) -> list[Any]:
    """One test after the other, each on what the earlier ones left."""
    stays, people = view.columns.stays, view.columns.people
    tests: list[Any] = []
    if wanted.standing:
        tests.append(lambda r: stays.official[r] == (wanted.standing == "official"))
    if wanted.exempt:
        tests.append(lambda r: stays.exempt[r] == (wanted.exempt == "yes"))
    if wanted.sex:
        tests.append(lambda r: people.female[stays.person[r]] == (wanted.sex == "female"))
    if wanted.minority:
        tests.append(lambda r: (people.ethnic_group[stays.person[r]] > 1) == (wanted.minority == "yes"))
    if wanted.age in AGES:
        tests.append(_aged(view, *AGES[wanted.age]))
    if wanted.sector in SECTOR_CODE:
        sectors = view.structure.sectors(view.on)
        tests.append(lambda r: sectors[stays.unit[r]] == SECTOR_CODE[wanted.sector])
    if words := fold(wanted.q):
        tests.append(lambda r: _named(view, words)[stays.person[r]])
    return tests


def _aged(view: View, youngest: int, oldest: int) -> Any:
    born, person = view.columns.people.born, view.columns.stays.person
    latest = day_number(years_before(view.on, youngest))
    earliest = day_number(years_before(view.on, oldest + 1))
    return lambda rows: (born[person[rows]] <= latest) & (born[person[rows]] > earliest)


def _named(view: View, words: str) -> Bools:
    """Which people have every word, the last one perhaps unfinished, in their name; or this card number."""
    ids = matching_ids(words)
    return np.isin(view.columns.people.ids, np.array(ids, dtype=np.int64))


def query_of(words: str) -> str:
    """Words as a full-text query in which the last one may be unfinished."""
    clean = ["".join(c for c in word if c.isalnum()) for word in words.split()]
    parts = [word for word in clean if word]
    return " & ".join([*parts[:-1], f"{parts[-1]}:*"]) if parts else ""


def matching_ids(words: str) -> list[int]:
    """Ids of people by name or card number."""
    query = query_of(words)
    if not query:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM members_person WHERE to_tsvector('simple'::regconfig, COALESCE(folded, ''))"
            " @@ to_tsquery('simple', %s) OR (card_number = %s AND card_number <> '')",
            [query, words],
        )
        return [row[0] for row in cursor.fetchall()]


def _ordered(view: View, rows: Ints, order: str) -> Ints:
    """By name first, then, keeping that order among equals, by what was asked for."""
    stays, people = view.columns.stays, view.columns.people
    rows = rows[np.argsort(name_ranks(view.columns)[stays.person[rows]], kind="stable")]
    key, down = order.removeprefix("-"), order.startswith("-")
    if key == "name":
        return rows[::-1] if down else rows
    readers: dict[str, Callable[[], Ints]] = {
        "birth": lambda: people.born[stays.person[rows]],
        "decided": lambda: people.decided[stays.person[rows]],
        "unit": lambda: _unit_ranks(view)[stays.unit[rows]],
        "standing": lambda: stays.official[rows].astype(np.int64),
        "sex": lambda: people.female[stays.person[rows]].astype(np.int64),
    }
    values = readers[key]()
    return rows[np.argsort(-values if down else values, kind="stable")]


def _unit_ranks(view: View) -> Ints:
    order = sorted(range(len(view.structure)), key=lambda place: view.structure.rank(place, view.on)[::-1])
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


ORDERS = ("name", "birth", "decided", "unit", "standing", "sex")


def age_on(born: date, on: date) -> int:
    """Full years on the day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def first_day(view: View, row: int) -> date:
    """The first day of a stay."""
    return day_of(int(view.columns.stays.start[row]))
