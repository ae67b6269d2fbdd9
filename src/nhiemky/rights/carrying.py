"""What goes along of accounts and requests when two records of one person become one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.members import carrying
from nhiemky.members.models import Person
from nhiemky.rights.models import Holder, Request


class RightsCarrier:
    """Implements `members.carrying.Carrier`."""

    models = (Holder, Request)

    def objections(self, kept: Person, dropped: Person) -> Iterator[Finding]:
        """One person has one account."""
        open_ones = Holder.objects.filter(withdrawn=False)
        if open_ones.filter(person=kept).exists() and open_ones.filter(person=dropped).exists():
            yield Finding("rights.merge_two_accounts", facts={"name": dropped.full_name})

    def carry(self, actor: Actor, kept: Person, dropped: Person) -> carrying.Rows:
        """All of them, open requests too: who asked is answered by whoever keeps the one record now."""
        return {model.__name__: carrying.rows_carry(actor, model, kept, dropped) for model in self.models}

    def give_back(
        self, actor: Actor, kept: Person, dropped: Person, rows: carrying.Rows, again: Mapping[int, int]
    ) -> int:
        """An account and what was asked; a request whose correction changed the kept record since stays with it."""
        changed = set(Request.objects.filter(change__person=kept).values_list("pk", flat=True))
        carrying.rows_give_back(actor, Holder, rows["Holder"], kept, dropped)
        carrying.rows_give_back(actor, Request, set(rows["Request"]) - changed, kept, dropped)
        return len(changed & set(rows["Request"]))


CARRIER = RightsCarrier()
