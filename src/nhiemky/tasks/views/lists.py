"""Lists: what is on somebody's desk, and every task with filters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link, Tab
from nhiemky.core.lists import table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.domain.names import fold
from nhiemky.domain.tasks.kinds import OPEN
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks import desk, rollup, selectors
from nhiemky.tasks.columns import columns, outcome_column
from nhiemky.tasks.forms import FilterForm
from nhiemky.tasks.models import Task

_LISTS: dict[str, Any] = {
    "mine": gettext_lazy("To do"),
    "mine_overdue": gettext_lazy("Overdue"),
    "mine_soon": gettext_lazy("Due soon"),
    "to_accept": gettext_lazy("To accept"),
    "time_to_decide": gettext_lazy("More time"),
    "to_decide": gettext_lazy("To decide"),
    "given_overdue": gettext_lazy("Given, overdue"),
    "given": gettext_lazy("Given, open"),
}
_EMPTY: dict[str, Any] = {
    "mine": gettext_lazy("Tasks given to you, or to your organisation and nobody there in particular, appear here."),
    "mine_overdue": gettext_lazy("Nothing of yours is overdue."),
    "mine_soon": gettext_lazy("Nothing of yours is due in the next working days."),
    "to_accept": gettext_lazy(
        "Results that are handed in to your organisation wait here until it accepts or returns them."
    ),
    "time_to_decide": gettext_lazy("Requests for more time wait here for your organisation's decision."),
    "to_decide": gettext_lazy(
        "Tasks of organisations that ended without a whole successor wait here for your decision."
    ),
    "given_overdue": gettext_lazy("Nothing that your organisation gave is overdue."),
    "given": gettext_lazy("Open tasks that your organisation gave to others appear here."),
}


@page("work.view")
def mine(request: PageRequest) -> HttpResponse:
    """My desk: what is to be done, accepted and decided, list by list."""
    own = selectors.own_units(request.actor)
    lists = _lists(request, own)
    chosen = request.GET.get("list", "mine")
    chosen = chosen if chosen in lists else "mine"
    counts = {key: found.count() for key, found in lists.items()}
    context = {
        "table": table_of(request, columns(request.today), lists[chosen], default="due"),
        "tabs": [
            Tab(label, f"?list={key}", key == chosen, counts[key])
            for key, label in _LISTS.items()
            if counts[key] or key in (chosen, "mine")
        ],
        "empty": _EMPTY[chosen],
        "may_give": request.actor.may("work.write"),
        "boards": _boards(own, request.today),
        "crumb": (Link(_("My tasks")),),
    }
    return show(request, "tasks/mine.html", context, part="rows")


def _lists(request: PageRequest, own: list[int]) -> dict[str, QuerySet[Task]]:
    """What each tab lists: the same choice that its line on the first page counts."""
    seen = selectors.tasks(request.actor).filter(state__in=OPEN)
    mine, given = selectors.mine(request.actor, own, request.today), Q(giver_id__in=own)
    choices = {"mine": mine, **desk.lists(request.actor, own, request.today), "given": given & ~mine}
    return {key: seen.filter(choices[key]) for key in _LISTS}


def _boards(own: list[int], today: date) -> list[Link]:
    held = organisation.structure()
    places = [held.index[unit_id] for unit_id in own if unit_id in held.index]
    return [Link(held.name(place, today), reverse("tasks:board", args=[held.codes[place]])) for place in places]


@page("work.view")
def every(request: PageRequest) -> HttpResponse:
    """Every task the actor may see, with filters; also what a number of a roll-up opens."""
    form = FilterForm(request.GET or None)
    found = filtered(request, form)
    shown = [*columns(request.today)[:-1], outcome_column(), columns(request.today)[-1]]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "table": table_of(request, shown, found, default="due"),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "download": f"{reverse('tasks:file')}?{query.urlencode()}",
        "may_give": request.actor.may("work.write"),
        "crumb": (Link(_("All tasks")),),
    }
    return show(request, "tasks/list.html", context, part="rows")


@page("work.view")
def file(request: PageRequest) -> HttpResponse:
    """The same rows as a spreadsheet, at most so many."""
    found = filtered(request, FilterForm(request.GET or None)).order_by("due_on", "pk")
    shown = [*columns(request.today)[:-1], outcome_column(), columns(request.today)[-1]]
    return xlsx_response("nhiem-vu", [Sheet(_("Tasks"), (), shown, list(found[:MOST]))])


MOST = 20_000
"""Rows of a spreadsheet at most."""


def filtered(request: PageRequest, form: FilterForm) -> QuerySet[Task]:
    """The tasks that a filter leaves, with how each stands today."""
    found = selectors.tasks(request.actor)
    if not form.is_valid():
        return rollup.standing(found, request.today, request.today)
    asked = form.cleaned_data
    if code := asked["unit"].strip():
        place = organisation.visible_position(request.actor, code, "work.view")
        found = rollup.of_unit(found, int(organisation.structure().ids[place]), request.today)
    if code := asked["giver"].strip():
        found = found.filter(giver__code=code)
    if asked["year"]:
        carried = bool(asked["carried"])
        found = rollup.in_year(found, asked["year"], request.today, request.today, carried=carried)
    if asked["programme"]:
        held = selectors.held_by(selectors.visible_programme(request.actor, asked["programme"]).pk)
        found = found.filter(programme_id__in=held)
    if asked["of_which"]:
        found = rollup.OF_WHICH[asked["of_which"]](found)
    return _narrowed(rollup.standing(found, request.today, request.today), asked)


def _narrowed(found: QuerySet[Task], asked: dict[str, Any]) -> QuerySet[Task]:
    for name in ("state", "outcome"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    for word in fold(asked["q"]).split():
        found = found.filter(folded__contains=word)
    return found
