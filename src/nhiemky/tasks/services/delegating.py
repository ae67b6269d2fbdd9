"""Handing a part of a task down the tree; the chain stays, and the parent waits for what it requires."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhiemky.audit.services import service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.tasks.changes import DOER, UNFINISHED
from nhiemky.organisation.models import Unit
from nhiemky.tasks.models import Task
from nhiemky.tasks.services.assigning import TaskGiven, assigned
from nhiemky.tasks.services.steps import of_side


@service
def task_delegate(*, actor: Actor, task_id: int, given: TaskGiven, today: date, required: bool = True) -> Task:
    """Give a part of the task to a unit below the one that does it; that unit becomes the giver of the part.

    `given.giver_code` is not looked at. With `required` the task cannot be handed in before the part is done.

    Raises:
        Refused: the task is not open, the part would end later than it, or anything else stands against it.
        Denied: the actor does not speak for the unit that does the task.
    """
    parent = of_side(actor, task_id, DOER)
    if parent.state not in UNFINISHED:
        raise Refused(Finding("tasks.not_in_state", value=parent.state, facts={"state": parent.state}))
    code = Unit.objects.values_list("code", flat=True).get(pk=parent.unit_id)
    if given.unit_code.strip() == code:
        raise Refused(Finding("tasks.delegated_to_itself", field="unit", value=code))
    own = replace(given, giver_code=code, every="", key_year=None, key_rank=None)
    return assigned(actor, own, today, parent, required)
