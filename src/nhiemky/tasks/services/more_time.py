"""Asking for more time, and the giver's decision."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import current_seq, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.tasks.changes import DOER, GIVER, UNFINISHED
from nhiemky.domain.tasks.days import last_day
from nhiemky.domain.tasks.kinds import ASKED, GRANTED, OPEN, REFUSED
from nhiemky.tasks.models import MoreTime, Task
from nhiemky.tasks.services.steps import noted, of_side


@service
def time_ask(*, actor: Actor, task_id: int, until: date, reason: str, today: date) -> MoreTime:
    """Ask the giver for more time; until it is granted the due day stays.

    Raises:
        Refused: nothing is gained by the day, no reason is given, a request waits already, or the task is finished.
        Denied: the actor does not speak for the unit that does the task.
    """
    task = of_side(actor, task_id, DOER)
    reason = clean(reason)
    refuse_if_any(_against(task, until, reason, today))
    asked = MoreTime.objects.create(
        task=task, before=task.due_on, last_before=task.last_on, until=until, reason=reason, asked_on=today,
        seq=current_seq(),
    )  # fmt: skip
    noted(actor, task, "ask_time", today, f"{until:%d/%m/%Y}: {reason}")
    return asked


@service
def time_decide(*, actor: Actor, task_id: int, grant: bool, answer: str, today: date) -> MoreTime:
    """Grant the waiting request, which moves the due day, or refuse it with a reason.

    Raises:
        Refused: no request waits, it is refused without a reason, or a part would end later than its task.
        Denied: the actor does not speak for the unit that gave the task.
    """
    task = of_side(actor, task_id, GIVER)
    asked = MoreTime.objects.filter(task=task, state=ASKED).first()
    answer = clean(answer)
    if asked is None:
        raise Refused(Finding("tasks.no_request"))
    if not grant and not answer:
        raise Refused(Finding("tasks.reason_missing", field="answer"))
    if grant and task.parent is not None and task.parent.state in OPEN and asked.until > task.parent.due_on:
        facts = {"due": asked.until, "until": task.parent.due_on}
        raise Refused(Finding("tasks.due_after_parent", field="verdict", facts=facts))
    asked.state, asked.decided_on, asked.answer = GRANTED if grant else REFUSED, today, answer
    asked.save()
    if grant:
        task.due_on, task.last_on = asked.until, last_day(asked.until)
        task.save()
    noted(actor, task, "grant_time" if grant else "refuse_time", today, answer or f"{asked.until:%d/%m/%Y}")
    return asked


def _against(task: Task, until: date, reason: str, today: date) -> list[Finding]:
    found = []
    if task.state not in UNFINISHED:
        found.append(Finding("tasks.not_in_state", value=task.state, facts={"state": task.state}))
    if until <= task.due_on or until < today:
        found.append(Finding("tasks.no_more_time", field="until", facts={"due": task.due_on, "today": today}))
    if not reason:
        found.append(Finding("tasks.reason_missing", field="reason"))
    if MoreTime.objects.filter(task=task, state=ASKED).exists():
        found.append(Finding("tasks.asked_already", field="until"))
    return found
