"""What becomes of a conference that is not held as planned: another unit holds it, or it is called off."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import record, service
from nhiemky.conferences.followers import FOLLOWER
from nhiemky.conferences.models import Conference
from nhiemky.conferences.services.planning import unfinished
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CALLED_OFF, PLANNED
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean


@service
def conference_hand_over(*, actor: Actor, conference_id: int, unit_code: str, today: date) -> Conference:
    """Say which unit holds a conference that an ended one had planned: one's own, or one below it.

    Raises:
        Refused: it waits for no decision, or the unit cannot have it.
        Denied: the conference is not the actor's to write.
    """
    made = unfinished(actor, conference_id)
    FOLLOWER.handed_over(actor, made, unit_code, today, below=made.unit_id)
    return made


@service
def conference_call_off(*, actor: Actor, conference_id: int, reason: str) -> Conference:
    """Say that a planned conference will not be held, and why. It stays on the list.

    Raises:
        Refused: it has begun, or no reason is given.
        Denied: the conference is not the actor's to write.
    """
    made = unfinished(actor, conference_id)
    if made.state != PLANNED:
        raise Refused(Finding("conferences.open_already"))
    reason = clean(reason)[:300]
    refuse_if_any([] if reason else [Finding("conferences.why_called_off", field="reason")])
    made.state, made.called_off, made.awaits = CALLED_OFF, reason, None
    made.save(update_fields=["state", "called_off", "awaits"])
    facts = {"title": made.title, "on": made.on, "reason": reason}
    record("conferences.conference_called_off", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)
    return made
