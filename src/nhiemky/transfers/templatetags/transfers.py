"""What the page of a person tells about transfers."""

from __future__ import annotations

from django import template

from nhiemky.domain.transfers.kinds import OPEN
from nhiemky.members.models import Person
from nhiemky.transfers.models import Transfer

register = template.Library()


@register.simple_tag
def open_transfer(person: Person) -> Transfer | None:
    """The transfer of the person that is under way."""
    return Transfer.objects.filter(person=person, state__in=OPEN).first()
