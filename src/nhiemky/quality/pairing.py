"""Who may be in the register twice: pairs of members, found by what agrees, and what was decided about them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from nhiemky.domain.access import Actor
from nhiemky.domain.members.columns import Columns
from nhiemky.domain.names import fold
from nhiemky.domain.organisation.structure import Ints
from nhiemky.domain.quality.duplicates import Candidate, Record, compare, groups
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.quality.models import Merge, NotSame
from nhiemky.quality.state import FILE, HOME, NAME, YEAR_ONLY, State, state

# More people than this who agree are no duplicates but a placeholder typed for many.
_LARGEST_GROUP = 40
_BEFORE_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate as the actor may see it: `other` is None, and not named, where that person is not theirs to see."""

    candidate: Candidate
    person: Person
    other: Person | None
    unit_name: str
    other_unit: str


class _Kept:
    """The candidates of this process, found anew when the register has changed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.columns: Columns | None = None
        self.number = 0
        self.found: tuple[Candidate, ...] = ()

    def of(self, view: View) -> tuple[Candidate, ...]:
        with self.lock:
            if self.columns is not view.columns or self.number != view.number:
                self.found = tuple(_candidates(view, state(view.columns)))
                self.columns, self.number = view.columns, view.number
            return self.found


_kept = _Kept()


def candidates(view: View) -> list[Candidate]:
    """All pairs of the day's members that may be one person, but for those of whom it was said that they are two."""
    decided = set(NotSame.objects.filter(undone_seq=None).values_list("first_id", "second_id"))
    return [one for one in _kept.of(view) if one.pair not in decided]


def _candidates(view: View, held: State) -> Iterable[Candidate]:
    pairs = sorted(_worth_comparing(view, held))
    records = _records({person for pair in pairs for person in pair})
    found = (compare(records[one], records[other]) for one, other in pairs if one in records and other in records)
    return [one for one in found if one is not None]


def _worth_comparing(view: View, held: State) -> set[tuple[int, int]]:
    """Pairs with the same file number, the same name and birth, or the same birth and home."""
    people = view.columns.stays.person[view.columns.stays.on(view.number)]
    rows, ids = held.table[people], view.columns.people.ids[people]
    born = view.columns.people.born[people] + _BEFORE_ALL
    years = view.columns.people.born[people].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 10_000
    found: set[tuple[int, int]] = set()
    for keys in ((rows[:, FILE],), (rows[:, NAME], born), (rows[:, HOME], born)):
        found |= _pairs(ids, groups(*keys))
    with_year = [group for group in groups(rows[:, NAME], years) if rows[group, YEAR_ONLY].any()]
    return found | _pairs(ids, with_year)


def _pairs(ids: Ints, found: Iterable[Ints]) -> set[tuple[int, int]]:
    pairs = set()
    for group in found:
        members = sorted(ids[group].tolist()) if len(group) <= _LARGEST_GROUP else []
        pairs |= {(one, other) for n, one in enumerate(members) for other in members[n + 1 :]}
    return pairs


def _records(ids: set[int]) -> dict[int, Record]:
    fields = (
        "pk",
        "folded",
        "birth_date",
        "birth_year_only",
        "sex",
        "home_place",
        "file_number",
        "phone",
        "decided_on",
    )
    rows = Person.objects.filter(pk__in=ids).exclude(identity_mark=None).values_list("pk", flat=True)
    numbered = set(rows)
    return {
        pk: Record(pk, name, born, year_only, sex, fold(home), file_number, phone, decided, pk in numbered)
        for pk, name, born, year_only, sex, home, file_number, phone, decided in Person.objects.filter(
            pk__in=ids
        ).values_list(*fields)
    }


# As an actor may see them


def pairs_of(view: View, actor: Actor, *, person: int | None = None) -> list[Pair]:
    """Candidates of whom at least one is in the actor's scope, those to be decided here first."""
    where = _units(view)
    scope, ids = actor.scope("members.view"), view.structure.ids
    chosen = []
    for one in candidates(view):
        mine = [who for who in one.pair if int(ids[where[who]]) in scope]
        if mine and (person is None or person in one.pair):
            chosen.append((one, mine))
    people = Person.objects.defer("identity_sealed", "identity_mark").in_bulk(
        {who for _one, mine in chosen for who in mine}
    )
    made = [_pair(view, one, [people[who] for who in mine], where) for one, mine in chosen]
    return sorted(made, key=lambda pair: (pair.other is None, pair.person.name_key, pair.person.pk))


def _pair(view: View, one: Candidate, seen: list[Person], where: dict[int, int]) -> Pair:
    names = [view.structure.name(where[who.pk], view.on) for who in seen]
    second = seen[1] if len(seen) > 1 else None
    return Pair(one, seen[0], second, names[0], names[1] if second else "")


def _units(view: View) -> dict[int, int]:
    """For each person that is in a pair the unit of the day, as a position."""
    wanted = {who for one in _kept.of(view) for who in one.pair}
    stays = view.columns.stays
    rows = stays.on(view.number)
    ids = view.columns.people.ids[stays.person[rows]]
    rows = rows[np.isin(ids, list(wanted))]
    found = view.columns.people.ids[stays.person[rows]].tolist()
    return dict(zip(found, stays.unit[rows].tolist(), strict=True))


def to_decide(view: View, actor: Actor) -> int:
    """How many pairs the actor may decide: both people in their scope of writing."""
    where, scope, ids = _units(view), actor.scope("members.write"), view.structure.ids
    return sum(all(int(ids[where[who]]) in scope for who in one.pair) for one in candidates(view))


def compared(one: Person, other: Person) -> Candidate | None:
    """What speaks for and against two people chosen by hand; None where nothing does."""
    records = _records({one.pk, other.pk})
    return compare(records[one.pk], records[other.pk])


# What was decided


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a person and another one, who is named only to whom may see them."""

    deed: str
    row: Merge | NotSame
    other: Person | None
    kept: bool


def decided_about(actor: Actor, person: Person) -> list[Decided]:
    """Merges the person took part in, and of whom it was said that they are two; the newest first."""
    scope = actor.scope("members.view")
    merges = Merge.objects.filter(Q(kept=person) | Q(dropped=person)).select_related("kept", "dropped")
    two = NotSame.objects.filter(Q(first=person) | Q(second=person)).select_related("first", "second")
    found = [_decided("merge", row, person, row.kept, row.dropped) for row in merges]
    found += [_decided("not_same", row, person, row.first, row.second) for row in two]
    shown = [
        Decided(
            one.deed, one.row, one.other if ((one.other and one.other.last_unit_id) or 0) in scope else None, one.kept
        )
        for one in found
    ]
    return sorted(shown, key=lambda one: -one.row.seq)


def _decided(deed: str, row: Merge | NotSame, person: Person, one: Person, other: Person) -> Decided:
    return Decided(deed, row, other if one.pk == person.pk else one, one.pk == person.pk)
