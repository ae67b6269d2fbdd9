"""What is forgotten of people whose data were shredded: reasons and copied values, and the record they had twice."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from nhiemky.domain.access import Actor
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.quality.models import Accepted, Merge, NotSame


def forget(actor: Actor, person_ids: Collection[int]) -> Collection[int]:
    """Empty what was written here about these people, inside the shredding; answers who was merged into them."""
    Accepted.objects.filter(person_id__in=person_ids).update(reason=FORGOTTEN)
    pairs = Q(first_id__in=person_ids) | Q(second_id__in=person_ids)
    NotSame.objects.filter(pairs).update(reason=FORGOTTEN)
    merged = Merge.objects.filter(Q(kept_id__in=person_ids) | Q(dropped_id__in=person_ids))
    merged.update(reason=FORGOTTEN, copied={})
    return list(merged.filter(undone_seq=None).values_list("dropped_id", flat=True))
