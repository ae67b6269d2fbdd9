"""What every act on a task does: fetch it under the right of its side, add a step, record the event."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import current_seq, record
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean
from nhiemky.domain.tasks.changes import DOER, GIVER
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks import selectors
from nhiemky.tasks.models import Step, Task

WRITE = selectors.WRITE
DEED = {
    "assign": "assigned", "delegate": "delegated", "accept": "accepted", "begin": "begun", "submit": "submitted",
    "return": "returned", "done": "done", "cancel": "cancelled", "deliver": "delivered", "approve": "approved",
    "ask_time": "time_asked", "grant_time": "time_granted", "refuse_time": "time_refused", "follow": "followed",
    "await": "awaited", "stop": "stopped",
    "undo": "put_back", "decide": "decided", "appoint": "appointed",
}  # fmt: skip


def of_side(actor: Actor, task_id: int, side: str) -> Task:
    """The task, locked, for whoever speaks for the unit on that side.

    Raises:
        Denied: 404 where the actor may not see the task, 403 where they do not speak for that side.
    """
    task = selectors.visible_task(actor, task_id, WRITE)
    unit_id = {GIVER: task.giver_id, DOER: task.unit_id}[side]
    if unit_id not in actor.scope(WRITE):
        raise Denied(WRITE, "permission_missing", status=403)
    return Task.objects.select_related("unit", "giver").select_for_update(of=("self",)).get(pk=task_id)


def noted(actor: Actor, task: Task, act: str, on: date, text: str = "", unit_id: int | None = None) -> Step:
    """Add the step and record the event, for the auditors of both sides."""
    step = Step.objects.create(
        task=task, act=act, on=on, text=clean(text)[:300], unit_id=unit_id, user_name=actor.name, seq=current_seq()
    )
    facts: dict[str, object] = {"title": task.title, "on": on, "unit": code_of(unit_id or task.unit_id)}
    if step.text:
        facts["reason"] = step.text
    units = {task.unit_id, task.giver_id, *([unit_id] if unit_id else [])}
    record(f"tasks.task_{DEED[act]}", actor=actor, subject=task.pk, units=units, facts=facts)
    return step


def code_of(unit_id: int) -> str:
    """The code of a unit; one that this very write founded is only known by its number yet."""
    held = organisation.structure()
    return held.codes[held.index[unit_id]] if unit_id in held.index else str(unit_id)


def id_of(code: str, field: str) -> int:
    """The id of the unit with the code.

    Raises:
        Refused: there is none.
    """
    held = organisation.structure()
    place = held.by_code.get(code.strip())
    if place is None:
        raise Refused(Finding("tasks.no_such_unit", field=field, value=code))
    return int(held.ids[place])


def last_step_on(task: Task) -> date:
    """The day of the last step: nothing happens to a task before it."""
    return Step.objects.filter(task=task).order_by("-seq").values_list("on", flat=True).first() or task.given_on
