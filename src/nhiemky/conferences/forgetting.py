"""What conferences forget of people whose data were shredded: why they were excused. That they came stays counted."""

from __future__ import annotations

from collections.abc import Collection

from nhiemky.conferences.models import Invitee
from nhiemky.domain.access import Actor
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.members.models import Person


def forget(actor: Actor, people: Collection[Person]) -> None:
    """Empty what was written here about these people (`rights.services.shredding.Forgetter`)."""
    theirs = Invitee.objects.filter(person__in=[person.pk for person in people])
    theirs.exclude(reason="").update(reason=FORGOTTEN)
