"""Issuers, types and documents by what people call them: "TU", "NQ", "21-NQ/TW 16/06/2022"."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q

from nhiemky.core.days import parse_day
from nhiemky.documents import selectors
from nhiemky.documents.models import COMMITTEE, Document, Issuer
from nhiemky.documents.wording import number_of
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.kinds import KIND, KINDS
from nhiemky.domain.documents.naming import read_number
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean, fold

_DAY = re.compile(r"(.+?)[\s,(]+(?:ngày\s+)?(\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4})\)?")


def issuer_called(actor: Actor, text: str) -> Issuer:
    """The issuer with the symbol or, for the code of a unit, the unit's committee; of those whose numbers the actor
    gives out.

    Raises:
        Refused: there is none, or several have the symbol.
    """
    wanted = clean(text)
    found = list(selectors.writable_issuers(actor).filter(Q(symbol=wanted) | Q(unit__code=wanted, sort=COMMITTEE))[:3])
    if len(found) == 1:
        return found[0]
    code = "documents.several_issuers" if found else "documents.no_such_issuer"
    raise Refused(Finding(code, field="issuer", value=wanted))


def kind_called(text: str) -> str:
    """The key of a type by its key, symbol or Vietnamese name.

    Raises:
        Refused: no type is called so, or (QĐ) several have the symbol.
    """
    wanted = clean(text)
    if wanted in KIND:
        return wanted
    found = [kind.key for kind in KINDS if kind.symbol == wanted or fold(kind.vi) == fold(wanted)]
    named = [kind.key for kind in KINDS if kind.vi.lower() == wanted.lower()]
    if len(named or found) == 1:
        return (named or found)[0]
    if found:
        facts = {"types": ", ".join(found)}
        raise Refused(Finding("documents.several_types", field="type", value=wanted, facts=facts))
    raise Refused(Finding("documents.no_such_type", field="type", value=wanted))


def document_called(actor: Actor, text: str) -> Document:
    """The document with the number, and the day if one stands behind it ("21-NQ/TW 16/06/2022").

    Raises:
        Refused: there is none that the actor may see, or several.
    """
    wanted, day = _number_and_day(clean(text))
    written = read_number(wanted)
    found = selectors.documents(actor).filter(cancelled="", number=written.number if written else None)
    if written is not None and written.issuer_symbol:
        found = found.filter(issuer__symbol__iexact=written.issuer_symbol)
    if day is not None:
        found = found.filter(signed_on=day)
    hits = [one for one in found[:200] if written and fold(number_of(one)) == fold(wanted.removeprefix("Số ").strip())]
    hits = hits or [one for one in found[:200] if written and _fits(one, written.kind_symbol)]
    if len(hits) == 1:
        return hits[0]
    code = "documents.several_targets" if hits else "documents.no_such_target"
    raise Refused(Finding(code, field="target", value=clean(text), facts={"count": len(hits)}))


def _number_and_day(text: str) -> tuple[str, date | None]:
    split = _DAY.fullmatch(text)
    if split is None:
        return text, None
    try:
        return split[1], parse_day(split[2])
    except ValueError:
        return text, None


def _fits(document: Document, kind_symbol: str) -> bool:
    return bool(kind_symbol) and KIND[document.kind].symbol.lower() == kind_symbol.lower()
