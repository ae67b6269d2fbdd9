"""Entering a document by hand, changing what is known of it, cancelling it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, page
from nhiemky.documents import selectors
from nhiemky.documents.forms import AmendForm, EnterForm, ReasonForm
from nhiemky.documents.services import registering
from nhiemky.documents.views.common import WRITE, asked, crumb, crumb_of, sent
from nhiemky.documents.wording import cited


@page(WRITE, methods=("GET", "POST"))
def enter(request: PageRequest) -> HttpResponse:
    """A document that was issued."""
    issuers = selectors.issuers_to_choose(request.actor)
    form = EnterForm(issuers, request.POST or None, initial={"issuer": request.GET.get("issuer", "")})
    answer = sent(
        request, form,
        lambda: registering.document_enter(actor=request.actor, given=form.given(), today=request.today),
        lambda made: reverse("documents:document", args=[made.pk]), _("The document is in the register."),
    )  # fmt: skip
    title = _("Enter a document")
    more = {"act": _("Enter"), "cancel": reverse("documents:list"), "needs_issuer": not issuers}
    return answer or asked(request, form, title, crumb(Link(title)), **more)


@page(WRITE, methods=("GET", "POST"))
def amend(request: PageRequest, document_id: int) -> HttpResponse:
    """What is known of a document."""
    found = selectors.writable_document(request.actor, document_id)
    form = AmendForm(request.POST or None, initial=AmendForm.values_of(found))
    here = reverse("documents:document", args=[found.pk])

    def act() -> object:
        given = dict(form.cleaned_data)
        sure = given.pop("sure")
        return registering.document_amend(actor=request.actor, document_id=found.pk, changes=given, sure=sure)

    answer = sent(request, form, act, lambda made: here, _("Changed; what it was before stands in the audit log."))
    title = _("Change what is known")
    more = {"lead": cited(found), "act": _("Save"), "cancel": here}
    return answer or asked(request, form, title, crumb_of(found, Link(title)), **more)


@page(WRITE, methods=("GET", "POST"))
def strike(request: PageRequest, document_id: int) -> HttpResponse:
    """Cancel a number that was not used, or an entry that was a mistake."""
    found = selectors.writable_document(request.actor, document_id)
    form = ReasonForm(request.POST or None)
    here = reverse("documents:document", args=[found.pk])
    answer = sent(
        request, form,
        lambda: registering.document_strike(actor=request.actor, document_id=found.pk, **form.cleaned_data),
        lambda made: here, _("Cancelled; it stays in the register."),
    )  # fmt: skip
    title = _("Cancel the number") if found.series_id else _("Cancel the entry")
    more = {"lead": cited(found), "cancel": here, "bad": True}
    return answer or asked(request, form, title, crumb_of(found, Link(title)), **more)
