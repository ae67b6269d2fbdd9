"""Programmes and plans: the list, one with what it holds, a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact, Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.tasks.days import DAY
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks import rollup, selectors
from nhiemky.tasks.columns import columns, namer, outcome_column, paper_fact
from nhiemky.tasks.forms import ProgrammeForm
from nhiemky.tasks.models import Programme
from nhiemky.tasks.services.programmes import programme_enter
from nhiemky.tasks.views.giving import choices, own_code
from nhiemky.tasks.views.units import tiles_of
from nhiemky.tasks.wording import KINDS

VIEW, WRITE = "work.view", "work.write"


def _days(one: Programme) -> str:
    start, after = one.during.lower, one.during.upper
    if after is None:
        return _("since %(start)s") % {"start": f"{start:%d/%m/%Y}"}
    return f"{start:%d/%m/%Y} – {after - DAY:%d/%m/%Y}"


def _url(one: Programme) -> str:
    return reverse("tasks:programme", args=[one.pk])


def _columns(request: PageRequest) -> tuple[Column[Programme], ...]:
    name = namer(request.today)
    return (
        Column("title", gettext_lazy("Title"), lambda p: p.title, sort=("title",), href=_url),
        Column("kind", gettext_lazy("Kind"), lambda p: str(KINDS[p.kind]), sort=("kind",), minor=True),
        Column("unit", gettext_lazy("Organisation"), lambda p: name(p.unit_id), sortable=False),
        Column("days", gettext_lazy("Time"), _days, sort=("during",)),
    )


@page(VIEW)
def programmes(request: PageRequest) -> HttpResponse:
    """Work programmes of terms and years, programmes and plans, of the actor's units and those above."""
    found = selectors.programmes(request.actor)
    code = request.GET.get("unit", "")
    if code:
        place = organisation.visible_position(request.actor, code, VIEW)
        found = found.filter(unit_id=int(organisation.structure().ids[place]))
    kind = request.GET.get("kind", "")
    if kind in KINDS:
        found = found.filter(kind=kind)
    context = {
        "table": table_of(request, _columns(request), found, default="-days"),
        "kinds": [(key, label, key == kind) for key, label in KINDS.items()],
        "code": code,
        "may_enter": request.actor.may(WRITE),
        "crumb": (Link(_("Programmes and plans")),),
    }
    return show(request, "tasks/programmes.html", context, part="rows")


@page(VIEW)
def programme(request: PageRequest, programme_id: int) -> HttpResponse:
    """One programme: what it carries out, the plans it holds, its tasks, and its roll-up with theirs."""
    found = selectors.visible_programme(request.actor, programme_id)
    below = list(selectors.programmes(request.actor).filter(parent=found).order_by("during", "pk"))
    own = rollup.standing(selectors.tasks(request.actor).filter(programme=found), request.today, request.today)
    shown = [*columns(request.today)[:-1], outcome_column()]
    context = {
        "programme": found,
        "kind": KINDS[found.kind],
        "facts": _facts(request, found),
        "tiles": _tiles(request, found),
        "plans": [(one, _url(one), KINDS[one.kind], _tiles(request, one)) for one in below],
        "table": table_of(request, shown, own, default="due"),
        "partly": found.unit_id not in request.actor.scope(VIEW),
        "may_give": request.actor.may(WRITE),
        "crumb": (Link(_("Programmes and plans"), reverse("tasks:programmes")), Link(found.title)),
    }
    return show(request, "tasks/programme.html", context, part="rows")


def _tiles(request: PageRequest, found: Programme) -> Any:
    """The roll-up of a programme with all that it holds, of the tasks the actor may see."""
    held = selectors.tasks(request.actor).filter(programme_id__in=selectors.held_by(found.pk))
    return tiles_of(rollup.counts(held, request.today, request.today), {"programme": found.pk})


def _facts(request: PageRequest, found: Programme) -> list[Fact]:
    rows = [Fact(_("Organisation"), namer(request.today)(found.unit_id)), Fact(_("Time"), _days(found))]
    if found.document_id is not None:
        rows.append(paper_fact(request, _("Issued as"), found.document_id))
    if found.implements_id is not None:
        rows.append(paper_fact(request, _("Carries out"), found.implements_id, found.part))
    if found.parent is not None:
        rows.append(Fact(_("Part of"), found.parent.title, _url(found.parent)))
    return rows


@page(WRITE, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """Enter a programme or a plan."""
    said = {
        name: request.GET[name] for name in ("unit", "parent", "document", "implements", "kind") if name in request.GET
    }
    initial = {"unit": own_code(request), **said}
    form = ProgrammeForm(request.POST or None, initial=initial, programmes=choices(request)["programmes"])
    if form.is_valid():
        try:
            made = programme_enter(actor=request.actor, given=form.given(), today=request.today)
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error("unit", _("You do not enter programmes for this organisation."))
        else:
            return done(request, to=_url(made), note=_("Entered. Now give the tasks it holds."))
    title, to = _("New programme or plan"), reverse("tasks:programmes")
    context = {"form": form, "title": title, "cancel": to, "crumb": (Link(_("Programmes and plans"), to), Link(title))}
    return show(request, "tasks/form.html", context, status=422 if form.errors else 200)
