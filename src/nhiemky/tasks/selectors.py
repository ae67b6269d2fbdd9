"""Reading tasks and programmes: those the actor may see, and those that are theirs to do."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhiemky.access.models import Grant
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.tasks.kinds import OPEN
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.models import Coordinator, Programme, Task

VIEW, WRITE = "work.view", "work.write"


def within(field: str, scope: Scope) -> Q:
    """Rows whose unit lies in the scope."""
    return Q() if scope.everything else Q(**{f"{field}__in": scope.unit_ids})


def tasks(actor: Actor, permission: str = VIEW) -> QuerySet[Task]:
    """Tasks that the actor's units do, gave, or work along with, and those that are the actor's own."""
    scope = actor.scope(permission)
    found = Task.objects.select_related("unit", "giver", "assignee")
    if scope.everything:
        return found
    if not scope:
        return found.none()
    # Each side by an index of its own: joined by OR they would make the database read every task there is.
    done = Task.objects.filter(unit_id__in=scope.unit_ids).values("pk")
    given = Task.objects.filter(giver_id__in=scope.unit_ids).values("pk")
    along = Coordinator.objects.filter(unit_id__in=scope.unit_ids).values("task_id")
    own = Task.objects.filter(assignee_id=actor.user_id).values("pk")
    return found.filter(pk__in=done.union(given, along, *((own,) if actor.user_id else ())))


def visible_task(actor: Actor, task_id: int, permission: str = VIEW) -> Task:
    """The task, if the actor may see it.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    seen = tasks(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=task_id).first()
    if seen is None:
        raise Denied(permission, "no_such_task", status=404)
    if not actor.may(permission):
        raise Denied(permission, "permission_missing", status=403)
    return seen


def gives(actor: Actor, task: Task) -> bool:
    """Whether the actor speaks for the unit that gave the task."""
    return task.giver_id in actor.scope(WRITE)


def does(actor: Actor, task: Task) -> bool:
    """Whether the actor speaks for the unit that does the task."""
    return task.unit_id in actor.scope(WRITE)


def own_units(actor: Actor, permission: str = VIEW) -> list[int]:
    """The units the actor was granted the right over, not those below them: whose desk it is."""
    return sorted(actor.granted.get(permission, ()))


def mine(actor: Actor, own: list[int], today: date) -> Q:
    """Tasks that are the actor's to do: given to them, or to their own unit and to nobody who is still there."""
    grants = Grant.objects.filter(user=OuterRef("assignee"), during__contains=today, withdrawn=False)
    gone = Q(assignee__isnull=False) & (Q(assignee__is_active=False) | ~Exists(grants))
    return Q(assignee_id=actor.user_id) | Q(Q(assignee=None) | gone, unit_id__in=own)


def to_do(actor: Actor, today: date) -> QuerySet[Task]:
    """What is on the actor's desk and not finished."""
    return tasks(actor).filter(mine(actor, own_units(actor), today), state__in=OPEN)


def programmes(actor: Actor, permission: str = VIEW) -> QuerySet[Programme]:
    """Programmes of the actor's units and of units above them, which bind them."""
    scope = actor.scope(permission)
    found = Programme.objects.select_related("unit", "document", "implements", "parent")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids | _above(scope))


def _above(scope: Scope) -> frozenset[int]:
    """Every unit that a unit of the scope stands under; not what it once stood under, which binds it no more."""
    held = organisation.structure()
    found: set[int] = set()
    waiting = [held.index[unit_id] for unit_id in scope.unit_ids if unit_id in held.index]
    while waiting:
        for placement in held.placements[waiting.pop()]:
            parent, holds = placement.parent, placement.during.end is None
            if parent is not None and holds and parent not in found:
                found.add(parent)
                waiting.append(parent)
    return frozenset(int(held.ids[place]) for place in found)


def visible_programme(actor: Actor, programme_id: int, permission: str = VIEW) -> Programme:
    """The programme, if the actor may see it; with the right to write only one of the actor's units.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    seen = programmes(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=programme_id).first()
    if seen is None:
        raise Denied(permission, "no_such_programme", status=404)
    if permission == WRITE and seen.unit_id not in actor.scope(WRITE):
        raise Denied(permission, "permission_missing", status=403)
    return seen


def held_by(programme_id: int) -> list[int]:
    """The programme and every programme it holds, over all levels."""
    found, waiting = [programme_id], [programme_id]
    while waiting:
        waiting = list(
            Programme.objects.filter(parent_id__in=waiting).exclude(pk__in=found).values_list("pk", flat=True)
        )
        found += waiting
    return found


def chain(task: Task) -> list[Task]:
    """The tasks this one was delegated from, the first one first."""
    found: list[Task] = []
    while task.parent_id is not None:
        task = Task.objects.select_related("unit", "giver").get(pk=task.parent_id)
        found.insert(0, task)
    return found
