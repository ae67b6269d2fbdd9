"""Who is due in a round, counted from the register on the day; special cases and badges already given beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from nhiemky.badges.models import Badge, BadgeDecision, SpecialCase
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.badges import rules
from nhiemky.domain.organisation.structure import Bools
from nhiemky.domain.periods import day_number
from nhiemky.members.models import Movement, Person
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation

VIEW, WRITE = "members.view", "members.write"
DUE, CASE, GIVEN, HELD = "due", "case", "given", "held"


@dataclass(frozen=True)
class Line:
    """One person of a round: the level, on what basis, in which unit (id), and how it stands."""

    person: Person
    years: int
    basis: str
    unit_id: int
    case: SpecialCase | None = None
    badge: Badge | None = None

    @property
    def state(self) -> str:
        """Given, held back, or to be decided."""
        if self.badge is not None:
            return GIVEN
        return HELD if self.basis == rules.HELD else DUE


def due(view: View, inside: Bools) -> dict[int, tuple[int, int]]:
    """By person id: the level that comes due in the round of the view's day, and the unit's id.

    Only official members of the units marked are counted.
    """
    stays = view.columns.stays
    rows = stays.on(view.number)
    rows = rows[stays.official[rows] & inside[stays.unit[rows]]]
    decided = view.columns.people.decided[stays.person[rows]]
    found: dict[int, tuple[int, int]] = {}
    for level in rules.LEVELS.at(view.on).value:
        after, last = rules.window(level, view.on)
        hit = rows[(decided > day_number(after)) & (decided <= day_number(last))]
        ids = view.columns.people.ids[stays.person[hit]].tolist()
        units = view.structure.ids[stays.unit[hit]].tolist()
        found.update(zip(ids, ((level, unit) for unit in units), strict=True))
    return found


def lines(place: int, day: date) -> list[Line]:
    """Everybody of the round in the unit's subtree, the longest in the Party first, then by name."""
    view = View(day)
    inside = view.inside(place)
    counted = due(view, inside)
    cases = {case.person_id: case for case in _cases(view, inside, day)}
    people = _people({*counted, *cases})
    given = _given(people)
    found = []
    for person in people:
        case = cases.get(person.pk)
        years, unit_id = counted.get(person.pk, (0, person.last_unit_id or 0))
        years, basis = (case.years, case.basis) if case is not None else (years, DUE)
        found.append(Line(person, years, basis, unit_id, case, given.get((person.pk, years))))
    return sorted(found, key=lambda line: -line.years)


def _cases(view: View, inside: Bools, day: date) -> Iterable[SpecialCase]:
    units = view.structure.ids[inside].tolist()
    return SpecialCase.objects.filter(day=day, person__last_unit_id__in=units)


def _people(ids: set[int]) -> list[Person]:
    found = Person.objects.defer("identity_sealed", "identity_mark").filter(pk__in=ids)
    return list(found.order_by(Collate(F("name_key"), "C"), "pk"))


def _given(people: Iterable[Person]) -> dict[tuple[int, int], Badge]:
    held = Badge.objects.select_related("decision").filter(person__in=[person.pk for person in people])
    return {(badge.person_id, badge.years): badge for badge in held.filter(withdrawn_seq=None)}


def count_due(scope: Scope, day: date) -> int:
    """How many people of the scope are due on the day and have not been given the badge yet."""
    view = View(day)
    ids = view.structure.ids
    inside = np.ones(len(ids), dtype=bool) if scope.everything else np.isin(ids, list(scope.unit_ids))
    counted = due(view, inside)
    if not counted:
        return 0
    given = Badge.objects.filter(person_id__in=counted, withdrawn_seq=None).values_list("person_id", "years")
    done = {(person, years) for person, years in given}
    return sum((person, years) not in done for person, (years, _unit) in counted.items())


def died_on(person: Person) -> date | None:
    """The day of death, if the ledger tells of it."""
    death = Movement.objects.filter(person=person, kind="death", reverses=None, reversed_by=None).first()
    return death.on if death is not None else None


def decisions(actor: Actor) -> QuerySet[BadgeDecision]:
    """Decisions over units of the actor, the newest first."""
    scope = actor.scope(VIEW)
    found = BadgeDecision.objects.select_related("unit").order_by("-day", "-pk")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)


def visible_case(actor: Actor, case_id: int, permission: str) -> SpecialCase:
    """The special case, if the actor may see the person.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    found = SpecialCase.objects.select_related("person").filter(pk=case_id).first()
    if found is None or found.person.last_unit_id is None:
        raise Denied(permission, "no_such_person", status=404)
    actor.require(permission, found.person.last_unit_id)
    return found


def visible_badge(actor: Actor, badge_id: int, permission: str) -> Badge:
    """The badge, if the actor may see the organisation that decided on it.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    found = Badge.objects.select_related("person", "decision").filter(pk=badge_id).first()
    if found is None:
        raise Denied(permission, "no_such_person", status=404)
    actor.require(permission, found.decision.unit_id)
    return found


def of_person(person: Person) -> list[Badge]:
    """The badges of a person that hold, the first first."""
    held = Badge.objects.select_related("decision").filter(person=person, withdrawn_seq=None)
    return list(held.order_by("years"))


def own_place(actor: Actor, today: date) -> int | None:
    """The highest unit of the actor that is there today; of several the first."""
    held, scope = organisation.structure(), actor.scope(VIEW)
    alive = held.alive(today)
    mine = np.ones(len(held), dtype=bool) if scope.everything else np.isin(held.ids, list(scope.unit_ids))
    depth = held.tree(today).depth
    found = np.flatnonzero(alive & mine)
    return int(found[np.argmin(depth[found])]) if len(found) else None
