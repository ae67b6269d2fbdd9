"""Why somebody may or may not do something in a unit: by which grant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.access.models import Grant
from nhiemky.access.selectors import actor_for, covered
from nhiemky.domain.access import PERMISSIONS, ROLES, Actor, Scope
from nhiemky.organisation.selectors import structure


@dataclass(frozen=True)
class Explained:
    """One permission in one unit: the grants that give it, and those that would but do not hold on the day."""

    permission: str
    given_by: tuple[Grant, ...]
    not_in_force: tuple[Grant, ...]


def explained(user_id: int, unit_id: int, on: date, *, reader: Actor) -> list[Explained]:
    """Every permission, with the grants behind it. What is said is what the door itself would answer.

    Of the grants that give nothing here the reader is told only those over organisations of their own.
    """
    grants = list(Grant.objects.filter(user_id=user_id).select_related("unit").order_by("pk"))
    shown = reader.scope("access.grant")
    actor = actor_for(user_id, "", on, verified=True)
    result = []
    for permission in PERMISSIONS:
        of_role = [grant for grant in grants if permission in ROLES[grant.role]]
        scope = actor.scope(permission)
        given = tuple(g for g in of_role if unit_id in scope and _holds(g, on) and _reaches(g, unit_id, on, scope))
        idle = () if unit_id in scope else tuple(g for g in of_role if not _holds(g, on) and g.unit_id in shown)
        result.append(Explained(permission, given, idle))
    return result


def _holds(grant: Grant, on: date) -> bool:
    return on in grant.during and not grant.withdrawn


def _reaches(grant: Grant, unit_id: int, on: date, scope: Scope) -> bool:
    """Whether this grant alone covers the unit; over everything also one that no grant reaches yet."""
    return unit_id in covered(structure(), grant.unit_id, on) or scope.everything
