"""Tasks for tests: given and taken on by the real services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from builders import SYSTEM, TODAY
from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from nhiemky.domain.access import Actor, Scope
from nhiemky.organisation.models import Unit
from nhiemky.tasks.models import Deliverable, Task
from nhiemky.tasks.services import assigning, delivering, doing
from nhiemky.tasks.services.assigning import TaskGiven
from nhiemky.tasks.services.delivering import Handed

DUE = date(2026, 11, 20)


def writer(*codes: str) -> Actor:
    """Somebody who may see and write in these units and nowhere else."""
    scope = Scope(unit_ids=frozenset(Unit.objects.filter(code__in=codes).values_list("pk", flat=True)))
    return Actor(None, "-".join(codes), dict.fromkeys(("organisation.view", "work.view", "work.write"), scope))


def user(name: str, code: str, role: str = "clerk") -> User:
    """A user with a grant over the unit."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    made, _new = User.objects.get_or_create(username=name, defaults={"full_name": name.title()})
    Grant.objects.create(
        user=made, role=role, unit=Unit.objects.get(code=code), during=DateRange(date(2020, 1, 1), None)
    )
    return made


def wanted(unit: str = "X1", giver: str = "T", **more: Any) -> TaskGiven:
    """A task of the province for a commune."""
    given: dict[str, Any] = {"title": "Xây dựng kế hoạch thực hiện Nghị quyết 21-NQ/TW", "due_on": DUE,
                             "deliverable": "Kế hoạch"}  # fmt: skip
    return TaskGiven(giver, unit, **given | more)


def give(unit: str = "X1", giver: str = "T", *, today: date = TODAY, actor: Actor = SYSTEM, **more: Any) -> Task:
    """Give a task."""
    return assigning.task_assign(actor=actor, given=wanted(unit, giver, **more), today=today)


def act(task: Task, *acts: str, today: date = TODAY, actor: Actor = SYSTEM, reason: str = "vì thế") -> Task:
    """Take the task on, act by act, all on one day."""
    for one in acts:
        task = doing.task_change(actor=actor, task_id=task.pk, act=one, today=today, reason=reason)
    return task


def hand_in(task: Task, *, today: date = TODAY, actor: Actor = SYSTEM) -> None:
    """Hand every deliverable in."""
    for pk in Deliverable.objects.filter(task=task).values_list("pk", flat=True):
        delivering.deliverable_hand_in(
            actor=actor, task_id=task.pk, deliverable_id=pk, handed=Handed(note="bản giấy"), today=today
        )


def finish(task: Task, handed: date, accepted: date | None = None) -> Task:
    """From given to accepted as done: handed in on one day, accepted on another."""
    act(task, "begin", today=min(handed, accepted or handed))
    hand_in(task, today=handed)
    act(task, "submit", today=handed)
    return act(task, "done", today=accepted or handed)


def codes(findings: Iterable[Any]) -> set[str]:
    """Of a refusal's findings."""
    return {finding.code.removeprefix("tasks.") for finding in findings}
