"""The day itself: open, the door, the screen of the room, close."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.conferences import selectors
from nhiemky.conferences.called import post_of
from nhiemky.conferences.forms import ArrivalForm
from nhiemky.conferences.selectors import VIEW, WRITE
from nhiemky.conferences.services import holding
from nhiemky.conferences.views.common import crumb, url, written
from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused


@page(WRITE, methods=("GET", "POST"))
def open_it(request: PageRequest, conference_id: int) -> HttpResponse:
    """Open the conference."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = Form(request.POST if request.method == "POST" else None)
    told = selectors.attendance(found).quorum.told()
    return written(
        request, form,
        lambda: holding.conference_open(actor=request.actor, conference_id=found.pk, today=request.today),
        to=url(found), title=_("Open the conference"), note=_("The conference is open."), steps=crumb(found),
        told=told,
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def close_it(request: PageRequest, conference_id: int) -> HttpResponse:
    """Close the conference."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = Form(request.POST if request.method == "POST" else None)
    return written(
        request, form,
        lambda: holding.conference_close(actor=request.actor, conference_id=found.pk),
        to=url(found), title=_("Close the conference"), note=_("It is over; minutes and summary are ready."),
        steps=crumb(found), lead=_("Whoever is not noted as present or excused will be noted as absent."),
    )  # fmt: skip


@page(WRITE, methods=("POST",))
def take_up(request: PageRequest, item_id: int) -> HttpResponse:
    """The room goes on to this item."""
    item = holding.item_take_up(actor=request.actor, item_id=item_id)
    return done(request, to=url(item.conference))


@page(WRITE, methods=("GET", "POST"))
def arrivals(request: PageRequest, conference_id: int) -> HttpResponse:
    """The door: a code scanned or typed shows who it is; one press notes the presence."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    scanned = request.GET if "code" in request.GET else None
    form = ArrivalForm(request.POST if request.method == "POST" else scanned)
    one = None
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            if request.method == "POST":
                one = holding.arrival_note(actor=request.actor, conference_id=found.pk, code=code, today=request.today)
                note = _("%(name)s is noted as present.") % {"name": one.name}
                return done(request, to=reverse("conferences:arrivals", args=[found.pk]), note=note)
            one = holding.found_by_code(found, code)
        except Refused as no:
            form.refuse(no)
    context = {
        "conference": found, "form": form, "one": one, "post": post_of(one, found.on) if one else "",
        "came": selectors.attendance(found), "crumb": crumb(found, Link(_("At the door"))),
    }  # fmt: skip
    return show(request, "conferences/arrivals.html", context, status=422 if form.errors else 200)


@page(VIEW)
def room(request: PageRequest, conference_id: int) -> HttpResponse:
    """The screen of the room: the item now, the next one, presence and quorum, in large type; asks again by itself."""
    found = selectors.visible_conference(request.actor, conference_id)
    came = selectors.attendance(found)
    items = selectors.agenda(found)
    place = next((number for number, item in enumerate(items) if item.pk == found.current_id), None)
    context = {
        "conference": found,
        "item": found.current,
        "coming": items[place + 1] if place is not None and place + 1 < len(items) else None,
        "came": came,
        "told": came.quorum.told(),
        "crumb": crumb(found, Link(_("Screen of the room"))),
    }
    return show(request, "conferences/room.html", context, part="screen")
