"""Bodies of a unit over time: their terms, who holds the seats, and recording both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.seats import BODIES_OF_KIND
from nhiemky.members import bodies, selectors
from nhiemky.members.forms_bodies import EndForm, SeatForm, TermForm, WithdrawForm
from nhiemky.members.services import bodies as services
from nhiemky.members.views.common import Seen, crumb, go, seen_unit
from nhiemky.members.wording import POSTS
from nhiemky.organisation.models import Term
from nhiemky.organisation.wording import BODIES

RIGHT = "members.write"


def _allowed(seen: Seen) -> tuple[str, ...]:
    """The bodies that a unit of this kind has."""
    return BODIES_OF_KIND.get(seen.version.kind, ()) if seen.version else ()


@page("members.view")
def terms(request: PageRequest, code: str) -> HttpResponse:
    """Every body of a unit with its terms and holders."""
    seen = seen_unit(request, code, "members.view")
    found = bodies.terms(seen.unit_id)
    kinds = dict.fromkeys((*_allowed(seen), *found))
    context = {
        "seen": seen,
        "groups": [(kind, BODIES[kind], found.get(kind, []), kind in _allowed(seen)) for kind in kinds],
        "may_write": seen.unit_id in request.actor.scope(RIGHT),
        "crumb": crumb(request, seen, Link(_("Bodies"))),
    }
    return show(request, "members/terms.html", context)


def _written(
    request: PageRequest, seen: Seen, form: Form, act: Callable[[], object], title: object, lead: object, **more: Any
) -> HttpResponse:
    """The form of one write about a body; after it the page of the unit's bodies."""
    to = go(request, "members:terms", seen.code)
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=to, note=_("It is recorded."))
    steps = crumb(request, seen, Link(_("Bodies"), to), Link(str(title)))
    context = {"seen": seen, "form": form, "title": title, "lead": lead, "back": to, "crumb": steps, **more}
    return show(request, "members/body_form.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("GET", "POST"))
def term_new(request: PageRequest, code: str, body: str) -> HttpResponse:
    """Begin a body's term."""
    seen = seen_unit(request, code, RIGHT)
    if body not in BODIES:
        raise Denied(RIGHT, "no_such_body", status=404)
    form = TermForm(request.POST or None)
    return _written(
        request,
        seen,
        form,
        lambda: services.term_begin(actor=request.actor, unit_code=code, body=body, **form.entry()),
        _("Begin a term"),
        f"{BODIES[body]} · {seen.name}",
    )


def _of_term(request: PageRequest, term_id: int) -> tuple[Term, Seen, str]:
    term = bodies.visible_term(request.actor, term_id, RIGHT)
    seen = seen_unit(request, term.body.unit.code, RIGHT)
    return term, seen, f"{BODIES[term.body.kind]} {term.label} · {seen.name}"


@page(RIGHT, methods=("GET", "POST"))
def term_end(request: PageRequest, term_id: int) -> HttpResponse:
    """End a term before its time."""
    term, seen, lead = _of_term(request, term_id)
    form = EndForm(request.POST or None)
    return _written(
        request,
        seen,
        form,
        lambda: services.term_end(actor=request.actor, term_id=term.pk, **form.entry()),
        _("End the term early"),
        lead,
        danger=True,
    )


@page(RIGHT, methods=("GET", "POST"))
def term_withdraw(request: PageRequest, term_id: int) -> HttpResponse:
    """Take a term back that was recorded in error."""
    term, seen, lead = _of_term(request, term_id)
    form = WithdrawForm(request.POST or None)
    return _written(
        request,
        seen,
        form,
        lambda: services.term_withdraw(actor=request.actor, term_id=term.pk, **form.cleaned_data),
        _("Take the term back"),
        lead,
        danger=True,
    )


@page(RIGHT, methods=("GET", "POST"))
def seat_new(request: PageRequest, term_id: int) -> HttpResponse:
    """Give a seat: find the person, then the post and the day."""
    term, seen, lead = _of_term(request, term_id)
    chosen = request.GET.get("person", "")
    if not (chosen.isascii() and chosen.isdecimal()):
        return _person_chosen(request, term, seen, lead)
    person = selectors.visible_person(request.actor, int(chosen), RIGHT)
    form = SeatForm(request.POST or None, initial={"on": term.during.lower})
    return _written(
        request,
        seen,
        form,
        lambda: services.seat_give(
            actor=request.actor, term_id=term.pk, person_id=person.pk, today=request.today, **form.entry()
        ),
        _("Give a seat to %(name)s") % {"name": person.full_name},
        lead,
    )


def _person_chosen(request: PageRequest, term: Term, seen: Seen, lead: str) -> HttpResponse:
    """The first half of giving a seat: people of the unit by name."""
    asked = request.GET.get("q", "")
    held = seen.view.structure
    inside = held.ids[seen.view.inside(seen.place)].tolist()
    found = selectors.found_people(request.actor, asked, limit=20, within=inside)
    context = {
        "seen": seen,
        "term": term,
        "lead": lead,
        "asked": asked,
        "people": [(p, held.name(held.index[p.last_unit_id or 0], request.on)) for p in found],
        "crumb": crumb(request, seen, Link(_("Bodies"), go(request, "members:terms", seen.code)), Link(_("Seat"))),
    }
    return show(request, "members/seat_person.html", context)


@page(RIGHT, methods=("GET", "POST"))
def seat_end(request: PageRequest, seat_id: int) -> HttpResponse:
    """End a seat before the term ends."""
    seat = bodies.visible_seat(request.actor, seat_id, RIGHT)
    seen = seen_unit(request, seat.term.body.unit.code, RIGHT)
    form = EndForm(request.POST or None)
    return _written(
        request,
        seen,
        form,
        lambda: services.seat_end(actor=request.actor, seat_id=seat.pk, **form.entry()),
        _("End the seat of %(name)s") % {"name": seat.person.full_name},
        f"{POSTS[seat.post]} · {BODIES[seat.term.body.kind]} {seat.term.label} · {seen.name}",
        danger=True,
    )


@page(RIGHT, methods=("GET", "POST"))
def seat_withdraw(request: PageRequest, seat_id: int) -> HttpResponse:
    """Take a seat back that was recorded in error."""
    seat = bodies.visible_seat(request.actor, seat_id, RIGHT)
    seen = seen_unit(request, seat.term.body.unit.code, RIGHT)
    form = WithdrawForm(request.POST or None)
    return _written(
        request,
        seen,
        form,
        lambda: services.seat_withdraw(actor=request.actor, seat_id=seat.pk, **form.cleaned_data),
        _("Take the seat of %(name)s back") % {"name": seat.person.full_name},
        f"{POSTS[seat.post]} · {BODIES[seat.term.body.kind]} {seat.term.label} · {seen.name}",
        danger=True,
    )
