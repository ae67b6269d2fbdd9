"""How citations are told: what was found, what speaks against a candidate, and the same for machines."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.days import write_day
from nhiemky.documents.citing import Candidate, Citation
from nhiemky.documents.wording import STATES, TONES, cited, kind_name, titled
from nhiemky.domain.documents.cited import Cited
from nhiemky.domain.documents.kinds import KIND
from nhiemky.domain.documents.matching import LINKED, SEVERAL

MESSAGES: dict[str, str | Promise] = {
    "documents.text_long": gettext_lazy(
        "The text has %(length)s characters; at most %(most)s are looked through at once. Hand it in in parts."
    ),
    "documents.text_missing": gettext_lazy("Paste a text or choose a file."),
    "documents.text_none": gettext_lazy(
        "There is no text in this file: it is a picture of paper. Recognise its letters first, then hand it in again."
    ),
}
ACTIONS: dict[str, str | Promise] = {}

DIFFERS: dict[str, Promise] = {
    "day": gettext_lazy("another day"),
    "year": gettext_lazy("another year"),
    "term": gettext_lazy("another term"),
    "later": gettext_lazy("signed after the text"),
}
# Types that the register does not have, by their Vietnamese names.
_ELSEWHERE = {"ministerial_circular": "Thông tư", "ordinance": "Pháp lệnh"}


def type_named(one: Cited) -> str:
    """The type, or the types it may be; the symbol where it is not known."""
    names = [kind_name(kind) if kind in KIND else _ELSEWHERE[kind] for kind in one.kinds]
    return " / ".join(names) or one.symbol


def found(one: Citation) -> str:
    """In a word: the state of the document that is meant, several, not in the register."""
    if one.linked is not None:
        return str(STATES[one.linked.state.key])
    return _("several fit") if one.state == SEVERAL else _("not in the register")


def tone(one: Citation) -> str:
    """The chip for it: what no longer holds stands out."""
    if one.linked is not None:
        return TONES[one.linked.state.key] if one.linked.state.holds else "bad"
    return "warn" if one.state == SEVERAL else "off"


def why(one: Candidate) -> str:
    """The state of a candidate, through which documents, and what of the citation it does not agree with."""
    said = [str(STATES[one.state.key]) + (f" ({', '.join(cited(by) for by in one.by)})" if one.by else "")]
    return "; ".join(said + [str(DIFFERS[name]) for name in one.differs])


def meant(one: Citation) -> str:
    """The documents that may be meant, in a line."""
    return "; ".join(f"{cited(c.document)}: {why(c)}" for c in one.candidates)


def when(one: Cited) -> str:
    """The day, year or term that the text tells."""
    if one.on or one.year:
        return write_day(one.on) if one.on else str(one.year)
    return _("term %(number)s") % {"number": one.term} if one.term else ""


def as_dict(one: Citation) -> dict[str, Any]:
    """A citation for machines."""
    told = one.cited
    return {
        "start": told.start,
        "end": told.end,
        "text": told.text,
        "types": list(told.kinds),
        "symbol": told.symbol,
        "number": told.number,
        "letter": told.letter,
        "issuer": told.issuer,
        "body": told.body,
        "on": told.on and told.on.isoformat(),
        "year": told.year,
        "term": told.term,
        "session": told.session,
        "again": told.again,
        "state": one.state,
        "outdated": one.outdated,
        "document": _document(one.candidates[0]) if one.state == LINKED else None,
        "candidates": [] if one.state == LINKED else [_document(candidate) for candidate in one.candidates],
    }


def _document(one: Candidate) -> dict[str, Any]:
    return {
        "id": one.document.pk,
        "cited": cited(one.document),
        "title": titled(one.document),
        "state": one.state.key,
        "holds": one.state.holds,
        "since": one.state.since and one.state.since.isoformat(),
        "by": [{"id": by.pk, "cited": cited(by)} for by in one.by],
        "differs": list(one.differs),
    }
