"""What badges forget of people whose data were shredded: reasons. Badges given and special cases stay."""

from __future__ import annotations

from collections.abc import Collection

from nhiemky.badges.models import Badge, SpecialCase
from nhiemky.domain.access import Actor
from nhiemky.domain.members.particulars import FORGOTTEN


def forget(actor: Actor, person_ids: Collection[int]) -> Collection[int]:
    """Empty what was written here about these people, inside the shredding; nobody else is found to be the same."""
    SpecialCase.objects.filter(person_id__in=person_ids).update(reason=FORGOTTEN)
    withdrawn = Badge.objects.filter(person_id__in=person_ids).exclude(withdrawn_reason="")
    withdrawn.update(withdrawn_reason=FORGOTTEN)
    return ()
