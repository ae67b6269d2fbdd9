"""Asking units in the name of a directive: first it is told how many."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.directives import selectors
from nhiemky.directives.forms import AskForm
from nhiemky.directives.services import asking
from nhiemky.directives.views.common import WRITE, ask_url, crumb, sent
from nhiemky.documents.finding import document_called
from nhiemky.documents.selectors import visible_document
from nhiemky.documents.wording import number_of
from nhiemky.domain.findings import Finding, Refused
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.columns import namer

_NAMED = 12
"""Units that are named before one asks them; of the rest only how many."""


@page(WRITE, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """What is asked, then of how many, then it is asked."""
    form = AskForm(request.POST or None, initial=_initial(request))
    not_theirs = _("You do not ask in the name of this organisation.")
    step = request.POST.get("confirmed", "")
    if step == "yes" and (made := sent(form, lambda: _make(request, form), not_theirs)) is not None:
        return done(request, to=ask_url(made.pk), note=_("Asked; it is on their desks."))
    meant = sent(form, lambda: _meant(request, form), not_theirs) if not step else None
    title = _("Ask organisations for a paper")
    context = {
        "form": form,
        "title": title,
        "sure": _told(request, meant) if meant and not form.errors else None,
        "cancel": reverse("directives:matrix"),
        "crumb": crumb(Link(title)),
    }
    return show(request, "directives/new.html", context, status=422 if form.errors else 200)


def _initial(request: PageRequest) -> dict[str, Any]:
    """What an address may already say: the directive; and the actor's own unit as the one that asks."""
    held, own = organisation.structure(), selectors.own_units(request.actor, WRITE)
    said = {"asker": held.codes[held.index[own[0]]] if own else ""}
    number = request.GET.get("document", "")
    if number.isdecimal() and len(number) < 18:
        document = visible_document(request.actor, int(number))
        said["document"] = f"{number_of(document)} {document.signed_on:%d/%m/%Y}"
    return said


def _document(request: PageRequest, form: AskForm) -> int:
    """The document that was typed; what stands against it is told at its field."""
    try:
        return document_called(request.actor, form.cleaned_data["document"]).pk
    except Refused as no:
        found = [Finding(one.code, field="document", value=one.value, facts=one.facts) for one in no.findings]
        raise Refused(*found) from None


def _make(request: PageRequest, form: AskForm) -> Any:
    given = form.given(_document(request, form))
    return asking.ask_make(actor=request.actor, given=given, today=request.today)


def _meant(request: PageRequest, form: AskForm) -> list[int]:
    """The units that would be asked, if nothing stands against it."""
    given = form.given(_document(request, form))
    return asking.ask_tried(actor=request.actor, given=given, today=request.today)


def _told(request: PageRequest, meant: list[int]) -> dict[str, Any]:
    name = namer(request.today)
    return {"count": len(meant), "names": [name(one) for one in meant[:_NAMED]], "more": max(0, len(meant) - _NAMED)}
