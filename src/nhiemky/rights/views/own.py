"""The member's own page: what is held, who read it, what was asked. Only of the person the account is linked to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import OWN
from nhiemky.members import identity, record
from nhiemky.members import selectors as members
from nhiemky.members.models import Person
from nhiemky.members.services.reading import reading_note
from nhiemky.members.sums import View
from nhiemky.members.timeline import timeline
from nhiemky.rights import held, selectors
from nhiemky.rights.services import requests as services
from nhiemky.rights.views.common import answer_file, data_file, request_context
from nhiemky.rights.views.listing import OWN_COLUMNS, table_of_own

# The page shows the last ones, the file all.
_READ_SHOWN = 50


@page(OWN, notes=True)
def own(request: PageRequest) -> HttpResponse:
    """Everything held about oneself. The opening is recorded too: an office that came in as the member would show."""
    person = selectors.own_person(request.actor)
    reading_note(actor=request.actor, person_id=person.pk, what="own")
    return _shown(request, person)


@sensitive_variables("number")
@page(OWN, methods=("POST",), notes=True)
def own_identity(request: PageRequest) -> HttpResponse:
    """One's own identity number, when asked for; the reading is recorded."""
    person = selectors.own_person(request.actor)
    reading_note(actor=request.actor, person_id=person.pk, what="identity")
    number = identity.shown(person)
    return _shown(request, person, number)


def _shown(request: PageRequest, person: Person, number: str | None = None) -> HttpResponse:
    view = View(request.today)
    entries = members.entries_of(person)
    assert person.last_unit_id is not None
    context: dict[str, Any] = {
        "person": person,
        "unit_name": view.structure.name(view.structure.index[person.last_unit_id], request.today),
        "lines": held.lines(person),
        "days": record.days(person),
        "life": held.without_links(timeline(request, view, entries, None)),
        "seats": held.seats(person),
        "changes": record.changes(person),
        "readings": held.readings(person, _READ_SHOWN),
        "read_times": person.readings.count(),
        "tables": held.tables(held.held(person, view, (), number=False)),
        "waiting": [one for one in selectors.requests_of(person) if one.due_on],
        "number": number,
        "crumb": (Link(_("What is kept of me")),),
    }
    response = show(request, "rights/own.html", context, part="identity" if number is not None else None)
    response["Cache-Control"] = "no-store"
    return response


@page(OWN, notes=True)
def own_xlsx(request: PageRequest) -> HttpResponse:
    """Everything held about oneself, as a spreadsheet."""
    return data_file(request, selectors.own_person(request.actor), "xlsx")


@page(OWN, notes=True)
def own_json(request: PageRequest) -> HttpResponse:
    """Everything held about oneself, for a machine."""
    return data_file(request, selectors.own_person(request.actor), "json")


@page(OWN)
def own_requests(request: PageRequest) -> HttpResponse:
    """What one asked for."""
    person = selectors.own_person(request.actor)
    table = table_of_own(request, selectors.requests_of(person), OWN_COLUMNS)
    context = {"table": table, "crumb": (Link(_("My requests")),)}
    return show(request, "rights/own_requests.html", context)


@page(OWN)
def own_request(request: PageRequest, request_id: int) -> HttpResponse:
    """One request: where it stands, every step, the answer."""
    asked = selectors.own_request(request.actor, request_id)
    crumb = (Link(_("My requests"), reverse("rights:own_requests")), Link(_("Request %(n)s") % {"n": asked.pk}))
    return show(request, "rights/own_request.html", {**request_context(request, asked), "crumb": crumb})


@page(OWN, methods=("POST",))
def own_withdraw(request: PageRequest, request_id: int) -> HttpResponse:
    """Not wanted any more."""
    asked = selectors.own_request(request.actor, request_id)
    services.request_withdraw(actor=request.actor, request_id=asked.pk, today=request.today)
    to = reverse("rights:own_request", args=[asked.pk])
    return done(request, to=to, note=_("The request is withdrawn."))


@page(OWN)
def own_answer(request: PageRequest, request_id: int) -> HttpResponse:
    """The answer as a paper."""
    return answer_file(request, selectors.own_request(request.actor, request_id))
