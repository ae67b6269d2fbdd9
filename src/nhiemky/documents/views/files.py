"""Files of a document: handed in, taken along; and the document itself as .docx."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, page
from nhiemky.core.papers import DOCX
from nhiemky.documents import papers, selectors
from nhiemky.documents.forms import FileForm
from nhiemky.documents.services import attaching, exports
from nhiemky.documents.views.common import READ, WRITE, asked, crumb_of, sent
from nhiemky.documents.wording import cited

_TYPES = {"docx": DOCX, "pdf": "application/pdf"}


@page(WRITE, methods=("GET", "POST"))
def attach(request: PageRequest, document_id: int) -> HttpResponse:
    """Hand a file in."""
    found = selectors.writable_document(request.actor, document_id)
    form = FileForm(request.POST or None, request.FILES or None)
    here = reverse("documents:document", args=[found.pk])

    def act() -> object:
        file = form.cleaned_data["file"]
        return attaching.file_add(actor=request.actor, document_id=found.pk, file=file, size=file.size,
                                  name=file.name, sealed=form.cleaned_data["sealed"])  # fmt: skip

    answer = sent(request, form, act, lambda made: here, _("The file is kept."))
    title = _("Add a file")
    more = {"lead": cited(found), "cancel": here, "multipart": True}
    return answer or asked(request, form, title, crumb_of(found, Link(title)), **more)


@page(READ)
def file(request: PageRequest, file_id: int) -> HttpResponse:
    """Take a file along, as it was handed in. A browser shows none of it inside our pages."""
    found = selectors.visible_file(request.actor, file_id)
    if found.sealed:
        attaching.sealed_file_taken(actor=request.actor, file_id=found.pk)
    return _download(attaching.content_of(found), found.name, _TYPES[found.format])


@page(READ)
def paper(request: PageRequest, document_id: int) -> HttpResponse:
    """The document as .docx in the form of Party documents."""
    content = exports.paper_exported(actor=request.actor, document_id=document_id)
    found = selectors.visible_document(request.actor, document_id)
    return _download(content, papers.file_name(found), DOCX)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
