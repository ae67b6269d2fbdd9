"""What a document does to another: entered, and struck where it was a mistake."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, page
from nhiemky.documents import finding, selectors
from nhiemky.documents.forms import ReasonForm, RelationForm
from nhiemky.documents.services import relating
from nhiemky.documents.views.common import WRITE, asked, crumb_of, sent
from nhiemky.documents.wording import DOES, cited


@page(WRITE, methods=("GET", "POST"))
def relate(request: PageRequest, document_id: int) -> HttpResponse:
    """Say what the document does to another one."""
    found = selectors.writable_document(request.actor, document_id)
    form = RelationForm(request.POST or None)
    here = reverse("documents:document", args=[found.pk])

    def act() -> object:
        given = dict(form.cleaned_data)
        target = finding.document_called(request.actor, given.pop("target"))
        return relating.relation_enter(actor=request.actor, source_id=found.pk, target_id=target.pk, **given)

    answer = sent(request, form, act, lambda made: here, _("Entered; both documents show it."))
    title = _("Relation to another document")
    more = {"lead": cited(found), "act": _("Enter"), "cancel": here}
    return answer or asked(request, form, title, crumb_of(found, Link(title)), **more)


@page(WRITE, methods=("GET", "POST"))
def strike(request: PageRequest, relation_id: int) -> HttpResponse:
    """Strike a relation that was entered by mistake."""
    found = selectors.writable_relation(request.actor, relation_id)
    form = ReasonForm(request.POST or None)
    here = reverse("documents:document", args=[found.source_id])
    answer = sent(
        request, form,
        lambda: relating.relation_strike(actor=request.actor, relation_id=found.pk, **form.cleaned_data),
        lambda made: here, _("Struck; the reason stays in the records."),
    )  # fmt: skip
    title = _("Strike the relation")
    lead = f"{cited(found.source)} {DOES[found.kind]} {cited(found.target)}"
    more = {"lead": lead, "cancel": here, "bad": True}
    return answer or asked(request, form, title, crumb_of(found.source, Link(title)), **more)
