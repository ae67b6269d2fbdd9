"""Entering what holds tasks: work programmes of a term or a year, programmes and plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import selectors as documents
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.tasks.kinds import PROGRAMME_KINDS
from nhiemky.tasks.models import Programme
from nhiemky.tasks.services.assigning import superiors
from nhiemky.tasks.services.steps import WRITE, id_of


@dataclass(frozen=True)
class ProgrammeGiven:
    """A programme as it is entered; `end` is the first day after it, None where it has none."""

    unit_code: str
    kind: str
    title: str
    start: date
    end: date | None = None
    document_id: int | None = None
    implements_id: int | None = None
    part: str = ""
    parent_id: int | None = None


@service
def programme_enter(*, actor: Actor, given: ProgrammeGiven, today: date) -> Programme:
    """Enter a programme of a unit; one it stands in is of the same unit or of one above.

    Raises:
        Refused: with everything that stands against it.
        Denied: the actor does not write for the unit.
    """
    unit_id = id_of(given.unit_code, "unit")
    actor.require(WRITE, unit_id)
    refuse_if_any(_against(actor, given, unit_id, today))
    made = Programme.objects.create(
        unit_id=unit_id, kind=given.kind, title=clean(given.title), during=DateRange(given.start, given.end),
        document_id=given.document_id, implements_id=given.implements_id, part=clean(given.part),
        parent_id=given.parent_id, seq=current_seq(),
    )  # fmt: skip
    facts = {"title": made.title, "kind": made.kind, "start": given.start}
    record("tasks.programme_entered", actor=actor, subject=made.pk, unit_id=unit_id, facts=facts)
    return made


def _against(actor: Actor, given: ProgrammeGiven, unit_id: int, today: date) -> Iterator[Finding]:
    if not clean(given.title):
        yield Finding("tasks.title_missing", field="title")
    if given.kind not in PROGRAMME_KINDS:
        yield Finding("tasks.no_such_kind", field="kind", value=given.kind)
    if given.end is not None and given.end <= given.start:
        yield Finding("tasks.end_before_start", field="end", facts={"start": given.start, "end": given.end})
    for field, number in (("document", given.document_id), ("implements", given.implements_id)):
        if number is not None and not documents.documents(actor).filter(pk=number).exists():
            yield Finding("tasks.no_such_document", field=field, value=str(number))
    if given.parent_id is not None:
        parent = Programme.objects.filter(pk=given.parent_id).first()
        if parent is None or parent.unit_id not in superiors(unit_id, today) | {unit_id}:
            yield Finding("tasks.no_such_programme", field="parent", value=str(given.parent_id))
