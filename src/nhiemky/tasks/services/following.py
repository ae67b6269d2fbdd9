"""Tasks in a reorganisation: they go along with their units, or wait for the giver to decide.

Looked at from the rows as they are, so it may be asked again any day: a decision that takes effect later is followed
when its day has come, by the worker, and never twice.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.tasks.changes import GIVER
from nhiemky.domain.tasks.kinds import OPEN
from nhiemky.organisation.ends import Ends
from nhiemky.organisation.models import Reorganisation, UnitVersion
from nhiemky.tasks.models import Move, Task
from nhiemky.tasks.services.assigning import superiors
from nhiemky.tasks.services.steps import id_of, noted, of_side


def left_behind(today: date) -> Q:
    """Open tasks one of whose units has ended, and about which nobody has been asked yet."""
    there = UnitVersion.objects.filter(during__contains=today)
    no_doer, no_giver = (~Exists(there.filter(unit_id=OuterRef(side))) for side in ("unit_id", "giver_id"))
    return Q(no_doer, state__in=OPEN, awaits=None) | Q(no_giver, state__in=OPEN)


@service
def tasks_follow(*, actor: Actor, today: date) -> int:
    """Let every task of an ended unit follow; how many did."""
    count = followed(actor, today)
    record("tasks.tasks_followed", actor=actor, facts={"count": count})
    return count


def followed(actor: Actor, today: date) -> int:
    """A step of a service: every task that an ended unit left behind, doer and giver each for itself."""
    ends = Ends(today)
    found = list(
        Task.objects.select_related("unit", "giver").select_for_update(of=("self",)).filter(left_behind(today))
    )
    for task in found:
        if ends.by(task.unit_id) is not None and task.awaits_id is None:
            _doer_goes(actor, task, ends, today)
        if ends.by(task.giver_id) is not None:
            _giver_goes(actor, task, ends, today)
    return len(found)


def put_back(actor: Actor, undone: Reorganisation, today: date) -> int:
    """A step of a service: what followed the reorganisation returns, unless somebody has decided otherwise since."""
    moves = list(Move.objects.filter(reorganisation=undone).select_related("task__unit", "task__giver"))
    for move in moves:
        task = move.task
        if move.side == "giver" and task.giver_id == move.after_id:
            task.giver_id = move.before_id
        elif move.side == "doer" and task.unit_id == (move.after_id or move.before_id):
            task.unit_id, task.awaits = move.before_id, None
        else:
            continue
        task.save()
        noted(actor, task, "undo", today, undone.number, move.before_id)
    Move.objects.filter(reorganisation=undone).delete()
    return len(moves)


@service
def task_decide(*, actor: Actor, task_id: int, unit_code: str, today: date) -> Task:
    """The giver says which unit goes on with a task whose unit has ended; to let it end, cancel it.

    Raises:
        Refused: the task does not wait for a decision, or the unit cannot be given it.
        Denied: the actor does not speak for the unit that gave the task.
    """
    task = of_side(actor, task_id, GIVER)
    if task.awaits_id is None:
        raise Refused(Finding("tasks.nothing_to_decide"))
    unit_id = id_of(unit_code, "unit")
    if task.giver_id not in superiors(unit_id, today):
        refuse_if_any([Finding("tasks.not_below", field="unit", value=unit_code)])
    if not UnitVersion.objects.filter(unit_id=unit_id, during__contains=today).exists():
        refuse_if_any([Finding("tasks.unit_not_there", field="unit", value=unit_code)])
    task.unit_id, task.awaits, task.assignee = unit_id, None, None
    task.save()
    noted(actor, task, "decide", today, unit_id=unit_id)
    return task


def _doer_goes(actor: Actor, task: Task, ends: Ends, today: date) -> None:
    by, heir = ends.by(task.unit_id), ends.heir(task.unit_id)
    assert by is not None
    Move.objects.create(task=task, reorganisation=by, side="doer", before_id=task.unit_id, after_id=heir)
    if heir is None:
        task.awaits = by
    else:
        task.unit_id = heir
    task.save()
    noted(actor, task, "await" if heir is None else "follow", today, by.number, task.unit_id)


def _giver_goes(actor: Actor, task: Task, ends: Ends, today: date) -> None:
    """A giver without a whole successor is replaced by the unit that stood above it: somebody must accept."""
    by, heir = ends.by(task.giver_id), ends.heir(task.giver_id) or ends.above(task.giver_id)
    if by is None or heir is None:
        return
    Move.objects.create(task=task, reorganisation=by, side="giver", before_id=task.giver_id, after_id=heir)
    task.giver_id = heir
    task.save()
    noted(actor, task, "follow", today, by.number, heir)
