"""A document as .docx in the form of Party documents (36-HD/VPTW): heading, number, place and day, signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nhiemky.core.papers import DOTS, Block, Paper, Text, docx_of
from nhiemky.documents.models import OFFICE, OUTSIDE, Document
from nhiemky.documents.wording import number_of
from nhiemky.domain.documents.kinds import KIND
from nhiemky.domain.names import fold
from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.organisation import selectors as organisation

_EMPTY = (Text(DOTS), Text(DOTS), Text(DOTS))


def can_write(document: Document) -> bool:
    """Whether the paper leaves in our form: an organisation of the register issued it, and it may be held here."""
    return document.issuer.sort not in OUTSIDE and not (document.withheld or document.cancelled)


def write(document: Document, blocks: Sequence[Block] = (), recipients: Sequence[str] = ()) -> bytes:
    """The document as .docx; without `blocks` there is room for its text."""
    made = issuer_of(document)
    paper = Paper(
        kind=KIND[document.kind].vi,
        subject=document.title,
        blocks=blocks or _EMPTY,
        issuer=made,
        number=number_of(document),
        day=document.signed_on,
        recipients=recipients or tuple(one for one in (made.superior, made.office) if one),
        signer=document.signer,
        sign_as=() if document.issuer.sort != OFFICE else ("(chức danh người ký)",),
    )
    return docx_of(paper)


def file_name(document: Document) -> str:
    """A name that says the number: "21-nq-tw.docx"."""
    named = "".join(char if char.isalnum() else "-" for char in fold(number_of(document) or KIND[document.kind].vi))
    return f"{named}.docx"


def issuer_of(document: Document) -> Issuer:
    """How the issuer is called on the paper on its day; an office stands under the committee it belongs to."""
    held, on = organisation.structure(), document.signed_on
    place = held.index[document.issuer.unit_id or 0]
    version = held.last_version(place, on) or held.versions[place][-1]
    above = [held.name(one, on) for one in reversed(held.tree(on).path(place)[:-1])]
    made = replace(issuer(version.name, version.kind, above), symbol=document.issuer.symbol, confirmed=True)
    if document.issuer.sort != OFFICE:
        return made
    return replace(made, parent=made.name, name=document.issuer.name, superior=made.name, office="Lưu")
