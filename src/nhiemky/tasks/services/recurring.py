"""The next instance of a task that comes again: made when the last one begins, or when its first day has come."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, OuterRef, Subquery

from nhiemky.audit.services import service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.tasks.changes import GIVER
from nhiemky.domain.tasks.days import last_day, later
from nhiemky.domain.tasks.kinds import ASSIGNED
from nhiemky.tasks.models import Coordinator, Deliverable, Recurrence, Step, Task
from nhiemky.tasks.services.steps import noted, of_side


def recurrences_continue(*, actor: Actor, today: date) -> int:
    """Make what has come due of all recurring tasks; how many were made. Once only, however often it is called."""
    last = Task.objects.filter(recurrence=OuterRef("pk")).order_by("-instance")
    begun = Recurrence.objects.annotate(last_start=Subquery(last.values("start_on")[:1])).filter(last_start__lte=today)
    made = 0
    for recurrence_id in begun.values_list("pk", flat=True):
        while _is_due(recurrence_id, today):
            recurrence_continue(actor=actor, recurrence_id=recurrence_id, today=today)
            made += 1
    return made


@service
def recurrence_continue(*, actor: Actor, recurrence_id: int, today: date) -> Task:
    """Make the next instance, whose days are those of the last one a period later.

    Raises:
        Refused: the last instance has not begun, or the task has stopped coming.
    """
    last = _last(recurrence_id)
    made = next_if_due(actor, last, today) if last is not None else None
    if made is None:
        raise Refused(Finding("tasks.not_to_come_yet"))
    return made


@service
def recurrence_stop(*, actor: Actor, task_id: int, today: date) -> Recurrence:
    """Let the task come no more; what was given stays.

    Raises:
        Refused: it does not come again anyway.
        Denied: the actor does not speak for the giving unit.
    """
    task = of_side(actor, task_id, GIVER)
    if task.recurrence is None or (task.recurrence.stops_on is not None and task.recurrence.stops_on <= today):
        refuse_if_any([Finding("tasks.comes_no_more")])
    assert task.recurrence is not None
    task.recurrence.stops_on = today
    task.recurrence.save()
    noted(actor, task, "stop", today)
    return task.recurrence


def next_if_due(actor: Actor, task: Task, today: date) -> Task | None:
    """A step of a service: the next instance, if this one is the last and has begun; else None."""
    if task.recurrence_id is None or task.instance is None:
        return None
    recurrence = Recurrence.objects.select_for_update().get(pk=task.recurrence_id)
    newest = recurrence.tasks.aggregate(newest=Max("instance"))["newest"]
    first = _first(recurrence)
    start = later(first.start_on, recurrence.every, newest)
    if task.instance != newest or not _has_begun(task, today) or _stopped(recurrence, start):
        return None
    due = later(first.due_on, recurrence.every, newest)
    made = Task.objects.get(pk=task.pk)
    made.pk, made.instance, made.parent, made.key_year, made.key_rank = None, newest + 1, None, None, None
    made.given_on, made.start_on, made.due_on, made.last_on = today, start, due, last_day(due)
    made.state, made.handed_on, made.done_on, made.closed_on, made.awaits = ASSIGNED, None, None, None, None
    made._state.adding = True
    titles = list(Deliverable.objects.filter(task=task).order_by("pk").values_list("title", flat=True))
    along = list(Coordinator.objects.filter(task=task).values_list("unit_id", flat=True))
    return _saved(actor, made, titles, along, today)


def _saved(actor: Actor, made: Task, titles: list[str], along: list[int], today: date) -> Task:
    made.save(force_insert=True)
    Deliverable.objects.bulk_create(Deliverable(task=made, title=title) for title in titles)
    Coordinator.objects.bulk_create(Coordinator(task=made, unit_id=unit_id) for unit_id in along)
    noted(actor, made, "assign", today, unit_id=made.unit_id)
    return made


def _first(recurrence: Recurrence) -> Task:
    """Days are counted from the first instance, or the 31st would become the 28th for good in February."""
    return recurrence.tasks.order_by("instance")[0]


def _has_begun(task: Task, today: date) -> bool:
    return task.start_on <= today or Step.objects.filter(task=task, act="begin").exists()


def _stopped(recurrence: Recurrence, start: date) -> bool:
    return recurrence.stops_on is not None and start >= recurrence.stops_on


def _last(recurrence_id: int) -> Task | None:
    return Task.objects.filter(recurrence_id=recurrence_id).order_by("-instance").first()


def _is_due(recurrence_id: int, today: date) -> bool:
    last = _last(recurrence_id)
    if last is None or last.recurrence is None or last.instance is None or last.start_on > today:
        return False
    start = later(_first(last.recurrence).start_on, last.recurrence.every, last.instance)
    return not _stopped(last.recurrence, start)
