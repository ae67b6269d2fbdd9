"""Reading the register's quality: cases with their people, lists confirmed, scores over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

import numpy as np

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.periods import Period
from nhiemky.domain.quality.rules import RULE, RULES, URGENCY, Rule
from nhiemky.members.models import Person
from nhiemky.members.register import name_ranks
from nhiemky.members.sums import View
from nhiemky.quality.looking import Look, look
from nhiemky.quality.models import Accepted, Confirmation, Score

VIEW, WRITE = "members.view", "members.write"
_MANY = 2_000
SCORES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Case:
    """One rule that finds something about one person. `unit` is a position."""

    person: Person
    unit: int
    unit_code: str
    unit_name: str
    rule: Rule
    finding: Finding


class Cases(Sequence[Case]):
    """Cases in order: the worst kind first, then by rule and name. People are fetched for the lines looked at."""

    def __init__(self, seen: Look, pairs: Ints) -> None:
        self.look, self.pairs = seen, pairs

    def __len__(self) -> int:
        return len(self.pairs)

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> list[Case]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, int):
            return self._fetched(self.pairs[at : at + 1])[0]
        return self._fetched(self.pairs[at])

    def __iter__(self) -> Any:
        for start in range(0, len(self.pairs), _MANY):
            yield from self._fetched(self.pairs[start : start + _MANY])

    def _fetched(self, pairs: Ints) -> list[Case]:
        view = self.look.view
        ids = view.columns.people.ids[self.look.people[pairs[:, 1]]].tolist()
        people = Person.objects.defer("identity_sealed", "identity_mark").in_bulk(ids)
        units = self.look.units[pairs[:, 1]].tolist()
        return [
            _case(view, RULES[rule], people[person], unit)
            for (rule, _row), person, unit in zip(pairs.tolist(), ids, units, strict=True)
        ]


def _case(view: View, rule: Rule, person: Person, unit: int) -> Case:
    held = view.structure
    return Case(person, unit, held.codes[unit], held.name(unit, view.on), rule, finding_of(rule, person, view.on))


def finding_of(rule: Rule, person: Person, on: date) -> Finding:
    """What the rule found, with the days it rests on; an identity number is never among them."""
    step = rule.rule.at(on)
    facts = {
        "born": f"{person.birth_date.year}" if person.birth_year_only else person.birth_date,
        "decided": person.decided_on,
        "admitted": person.admitted_on,
        "official": person.official_on,
        "needs": step.value,
        "file_code": person.file_number,
    }
    known = {key: value for key, value in facts.items() if value not in (None, "")}
    return Finding.of_rule(f"quality.{rule.key}", step, facts=known, field=rule.fields[0], blocks=rule.must)


def cases(seen: Look, inside: Bools, *, rule: str = "", kind: str = "", accepted: bool = False) -> Cases:
    """Open cases (or accepted ones) in the units, of one rule or kind or of all."""
    table = seen.accepted if accepted else seen.found
    wanted = np.array([(not rule or one.key == rule) and (not kind or one.kind == kind) for one in RULES])
    rules, rows = np.nonzero(table & wanted[:, None] & inside[seen.units])
    urgency = np.array([URGENCY.index(one.kind) for one in RULES])
    order = np.lexsort([name_ranks(seen.view.columns)[seen.people[rows]], rules, urgency[rules]])
    return Cases(seen, np.column_stack([rules, rows])[order])


@dataclass(frozen=True, slots=True)
class Open:
    """A finding about a person; `accepted` where it is right as it is."""

    rule: Rule
    finding: Finding
    accepted: Accepted | None = None


def findings_of(person: Person, on: date) -> list[Open]:
    """Everything that the rules find about one person on the day, accepted or not."""
    seen = look(View(on))
    ids = seen.view.columns.people.ids[seen.people]
    places = np.flatnonzero(ids == person.pk)
    if not len(places):
        return []
    place = int(places[0])
    known = {row.rule: row for row in Accepted.objects.filter(person=person, undone_seq=None)}
    return [
        Open(rule, finding_of(rule, person, on), known.get(rule.key) if seen.accepted[number, place] else None)
        for number, rule in enumerate(RULES)
        if seen.found[number, place] or seen.accepted[number, place]
    ]


def rule_of(key: str) -> Rule | None:
    """The rule with the key."""
    return RULE.get(key)


def in_scope(view: View, actor: Actor, permission: str = VIEW) -> Bools:
    """Which units the actor holds the permission over."""
    scope = actor.scope(permission)
    if scope.everything:
        return np.ones(len(view.structure), dtype=bool)
    return np.isin(view.structure.ids, list(scope.unit_ids))


# Lists confirmed each quarter


def confirmed_units(quarter: Period) -> set[int]:
    """Ids of the units whose list of the quarter is confirmed."""
    return set(Confirmation.objects.filter(quarter=quarter.start).values_list("unit_id", flat=True))


def unconfirmed(seen: Look, inside: Bools, quarter: Period) -> list[int]:
    """Units with members whose list of the quarter is not confirmed, as positions."""
    held, done = seen.view.structure, confirmed_units(quarter)
    places = np.flatnonzero(seen.holding & inside).tolist()
    return [place for place in places if int(held.ids[place]) not in done]


def confirmations(unit_id: int, most: int = 8) -> list[Confirmation]:
    """The unit's own confirmations, the newest first."""
    return list(Confirmation.objects.filter(unit_id=unit_id).order_by("-quarter")[:most])


# Scores over time


def scores(unit_ids: Sequence[int], until: date) -> dict[int, list[Score]]:
    """For each unit its last scores, the oldest first."""
    found: dict[int, list[Score]] = {}
    for score in Score.objects.filter(unit_id__in=unit_ids, on__lte=until).order_by("unit_id", "on"):
        found.setdefault(score.unit_id, []).append(score)
    return {unit_id: rows[-SCORES_SHOWN:] for unit_id, rows in found.items()}
