"""Changing particulars of a person: what is right now, since when, and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.members import selectors
from nhiemky.members.forms_particulars import AmendForm
from nhiemky.members.models import Person
from nhiemky.members.services import particulars

RIGHT = "members.write"


@sensitive_post_parameters("identity_number")
@page(RIGHT, methods=("GET", "POST"))
def amend(request: PageRequest, person_id: int) -> HttpResponse:
    """The particulars to be changed; nothing but what differs is written."""
    person = selectors.visible_person(request.actor, person_id, RIGHT)
    form = AmendForm(person, request.POST or None, may_identity=_may_identity(request, person))
    to = reverse("members:person", args=[person.pk])
    if form.is_valid() and not form.values():
        return done(request, to=to, note=_("Nothing differed; nothing was changed."))
    if form.is_valid():
        try:
            count = particulars.person_amend(
                actor=request.actor, person_id=person.pk, today=request.today, **form.entry()
            )
        except Refused as no:
            form.refuse(no)
        else:
            said = ngettext("%(n)s value changed.", "%(n)s values changed.", count) % {"n": count}
            return done(request, to=to, note=said)
    steps = (Link(person.full_name, to), Link(_("Change particulars")))
    context = {"person": person, "form": form, "crumb": steps}
    return show(request, "members/amend.html", context, status=422 if form.errors else 200)


def _may_identity(request: PageRequest, person: Person) -> bool:
    return person.last_unit_id is not None and person.last_unit_id in request.actor.scope("members.identity")
