"""Cases as they stand: read from their rows and the ledger, and judged.

What was judged is remembered as long as neither the case, the person, the organisation nor the day has changed. The
state of a case follows from the ledger: an admission or a recognition that was taken back there has not happened here.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from nhiemky.admissions import places
from nhiemky.admissions.models import Case, Sponsor, StepTaken
from nhiemky.domain.admissions.facts import RECOGNISE, Done, End, Facts
from nhiemky.domain.admissions.judging import State, judge
from nhiemky.domain.admissions.voting import Vote
from nhiemky.domain.members.kinds import OFFICIAL
from nhiemky.domain.organisation.structure import Structure
from nhiemky.members.models import Movement, Stay
from nhiemky.organisation import selectors as organisation

Key = tuple[int | None, ...]


@dataclass(frozen=True)
class Standing:
    """A case on a day: whom it is about, in which cell it is today, what is known and what follows from it."""

    pk: int
    name: str
    name_key: str
    unit_id: int
    person_id: int | None
    facts: Facts
    state: State


_ALL = Q()
_DECIDED = Q(outcome__isnull=False, outcome_back=False)
ADMITTED = Q(admission__isnull=False, admission_back=False)
"""Of `rows`: the ledger holds the admission."""
CLOSED = ~Q(end_kind="") | _DECIDED | (ADMITTED & (Q(standing=None) | Q(standing=OFFICIAL)))
"""Of `rows`: ended by hand, by the last decision, or by what the ledger says of the person."""


def _back(column: str) -> Exists:
    return Exists(Movement.objects.filter(reverses_id=OuterRef(column)))


def rows() -> QuerySet[Case]:
    """Cases with what the ledger says of them: `admitted` and `decided` tell which of its entries count."""
    stay = Stay.objects.filter(person_id=OuterRef("person_id"), during__upper_inf=True)
    found = Case.objects.select_related("person").defer("person__identity_sealed", "person__identity_mark")
    return found.annotate(
        admission_back=_back("admission_id"), outcome_back=_back("outcome_id"),
        standing=Subquery(stay.values("standing")[:1]),
    )  # fmt: skip


def admitted(case: Any) -> bool:
    """Whether the ledger holds the admission of the case."""
    return case.admission_id is not None and not case.admission_back


class _Memory:
    """What was judged, for one structure and one day."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.of: tuple[Structure, date] | None = None
        self.known: dict[int, tuple[Key, Standing]] = {}

    def _of(self, structure: Structure, today: date) -> dict[int, tuple[Key, Standing]]:
        with self.lock:
            if self.of is None or self.of[0] is not structure or self.of[1] != today:
                self.of, self.known = (structure, today), {}
            return self.known

    def standings(self, keys: Mapping[int, Key], structure: Structure, today: date) -> list[Standing]:
        """Each case as it stands; only what has changed is read and judged anew."""
        known = self._of(structure, today)
        fresh = [pk for pk, key in keys.items() if pk not in known or known[pk][0] != key]
        for standing in _judged(list(rows().filter(pk__in=fresh)) if fresh else [], structure, today):
            known[standing.pk] = (keys[standing.pk], standing)
        return [known[pk][1] for pk in keys]


# A person's number changes with every entry of theirs, so with every taking back of one, and where they are, too.
_KEY = ("pk", "changed", "person__changed")
_memory = _Memory()


def standings(found: QuerySet[Case] | Sequence[Case], today: date) -> list[Standing]:
    """The cases as they stand today, in their order."""
    keys = _keys(found) if isinstance(found, QuerySet) else {case.pk: _key(case) for case in found}
    return _memory.standings(keys, organisation.structure(), today)


def maybe_open(today: date, wanted: Q = _ALL) -> list[Standing]:
    """Of the cases wanted those that nothing has ended, as far as their own rows tell; the person may have left.

    Two queries: in one, with both conditions, PostgreSQL guesses wrong and reads every person of the register.
    """
    taken_back = Movement.objects.filter(reverses__isnull=False).values("reverses")
    found = Case.objects.filter(wanted, end_kind="")
    keys = _keys(found.filter(outcome=None)) | _keys(found.filter(outcome__in=taken_back))
    return _memory.standings(keys, organisation.structure(), today)


def _keys(found: QuerySet[Case]) -> dict[int, Key]:
    return {key[0]: key for key in found.values_list(*_KEY)}


def _key(case: Case) -> Key:
    person = case.person
    return case.pk, case.changed, person.changed if person else None


def _judged(cases: Sequence[Any], structure: Structure, today: date) -> list[Standing]:
    if not cases:
        return []
    ids = [case.pk for case in cases]
    taken = _taken(ids)
    counted = Sponsor.objects.filter(case__in=ids, role=Sponsor.RECOMMENDER).values_list("case_id")
    recommenders = dict(counted.annotate(Count("pk")).order_by())
    left = _left([case.person_id for case in cases if admitted(case) and case.standing is None])
    made = []
    for case in cases:
        person = case.person if admitted(case) else None
        home = person.last_unit_id if person else places.cell_today(structure, case.unit_id, today)
        place = structure.index[home]
        facts = Facts(
            birth_date=person.birth_date if person else case.birth_date,
            done=tuple(_that_count(case, taken.get(case.pk, []))),
            levels=frozenset(places.levels(structure, place, today)),
            education=person.general_education if person else case.general_education,
            union=case.union,
            recommenders=recommenders.get(case.pk, 0),
            end=_end(case, left),
        )
        name = person or case
        made.append(
            Standing(
                case.pk, name.full_name, name.name_key, home, person.pk if person else None, facts, judge(facts, today)
            )
        )
    return made


_DONE = ("case_id", "key", "on", "received_on", "outcome", "base", "present", "in_favour", "against", "blank")


def _taken(ids: Sequence[int]) -> dict[int, list[Done]]:
    found: dict[int, list[Done]] = {}
    for case_id, key, on, received, outcome, *counts in (
        StepTaken.objects.filter(case__in=ids, struck="").order_by("case_id", "on", "pk").values_list(*_DONE)
    ):
        vote = Vote(*counts) if counts[0] is not None else None
        found.setdefault(case_id, []).append(Done(key, on, vote, received, outcome))
    return found


def _that_count(case: Any, taken: Sequence[Done]) -> Iterable[Done]:
    """The steps without those whose entry in the ledger was taken back, and with a recognition booked elsewhere."""
    decided = case.outcome_id is not None and not case.outcome_back
    for done in taken:
        if (done.key == "ceremony" and not admitted(case)) or (done.key == "official_decision" and not decided):
            continue
        yield done
    if admitted(case) and not decided and case.standing == OFFICIAL and case.person.official_on:
        yield Done("official_decision", case.person.official_on, outcome=RECOGNISE)


def _end(case: Any, left: dict[int, tuple[str, date]]) -> End | None:
    if case.end_kind:
        return End(case.end_kind, case.ended_on)
    decided = case.outcome_id is not None and not case.outcome_back
    if admitted(case) and case.standing is None and not decided and case.person_id in left:
        return End(*left[case.person_id])
    return None


def _left(people: Sequence[int]) -> dict[int, tuple[str, date]]:
    """Kind and day of the entry by which each of the people left the register."""
    if not people:
        return {}
    found = Movement.objects.filter(person__in=people, reverses=None, reversed_by=None).order_by("on", "pk")
    return {person: (kind, on) for person, kind, on in found.values_list("person_id", "kind", "on")}
