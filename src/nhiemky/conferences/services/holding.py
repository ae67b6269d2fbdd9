"""Holding a conference: open, take up an item, note who came, close."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import record, service
from nhiemky.conferences import selectors
from nhiemky.conferences.models import AgendaItem, Conference, Invitee
from nhiemky.conferences.selectors import WRITE
from nhiemky.conferences.services.planning import unfinished
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CLOSED, EXCUSED, OPEN, PLANNED, PRESENCE, PRESENT
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean


@service
def conference_open(*, actor: Actor, conference_id: int, today: date) -> Conference:
    """Open a conference on its day or later. That the quorum is not reached is told, and kept in the event.

    Raises:
        Refused: its day has not come, nobody is invited, or it is open already.
        Denied: the conference is not the actor's to write.
    """
    made = unfinished(actor, conference_id)
    findings = []
    if made.state != PLANNED:
        findings.append(Finding("conferences.open_already"))
    if made.on > today:
        findings.append(Finding("conferences.day_to_come", facts={"on": made.on, "today": today}))
    if not made.invitees.exists():
        findings.append(Finding("conferences.nobody_invited"))
    refuse_if_any(findings)
    made.state = OPEN
    made.current = made.items.order_by("begins_at", "pk").first()
    made.save()
    reached = selectors.attendance(made).quorum
    _noted(actor, made, "opened", present=reached.present, summoned=reached.summoned, needed=reached.needed or "–")
    return made


@service
def item_take_up(*, actor: Actor, item_id: int) -> AgendaItem:
    """The room is at this item now.

    Raises:
        Refused: the conference is not open.
        Denied: the conference is not the actor's to write.
    """
    item = selectors.visible_item(actor, item_id, WRITE)
    made = unfinished(actor, item.conference_id)
    if made.state != OPEN:
        raise Refused(Finding("conferences.not_open"))
    made.current = item
    made.save()
    _noted(actor, made, "item_taken_up", item=item.title)
    return item


@service
def conference_close(*, actor: Actor, conference_id: int) -> Conference:
    """Close a conference: whoever is not noted as present or excused was absent.

    Raises:
        Refused: it is not open.
        Denied: the conference is not the actor's to write.
    """
    made = unfinished(actor, conference_id)
    if made.state != OPEN:
        raise Refused(Finding("conferences.not_open"))
    made.invitees.filter(presence="").update(presence="absent")
    made.state, made.current = CLOSED, None
    made.save()
    reached = selectors.attendance(made).quorum
    _noted(actor, made, "closed", present=reached.present, summoned=reached.summoned)
    return made


def _noted(actor: Actor, made: Conference, deed: str, **more: object) -> None:
    facts = {"title": made.title, "on": made.on, **more}
    record(f"conferences.conference_{deed}", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)


@service
def presence_note(
    *, actor: Actor, invitee_id: int, presence: str, today: date, reason: str = "", role: str = ""
) -> Invitee:
    """Note by list whether somebody came, was excused (with the reason) or was absent; "" takes the note back.

    Raises:
        Refused: nobody comes before the day; a reason belongs to an excuse.
        Denied: the conference is not the actor's to write.
    """
    one = selectors.visible_invitee(actor, invitee_id, WRITE)
    reason = clean(reason)
    refuse_if_any(_stands_against(one.conference, presence, reason, today))
    one.presence, one.reason, one.by_code = presence, reason, False
    one.role = role or one.role
    one.save()
    _presence_noted(actor, one)
    return one


def _stands_against(held: Conference, presence: str, reason: str, today: date) -> list[Finding]:
    findings = []
    if presence not in ("", *PRESENCE):
        findings.append(Finding("conferences.no_such_presence", field="presence", value=presence))
    if presence in (PRESENT, "absent") and held.on > today:
        findings.append(Finding("conferences.day_to_come", field="presence", facts={"on": held.on, "today": today}))
    if held.closed and not presence:
        findings.append(Finding("conferences.noted_for_good", field="presence"))
    if presence == EXCUSED and not reason:
        findings.append(Finding("conferences.reason_missing", field="reason"))
    if presence != EXCUSED and reason:
        findings.append(Finding("conferences.reason_without_excuse", field="reason"))
    return findings


def _presence_noted(actor: Actor, one: Invitee) -> None:
    facts = {"title": one.conference.title, "on": one.conference.on, "presence": one.presence, "by_code": one.by_code}
    subject = one.person_id or one.conference_id
    record("conferences.presence_noted", actor=actor, subject=subject, unit_id=one.conference.unit_id, facts=facts)


@service
def arrival_note(*, actor: Actor, conference_id: int, code: str, today: date) -> Invitee:
    """Note somebody as present by the code of the invitation, which serves once.

    Raises:
        Refused: no invitation to this conference has the code, it has served already, or the day has not come.
        Denied: the conference is not the actor's to write.
    """
    made = selectors.visible_conference(actor, conference_id, WRITE)
    one = found_by_code(made, code, lock=True)
    if made.closed:
        raise Refused(Finding("conferences.closed", facts={"title": made.title}))
    if one.presence == PRESENT:
        raise Refused(Finding("conferences.code_served", field="code", facts={"name": one.name}))
    refuse_if_any(_stands_against(made, PRESENT, "", today))
    one.presence, one.reason, one.by_code = PRESENT, "", True
    one.save()
    _presence_noted(actor, one)
    return one


def found_by_code(conference: Conference, code: str, *, lock: bool = False) -> Invitee:
    """Whose invitation it is.

    Raises:
        Refused: no invitation to this conference has the code.
    """
    typed = "".join(char for char in code.upper() if char.isalnum())
    held = conference.invitees.select_related("person", "unit", "conference")
    one = (held.select_for_update(of=("self",)) if lock else held).filter(code=typed).first() if typed else None
    if one is None:
        raise Refused(Finding("conferences.no_such_code", field="code", value=typed))
    return one
