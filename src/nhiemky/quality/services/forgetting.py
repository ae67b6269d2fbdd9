"""What is forgotten of people whose data were shredded: reasons and copied values, and the record they had twice."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from nhiemky.domain.access import Actor
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.members.models import Person
from nhiemky.quality.models import Accepted, Merge, NotSame


def twins(person_ids: Collection[int]) -> set[int]:
    """Who was merged into these people (`rights.retention.Twins`): the record that somebody had twice goes along."""
    merged = Merge.objects.filter(kept_id__in=person_ids, undone_seq=None)
    return set(merged.values_list("dropped_id", flat=True))


def forget(actor: Actor, people: Collection[Person]) -> None:
    """Empty what was written here about these people (`rights.services.shredding.Forgetter`)."""
    person_ids = [person.pk for person in people]
    Accepted.objects.filter(person_id__in=person_ids).update(reason=FORGOTTEN)
    pairs = Q(first_id__in=person_ids) | Q(second_id__in=person_ids)
    NotSame.objects.filter(pairs).update(reason=FORGOTTEN)
    merged = Merge.objects.filter(Q(kept_id__in=person_ids) | Q(dropped_id__in=person_ids))
    merged.update(reason=FORGOTTEN, copied={})
