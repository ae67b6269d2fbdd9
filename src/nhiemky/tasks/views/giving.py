"""Giving tasks: a new one, the same to many, a part of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.tasks.changes import DOER
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks import selectors
from nhiemky.tasks.columns import url
from nhiemky.tasks.forms import BulkForm, DelegateForm, GivingForm, NewForm
from nhiemky.tasks.measures import indicators
from nhiemky.tasks.services import assigning, delegating
from nhiemky.tasks.views.acts import of_side, written

WRITE = "work.write"
_OFFERED = 300
"""Programmes that are offered at most, the latest first."""


def choices(request: PageRequest) -> dict[str, Any]:
    """What the selects of a form offer."""
    found = selectors.programmes(request.actor).order_by("-during", "pk").values_list("pk", "title")
    return {
        "programmes": list(found[:_OFFERED]),
        "indicators": sorted(indicators().names().items(), key=lambda pair: pair[1]),
    }


def own_code(request: PageRequest) -> str:
    """The code of the first unit the actor may write for."""
    held = organisation.structure()
    own = selectors.own_units(request.actor, WRITE)
    return held.codes[held.index[own[0]]] if own else ""


def _initial(request: PageRequest) -> dict[str, Any]:
    """What an address may already say: who gives, what the task stands in."""
    said: dict[str, Any] = {
        name: request.GET[name] for name in ("title", "unit", "giver", "part") if name in request.GET
    }
    numbers = ("programme", "document", "key_year", "key_rank")
    said |= {name: int(request.GET[name]) for name in numbers if request.GET.get(name, "").isdecimal()}
    return {"giver": own_code(request), **said}


@page(WRITE, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """A new task for one unit."""
    form = NewForm(request.POST or None, initial=_initial(request), **choices(request))
    if form.is_valid():
        try:
            made = assigning.task_assign(actor=request.actor, given=form.given(""), today=request.today)
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error("giver", _("You do not give tasks in the name of this organisation."))
        else:
            return done(request, to=url(made), note=_("The task is given; it is on their desk."))
    return _form(request, form, _("Give a task"))


def _form(request: PageRequest, form: GivingForm, title: str, **more: Any) -> HttpResponse:
    crumb = (Link(_("Tasks"), reverse("tasks:list")), Link(title))
    context = {"form": form, "title": title, "cancel": reverse("tasks:mine"), "crumb": crumb, **more}
    return show(request, "tasks/form.html", context, status=422 if form.errors else 200)


@page(WRITE, methods=("GET", "POST"))
def bulk(request: PageRequest) -> HttpResponse:
    """The same task for every unit of some kinds; first it is told for how many."""
    form = BulkForm(request.POST or None, initial=_initial(request), **choices(request))
    reached: list[int] | None = None
    if form.is_valid():
        try:
            reached = _reached(request, form)
            if request.POST.get("confirmed") == "yes":
                return _given(request, form)
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error("giver", _("You do not give tasks in the name of this organisation."))
    sure = (
        None if reached is None or form.errors or request.POST.get("confirmed") == "edit" else _told(request, reached)
    )
    return _form(request, form, _("The same task to many"), sure=sure)


def _reached(request: PageRequest, form: BulkForm) -> list[int]:
    """The units that would be given the task."""
    typed, held = form.cleaned_data, organisation.structure()
    giver = organisation.visible_position(request.actor, typed["giver"].strip(), WRITE)
    below = typed["below"].strip()
    top = held.by_code.get(below, giver) if below else giver
    kinds = typed["kinds"]
    ids = assigning.units_of_kinds(int(held.ids[top]), kinds, request.today, without=int(held.ids[giver]))
    return ids if int(held.ids[top]) in request.actor.scope(WRITE) else []


def _given(request: PageRequest, form: BulkForm) -> HttpResponse:
    typed = form.cleaned_data
    ids = assigning.tasks_assign(
        actor=request.actor, given=form.given(""), kinds=typed["kinds"], below=typed["below"].strip(),
        today=request.today,
    )  # fmt: skip
    note = _("%(count)s organisations were given the task.") % {"count": len(ids)}
    return done(request, to=f"{reverse('tasks:mine')}?list=given", note=note)


def _told(request: PageRequest, reached: list[int]) -> dict[str, Any]:
    """How many units, and the first of them by name."""
    held = organisation.structure()
    names = [held.name(held.index[unit_id], request.today) for unit_id in reached[:8]]
    return {"count": len(reached), "names": names, "more": len(reached) - len(names)}


@page(WRITE, methods=("GET", "POST"))
def delegate(request: PageRequest, task_id: int) -> HttpResponse:
    """A part of a task for a unit below."""
    found = of_side(request, task_id, DOER)
    initial = {
        "title": found.title,
        "due_on": found.due_on,
        "deliverables": found.deliverable,
        "measure": "deliverables",
    }
    form = DelegateForm(request.POST or None, initial=initial, **choices(request))
    return written(
        request, found, form,
        lambda: delegating.task_delegate(
            actor=request.actor, task_id=found.pk, given=form.given(found.unit.code), today=request.today,
            required=form.cleaned_data["required"],
        ),
        _("Delegate a part"), _("Delegated; the part stands on this task's page."),
    )  # fmt: skip
