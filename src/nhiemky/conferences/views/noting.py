"""Instructions and limits: the list, noting as they fall, making tasks of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.conferences import selectors
from nhiemky.conferences.called import unit_name
from nhiemky.conferences.forms import AssignForm, NoteForm, WaiveForm
from nhiemky.conferences.models import Conference, Instruction
from nhiemky.conferences.selectors import VIEW, WRITE, Became
from nhiemky.conferences.services import noting
from nhiemky.conferences.views.common import crumb, of_page, writes, written
from nhiemky.conferences.views.shown import followed
from nhiemky.conferences.wording import BECAME, BECAME_TONES, ONE_NOTE
from nhiemky.core.components import Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.conferences.kinds import CHAIR, CLOSED, NO_TASK, OPEN
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import name_key
from nhiemky.tasks.columns import url as task_url


def _to(found: Conference) -> str:
    return reverse("conferences:instructions", args=[found.pk])


def _steps(found: Conference) -> tuple[Link, ...]:
    return crumb(found, Link(_("Instructions and limits"), _to(found)))


@page(VIEW)
def instructions(request: PageRequest, conference_id: int) -> HttpResponse:
    """Everything noted at a conference and what became of it; a number elsewhere opens a part of it."""
    found = selectors.visible_conference(request.actor, conference_id)
    rows = _chosen(selectors.became(found, request.today), request)
    context = of_page(
        request, found, "instructions",
        table=table_of(request, _columns(writes=writes(request, found)), rows, default=""),
        followed=followed(request, found),
        narrowed=any(request.GET.get(name) for name in ("kind", "outcome", "given")),
        page_url=_to(found),
        held=found.state in (OPEN, CLOSED),
    )  # fmt: skip
    return show(request, "conferences/instructions.html", context, part="rows")


def _chosen(rows: list[Became], request: PageRequest) -> list[Became]:
    kind, outcome = request.GET.get("kind", ""), request.GET.get("outcome", "")
    given = request.GET.get("given", "")
    return [
        one
        for one in rows
        if kind in ("", one.note.kind) and outcome in ("", one.outcome) and (not given or one.task is not None)
    ]


def _columns(*, writes: bool) -> tuple[Column[Became], ...]:
    def to(one: Became) -> str:
        if one.task is not None:
            return task_url(one.task)
        return reverse("conferences:assign", args=[one.note.pk]) if writes and one.outcome == NO_TASK else ""

    def owner(one: Became) -> str:
        return unit_name(one.task.unit_id, one.task.given_on) if one.task else one.note.waived

    return (
        Column("text", gettext_lazy("What was said"), lambda b: b.note.text, sortable=False, href=to),
        Column("kind", gettext_lazy("Kind"), lambda b: str(ONE_NOTE[b.note.kind]), sortable=False, minor=True),
        Column("by", gettext_lazy("By whom"), _speaker, sortable=False, minor=True),
        Column("owner", gettext_lazy("Given to"), owner, sortable=False),
        Column("due", gettext_lazy("Due on"), lambda b: b.task.due_on if b.task else "", sortable=False),
        Column("outcome", gettext_lazy("What became of it"), lambda b: str(BECAME[b.outcome]), sortable=False,
               tone=lambda b: BECAME_TONES[b.outcome]),
    )  # fmt: skip


def _speaker(one: Became) -> str:
    return one.note.by.name if one.note.by else ""


@page(WRITE, methods=("GET", "POST"))
def note(request: PageRequest, conference_id: int) -> HttpResponse:
    """Note what falls; the form comes again, for the next."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = NoteForm(request.POST or None, **_offered(found))
    return written(
        request, form,
        lambda: noting.instruction_note(actor=request.actor, conference_id=found.pk, noted=form.given()),
        to=_to(found), title=_("Note an instruction or a limit"), note=_("Noted. It waits to become a task."),
        steps=_steps(found),
    )  # fmt: skip


def _offered(found: Conference) -> dict[str, Any]:
    """Who may have spoken, chairs first; the items, the one under way chosen."""
    people = sorted(selectors.invitees(found), key=lambda one: (one.role != CHAIR, name_key(one.name)))
    return {
        "people": [(one.pk, one.name) for one in people],
        "items": [(item.pk, item.title) for item in selectors.agenda(found)],
        "initial": {"item": found.current_id, "by": people[0].pk if people else None},
    }


@page(WRITE, methods=("GET", "POST"))
def assign(request: PageRequest, instruction_id: int) -> HttpResponse:
    """Make a task of what was said."""
    one = selectors.visible_instruction(request.actor, instruction_id, WRITE)
    form = AssignForm(request.POST or None, initial={"title": one.text[:300]})
    return written(
        request, form, lambda: _assigned(request, one, form),
        to=_to(one.conference), title=_("Make a task of it"), note=_("The task is given; it is on their desk."),
        steps=_steps(one.conference), lead=one.text,
        remove=reverse("conferences:waive", args=[one.pk]), remove_label=_("It needs no task"),
    )  # fmt: skip


def _assigned(request: PageRequest, one: Instruction, form: AssignForm) -> None:
    """A unit that cannot be given tasks is told at its field, as whatever else stands against the task."""
    given = form.given(noting.giver_of(one, request.today))
    try:
        noting.instruction_assign(actor=request.actor, instruction_id=one.pk, given=given, today=request.today)
    except Denied as no:
        raise Refused(Finding("tasks.no_such_unit", field="unit", value=given.unit_code)) from no


@page(WRITE, methods=("GET", "POST"))
def waive(request: PageRequest, instruction_id: int) -> HttpResponse:
    """Say why it needs no task."""
    one = selectors.visible_instruction(request.actor, instruction_id, WRITE)
    form = WaiveForm(request.POST or None)
    return written(
        request, form,
        lambda: noting.instruction_waive(
            actor=request.actor, instruction_id=one.pk, reason=form.cleaned_data["reason"]
        ),
        to=_to(one.conference), title=_("It needs no task"), note=_("Noted."), steps=_steps(one.conference),
        lead=one.text,
    )  # fmt: skip
