"""Letters of introduction for tests: sent, received and returned by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import SYSTEM, TODAY
from nhiemky.domain.access import Actor, Scope
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation.models import Unit
from nhiemky.transfers.models import Transfer
from nhiemky.transfers.services import receiving, sending
from nhiemky.transfers.services.sending import Letter

LETTER_ON = date(2026, 10, 5)


def clerk(*codes: str) -> Actor:
    """Somebody who may see and write in these units and nowhere else."""
    scope = Scope(unit_ids=frozenset(Unit.objects.filter(code__in=codes).values_list("pk", flat=True)))
    rights = ("organisation.view", "members.view", "members.write")
    return Actor(1, "-".join(codes), dict.fromkeys(rights, scope))


def letter(target: str = "", kind: str = "official", *, on: date = LETTER_ON, **more: Any) -> Letter:
    """A letter of the commune's committee."""
    paper = Paper("15-GT/ĐU", on, "Đảng ủy xã An Phú")
    return Letter(kind, more.pop("decided_on", on), paper, target, **more)


def send(who: Person, written: Letter, *, actor: Actor = SYSTEM, today: date = TODAY) -> Transfer:
    """Send a transfer."""
    return sending.transfer_send(actor=actor, person_id=who.pk, letter=written, today=today)


def receive(
    transfer: Transfer, cell: str = "", on: date = date(2026, 10, 20), *, actor: Actor = SYSTEM, today: date = TODAY
) -> Transfer:
    """Confirm a transfer."""
    return receiving.transfer_receive(actor=actor, transfer_id=transfer.pk, on=on, unit_code=cell, today=today)
