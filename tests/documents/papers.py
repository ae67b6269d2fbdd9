"""Issuers and documents for tests, by the real services."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

import builders
from nhiemky.documents.models import Document, Issuer, Relation
from nhiemky.documents.services.attaching import file_add
from nhiemky.documents.services.numbering import number_give
from nhiemky.documents.services.registering import document_enter, issuer_enter
from nhiemky.documents.services.relating import relation_enter
from nhiemky.domain.access import Actor, Scope
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.organisation.models import Body, Term, Unit

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


def one_of_each(cell: str) -> dict[str, int]:
    """A document of a cell with a number taken here, its file and a relation, by the names of addresses."""
    from documents.test_files import docx

    body, _made = Body.objects.get_or_create(unit=Unit.objects.get(code=cell), kind="cell_committee")
    during = DateRange(date(2025, 8, 1), date(2030, 8, 1))
    Term.objects.create(body=body, label="2025-2030", during=during, seats=3)
    ours = issuer("CB", cell)
    made = number_give(
        actor=builders.SYSTEM, issuer_id=ours.pk, kind="plan", on=date(2026, 3, 2), title="Công tác năm",
        today=builders.TODAY,
    )  # fmt: skip
    centre = enter(1 + Document.objects.count(), title="Văn bản của Trung ương")
    content = docx("Nội dung")
    file = file_add(
        actor=builders.SYSTEM, document_id=made.pk, file=io.BytesIO(content), size=len(content), name="kh.docx"
    )
    relation = relate(made, "implements", centre)
    return {"document_id": made.pk, "file_id": file.pk, "relation_id": relation.pk, "series_id": made.series_id or 0}


def relate(source: Document, kind: str, target: Document, *, actor: Actor = builders.SYSTEM, **more: Any) -> Relation:
    """What one document does to another."""
    return relation_enter(actor=actor, source_id=source.pk, target_id=target.pk, kind=kind, **more)
