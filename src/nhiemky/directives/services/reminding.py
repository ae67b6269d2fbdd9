"""Reminding the units that are late: a line on their desk. No letter leaves the machine."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import current_seq, service
from nhiemky.directives import selectors
from nhiemky.directives.models import AskedOf, Reminder
from nhiemky.directives.services.asking import held_ask, tell
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused


@service
def remind(*, actor: Actor, ask_id: int, today: date) -> int:
    """Remind every unit that is late with this ask, at most once a day; how many were.

    Raises:
        Refused: the ask is withdrawn, nobody is late, or all who are were reminded today.
        Denied: the actor does not write for the asking unit.
    """
    ask = held_ask(actor, ask_id)
    late = AskedOf.objects.filter(selectors.late(today), ask=ask)
    if not late.exists():
        raise Refused(Finding("directives.nobody_late"))
    found = list(late.exclude(reminders__on=today).order_by("pk"))
    if not found:
        raise Refused(Finding("directives.reminded_today"))
    seq = current_seq()
    Reminder.objects.bulk_create(Reminder(asked_of=one, on=today, by=actor.name, seq=seq) for one in found)
    tell("units_reminded", actor, ask, [one.owing_id for one in found], count=len(found))
    return len(found)
