"""Planning: a new conference, its head, its agenda."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.conferences import selectors
from nhiemky.conferences.forms import CallOffForm, ChangeForm, ConferenceForm, ItemForm
from nhiemky.conferences.models import Conference
from nhiemky.conferences.selectors import WRITE
from nhiemky.conferences.services import deciding, planning
from nhiemky.conferences.views.common import crumb, url, written
from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.documents import selectors as documents
from nhiemky.documents.wording import cited, titled
from nhiemky.domain.access import Denied
from nhiemky.domain.conferences.kinds import YEARLY
from nhiemky.domain.findings import Refused
from nhiemky.organisation.forms import HandOverForm
from nhiemky.tasks.views.giving import own_code

_OFFERED = 100
"""Papers that an agenda item is offered, the latest first."""


@page(WRITE, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """Plan a conference."""
    initial = {"unit": own_code(request), "kind": YEARLY, "starts_at": "07:30"}
    form = ConferenceForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            made = planning.conference_plan(actor=request.actor, given=form.given(), today=request.today)
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error("unit", _("You do not plan conferences of this organisation."))
        else:
            return done(request, to=url(made), note=_("Planned. Now set the agenda and invite."))
    title, to = _("Plan a conference"), reverse("conferences:list")
    context = {"form": form, "title": title, "cancel": to, "crumb": (Link(_("Conferences"), to), Link(title))}
    return show(request, "conferences/form.html", context, status=422 if form.errors else 200)


@page(WRITE, methods=("GET", "POST"))
def change(request: PageRequest, conference_id: int) -> HttpResponse:
    """Change the head of a conference."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    names = ("kind", "title", "on", "starts_at", "ends_at", "place", "reviewed_year", "quorum_percent")
    form = ChangeForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    return written(
        request, form,
        lambda: planning.conference_change(
            actor=request.actor, conference_id=found.pk, given=form.given(found.unit.code)
        ),
        to=url(found), title=_("Change the conference"), note=_("Changed."), steps=crumb(found),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def call_off(request: PageRequest, conference_id: int) -> HttpResponse:
    """Say that it will not be held."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = CallOffForm(request.POST or None)
    return written(
        request, form,
        lambda: deciding.conference_call_off(
            actor=request.actor, conference_id=found.pk, reason=form.cleaned_data["reason"]
        ),
        to=url(found), title=_("Call it off"), note=_("Called off."), steps=crumb(found), bad=True,
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def hand_over(request: PageRequest, conference_id: int) -> HttpResponse:
    """Say who holds what an ended organisation had planned."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = HandOverForm(request.POST or None)
    return written(
        request, form,
        lambda: deciding.conference_hand_over(
            actor=request.actor, conference_id=found.pk, unit_code=form.cleaned_data["unit"], today=request.today
        ),
        to=url(found), title=_("Say who holds it"), note=_("Decided."), steps=crumb(found),
    )  # fmt: skip


def _papers(request: PageRequest, *held: Any) -> list[tuple[int, str]]:
    """The latest documents the actor may see, and those that are there already."""
    seen = documents.documents(request.actor).filter(cancelled="")
    found = [*held, *seen.order_by("-signed_on", "-pk")[:_OFFERED]]
    return [(one.pk, f"{cited(one)}: {titled(one)[:80]}") for one in dict.fromkeys(found)]


@page(WRITE, methods=("GET", "POST"))
def item_new(request: PageRequest, conference_id: int) -> HttpResponse:
    """Put an item on the agenda; it begins when the one before ends."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = ItemForm(request.POST or None, initial={"begins_at": _next(found)}, papers=_papers(request))
    return written(
        request, form,
        lambda: planning.item_add(actor=request.actor, conference_id=found.pk, given=form.given()),
        to=url(found), title=_("Add an agenda item"), note=_("Added."), steps=crumb(found),
    )  # fmt: skip


def _next(found: Conference) -> str:
    last = found.items.order_by("-begins_at", "-pk").first()
    begins = found.starts_at if last is None else last.begins_at
    minutes = begins.hour * 60 + begins.minute + (last.minutes if last else 0)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


@page(WRITE, methods=("GET", "POST"))
def item_change(request: PageRequest, item_id: int) -> HttpResponse:
    """Change an item of the agenda."""
    item = selectors.visible_item(request.actor, item_id, WRITE)
    held = list(item.papers.select_related("issuer"))
    initial = {name: getattr(item, name) for name in ("begins_at", "minutes", "title", "speaker")}
    form = ItemForm(
        request.POST or None, papers=_papers(request, *held), initial={**initial, "papers": [one.pk for one in held]}
    )
    return written(
        request, form,
        lambda: planning.item_change(actor=request.actor, item_id=item.pk, given=form.given()),
        to=url(item.conference), title=_("Change the agenda item"), note=_("Changed."), steps=crumb(item.conference),
        remove=reverse("conferences:item_remove", args=[item.pk]), remove_label=_("Take it off the agenda"),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def item_remove(request: PageRequest, item_id: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = selectors.visible_item(request.actor, item_id, WRITE)
    form = Form(request.POST if request.method == "POST" else None)
    return written(
        request, form,
        lambda: planning.item_remove(actor=request.actor, item_id=item.pk),
        to=url(item.conference), title=_("Take it off the agenda"), note=_("Taken off."),
        steps=crumb(item.conference), lead=item.title, bad=True,
    )  # fmt: skip
