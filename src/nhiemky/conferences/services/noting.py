"""What is instructed and pointed out at a conference, noted as it falls, and the tasks it becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.conferences import selectors
from nhiemky.conferences.models import AgendaItem, Instruction, Invitee
from nhiemky.conferences.selectors import WRITE
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CLOSED, NOTE_KINDS, OPEN
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.organisation.ends import Ends
from nhiemky.organisation.models import Unit
from nhiemky.tasks.services.assigning import TaskGiven, task_assign


@dataclass(frozen=True)
class Noted:
    """What fell: instruction or limit, in which words, by whom of the invited, at which agenda item."""

    kind: str
    text: str
    by_id: int | None = None
    item_id: int | None = None


@service
def instruction_note(*, actor: Actor, conference_id: int, noted: Noted) -> Instruction:
    """Note an instruction or a limit that was pointed out; also afterwards, from the papers.

    Raises:
        Refused: with everything that stands against it.
        Denied: the conference is not the actor's to write.
    """
    made = selectors.visible_conference(actor, conference_id, WRITE)
    noted = replace(noted, text=clean(noted.text))
    by = Invitee.objects.filter(conference=made, pk=noted.by_id or 0).first()
    item = AgendaItem.objects.filter(conference=made, pk=noted.item_id or 0).first()
    findings = []
    if made.state not in (OPEN, CLOSED):
        findings.append(Finding("conferences.not_open"))
    if noted.kind not in NOTE_KINDS:
        findings.append(Finding("conferences.no_such_note", field="kind", value=noted.kind))
    if not noted.text:
        findings.append(Finding("conferences.note_empty", field="text"))
    if noted.by_id is not None and by is None:
        findings.append(Finding("conferences.not_invited", field="by"))
    if noted.item_id is not None and item is None:
        findings.append(Finding("conferences.no_such_item", field="item"))
    refuse_if_any(findings)
    one = Instruction.objects.create(
        conference=made, kind=noted.kind, text=noted.text, by=by, item=item, seq=current_seq()
    )
    _recorded(actor, one, "noted")
    return one


def _recorded(actor: Actor, one: Instruction, deed: str, **more: object) -> None:
    facts = {"title": one.conference.title, "text": one.text, **more}
    record(f"conferences.instruction_{deed}", actor=actor, subject=one.pk, unit_id=one.conference.unit_id, facts=facts)


@service
def instruction_assign(*, actor: Actor, instruction_id: int, given: TaskGiven, today: date) -> Instruction:
    """Make a task of it, given by the unit of the conference (`giver_of`) to an owner with a day.

    Raises:
        Refused: it has a task already or needs none; or what stands against the task.
        Denied: the conference is not the actor's to write.
    """
    one = _open(actor, instruction_id)
    one.task = task_assign(actor=actor, given=given, today=today)
    one.save()
    _recorded(actor, one, "assigned", unit=given.unit_code, due=given.due_on)
    return one


@service
def instruction_waive(*, actor: Actor, instruction_id: int, reason: str) -> Instruction:
    """Say why it needs no task.

    Raises:
        Refused: without a reason, or it has a task already.
        Denied: the conference is not the actor's to write.
    """
    one = _open(actor, instruction_id)
    one.waived = clean(reason)
    if not one.waived:
        raise Refused(Finding("conferences.waiver_missing", field="reason"))
    one.save()
    _recorded(actor, one, "waived", reason=one.waived)
    return one


def giver_of(one: Instruction, today: date) -> str:
    """The code of the unit that gives the task: the one that held the conference, or whoever stands for it now."""
    unit_id = Ends(today).stand_in(one.conference.unit_id) or one.conference.unit_id
    return Unit.objects.get(pk=unit_id).code


def _open(actor: Actor, instruction_id: int) -> Instruction:
    one = selectors.visible_instruction(actor, instruction_id, WRITE)
    one = Instruction.objects.select_for_update(of=("self",)).select_related("conference").get(pk=one.pk)
    if one.task_id is not None or one.waived:
        raise Refused(Finding("conferences.decided_already", facts={"text": one.text}))
    return one
