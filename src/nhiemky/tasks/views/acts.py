"""Acts on one task: the steps of giver and doer, more time, deliverables, who does it, who goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.tasks.changes import CHANGE, DOER, GIVER
from nhiemky.tasks import selectors
from nhiemky.tasks.columns import url
from nhiemky.tasks.forms import AnswerForm, HandInForm, PersonForm, StepForm, TimeForm, UnitForm
from nhiemky.tasks.models import Deliverable, MoreTime, Task
from nhiemky.tasks.people import people_for
from nhiemky.tasks.services import delivering, doing, following, more_time, recurring
from nhiemky.tasks.wording import BUTTONS

WRITE = "work.write"


def of_side(request: PageRequest, task_id: int, side: str) -> Task:
    """The task, for whoever speaks for that side.

    Raises:
        Denied: 404 where the actor may not see the task, 403 where they do not speak for the side.
    """
    found = selectors.visible_task(request.actor, task_id, WRITE)
    speaks = selectors.gives if side == GIVER else selectors.does
    if not speaks(request.actor, found):
        raise Denied(WRITE, "permission_missing", status=403)
    return found


def written(
    request: PageRequest, found: Task, form: Form, act: Callable[[], object], title: Any, note: Any, **more: Any
) -> HttpResponse:
    """One form about a task: carried out, or shown with what stands against it."""
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=url(found), note=str(note))
    crumb = (Link(_("Tasks"), reverse("tasks:list")), Link(found.title, url(found)), Link(title))
    context = {"form": form, "title": title, "lead": found.title, "cancel": url(found), "crumb": crumb, **more}
    return show(request, "tasks/form.html", context, status=422 if form.errors else 200)


@page(WRITE, methods=("GET", "POST"))
def step(request: PageRequest, task_id: int, act: str) -> HttpResponse:
    """Take on, begin, hand in, return, accept as done, cancel."""
    if act not in CHANGE:
        raise Denied(WRITE, "no_such_task", status=404)
    found = of_side(request, task_id, CHANGE[act].side)
    form = StepForm(request.POST or None)

    def carried_out() -> None:
        typed = form.cleaned_data
        doing.task_change(actor=request.actor, task_id=found.pk, act=act, today=request.today,
                          on=typed["on"], reason=typed["reason"])  # fmt: skip

    return written(request, found, form, carried_out, BUTTONS[act], _("Noted."), bad=act in ("return", "cancel"))


@page(WRITE, methods=("GET", "POST"))
def time(request: PageRequest, task_id: int) -> HttpResponse:
    """Ask for more time."""
    found = of_side(request, task_id, DOER)
    form = TimeForm(request.POST or None)
    return written(
        request, found, form,
        lambda: more_time.time_ask(actor=request.actor, task_id=found.pk, today=request.today, **form.cleaned_data),
        _("Ask for more time"), _("Asked. Until it is granted the due day stays."),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def answer(request: PageRequest, task_id: int) -> HttpResponse:
    """Decide on a request for more time."""
    found = of_side(request, task_id, GIVER)
    asked = MoreTime.objects.filter(task=found, state="asked").first()
    form = AnswerForm(request.POST or None)
    return written(
        request, found, form,
        lambda: more_time.time_decide(
            actor=request.actor, task_id=found.pk, grant=form.cleaned_data["verdict"] == "grant",
            answer=form.cleaned_data["answer"], today=request.today,
        ),
        _("Decide on more time"), _("Decided."), asked=asked,
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def decide(request: PageRequest, task_id: int) -> HttpResponse:
    """Which unit goes on with a task whose unit has ended."""
    found = of_side(request, task_id, GIVER)
    form = UnitForm(request.POST or None)
    return written(
        request, found, form,
        lambda: following.task_decide(
            actor=request.actor, task_id=found.pk, unit_code=form.cleaned_data["unit"], today=request.today
        ),
        _("Say who goes on"), _("The task is with them now."),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def appoint(request: PageRequest, task_id: int) -> HttpResponse:
    """Who in the unit does it."""
    found = of_side(request, task_id, DOER)
    people = people_for(found.unit_id, request.today)
    initial = {"username": found.assignee.username if found.assignee else ""}
    form = PersonForm(request.POST or None, people=people, initial=initial)
    return written(
        request, found, form,
        lambda: doing.task_appoint(
            actor=request.actor, task_id=found.pk, username=form.cleaned_data["username"], today=request.today
        ),
        _("Appoint somebody"), _("Noted."),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def stop(request: PageRequest, task_id: int) -> HttpResponse:
    """Let a recurring task come no more."""
    found = of_side(request, task_id, GIVER)
    form = Form(request.POST if request.method == "POST" else None)
    return written(
        request, found, form,
        lambda: recurring.recurrence_stop(actor=request.actor, task_id=found.pk, today=request.today),
        _("Let it come no more"), _("It comes no more; what was given stays."), bad=True,
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def hand_in(request: PageRequest, task_id: int, deliverable_id: int) -> HttpResponse:
    """Hand one deliverable in."""
    found = of_side(request, task_id, DOER)
    one = _deliverable(found, deliverable_id)
    form = HandInForm(request.POST or None, request.FILES or None)
    return written(
        request, found, form,
        lambda: delivering.deliverable_hand_in(
            actor=request.actor, task_id=found.pk, deliverable_id=one.pk, handed=form.handed(request.actor),
            today=request.today,
        ),
        _("Hand in: %(what)s") % {"what": one.title}, _("Handed in. Hand in the whole result when all is there."),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def accept(request: PageRequest, task_id: int, deliverable_id: int) -> HttpResponse:
    """Accept one deliverable."""
    found = of_side(request, task_id, GIVER)
    one = _deliverable(found, deliverable_id)
    form = Form(request.POST if request.method == "POST" else None)
    return written(
        request, found, form,
        lambda: delivering.deliverable_accept(
            actor=request.actor, task_id=found.pk, deliverable_id=one.pk, today=request.today
        ),
        _("Accept: %(what)s") % {"what": one.title}, _("Accepted."),
    )  # fmt: skip


def _deliverable(found: Task, deliverable_id: int) -> Deliverable:
    one = Deliverable.objects.defer("file").filter(task=found, pk=deliverable_id).first()
    if one is None:
        raise Denied(WRITE, "no_such_deliverable", status=404)
    return one
