"""Columns of lists of tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact
from nhiemky.core.lists import Column
from nhiemky.core.pages import PageRequest
from nhiemky.documents import selectors as documents
from nhiemky.documents.wording import cited
from nhiemky.domain.tasks.kinds import LATE, OPEN, SUBMITTED
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.models import Task
from nhiemky.tasks.wording import OUTCOME_TONES, OUTCOMES, STATES, TONES


def namer(today: date) -> Callable[[int], str]:
    """What a unit is called today. The structure is asked for once: each asking costs a query."""
    held = organisation.structure()

    def name(unit_id: int) -> str:
        return held.name(held.index[unit_id], today) if unit_id in held.index else ""

    return name


def standing_of(task: Task, today: date) -> tuple[str, str]:
    """Its state in a word and a tone, lateness first: what is late is late in whatever state."""
    if task.awaits_id is not None:
        return _("to be decided"), "bad"
    if task.state in OPEN and task.state != SUBMITTED and task.last_on < today:
        return _("overdue"), "bad"
    if task.done_on is not None and task.done_on > task.last_on:
        return str(OUTCOMES[LATE]), OUTCOME_TONES[LATE]
    return str(STATES[task.state]), TONES[task.state]


def url(task: Task) -> str:
    """The page of the task."""
    return reverse("tasks:task", args=[task.pk])


def columns(today: date, *, units: bool = True) -> tuple[Column[Task], ...]:
    """Of every list of tasks; without `units` for one unit's own."""
    name = namer(today)
    sides: tuple[Column[Task], ...] = (
        Column("unit", gettext_lazy("Done by"), lambda t: name(t.unit_id), sortable=False),
        Column("giver", gettext_lazy("Given by"), lambda t: name(t.giver_id), sortable=False, minor=True),
    )
    return (
        Column("title", gettext_lazy("Task"), lambda t: t.title, sort=("folded",), href=url),
        *(sides if units else sides[1:]),
        Column("assignee", gettext_lazy("Person"), _person, sort=("assignee__full_name",), minor=True),
        Column("due", gettext_lazy("Due on"), lambda t: t.due_on, sort=("due_on",)),
        Column("state", gettext_lazy("State"), partial(_word, today=today), sort=("state",),
               tone=partial(_tone, today=today)),
    )  # fmt: skip


def outcome_column() -> Column[Task]:
    """How each stands, for lists that `rollup.standing` annotated."""
    return Column(
        "outcome",
        gettext_lazy("Result"),
        lambda t: str(OUTCOMES[t.outcome]),
        sort=("outcome",),
        tone=lambda t: OUTCOME_TONES[t.outcome],
    )


def paper_fact(request: PageRequest, label: Any, document_id: int, note: str = "") -> Fact:
    """A document of the register as it is cited, with its title; of one outside the actor's grants only that it is."""
    found = documents.documents(request.actor).filter(pk=document_id).first()
    if found is None:
        return Fact(label, _("a document of an organisation outside your grants"), note=note)
    note = " · ".join(part for part in (note, found.title) if part)
    return Fact(label, cited(found), reverse("documents:document", args=[found.pk]), note)


def _person(task: Task) -> str:
    return task.assignee.full_name if task.assignee else ""


def _word(task: Task, today: date) -> str:
    return standing_of(task, today)[0]


def _tone(task: Task, today: date) -> str:
    return standing_of(task, today)[1]
