"""The letters of a person, for the person's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import LifeEvent, Link
from nhiemky.domain.access import Actor
from nhiemky.domain.transfers.kinds import OPEN
from nhiemky.members.models import Person
from nhiemky.transfers.wording import STATES, kind_name


def letters(actor: Actor, person: Person, today: date) -> Iterator[LifeEvent]:
    """Every transfer of the person, by the day of its letter (`members.filed.Provider`)."""
    for transfer in person.transfers.order_by("pk"):
        title = _("%(kind)s, letter %(number)s") % {
            "kind": kind_name(transfer.kind), "number": transfer.letter_number
        }  # fmt: skip
        link = Link(str(STATES[transfer.state]), reverse("transfers:transfer", args=[transfer.pk]))
        yield LifeEvent(title, day=transfer.letter_on, links=(link,), now=transfer.state in OPEN)
