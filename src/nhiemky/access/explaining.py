"""Why somebody may or may not do something in a unit: by which grant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.access.models import Grant
from nhiemky.access.selectors import actor_for, covered
from nhiemky.domain.access import PERMISSIONS, ROLES
from nhiemky.organisation.selectors import structure


@dataclass(frozen=True)
class Explained:
    """One permission in one unit: the grants that give it, and those that would but do not hold on the day."""

    permission: str
    given_by: tuple[Grant, ...]
    not_in_force: tuple[Grant, ...]


def explained(user_id: int, unit_id: int, on: date) -> list[Explained]:
    """Every permission, with the grants behind it. What is said is what the door itself would answer."""
    grants = list(Grant.objects.filter(user_id=user_id).select_related("unit").order_by("pk"))
    actor = actor_for(user_id, "", on, verified=True)
    result = []
    for permission in PERMISSIONS:
        of_role = [grant for grant in grants if permission in ROLES[grant.role]]
        held = unit_id in actor.scope(permission)
        given = tuple(g for g in of_role if held and on in g.during and _reaches(g, unit_id, on))
        idle = () if held else tuple(grant for grant in of_role if on not in grant.during)
        result.append(Explained(permission, given, idle))
    return result


def _reaches(grant: Grant, unit_id: int, on: date) -> bool:
    """Whether this grant alone covers the unit."""
    return unit_id in covered(structure(), grant.unit_id, on)
