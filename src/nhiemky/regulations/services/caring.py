"""Taking a regulation under care, and every step of its review and change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import drafts
from nhiemky.documents import selectors as documents
from nhiemky.documents.models import Document, Relation
from nhiemky.documents.selectors import WRITE
from nhiemky.documents.services import drafting
from nhiemky.documents.services.relating import relation_enter
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean, fold
from nhiemky.domain.regulations.life import (
    CHANGES,
    DEED,
    OUTCOMES,
    Deed,
    check_deed,
    check_issue,
    check_review_day,
    document_after,
)
from nhiemky.organisation import selectors as organisation
from nhiemky.regulations import selectors
from nhiemky.regulations.followers import FOLLOWER
from nhiemky.regulations.models import Regulation, RegulationStep, Revision


@dataclass(frozen=True)
class RegulationGiven:
    """A regulation as it is taken under care; without a document it is still to be written."""

    unit_code: str
    subject: str
    document_id: int | None = None
    next_review_on: date | None = None


@service
def regulation_enter(*, actor: Actor, given: RegulationGiven, today: date) -> Regulation:
    """Take a regulation under care.

    Raises:
        Refused: no subject, a document that is not the unit's or is under care already, a review in the past.
        Denied: the actor does not write for the unit, or may not see the document.
    """
    place = organisation.visible_position(actor, given.unit_code, WRITE)
    unit_id, subject = int(organisation.structure().ids[place]), clean(given.subject)
    document = documents.visible_document(actor, given.document_id) if given.document_id else None
    findings = list(check_review_day(given.next_review_on, today))
    if not subject:
        findings.append(Finding("regulations.subject_missing", field="subject"))
    refuse_if_any([*findings, *_not_theirs(document, unit_id)])
    held = Regulation.objects.create(
        unit_id=unit_id, subject=subject[:300], folded=fold(subject)[:300], document=document,
        next_review_on=given.next_review_on, seq=current_seq(),
    )  # fmt: skip
    _noted(actor, held, "enter", document.signed_on if document else today, document=document)
    return held


def _not_theirs(document: Document | None, unit_id: int) -> list[Finding]:
    """A regulation stands by a document of its own unit, and a document by one regulation."""
    if document is None:
        return []
    found = []
    if document.issuer.unit_id != unit_id:
        found.append(Finding("regulations.not_of_unit", field="document"))
    if document.cancelled:
        found.append(Finding("regulations.document_cancelled", field="document"))
    if other := Regulation.objects.filter(document=document).first():
        found.append(Finding("regulations.under_care", field="document", facts={"subject": other.subject}))
    return found


@service
def review_day_set(*, actor: Actor, regulation_id: int, day: date, today: date) -> Regulation:
    """Say when the regulation is looked at again.

    Raises:
        Refused: the day is not to come, or it is the one that is set.
    """
    held = _fetched(actor, regulation_id)
    findings = list(check_review_day(day, today))
    if held.next_review_on == day:
        findings.append(Finding("regulations.nothing_changes", field="next_review_on"))
    refuse_if_any(findings)
    held.next_review_on, held.seq = day, current_seq()
    held.save()
    _noted(actor, held, "review_day", today, text=f"{day:%d/%m/%Y}")
    return held


@service
def regulation_hand_over(*, actor: Actor, regulation_id: int, unit_code: str, today: date) -> Regulation:
    """Say which unit takes over a regulation of one that has ended: one's own, or one below it.

    Raises:
        Refused: it waits for no decision, or the unit cannot have it.
    """
    held = _fetched(actor, regulation_id)
    FOLLOWER.handed_over(actor, held, unit_code, today, below=held.unit_id)
    return held


@service
def review_begin(*, actor: Actor, regulation_id: int, today: date, on: date | None = None, reason: str) -> Revision:
    """Begin to review the regulation.

    Raises:
        Refused: somebody is reviewing it, or no reason is given.
    """
    held = _fetched(actor, regulation_id)
    _judged(held, None, DEED["begin"], on or today, today, reason)
    draft = drafting.begun(actor, held.unit_id, held.subject)
    made = Revision.objects.create(
        regulation=held, draft=draft, state=DEED["begin"].target, began_on=on or today, seq=current_seq()
    )
    _noted(actor, held, "begin", on or today, revision=made, text=reason)
    return made


@service
def text_write(
    *, actor: Actor, regulation_id: int, text: str, note: str = "", on: date | None = None, today: date
) -> Revision:  # fmt: skip
    """Write the next version of the draft. After opinions or appraisal it is a draft again.

    Raises:
        Refused: nobody reviews the regulation, or the text says nothing new.
    """
    held, revision = _under_review(actor, regulation_id)
    day = on or today
    _judged(held, revision, DEED["write"], day, today, note)
    made = drafting.written(actor, revision.draft, text, day, note)
    return _moved(actor, held, revision, DEED["write"], day, text=made.note, version=made.version)


@service
def opinions_ask(
    *, actor: Actor, regulation_id: int, bodies: Sequence[drafting.Body], days: int, on: date | None = None, today: date
) -> Revision:  # fmt: skip
    """Ask bodies for their opinion on the latest text, with working days to answer.

    Raises:
        Refused: no text, unknown bodies, impossible days.
    """
    held, revision = _under_review(actor, regulation_id)
    day = on or today
    _judged(held, revision, DEED["ask"], day, today, "")
    made = drafting.asked(actor, revision.draft, bodies, days, day, today)
    named = ", ".join(body or code for code, body in bodies)
    return _moved(actor, held, revision, DEED["ask"], day, text=named, version=made[0].version)


@service
def review_step(
    *, actor: Actor, regulation_id: int, deed: str, reason: str, on: date | None = None,
    next_review_on: date | None = None, today: date,
) -> Revision:  # fmt: skip
    """Appraise the draft, keep the regulation as it is, or give the change up; `reason` says what was found.

    Raises:
        Refused: not at this stage; answers may still come (appraisal); the next review is missing (keep).
    """
    held, revision = _under_review(actor, regulation_id)
    act, day = DEED[deed], on or today
    findings = list(check_review_day(next_review_on, day))
    if deed == "keep" and next_review_on is None:
        findings.append(Finding("regulations.review_missing", field="next_review_on"))
    if deed == "keep" and held.document_id is None:
        findings.append(Finding("regulations.nothing_to_keep"))
    if deed == "appraise":
        findings += drafts.enough(revision.draft, day)
    _judged(held, revision, act, day, today, reason, findings)
    if next_review_on is not None:
        held.next_review_on = next_review_on
    latest = drafts.latest(revision.draft)
    return _moved(actor, held, revision, act, day, text=reason, version=latest.version if latest else None)


@service
def regulation_issue(
    *, actor: Actor, regulation_id: int, document_id: int, change: str, on: date | None = None,
    next_review_on: date | None = None, today: date,
) -> Revision:  # fmt: skip
    """Close the change with the document it ended in, and enter what that does to the one in force.

    Raises:
        Refused: not appraised; not a document of the unit; the relation cannot be (`documents.services.relating`).
    """
    held, revision = _under_review(actor, regulation_id)
    document, act = documents.visible_document(actor, document_id), DEED["issue"]
    day, before = on or max(document.signed_on, selectors.last_step(held).on), held.document_id
    findings = list(check_issue(change, has_document=before is not None, same=before == document.pk))
    findings += [*_not_theirs(document, held.unit_id), *check_review_day(next_review_on, day)]
    _judged(held, revision, act, day, today, "", findings)
    if (
        before is not None
        and not Relation.objects.filter(source=document, target_id=before, kind=change, struck="").exists()
    ):
        relation_enter(actor=actor, source_id=document.pk, target_id=before, kind=change)
    revision.issued, revision.change = document, change
    held.document_id = document_after(change, before, document.pk)
    held.next_review_on = None if change == CHANGES[-1] else next_review_on
    return _moved(actor, held, revision, act, day, document=document)


def _fetched(actor: Actor, regulation_id: int) -> Regulation:
    selectors.visible_regulation(actor, regulation_id, WRITE)
    return Regulation.objects.select_for_update().get(pk=regulation_id)


def _under_review(actor: Actor, regulation_id: int) -> tuple[Regulation, Revision]:
    held = _fetched(actor, regulation_id)
    revision = selectors.open_revision(held)
    if revision is None:
        raise Refused(Finding("regulations.not_in_stage", facts={"stage": "none"}, value="none"))
    return held, revision


def _judged(
    held: Regulation, revision: Revision | None, deed: Deed, on: date, today: date, reason: str,
    further: Sequence[Finding] = (),
) -> None:  # fmt: skip
    if revision is None and (open_ := selectors.open_revision(held)):
        revision = open_
    stage, since = revision.state if revision else "", selectors.last_step(held).on
    refuse_if_any([*check_deed(deed, stage, on, today=today, since=since, reason=clean(reason)), *further])


def _moved(
    actor: Actor, held: Regulation, revision: Revision, deed: Deed, on: date, *, text: str = "",
    version: int | None = None, document: Document | None = None,
) -> Revision:  # fmt: skip
    revision.state, revision.seq = deed.target, current_seq()
    if deed.target in OUTCOMES:
        revision.closed_on = on
        drafting.closed(actor, revision.draft, on)
    revision.save()
    held.seq = current_seq()
    held.save()
    _noted(actor, held, deed.key, on, revision=revision, text=text, version=version, document=document)
    return revision


_DONE = {
    "enter": "entered", "begin": "review_begun", "write": "drafted", "ask": "opinions_asked", "appraise": "appraised",
    "issue": "issued", "keep": "kept", "withdraw": "withdrawn", "review_day": "review_day_set",
}  # fmt: skip


def _noted(
    actor: Actor, held: Regulation, act: str, on: date, *, revision: Revision | None = None, text: str = "",
    version: int | None = None, document: Document | None = None,
) -> None:  # fmt: skip
    RegulationStep.objects.create(
        regulation=held, revision=revision, act=act, on=on, text=clean(text)[:500], version=version, document=document,
        user_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    facts = {"subject_matter": held.subject, "on": on, "version": version, "reason": clean(text)[:300]}
    record(f"regulations.regulation_{_DONE[act]}", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=facts)
