"""Papers of a case to take along: one form, or the whole file."""

from __future__ import annotations

from django.http import HttpResponse

from nhiemky.admissions import documents, selectors
from nhiemky.admissions.services import exports
from nhiemky.core.downloads import download
from nhiemky.core.pages import PageRequest, page
from nhiemky.core.papers import DOCX
from nhiemky.domain.access import Denied
from nhiemky.domain.names import fold

RIGHT = "members.view"


@page(RIGHT)
def paper(request: PageRequest, case_id: int, paper: str) -> HttpResponse:
    """One form as .docx, filled as far as the case tells."""
    case, standing = selectors.visible_case(request.actor, case_id, request.today)
    if not documents.can_fill(paper, standing):
        raise Denied(RIGHT, "no_such_case", status=404)
    content = documents.write(paper, case, standing, request.today)
    exports.papers_exported(actor=request.actor, case_id=case.pk, papers=paper, today=request.today)
    return download(content, documents.file_name(paper, standing), DOCX)


@page(RIGHT)
def file(request: PageRequest, case_id: int) -> HttpResponse:
    """All forms of the case that there are by today, as one .zip."""
    case, standing = selectors.visible_case(request.actor, case_id, request.today)
    found = documents.available(standing, request.today)
    content = documents.bundle(case, standing, found, request.today)
    keys = ", ".join(one.key for one in found)
    exports.papers_exported(actor=request.actor, case_id=case.pk, papers=keys, today=request.today)
    return download(content, f"ho-so-{fold(standing.name).replace(' ', '-')}.zip", "application/zip")
