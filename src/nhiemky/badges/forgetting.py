"""What badges forget of people whose data were shredded: reasons. Badges given and special cases stay."""

from __future__ import annotations

from collections.abc import Collection

from nhiemky.badges.models import Badge, SpecialCase
from nhiemky.domain.access import Actor
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.members.models import Person


def forget(actor: Actor, people: Collection[Person]) -> None:
    """Empty what was written here about these people (`rights.services.shredding.Forgetter`)."""
    person_ids = [person.pk for person in people]
    SpecialCase.objects.filter(person_id__in=person_ids).update(reason=FORGOTTEN)
    withdrawn = Badge.objects.filter(person_id__in=person_ids).exclude(withdrawn_reason="")
    withdrawn.update(withdrawn_reason=FORGOTTEN)
