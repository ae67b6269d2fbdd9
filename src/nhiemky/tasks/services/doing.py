"""Taking a task on, handing its result in, returning or accepting it, cancelling it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhiemky.audit.services import service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.tasks.changes import CHANGE, DOER, GIVER, Change, check_change
from nhiemky.domain.tasks.kinds import ASKED, CANCELLED, LAPSED, OPEN
from nhiemky.tasks.models import Deliverable, MoreTime, Task
from nhiemky.tasks.services.people import assignee_of
from nhiemky.tasks.services.recurring import next_if_due
from nhiemky.tasks.services.steps import last_step_on, noted, of_side


@service
def task_change(*, actor: Actor, task_id: int, act: str, today: date, on: date | None = None, reason: str = "") -> Task:
    """Take a task one step on: accept, begin, submit, return, done or cancel (`domain.tasks.changes`).

    `on` is the day of the act, today if it is not given.

    Raises:
        Refused: the act does not go with the state, or something is lacking for it.
        Denied: the actor does not speak for the side whose act it is.
    """
    change = CHANGE[act]
    task = of_side(actor, task_id, change.side)
    day, reason = on or today, clean(reason)
    refuse_if_any([
        *check_change(act, task.state, day, today=today, since=_since(task, act), reason=reason),
        *_lacking(task, act),
    ])  # fmt: skip
    _changed(actor, task, change, day, reason)
    if act == "begin":
        next_if_due(actor, task, today)
    return task


@service
def task_appoint(*, actor: Actor, task_id: int, username: str, today: date) -> Task:
    """Say who in the doing unit does the task; "" for nobody in particular.

    Raises:
        Refused: the user may not see the work of the unit, or the task is finished.
        Denied: the actor does not speak for the doing unit.
    """
    task = of_side(actor, task_id, DOER)
    who, findings = assignee_of(username, task.unit_id, today)
    if task.state not in OPEN:
        findings.append(Finding("tasks.not_in_state", value=task.state, facts={"state": task.state}))
    refuse_if_any(findings)
    task.assignee = who
    task.save()
    noted(actor, task, "appoint", today, who.full_name if who else "")
    return task


def cancelled(actor: Actor, task: Task, on: date, reason: str) -> None:
    """A step of a service: cancel the task and what was delegated from it and is not finished."""
    _changed(actor, task, CHANGE["cancel"], on, reason)


def _changed(actor: Actor, task: Task, change: Change, on: date, reason: str) -> None:
    """Write the new state with its days: exactly one of the days goes with a state."""
    if change.act == "done":
        task.done_on, task.closed_on = task.handed_on, on
        Deliverable.objects.filter(task=task, accepted_on=None, handed_on__isnull=False).update(accepted_on=on)
    task.handed_on = on if change.act == "submit" else None
    if change.target == CANCELLED:
        task.closed_on, task.awaits = on, None
    task.state = change.target
    task.save()
    if change.side == GIVER or change.act == "submit":
        MoreTime.objects.filter(task=task, state=ASKED).update(state=LAPSED, decided_on=on)
    noted(actor, task, change.act, on, reason)
    if change.target == CANCELLED:
        for child in Task.objects.select_related("unit", "giver").filter(parent=task, state__in=OPEN):
            _changed(actor, child, change, on, reason)


def _since(task: Task, act: str) -> date:
    """The day of the last step; cancelling takes what was delegated along, and lies before no step of that."""
    since = last_step_on(task)
    if act != "cancel":
        return since
    return max(since, *(_since(child, act) for child in Task.objects.filter(parent=task, state__in=OPEN)), since)


def _lacking(task: Task, act: str) -> Iterator[Finding]:
    """Nothing is handed in or accepted while a deliverable or a required delegated task is open."""
    if act not in ("submit", "done"):
        return
    for title in Deliverable.objects.filter(task=task, handed_on=None).values_list("title", flat=True):
        yield Finding("tasks.not_handed", facts={"title": title})
    below = Task.objects.filter(parent=task, required=True, state__in=OPEN).select_related("unit")
    for child in below:
        yield Finding("tasks.child_open", facts={"title": child.title, "unit": child.unit.code, "due": child.due_on})
