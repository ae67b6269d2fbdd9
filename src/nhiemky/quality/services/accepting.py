"""A finding that is right as it is: accepted with a reason, until it is taken back or the particulars change."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.members import selectors as members
from nhiemky.quality import selectors
from nhiemky.quality.models import Accepted
from nhiemky.quality.services.deeds import said, undo

WRITE = selectors.WRITE


@service
def finding_accept(*, actor: Actor, person_id: int, rule: str, reason: str, today: date) -> Accepted:
    """Say that what the rule finds about the person is right as it is.

    Raises:
        Refused: the rule finds nothing about the person today, it is accepted already, or no reason is given.
        Denied: the person is not the actor's to change.
    """
    person = members.visible_person(actor, person_id, WRITE)
    found = {one.rule.key: one for one in selectors.findings_of(person, today)}
    if rule not in found or found[rule].accepted is not None:
        raise Refused(Finding("quality.nothing_to_accept", field="reason"))
    reason = said(reason)
    # One that no longer holds, because the particulars changed since, makes room.
    for old in Accepted.objects.filter(person=person, rule=rule, undone_seq=None):
        undo(actor, old)
    made = Accepted.objects.create(person=person, rule=rule, reason=reason, user_name=actor.name, seq=current_seq())
    facts = {"rule": rule, "reason": reason}
    record("quality.finding_accepted", actor=actor, subject=person.pk, unit_id=person.last_unit_id, facts=facts)
    return made


@service
def finding_reopen(*, actor: Actor, accepted_id: int) -> Accepted:
    """Take an accepted exception back: the finding is open again.

    Raises:
        Refused: it has been taken back already.
        Denied: there is none, or the person is not the actor's to change.
    """
    held = Accepted.objects.select_for_update().filter(pk=accepted_id).first()
    if held is None:
        raise Denied(WRITE, "no_such_person", status=404)
    person = members.visible_person(actor, held.person_id, WRITE)
    undo(actor, held)
    facts = {"rule": held.rule}
    record("quality.finding_reopened", actor=actor, subject=person.pk, unit_id=person.last_unit_id, facts=facts)
    return held
