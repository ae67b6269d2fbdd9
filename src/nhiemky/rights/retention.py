"""Reading: who left so long ago that the data must go, and the lists of whom to shred."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import BigIntegerField, BooleanField, DateField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Collate, TruncDate
from django.utils.module_loading import import_string

from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.members.kinds import LEAVING
from nhiemky.domain.periods import years_after, years_before
from nhiemky.domain.rights.requests import OPEN
from nhiemky.domain.rights.shredding import RETENTION_YEARS
from nhiemky.members.models import Person, Stay
from nhiemky.rights.models import Request, Shredding
from nhiemky.rights.selectors import IDENTITY, WRITE

_NEVER = 2**62


class Twins(Protocol):
    """Knows who else in the register is the same person as one of these."""

    def __call__(self, person_ids: Collection[int]) -> set[int]: ...


@dataclass(frozen=True)
class Gone:
    """Somebody who left, and the day since which nothing that tells who it was may be kept.

    `kind` is the entry they left by; empty for whose every entry was taken back, on the day it was.
    """

    person: Person
    kind: str
    left_on: date
    due_on: date


def due(actor: Actor, today: date) -> QuerySet[Person]:
    """Whose data must be shredded by the rule of today, of the actor's units, with `left_kind` and `left_on`.

    The longest ago first. Who waits for the answer to a request is not due: the answer would have no addressee.

    Raises:
        NoRuleInForce: no rule says after how many years.
    """
    mine = _last(_limit(today)).filter(person=OuterRef("pk"))
    touched = Event.objects.filter(seq=OuterRef("changed")).annotate(day=TruncDate("at")).values("day")
    return (
        Person.objects.filter(pk__in=_ids(actor, today))
        .select_related("last_unit")
        .annotate(
            left_kind=Coalesce(Subquery(mine.values("closed_by__kind")), Value("")),
            left_on=Coalesce(Subquery(mine.values("closed_by__on")), Subquery(touched), output_field=DateField()),
        )
        .order_by("left_on", Collate("name_key", "C"), "pk")
    )


def count_due(actor: Actor, today: date) -> int:
    """How many `due` finds."""
    return _ids(actor, today).count()


def _ids(actor: Actor, today: date) -> QuerySet[Person, Any]:
    """Who left, and whose every entry was taken back: as one condition with OR the database would read everybody."""
    limit = _limit(today)
    waiting = Request.objects.filter(person=OuterRef("pk"), state__in=OPEN)
    found = Person.objects.filter(~Exists(waiting), forgotten=None)
    for right in (WRITE, IDENTITY):
        scope = actor.scope(right)
        if not scope.everything:
            found = found.filter(last_unit_id__in=scope.unit_ids)
    never = ~Exists(Stay.objects.filter(person=OuterRef("pk")))
    left = found.filter(pk__in=_last(limit).values("person_id"))
    return left.values("pk").union(found.filter(never, changed__lt=_first_after(limit)).values("pk"))


def _limit(today: date) -> date:
    return years_before(today, RETENTION_YEARS.at(today).value)


def _last(limit: date) -> QuerySet[Stay]:
    """The last stays of those who left by the day."""
    later = Stay.objects.filter(person=OuterRef("person"), during__startswith__gt=OuterRef("during__startswith"))
    return Stay.objects.filter(~Exists(later), closed_by__kind__in=LEAVING, closed_by__on__lte=limit)


def _first_after(limit: date) -> Coalesce:
    """The first event after the day: whose row was changed last before it was left alone ever since."""
    later = Event.objects.filter(at__date__gt=limit).order_by("seq").values("seq")[:1]
    return Coalesce(Subquery(later), Value(_NEVER), output_field=BigIntegerField())


def gone(actor: Actor, today: date, ids: Collection[int] | None = None) -> list[Gone]:
    """The same people as `due`, or those of them with these ids."""
    found = due(actor, today)
    return [gone_of(person, today) for person in (found if ids is None else found.filter(pk__in=ids))]


def gone_of(person: Person, today: date) -> Gone:
    """What a row of `due` says."""
    years = RETENTION_YEARS.at(today).value
    kind, left_on = (getattr(person, name) for name in ("left_kind", "left_on"))
    return Gone(person, kind, left_on, years_after(left_on, years))


def waiting(person_ids: Collection[int]) -> int:
    """How many of these people wait for the answer to a request."""
    asked = Request.objects.filter(person_id__in=person_ids, state__in=OPEN)
    return asked.values("person_id").distinct().count()


def twins(person_ids: Collection[int]) -> set[int]:
    """Who else in the register is the same person as one of these, and not among them."""
    known = cast(Twins, import_string(settings.NHIEMKY_TWINS))
    found, new = set(person_ids), set(person_ids)
    while new:
        new = known(sorted(new)) - found
        found |= new
    return found - set(person_ids)


def twins_among(person_ids: Collection[int]) -> set[int]:
    """Who of these people is the same person as another of them."""
    known = cast(Twins, import_string(settings.NHIEMKY_TWINS))
    return known(sorted(person_ids)) & set(person_ids)


def out_of_reach(actor: Actor, person_ids: Collection[int]) -> int:
    """How many of these people are not the actor's to shred."""
    units = Person.objects.filter(pk__in=person_ids).values_list("last_unit_id", flat=True)
    return sum(1 for unit in units if not _in_reach(actor, unit))


def _in_reach(actor: Actor, unit_id: int | None) -> bool:
    return unit_id is None or all(unit_id in actor.scope(right) for right in (WRITE, IDENTITY))


def listed(held: Shredding) -> QuerySet[Person]:
    """The people of a list; whose row a twin is, nobody left by an entry of their own."""
    last = Stay.objects.filter(person=OuterRef("pk"), closed_by__kind__in=LEAVING).order_by("-during")[:1]
    return (
        Person.objects.select_related("last_unit")
        .filter(pk__in=held.people)
        .annotate(
            left_kind=Coalesce(Subquery(last.values("closed_by__kind")), Value("")),
            left_on=Subquery(last.values("closed_by__on")),
        )
        .order_by(F("left_on").asc(nulls_last=True), Collate("name_key", "C"), "pk")
    )


def visible_shredding(actor: Actor, shredding_id: int) -> Shredding:
    """A list for shredding all of whose people are of the actor's units.

    Raises:
        Denied: 404 where there is none, or one of its people is not theirs.
    """
    found = shreddings(actor, pk=shredding_id)
    if not found:
        raise Denied(IDENTITY, "no_such_shredding", status=404)
    return found[0]


def shreddings(actor: Actor, **wanted: object) -> list[Shredding]:
    """Lists for shredding that concern only people of the actor's units, the newest first."""
    found = Shredding.objects.filter(**wanted).order_by("-pk")
    for right in (WRITE, IDENTITY):
        scope = actor.scope(right)
        if not scope.everything:
            found = found.filter(RawSQL(_ALL_WITHIN, [sorted(scope.unit_ids)], output_field=BooleanField()))
    return list(found)


_ALL_WITHIN = """NOT EXISTS (SELECT FROM members_person p WHERE p.id = ANY(rights_shredding.people)
                 AND p.last_unit_id <> ALL(%s::bigint[]))"""
