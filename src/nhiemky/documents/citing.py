"""The citations of a text against the register: which document is meant, and whether it held on the text's day."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.db.models import Q

from nhiemky.documents import selectors
from nhiemky.documents.models import Document
from nhiemky.documents.reading import text_of
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.attaching import check_size, format_of, refused
from nhiemky.domain.documents.citations import find_citations
from nhiemky.domain.documents.cited import Cited
from nhiemky.domain.documents.kinds import KIND
from nhiemky.domain.documents.matching import LINKED, Known, Match, match
from nhiemky.domain.documents.state import State
from nhiemky.domain.exchange.encodings import decoded
from nhiemky.domain.findings import Finding, Refused

CHARACTERS = 2_000_000
"""The longest text that is looked through at once: a thousand pages."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be meant, its state on the day, the documents that made it so, and what speaks against it."""

    document: Document
    state: State
    by: tuple[Document, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation, whether it is linked, and the documents that it may mean; of a linked one exactly one."""

    cited: Cited
    state: str
    candidates: tuple[Candidate, ...]

    @property
    def linked(self) -> Candidate | None:
        """The document that is meant."""
        return self.candidates[0] if self.state == LINKED else None

    @property
    def outdated(self) -> bool:
        """Whether the document that is meant no longer, or not yet, holds."""
        return self.linked is not None and not self.linked.state.holds


def citations(actor: Actor, text: str, on: date) -> list[Citation]:
    """Every citation of a text of the day `on`, in the order of the text, among documents that the actor may see.

    Raises:
        Refused: the text is too long.
    """
    if len(text) > CHARACTERS:
        facts = {"length": len(text), "most": CHARACTERS}
        raise Refused(Finding("documents.text_long", field="text", facts=facts))
    found = find_citations(text)
    documents = _documents(actor, found)
    known = [_known(document) for document in documents.values()]
    by_number: dict[tuple[str, int | None], list[Known]] = {}
    for one in known:
        for number in {one.number, None}:
            by_number.setdefault((one.kind, number), []).append(one)
    matches = {one: match(one, _like(one, by_number), on) for one in found}
    return list(_told(actor, found, matches, documents, on))


def _like(one: Cited, by_number: dict[tuple[str, int | None], list[Known]]) -> Iterator[Known]:
    for kind in one.kinds:
        yield from by_number.get((kind, one.number), ())


def _documents(actor: Actor, found: Sequence[Cited]) -> dict[int, Document]:
    """Documents with a type, number and issuer that the text names, few questions for any number of citations."""
    asked = {(kind, one.number, one.issuer) for one in found for kind in one.kinds if kind in KIND and not one.letter}
    wanted = sorted(asked, key=str)
    documents: dict[int, Document] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        either = reduce(operator.or_, (_bearing(*key) for key in wanted[first : first + _AT_ONCE]))
        rows = selectors.documents(actor).filter(either, cancelled="")
        documents |= {document.pk: document for document in rows}
    return documents


def _bearing(kind: str, number: int | None, issuer: str) -> Q:
    asked = Q(kind=kind)
    if number is not None:
        asked &= Q(number=number)
    return asked & Q(issuer__symbol__iexact=issuer) if issuer else asked


def _known(document: Document) -> Known:
    issuer = document.issuer
    names = (document.body, issuer.name)
    return Known(document.pk, document.kind, document.number, issuer.symbol, document.signed_on, names)


def _told(
    actor: Actor, found: Sequence[Cited], matches: dict[Cited, Match], documents: dict[int, Document], on: date
) -> Iterator[Citation]:
    meant = {one.id: documents[one.id] for told in matches.values() for one in told.candidates}
    states = selectors.states_on(list(meant.values()), on)
    causes = selectors.documents(actor).in_bulk({by for state in states.values() for by in state.by})
    for one in found:
        told = matches[one]
        candidates = tuple(
            Candidate(meant[c.id], states[c.id], tuple(causes[by] for by in states[c.id].by if by in causes), c.differs)
            for c in told.candidates
        )
        yield Citation(one, told.state, candidates)


def text_of_file(name: str, content: bytes) -> str:
    """The text of a .docx, a .pdf or a plain text (Unicode, or an old Vietnamese encoding).

    Raises:
        Refused: empty, too large, damaged, a program, or no text.
    """
    if name.lower().endswith(".txt"):
        check_size(len(content))
        return _plain(content)
    text = text_of(content, format_of(content))
    if not text:
        raise refused("text_none")
    return text


def _plain(content: bytes) -> str:
    try:
        return decoded(content)[0]
    except UnicodeError as wrong:
        raise refused("file_other") from wrong
