"""The register's quality on a day: which rules find what about whom, counted for every unit.

Everything is counted from arrays and kept until the register, an accepted exception or the day changes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef

from nhiemky.audit.selectors import last_seq
from nhiemky.domain.dated import Book, current_book
from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.quality.rules import KINDS, RULE, RULES, evaluate
from nhiemky.members.models import PersonChange
from nhiemky.members.sums import View
from nhiemky.quality.models import Accepted
from nhiemky.quality.state import State, state

_PLACE = {rule.key: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True)
class Share:
    """So many of the members have no open finding."""

    members: int
    fine: int

    @property
    def open(self) -> int:
        """Members with at least one open finding."""
        return self.members - self.fine

    @property
    def percent(self) -> float | None:
        """None where there are no members."""
        return 100 * self.fine / self.members if self.members else None


class Look:
    """What is open on a day. `rows` are the stays of the day; `found` and `accepted` have a row per rule."""

    def __init__(self, view: View, held: State, accepted: Iterable[tuple[int, str]]) -> None:
        self.view, self.held = view, held
        stays = view.columns.stays
        self.rows: Ints = stays.on(view.number)
        self.people: Ints = stays.person[self.rows]
        self.units: Ints = stays.unit[self.rows]
        every = evaluate(held.facts(self.people, stays.official[self.rows]), view.on)
        self.accepted: Bools = self._marked(accepted) & every
        self.found: Bools = every & ~self.accepted

    def _marked(self, accepted: Iterable[tuple[int, str]]) -> Bools:
        ids = self.view.columns.people.ids[self.people]
        order = np.argsort(ids)
        marks = np.zeros((len(RULES), len(ids)), dtype=bool)
        for person, key in accepted:
            place = int(np.searchsorted(ids, person, sorter=order))
            if place < len(ids) and ids[order[place]] == person and key in _PLACE:
                marks[_PLACE[key], order[place]] = True
        return marks

    def _rolled(self, chosen: Any) -> Ints:
        """For each unit how many of the chosen stays lie in its subtree."""
        direct = np.bincount(self.units[chosen], minlength=len(self.view.structure))
        return self.view.structure.tree(self.view.on).roll_up(direct)

    @cached_property
    def by_rule(self) -> Ints:
        """Open cases of every unit's subtree, a row per rule."""
        return np.stack([self._rolled(found) for found in self.found])

    @cached_property
    def by_kind(self) -> Ints:
        """Open cases of every unit's subtree, a row per kind of rule."""
        return np.stack([self.by_rule[[r.kind == kind for r in RULES]].sum(axis=0) for kind in KINDS])

    @cached_property
    def excepted(self) -> Ints:
        """Accepted exceptions of every unit's subtree."""
        return np.sum([self._rolled(marked) for marked in self.accepted], axis=0)

    @cached_property
    def members(self) -> Ints:
        """Members of every unit's subtree."""
        return self._rolled(np.ones(len(self.rows), dtype=bool))

    @cached_property
    def fine(self) -> Ints:
        """Members without open findings, of every unit's subtree."""
        return self._rolled(~self.found.any(axis=0))

    @cached_property
    def holding(self) -> Bools:
        """Units that members belong to directly."""
        return np.bincount(self.units, minlength=len(self.view.structure)) > 0

    def rolled_units(self, chosen: Bools) -> Ints:
        """For each unit how many of the chosen units stand in its subtree."""
        return self.view.structure.tree(self.view.on).roll_up(chosen)

    def share(self, unit: int) -> Share:
        """The unit's share of members without open findings."""
        return Share(int(self.members[unit]), int(self.fine[unit]))

    @cached_property
    def _own(self) -> Ints:
        """Of each unit alone: open cases by kind, a row each, and in the last row the members with any."""
        of_kind = [self.units[np.nonzero(self.found[[r.kind == kind for r in RULES]])[1]] for kind in KINDS]
        count = len(self.view.structure)
        return np.stack([np.bincount(rows, minlength=count) for rows in (*of_kind, self.units[self.found.any(axis=0)])])

    def over(self, units: Bools) -> tuple[Ints, int]:
        """Open cases by kind, and members with any, over units told one by one."""
        *kinds, people = self._own[:, units].sum(axis=1)
        return np.array(kinds), int(people)


@dataclass(frozen=True)
class _Key:
    columns: Columns
    number: int
    seq: int
    book: Book


class _Kept:
    """The last look of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: _Key | None = None
        self.look: Look | None = None

    def get(self, view: View) -> Look:
        with self.lock:
            seq = last_seq("quality")
            key, last = _Key(view.columns, view.number, seq, current_book()), self.key
            same = last is not None and last.columns is key.columns and last.book is key.book
            same = same and last is not None and (last.number, last.seq) == (key.number, seq)
            if not same or self.look is None or self.look.view.structure is not view.structure:
                self.look, self.key = Look(view, state(view.columns), accepted_pairs()), key
            return self.look


_kept = _Kept()


def look(view: View) -> Look:
    """The register's quality on the view's day."""
    return _kept.get(view)


def standing() -> list[Accepted]:
    """Exceptions in force: not taken back, and none of the particulars they are about has changed since."""
    changed = PersonChange.objects.filter(person_id=OuterRef("person_id"), seq__gt=OuterRef("seq"))
    found = Accepted.objects.filter(undone_seq=None).annotate(touched=Exists(changed))
    rows = list(found)
    touched = [row for row in rows if row.touched]
    later = PersonChange.objects.filter(person_id__in={row.person_id for row in touched})
    last = {
        (person, field): seq for person, field, seq in later.order_by("seq").values_list("person_id", "field", "seq")
    }
    return [
        row for row in rows
        if row.rule in RULE and all(last.get((row.person_id, f), -1) <= row.seq for f in RULE[row.rule].fields)
    ]  # fmt: skip


def accepted_pairs() -> list[tuple[int, str]]:
    """Person and rule of each exception in force."""
    return [(row.person_id, row.rule) for row in standing()]
