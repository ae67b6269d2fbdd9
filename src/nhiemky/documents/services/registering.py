"""Entering documents by hand, mending what was entered, and striking what was a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings

from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import selectors
from nhiemky.documents.models import CENTRAL, OUTSIDE, SORTS, Document, Issuer
from nhiemky.documents.services.writing import (
    folded_of,
    issuer_to_write,
    keep,
    key_objections,
    kind_objections,
    maker_of,
    tell,
)
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.documents.authority import judge_type
from nhiemky.domain.documents.entering import DocumentGiven, judge_entry, judge_force, judge_words
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.organisation import selectors as organisation

__all__ = ["DocumentGiven", "document_amend", "document_enter", "document_strike", "issuer_enter"]
AMENDABLE = ("title", "signer", "body", "organ", "in_force_from", "in_force_to", "unverified")


@service
def document_enter(*, actor: Actor, given: DocumentGiven, today: date) -> Document:
    """Enter a document that was issued, by hand.

    Raises:
        Refused: its number or day cannot be, the key is another document's, this system gives these numbers out
            itself, or (unless `given.sure`) the body may not issue this type.
        Denied: the issuer's documents are not the actor's to keep.
    """
    issuer = issuer_to_write(actor, given.issuer_id)
    findings = judge_entry(given, today)
    if not findings:
        maker = maker_of(issuer, given.organ, given.signed_on)
        findings += judge_type(given.kind, maker, given.signed_on, blocks=not given.sure)
        findings += [*kind_objections(issuer, given.kind), *key_objections(issuer, given)]
    refuse_if_any(findings)
    made = keep(actor, issuer, given)
    tell("document_entered", actor, made, withheld=made.withheld)
    return made


@service
def document_amend(*, actor: Actor, document_id: int, changes: Mapping[str, Any], sure: bool = False) -> Document:
    """Change what is known of a document: title, signer, body, organ, days in force. Its key stays.

    Raises:
        Refused: a field that cannot be changed, a day or a word that cannot be, or nothing changes.
    """
    held = _to_change(actor, document_id)
    wrong = [key for key in changes if key not in AMENDABLE]
    if wrong:
        raise Refused([Finding("documents.not_amendable", field=key) for key in wrong])
    new = {key: clean(value) if isinstance(value, str) else value for key, value in changes.items()}
    before = {key: getattr(held, key) for key in new}
    if new == before:
        raise Refused(Finding("documents.nothing_changes"))
    for key, value in new.items():
        setattr(held, key, value)
    refuse_if_any([*judge_words(_texts(new)), *_judge_changed(held, sure=sure)])
    held.folded, held.seq = folded_of(held), current_seq()
    held.save()
    changed = [key for key in new if new[key] != before[key]]
    tell("document_amended", actor, held, fields=changed, before={key: before[key] for key in changed},
         after={key: new[key] for key in changed})  # fmt: skip
    return held


def _texts(new: Mapping[str, Any]) -> dict[str, str]:
    return {key: value for key, value in new.items() if isinstance(value, str)}


def _judge_changed(held: Document, *, sure: bool) -> list[Finding]:
    found = judge_force(held.signed_on, held.in_force_from, held.in_force_to, sure=sure)
    if held.withheld and held.title:
        found.append(Finding("documents.withheld_title", field="title"))
    if not held.withheld and not held.title and held.series_id is None:
        found.append(Finding("documents.title_missing", field="title"))
    maker = maker_of(held.issuer, held.organ, held.signed_on)
    return found + judge_type(held.kind, maker, held.signed_on, blocks=not sure)


def _to_change(actor: Actor, document_id: int) -> Document:
    """The document, locked, as long as it is not cancelled."""
    selectors.writable_document(actor, document_id)
    held = Document.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=document_id)
    if held.cancelled:
        raise Refused(Finding("documents.cancelled_already", facts={"reason": held.cancelled}))
    return held


@service
def document_strike(*, actor: Actor, document_id: int, reason: str) -> Document:
    """Cancel a number that was given and not used, or an entry that was a mistake. It stays, with the reason.

    A number that was given stays taken; the key of an entry by hand becomes free again.

    Raises:
        Refused: no reason; cancelled already; other documents rest on it, or an answer, a regulation, a decision or
            something handed in does.
    """
    held = _to_change(actor, document_id)
    if not clean(reason):
        raise Refused(Finding("documents.reason_missing", field="reason"))
    if (count := held.relations.filter(struck="").count() + held.relations_to.filter(struck="").count()) > 0:
        raise Refused(Finding("documents.still_related", facts={"count": count}))
    if (count := _standing_on(held)) > 0:
        raise Refused(Finding("documents.still_used", facts={"count": count}))
    held.cancelled, held.seq = clean(reason)[:300], current_seq()
    held.save(update_fields=["cancelled", "seq"])
    tell("document_struck", actor, held, reason=held.cancelled, given=held.series_id is not None)
    return held


def _standing_on(document: Document) -> int:
    """In how many places something stands on it (`wiring.STANDING_ON`)."""
    return sum(
        apps.get_model(model)._default_manager.filter(**{field: document}).count()
        for model, field in settings.NHIEMKY_STANDING_ON
    )


@service
def issuer_enter(*, actor: Actor, name: str, symbol: str, sort: str = "committee", unit_code: str = "") -> Issuer:
    """A body whose documents are kept: a committee, office or congress of a unit, or a body outside the register.

    Raises:
        Refused: without name or symbol, or the symbol is another issuer's.
        Denied: the unit is not the actor's to write for, or a body outside is entered without the whole register.
    """
    unit_id = _unit_of(actor, unit_code)
    name, symbol = clean(name), clean(symbol)
    if sort not in SORTS or (sort in OUTSIDE) != (unit_id is None):
        raise Refused(Finding("documents.issuer_sort", field="sort", value=sort))
    findings = judge_words({"name": name, "symbol": symbol})
    findings += [Finding("documents.issuer_incomplete", field=key) for key, text in
                 (("name", name), ("symbol", symbol)) if not text]  # fmt: skip
    if Issuer.objects.filter(unit=unit_id, symbol=symbol).exists():
        findings.append(Finding("documents.issuer_taken", field="symbol", value=symbol))
    refuse_if_any(findings)
    made = Issuer.objects.create(unit_id=unit_id, name=name, symbol=symbol, sort=sort)
    facts = {"name": name, "symbol": symbol, "sort": sort}
    record("documents.issuer_entered", actor=actor, subject=symbol, unit_id=unit_id, facts=facts)
    return made


def _unit_of(actor: Actor, unit_code: str) -> int | None:
    if unit_code:
        place = organisation.visible_position(actor, unit_code, selectors.WRITE)
        return int(organisation.structure().ids[place])
    if not selectors.may_write(actor, Issuer(unit=None, sort=CENTRAL)):
        raise Denied(selectors.WRITE, "permission_missing", status=403)
    return None
