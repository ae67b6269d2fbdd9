"""Who can be given a task of a unit: users with a grant over it or over a unit above."""

from __future__ import annotations

from datetime import date

from nhiemky.access.models import Grant
from nhiemky.domain.access import ROLES
from nhiemky.organisation import selectors as organisation


def people_for(unit_id: int, on: date) -> list[tuple[str, str]]:
    """User name and full name, those of the unit itself first."""
    held = organisation.structure()
    place = held.index[unit_id]
    path = [unit_id, *(int(held.ids[above]) for above in reversed(held.tree(on).path(place)[:-1]))]
    seeing = [role for role, rights in ROLES.items() if "work.view" in rights]
    found = Grant.objects.filter(
        unit_id__in=path, role__in=seeing, during__contains=on, withdrawn=False, user__is_active=True
    ).select_related("user")
    nearest = sorted(found, key=lambda grant: (path.index(grant.unit_id), grant.user.full_name))
    return list({grant.user.username: grant.user.full_name for grant in nearest}.items())
