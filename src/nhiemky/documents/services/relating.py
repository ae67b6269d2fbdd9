"""Entering what one document does to another, and striking what was entered by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from nhiemky.audit.services import current_seq, service
from nhiemky.documents import selectors
from nhiemky.documents.models import OFFICE, Document, Relation
from nhiemky.documents.services.writing import tell
from nhiemky.documents.wording import number_of
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.kinds import RELATIONS
from nhiemky.domain.documents.naming import lookalikes
from nhiemky.domain.documents.relating import End, closes_circle, graph_of, judge
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.organisation import selectors as organisation


@service
def relation_enter(
    *, actor: Actor, source_id: int, target_id: int, kind: str, on: date | None = None, part: str = "",
    sure: bool = False,
) -> Relation:  # fmt: skip
    """Say what one document does to another, from `on` (the day it comes into force, if None).

    Raises:
        Refused: it would close a circle, goes against the order of days, is there already, or the issuer may not
            change the other's document.
        Denied: the source is not the actor's to keep, or the target not theirs to see.
    """
    source = selectors.writable_document(actor, source_id)
    target = selectors.visible_document(actor, target_id)
    day, part = on or source.in_force_from, clean(part)
    refuse_if_any(_objections(source, target, kind, part))
    findings = judge(kind, _end(source), _end(target), day, sure=sure)
    if not findings and graph_of(kind) and closes_circle(source_id, target_id, partial(_following, graph_of(kind))):
        facts = {"source": number_of(source), "target": number_of(target)}
        findings = [Finding("documents.circle", field="target", facts=facts)]
    refuse_if_any(findings)
    made = Relation.objects.create(source=source, target=target, kind=kind, on=day, part=part, seq=current_seq())
    tell("relation_entered", actor, source, kind=kind, target=number_of(target), part=part)
    return made


def _objections(source: Document, target: Document, kind: str, part: str) -> list[Finding]:
    if kind not in RELATIONS:
        return [Finding("documents.no_such_relation", field="kind", value=kind)]
    if source.pk == target.pk:
        return [Finding("documents.own_relation", field="target")]
    if source.cancelled or target.cancelled:
        return [Finding("documents.relation_to_cancelled", field="target")]
    if Relation.objects.filter(source=source, target=target, kind=kind, part=part, struck="").exists():
        return [Finding("documents.relation_there", field="target", facts={"target": number_of(target)})]
    if found := lookalikes(part):
        return [Finding("documents.lookalikes", field="part", facts={"letters": ", ".join(found[:5])})]
    return []


def _end(document: Document) -> End:
    unit = document.issuer.unit_id
    above: frozenset[int] = frozenset()
    if unit is not None:
        above = selectors.with_superiors(organisation.structure(), frozenset({unit})) - {unit}
    return End(document.signed_on, unit, document.issuer_id, above, document.issuer.sort != OFFICE)


def _following(kinds: tuple[str, ...], sources: set[int]) -> Iterable[int]:
    found = Relation.objects.filter(source_id__in=sources, kind__in=kinds, struck="")
    return found.values_list("target_id", flat=True)


@service
def relation_strike(*, actor: Actor, relation_id: int, reason: str) -> Relation:
    """Strike a relation that was entered by mistake; it stays in the records with the reason.

    Raises:
        Refused: no reason, or struck already.
    """
    found = selectors.writable_relation(actor, relation_id)
    if found.struck or not clean(reason):
        raise Refused(Finding("documents.struck_already" if found.struck else "documents.reason_missing",
                              field="reason"))  # fmt: skip
    found.struck, found.seq = clean(reason)[:300], current_seq()
    found.save(update_fields=["struck", "seq"])
    tell("relation_struck", actor, found.source, kind=found.kind, target=number_of(found.target), reason=found.struck)
    return found
