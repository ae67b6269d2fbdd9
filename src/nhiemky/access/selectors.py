"""From grants to an Actor."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet

from nhiemky.access.models import Grant
from nhiemky.domain.access import EVERYWHERE, ROLES, Actor, Scope
from nhiemky.domain.organisation.structure import Bools, Structure
from nhiemky.domain.periods import day_number, day_of
from nhiemky.organisation import selectors as organisation


def grants_of(user_id: int, on: date) -> list[tuple[str, int]]:
    """Role and unit of each grant in force on the day."""
    found = Grant.objects.filter(user_id=user_id, during__contains=on, withdrawn=False)
    return list(found.order_by("id").values_list("role", "unit_id"))


def actor_for(user_id: int, name: str, on: date, *, verified: bool, how: str = "") -> Actor:
    """The actor a user is on a day. `how` says by which door where it was not a page."""
    granted: dict[str, set[int]] = {}
    for role, unit_id in grants_of(user_id, on):
        for permission in ROLES[role]:
            granted.setdefault(permission, set()).add(unit_id)
    held = organisation.structure()
    own = {permission: frozenset(units) for permission, units in granted.items()}
    scopes = {permission: scope_over(held, units, on) for permission, units in own.items()}
    return Actor(user_id, name, scopes, verified, how, granted=own)


@lru_cache(maxsize=512)
def scope_over(structure: Structure, unit_ids: frozenset[int], on: date) -> Scope:
    """What grants over these units reach together; for tokens of the interface, too.

    It is everything when nothing that has come into being by the day is left out. A unit whose founding was undone, or
    one that is founded later, is nobody's yet: it must not make an administrator of the whole into one of a part.
    """
    reached = frozenset(reach for unit_id in unit_ids for reach in covered(structure, unit_id, on))
    there = structure.ids[structure.born <= day_number(on)].tolist()
    return EVERYWHERE if there and reached.issuperset(there) else Scope(unit_ids=reached)


@lru_cache(maxsize=512)
def covered(structure: Structure, unit_id: int, on: date) -> frozenset[int]:
    """The units a grant reaches: the subtree of today, and units of other days that certainly stand for a part of it.

    So a commune's staff sees the old communes that merged into it whole, and not those that were split.
    """
    place = structure.index[unit_id]
    if structure.ended[place] <= day_number(on):
        reached = _left_over(structure, place, on)
    else:
        reached = organisation.places_on(on).certain(place)
    return frozenset(structure.ids[np.flatnonzero(reached)].tolist()) | {unit_id}


def _left_over(structure: Structure, place: int, on: date) -> Bools:
    """Of a unit that has ended: what stood in its subtree on its last day and stands today under a successor.

    Nobody is locked out on the day of a reform, and nobody gains: a grant over an ended unit never grows.
    """
    last = day_of(int(structure.ended[place]) - 1)
    stood = structure.tree(last).inside(place) & structure.alive(last) & structure.alive(on)
    under = np.zeros(len(structure), dtype=bool)
    for heir in _heirs(structure, place, on):
        under |= structure.tree(on).inside(heir)
    return stood & under


def _heirs(structure: Structure, place: int, on: date) -> set[int]:
    """The successors of a unit that exist on the day, followed through those that have ended, too."""
    alive, found, waiting = structure.alive(on), set(), [place]
    while waiting:
        old = waiting.pop()
        for link in structure.links:
            if link.predecessor == old and link.on <= on and link.successor not in found:
                found.add(link.successor)
                waiting.append(link.successor)
    return {unit for unit in found if alive[unit]}


def visible_grants(actor: Actor) -> QuerySet[Grant]:
    """Grants over units in which the actor may give grants."""
    scope = actor.scope("access.grant")
    found = Grant.objects.select_related("user", "unit").order_by("user__full_name", "id")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)


def ended_units(on: date) -> list[int]:
    """Ids of the units that have ended by the day."""
    held = organisation.structure()
    return held.ids[held.ended <= day_number(on)].tolist()
