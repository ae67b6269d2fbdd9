"""Requests on the office's desk, and a member's rights as the office sees them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.core.components import Link, Tab
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.domain.rights.requests import OPEN
from nhiemky.members import selectors as members
from nhiemky.members.wording import particular_name
from nhiemky.rights import selectors
from nhiemky.rights.forms import GrantForm, RefuseForm
from nhiemky.rights.models import Request
from nhiemky.rights.services import requests as services
from nhiemky.rights.views.common import answer_file, data_file, request_context
from nhiemky.rights.views.listing import table_of_office

RIGHT = selectors.WRITE


@page(RIGHT)
def requests(request: PageRequest) -> HttpResponse:
    """What members of one's units ask for, by state; what is due first."""
    found = selectors.requests(request.actor)
    wanted = request.GET.get("state", "open")
    states = {
        "open": (_("to answer"), found.filter(state__in=OPEN)),
        "overdue": (_("overdue"), found.filter(due_on__lt=request.today)),
        "made": (_("to acknowledge"), found.filter(state="made")),
        "acknowledged": (_("to carry out"), found.filter(state="acknowledged")),
        "closed": (_("answered"), found.exclude(state__in=OPEN)),
    }
    wanted = wanted if wanted in states else "open"
    context = {
        "tabs": _tabs(states, wanted),
        "table": table_of_office(request, states[wanted][1]),
        "crumb": (Link(_("Members' requests")),),
    }
    return show(request, "rights/requests.html", context)


def _tabs(states: dict[str, tuple[str, QuerySet[Request]]], wanted: str) -> list[Tab]:
    return [
        Tab(label, f"?state={key}", current=key == wanted, count=None if key == "closed" else rows.count())
        for key, (label, rows) in states.items()
    ]


@page(RIGHT)
def request(request: PageRequest, request_id: int) -> HttpResponse:
    """One request with its steps, and what the office can do now."""
    asked = selectors.visible_request(request.actor, request_id)
    return _shown(request, asked, GrantForm(asked), RefuseForm())


def _shown(request: PageRequest, asked: Request, granting: GrantForm, refusing: RefuseForm) -> HttpResponse:
    wrong = bool(granting.errors or refusing.errors)
    first = Link(_("Members' requests"), reverse("rights:requests"))
    context: dict[str, Any] = {
        **request_context(request, asked),
        "granting": granting,
        "refusing": refusing,
        "may_grant": selectors.may_grant(request.actor, asked),
        "who_can": "" if selectors.may_grant(request.actor, asked) else selectors.who_can_grant(asked, request.today),
        "sees_person": (asked.person.last_unit_id or 0) in request.actor.scope(selectors.VIEW),
        "crumb": (first, Link(_("Request %(n)s") % {"n": asked.pk})),
    }
    return show(request, "rights/request.html", context, status=422 if wrong else 200)


@page(RIGHT, methods=("POST",))
def acknowledge(request: PageRequest, request_id: int) -> HttpResponse:
    """Tell the member that the request has arrived."""
    asked = selectors.visible_request(request.actor, request_id)
    services.request_acknowledge(actor=request.actor, request_id=asked.pk, today=request.today)
    return done(request, to=_url(asked), note=_("The member sees that the request has arrived."))


@sensitive_post_parameters("grant-number")
@page(RIGHT, methods=("POST",))
def grant(request: PageRequest, request_id: int) -> HttpResponse:
    """Do what was asked."""
    asked = selectors.visible_request(request.actor, request_id)
    form = GrantForm(asked, request.POST)
    if form.is_valid():
        try:
            services.request_grant(actor=request.actor, request_id=asked.pk, today=request.today, **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=_url(asked), note=_("Granted. The member sees the answer."))
    return _shown(request, asked, form, RefuseForm())


@page(RIGHT, methods=("POST",))
def refuse(request: PageRequest, request_id: int) -> HttpResponse:
    """Refuse, with reason and source."""
    asked = selectors.visible_request(request.actor, request_id)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            services.request_refuse(actor=request.actor, request_id=asked.pk, today=request.today, **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=_url(asked), note=_("Refused. The member sees the reason."))
    return _shown(request, asked, GrantForm(asked), form)


@page(RIGHT, methods=("POST",))
def withdraw(request: PageRequest, request_id: int) -> HttpResponse:
    """The member who came in person does not want it any more."""
    asked = selectors.visible_request(request.actor, request_id)
    services.request_withdraw(actor=request.actor, request_id=asked.pk, today=request.today)
    return done(request, to=_url(asked), note=_("The request is withdrawn."))


def _url(asked: Request) -> str:
    return reverse("rights:request", args=[asked.pk])


@page(RIGHT)
def answer(request: PageRequest, request_id: int) -> HttpResponse:
    """The answer as a paper to sign."""
    return answer_file(request, selectors.visible_request(request.actor, request_id))


@page(RIGHT)
def person(request: PageRequest, person_id: int) -> HttpResponse:
    """A member's account and requests, and what can be entered for a member who came in person."""
    found = members.visible_person(request.actor, person_id, RIGHT)
    steps = (Link(found.full_name, reverse("members:person", args=[found.pk])), Link(_("Account and requests")))
    table = table_of_office(request, selectors.requests(request.actor).filter(person=found))
    context = {
        "person": found,
        "held": selectors.holder_of(found),
        "may_give": selectors.may_give_account(request.actor, found),
        "table": table,
        "fields": [(one.key, particular_name(one.key)) for one in PARTICULARS],
        "crumb": steps,
    }
    return show(request, "rights/person.html", context)


@page(RIGHT, notes=True)
def person_xlsx(request: PageRequest, person_id: int) -> HttpResponse:
    """Everything held about a member who came in person, as a spreadsheet; without the identity number."""
    return data_file(request, members.visible_person(request.actor, person_id, RIGHT), "xlsx")


@page(RIGHT, notes=True)
def person_json(request: PageRequest, person_id: int) -> HttpResponse:
    """As `person_xlsx`, for a machine."""
    return data_file(request, members.visible_person(request.actor, person_id, RIGHT), "json")
