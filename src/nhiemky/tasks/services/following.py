"""Tasks in a reorganisation: they go along with their units, or wait for the giver to decide.

Looked at from the rows as they are, so it may be asked again any day: a decision that takes effect later is followed
when its day has come, by the worker, and never twice.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor, Scope
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.tasks.changes import GIVER
from nhiemky.domain.tasks.kinds import CANCELLED, OPEN
from nhiemky.organisation.ends import Ends
from nhiemky.organisation.models import Reorganisation, UnitVersion
from nhiemky.tasks.models import Coordinator, Move, Task
from nhiemky.tasks.services.assigning import superiors
from nhiemky.tasks.services.steps import id_of, noted, of_side


def left_behind(today: date) -> Q:
    """Open tasks one of whose units has ended, and about which nobody has been asked yet."""
    there = UnitVersion.objects.filter(during__contains=today)
    no_doer, no_giver = (~Exists(there.filter(unit_id=OuterRef(side))) for side in ("unit_id", "giver_id"))
    return Q(no_doer, state__in=OPEN, awaits=None) | Q(no_giver, state__in=OPEN)


def left_along(today: date) -> QuerySet[Coordinator]:
    """Ended units that work along with open tasks."""
    there = UnitVersion.objects.filter(during__contains=today, unit_id=OuterRef("unit_id"))
    return Coordinator.objects.filter(~Exists(there), task__state__in=OPEN)


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
        Task.objects.select_related("unit", "giver", "assignee")
        .select_for_update(of=("self",))
        .filter(left_behind(today))
    )
    for task in found:
        if ends.by(task.unit_id) is not None and task.awaits_id is None:
            _doer_goes(actor, task, ends, today)
        if ends.by(task.giver_id) is not None:
            _giver_goes(actor, task, ends, today)
    along = list(left_along(today).select_related("task__unit", "task__giver"))
    for one in along:
        _coordinator_goes(actor, one, ends, today)
    return len({task.pk for task in found} | {one.task_id for one in along})


def put_back(actor: Actor, undone: Reorganisation, today: date) -> int:
    """A step of a service: what followed the reorganisation returns, unless somebody has decided otherwise since."""
    moves = list(Move.objects.filter(reorganisation=undone).order_by("pk"))
    founded = founded_by(undone)
    for move in moves:
        task = Task.objects.select_related("unit", "giver").get(pk=move.task_id)
        if _returned(task, move, founded):
            task.save()
            noted(actor, task, "undo", today, undone.number, move.before_id)
    Move.objects.filter(reorganisation=undone).delete()
    return len(moves)


def founded_by(reorganisation: Reorganisation) -> set[int]:
    """The units that would not exist without the reorganisation."""
    opened = reorganisation.versions_opened.exclude(unit__versions__closed_by=reorganisation)
    return set(opened.values_list("unit_id", flat=True))


def _returned(task: Task, move: Move, founded: set[int]) -> bool:
    """Put one side back; a doer that the giver chose among the founded units goes with them."""
    if move.side == "along":
        return _coordinates_again(task, move)
    if move.side == "giver" and task.giver_id == move.after_id:
        task.giver_id = move.before_id
        if move.key_rank is not None and task.key_rank is None:
            task.key_year, task.key_rank = move.key_year, move.key_rank
    elif move.side == "doer" and task.unit_id in {move.after_id or move.before_id, *founded}:
        if task.unit_id in founded:
            task.assignee = None
        task.unit_id, task.awaits = move.before_id, None
    else:
        return False
    return True


def _coordinates_again(task: Task, move: Move) -> bool:
    if Coordinator.objects.filter(task=task, unit_id=move.before_id).exists():
        return False
    if move.after_id is not None:
        Coordinator.objects.filter(task=task, unit_id=move.after_id).delete()
    Coordinator.objects.create(task=task, unit_id=move.before_id)
    return True


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
        if task.assignee and heir not in _seen_by(task.assignee, today):
            task.assignee = None
    task.save()
    noted(actor, task, "await" if heir is None else "follow", today, by.number, task.unit_id)


def _seen_by(user: User, today: date) -> Scope:
    """A grant over what ended may not reach its successor: the task is on the desk of that unit then."""
    return actor_for(user.pk, user.username, today, verified=True).scope("work.view")


def _giver_goes(actor: Actor, task: Task, ends: Ends, today: date) -> None:
    """A giver without a whole successor is replaced by the unit that stood above it: somebody must accept."""
    by, heir = ends.by(task.giver_id), ends.heir(task.giver_id) or ends.above(task.giver_id)
    if by is None or heir is None:
        return
    move = Move(task=task, reorganisation=by, side="giver", before_id=task.giver_id, after_id=heir)
    same = Task.objects.filter(giver_id=heir, key_year=task.key_year, key_rank=task.key_rank)
    if task.key_rank is not None and same.exclude(state=CANCELLED).exists():
        move.key_year, move.key_rank = task.key_year, task.key_rank
        task.key_year = task.key_rank = None
    move.save()
    task.giver_id = heir
    task.save()
    noted(actor, task, "follow", today, by.number, heir)


def _coordinator_goes(actor: Actor, one: Coordinator, ends: Ends, today: date) -> None:
    """The successor works along, unless it does already or does the task itself."""
    by, heir = ends.by(one.unit_id), ends.heir(one.unit_id)
    if by is None:
        return
    there = {one.task.unit_id, *one.task.coordinators.values_list("unit_id", flat=True)}
    after = None if heir in there else heir
    Move.objects.create(task=one.task, reorganisation=by, side="along", before_id=one.unit_id, after_id=after)
    noted(actor, one.task, "follow", today, by.number, after or one.unit_id)
    if after is None:
        one.delete()
    else:
        one.unit_id = after
        one.save()
