"""Handing in a deliverable, and accepting one before the whole task is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import service
from nhiemky.documents import selectors as documents
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.tasks.changes import DOER, GIVER, UNFINISHED
from nhiemky.domain.tasks.files import check_file
from nhiemky.domain.tasks.kinds import OPEN
from nhiemky.tasks.models import Deliverable, Task
from nhiemky.tasks.services.steps import WRITE, noted, of_side


@dataclass(frozen=True)
class Handed:
    """What is handed in: a document of the register, a file, or a note of where it is; one of them at least."""

    document_id: int | None = None
    file: bytes | None = None
    file_name: str = ""
    note: str = ""


@service
def deliverable_hand_in(*, actor: Actor, task_id: int, deliverable_id: int, handed: Handed, today: date) -> Deliverable:
    """Hand one deliverable in; it may be replaced until it is accepted. The task itself is handed in afterwards.

    Raises:
        Refused: the task is not under way, the deliverable is accepted already, or the file is none we take.
        Denied: the actor does not speak for the unit that does the task.
    """
    task, found = _of(actor, task_id, deliverable_id, DOER)
    note = clean(handed.note)
    refuse_if_any([*_not_under_way(task), *_against(actor, found, handed, note)])
    found.document_id, found.note, found.handed_on = handed.document_id, note, today
    found.file, found.file_name = handed.file, handed.file_name[:200] if handed.file is not None else ""
    found.save()
    noted(actor, task, "deliver", today, found.title)
    return found


@service
def deliverable_accept(*, actor: Actor, task_id: int, deliverable_id: int, today: date) -> Deliverable:
    """Accept one deliverable that was handed in; the task goes on.

    Raises:
        Refused: it is not handed in, or is accepted already.
        Denied: the actor does not speak for the unit that gave the task.
    """
    task, found = _of(actor, task_id, deliverable_id, GIVER)
    if found.handed_on is None or found.accepted_on is not None or task.state not in OPEN:
        refuse_if_any([Finding("tasks.nothing_to_accept", facts={"title": found.title})])
    found.accepted_on = today
    found.save()
    noted(actor, task, "approve", today, found.title)
    return found


def _of(actor: Actor, task_id: int, deliverable_id: int, side: str) -> tuple[Task, Deliverable]:
    task = of_side(actor, task_id, side)
    found = Deliverable.objects.filter(task=task, pk=deliverable_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_deliverable", status=404)
    return task, found


def _not_under_way(task: Task) -> list[Finding]:
    if task.state in UNFINISHED:
        return []
    return [Finding("tasks.not_in_state", value=task.state, facts={"state": task.state})]


def _against(actor: Actor, found: Deliverable, handed: Handed, note: str) -> list[Finding]:
    findings = []
    if found.accepted_on is not None:
        findings.append(Finding("tasks.accepted_already", facts={"title": found.title}))
    if handed.document_id is None and handed.file is None and not note:
        findings.append(Finding("tasks.nothing_handed", field="note"))
    if handed.document_id is not None and not _seen(actor, handed.document_id):
        findings.append(Finding("tasks.no_such_document", field="document", value=str(handed.document_id)))
    if handed.file is not None:
        findings += check_file(handed.file_name, handed.file)
    return findings


def _seen(actor: Actor, document_id: int) -> bool:
    return documents.documents(actor).filter(pk=document_id).exists()
