"""The documents that a text cites: pasted or handed in, shown, taken along. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.lists import Column, Table
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.documents import citing_wording as wording
from nhiemky.documents.citing import Citation, citations, text_of_file
from nhiemky.documents.citing_form import TextForm
from nhiemky.documents.views.common import READ, crumb, document_url
from nhiemky.documents.wording import cited as name_of
from nhiemky.domain.documents.matching import LINKED, SEVERAL
from nhiemky.domain.findings import Finding, Refused

_TYPED = 500_000
"""A longer text is not put into the form again: it would be too much to send back."""


_SHOWN = 2_000
"""Citations that are marked and listed on the page at most; the spreadsheet has them all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; with a citation, how it is marked and the place of its row."""

    text: str
    citation: Citation | None = None
    tone: str = ""
    found: str = ""
    at: int = 0


def _meant(request: PageRequest, one: Citation) -> str:
    """The documents that may be meant, each a link, with its state and what speaks against it."""
    lines = ((document_url(request, c.document), name_of(c.document), wording.why(c)) for c in one.candidates)
    return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a> <small>{}</small>', lines)


def _columns(request: PageRequest) -> tuple[Column[tuple[int, Citation]], ...]:
    return (
        Column("cited", gettext_lazy("Cited as"), lambda row: " ".join(row[1].cited.text.split()), sortable=False),
        Column("found", gettext_lazy("State"), lambda row: wording.found(row[1]), sortable=False,
               tone=lambda row: wording.tone(row[1])),
        Column("meant", gettext_lazy("In the register"), lambda row: wording.meant(row[1]), sortable=False,
               shown=lambda row: _meant(request, row[1])),
    )  # fmt: skip


def _sheet_columns() -> tuple[Column[tuple[int, Citation]], ...]:
    return (
        Column("no", gettext_lazy("No."), lambda row: row[0], numeric=True),
        Column("cited", gettext_lazy("Cited as"), lambda row: " ".join(row[1].cited.text.split())),
        Column("type", gettext_lazy("Type"), lambda row: wording.type_named(row[1].cited)),
        Column("number", gettext_lazy("Number"), lambda row: row[1].cited.number, numeric=True),
        Column("issuer", gettext_lazy("Issuer"), lambda row: row[1].cited.issuer or row[1].cited.body),
        Column("when", gettext_lazy("Day"), lambda row: row[1].cited.on or wording.when(row[1].cited)),
        Column("found", gettext_lazy("State"), lambda row: wording.found(row[1])),
        Column("meant", gettext_lazy("In the register"), lambda row: wording.meant(row[1])),
        Column("at", gettext_lazy("Place in the text"), lambda row: row[1].cited.start + 1, numeric=True),
    )


@page(READ, methods=("GET", "POST"))
def cited(request: PageRequest) -> HttpResponse:
    """Paste or hand in a text; see it with its citations marked, and a table of them."""
    form = TextForm(request.POST or None, request.FILES or None, initial={"on": request.on})
    read = _read(request, form) if form.is_bound and form.is_valid() else None
    if read is not None and "xlsx" in request.POST:
        return _spreadsheet(*read)
    context = {"form": form, "crumb": crumb(Link(_("Documents cited in a text")))}
    if read is not None:
        context |= _shown(request, *read)
    response = show(request, "documents/citations.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


Read = tuple[str, date, list[Citation]]


def _read(request: PageRequest, form: TextForm) -> Read | None:
    """The text, its day and its citations; None where the form has to be shown again."""
    given = form.cleaned_data
    try:
        text = text_of_file(given["file"].name, given["file"].read()) if given["file"] else given["text"]
        if not text.strip():
            raise Refused(Finding("documents.text_missing", field="text"))
        return text, given["on"], citations(request.actor, text, given["on"])
    except Refused as no:
        form.refuse(no)
        return None


def _shown(request: PageRequest, text: str, on: date, found: list[Citation]) -> dict[str, object]:
    rows = list(enumerate(found[:_SHOWN], 1))
    again = TextForm(initial={"text": text if len(text) <= _TYPED else "", "on": on})
    return {
        "form": again,
        "text": text,
        "on": on,
        "found": found,
        "pieces": list(_pieces(text, found[:_SHOWN])),
        "left_out": len(found) - len(rows),
        "table": Table(_columns(request), rows, len(rows)),
        "linked": sum(one.state == LINKED for one in found),
        "several": sum(one.state == SEVERAL for one in found),
        "unknown": sum(one.state not in (LINKED, SEVERAL) for one in found),
        "outdated": sum(one.outdated for one in found),
    }


def _pieces(text: str, found: list[Citation]) -> Iterator[Piece]:
    at = 0
    for number, one in enumerate(found, 1):
        yield Piece(text[at : one.cited.start])
        yield Piece(one.cited.text, one, wording.tone(one), wording.found(one), number)
        at = one.cited.end
    yield Piece(text[at:])


def _spreadsheet(text: str, on: date, found: list[Citation]) -> HttpResponse:
    about = [(_("Day of the text"), on), (_("Characters"), len(text)), (_("Citations"), len(found))]
    rows = list(enumerate(found, 1))
    return xlsx_response("vien-dan", [Sheet(_("Documents cited"), about, _sheet_columns(), rows)])
