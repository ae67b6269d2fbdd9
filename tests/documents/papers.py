"""Issuers and documents for tests, by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders
from nhiemky.documents.models import Document, Issuer, Relation
from nhiemky.documents.services.registering import document_enter, issuer_enter
from nhiemky.documents.services.relating import relation_enter
from nhiemky.domain.access import Actor, Scope
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.organisation.models import Unit

SIGNED = date(2022, 6, 16)
RIGHTS = ("organisation.view", "work.view", "work.write")


def clerk(*codes: str, rights: tuple[str, ...] = RIGHTS) -> Actor:
    """Somebody who may see and write in these units and nowhere else."""
    scope = Scope(unit_ids=frozenset(Unit.objects.filter(code__in=codes).values_list("pk", flat=True)))
    return Actor(1, "-".join(codes), dict.fromkeys(rights, scope))


def issuer(symbol: str = "TW", unit: str = "", sort: str = "", name: str = "") -> Issuer:
    """The issuer with the symbol, entered if it is not there."""
    found = Issuer.objects.filter(symbol=symbol, unit__code=unit or None).first()
    if found is not None:
        return found
    sort = sort or ("committee" if unit else "central")
    return issuer_enter(actor=builders.SYSTEM, name=name or f"Nơi {symbol}", symbol=symbol, sort=sort, unit_code=unit)


def given(number: int | None = 21, kind: str = "resolution", on: date = SIGNED, **more: Any) -> DocumentGiven:
    """A document as it is typed in; of the centre, unless an issuer is named."""
    by = more.pop("by", None) or issuer()
    return DocumentGiven(by.pk, kind, number, on, more.pop("title", f"Về việc {number}"), **more)


def enter(*args: Any, actor: Actor = builders.SYSTEM, **more: Any) -> Document:
    """A document in the register."""
    return document_enter(actor=actor, given=given(*args, **more), today=builders.TODAY)


def relate(source: Document, kind: str, target: Document, *, actor: Actor = builders.SYSTEM, **more: Any) -> Relation:
    """What one document does to another."""
    return relation_enter(actor=actor, source_id=source.pk, target_id=target.pk, kind=kind, **more)
