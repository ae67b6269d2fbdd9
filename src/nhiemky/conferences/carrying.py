"""What conferences carry along when two records of one person become one: invitations with their presence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nhiemky.conferences.models import Invitee
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.members import carrying
from nhiemky.members.models import Person


class InvitationCarrier:
    """Implements `members.carrying.Carrier`."""

    models = (Invitee,)

    def objections(self, kept: Person, dropped: Person) -> Iterator[Finding]:
        """Both invited to one conference: who came would be counted twice."""
        both = dropped.invitations.filter(conference__in=kept.invitations.values("conference"))
        for one in both.select_related("conference").order_by("conference__on"):
            facts = {"title": one.conference.title, "on": one.conference.on}
            yield Finding("conferences.merge_both_invited", facts=facts)

    def carry(self, actor: Actor, kept: Person, dropped: Person) -> carrying.Rows:
        """All of them."""
        return {"Invitee": carrying.rows_carry(actor, Invitee, kept, dropped)}

    def give_back(
        self, actor: Actor, kept: Person, dropped: Person, rows: carrying.Rows, again: Mapping[int, int]
    ) -> int:
        """All that are still there."""
        carrying.rows_give_back(actor, Invitee, rows["Invitee"], kept, dropped)
        return 0


CARRIER = InvitationCarrier()
