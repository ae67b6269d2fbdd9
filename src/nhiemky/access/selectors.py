"""From grants to an Actor."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet

from nhiemky.access.models import Grant
from nhiemky.domain.access import EVERYWHERE, NOWHERE, ROLES, Actor, Scope
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation import selectors as organisation


def grants_of(user_id: int, on: date) -> list[tuple[str, int]]:
    """Role and unit of each grant in force on the day."""
    return list(
        Grant.objects.filter(user_id=user_id, during__contains=on).order_by("id").values_list("role", "unit_id")
    )


def actor_for(user_id: int, name: str, on: date, *, verified: bool) -> Actor:
    """The actor a user is on a day."""
    scopes: dict[str, Scope] = {}
    for role, unit_id in grants_of(user_id, on):
        reach = covered(organisation.structure(), unit_id, on)
        for permission in ROLES[role]:
            scopes[permission] = scopes.get(permission, NOWHERE) | reach
    return Actor(user_id, name, scopes, verified)


@lru_cache(maxsize=512)
def covered(structure: Structure, unit_id: int, on: date) -> Scope:
    """The units a grant reaches: the subtree of today, and units of other days that certainly stand for a part of it.

    So a commune's staff sees the old communes that merged into it whole, and not those that were split.
    """
    certain = organisation.places_on(on).certain(structure.index[unit_id])
    if certain.all():
        return EVERYWHERE
    ids = structure.ids[np.flatnonzero(certain)]
    return Scope(unit_ids=frozenset(int(i) for i in ids) | {unit_id})


def visible_grants(actor: Actor) -> QuerySet[Grant]:
    """Grants over units in which the actor may give grants."""
    scope = actor.scope("access.grant")
    found = Grant.objects.select_related("user", "unit").order_by("user__full_name", "id")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)
