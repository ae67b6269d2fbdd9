"""Forms in which a member asks, or an office for a member who came in person."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import OWN, Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.rights.requests import CORRECTION, KINDS
from nhiemky.members import selectors as members
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.models import Person
from nhiemky.members.wording import particular_name
from nhiemky.rights import selectors
from nhiemky.rights.forms import AskForm, CorrectionForm
from nhiemky.rights.models import Request
from nhiemky.rights.services.requests import request_make
from nhiemky.rights.wording import ask_name

_METHODS = ("GET", "POST")


@page(OWN, methods=_METHODS)
def own_correct(request: PageRequest, field: str) -> HttpResponse:
    """Ask for a correction of one particular."""
    return _correct(request, selectors.own_person(request.actor), field)


@page(OWN, methods=_METHODS)
def own_ask(request: PageRequest, ask: str) -> HttpResponse:
    """Object, or ask for an explanation."""
    return _ask(request, selectors.own_person(request.actor), ask)


@page(selectors.WRITE, methods=_METHODS)
def correct(request: PageRequest, person_id: int, field: str) -> HttpResponse:
    """Enter a correction for a member who came in person."""
    return _correct(request, members.visible_person(request.actor, person_id, selectors.WRITE), field)


@page(selectors.WRITE, methods=_METHODS)
def ask(request: PageRequest, person_id: int, ask: str) -> HttpResponse:
    """Enter an objection or a question for a member who came in person."""
    return _ask(request, members.visible_person(request.actor, person_id, selectors.WRITE), ask)


def _correct(request: PageRequest, person: Person, field: str) -> HttpResponse:
    if field not in PARTICULAR:
        raise Denied(OWN, "no_such_request", status=404)
    form = CorrectionForm(person, field, request.POST or None)
    title = _("Ask for a correction: %(field)s") % {"field": particular_name(field)}
    kept = "•" if form.sealed else shown_value(field, str(getattr(person, field) or ""))
    return _handled(request, person, form, title, [Fact(_("In the register now"), kept or None)])


def _ask(request: PageRequest, person: Person, kind: str) -> HttpResponse:
    if kind not in KINDS or kind == CORRECTION:
        raise Denied(OWN, "no_such_request", status=404)
    to = selectors.addressees(person, request.today)
    form = AskForm(kind, to, request.POST or None, initial={"about": request.GET.get("about", "")[:300]})
    return _handled(request, person, form, ask_name(kind), [])


def _made(request: PageRequest, person: Person, made: Request) -> HttpResponse:
    """To the page of the request; who entered one to an office above does not see it any more."""
    own = request.actor.person_id == person.pk
    to = reverse("rights:own_request" if own else "rights:request", args=[made.pk])
    if not own and (made.desk_id or 0) not in request.actor.scope(selectors.WRITE):
        to = reverse("rights:person", args=[person.pk])
    return done(request, to=to, note=_("The request lies on the office's desk."))


def _handled(
    request: PageRequest, person: Person, form: CorrectionForm | AskForm, title: str, facts: list[Fact]
) -> HttpResponse:
    own = request.actor.person_id == person.pk
    if form.is_valid():
        try:
            made = request_make(actor=request.actor, person_id=person.pk, asked=form.asked(), today=request.today)
        except Refused as no:
            form.refuse(no)
        else:
            return _made(request, person, made)
    back = reverse("rights:own") if own else reverse("rights:person", args=[person.pk])
    first = Link(_("What is kept of me") if own else person.full_name, back)
    context = {"form": form, "title": title, "person": person, "own": own, "facts": facts, "back": back,
               "crumb": (first, Link(title))}  # fmt: skip
    return show(request, "rights/ask.html", context, status=422 if form.errors else 200)
