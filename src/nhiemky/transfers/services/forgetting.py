"""What transfers forget of people whose data were shredded: what was said at each step. Letters stay."""

from __future__ import annotations

from collections.abc import Collection

from nhiemky.domain.access import Actor
from nhiemky.members.models import Person
from nhiemky.transfers.models import TransferStep


def forget(actor: Actor, people: Collection[Person]) -> None:
    """Empty what was written here about these people (`rights.services.shredding.Forgetter`)."""
    person_ids = [person.pk for person in people]
    TransferStep.objects.filter(transfer__person_id__in=person_ids).exclude(text="").update(text="")
