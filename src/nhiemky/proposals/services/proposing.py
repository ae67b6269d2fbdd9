"""A commission drafts, asks and submits; what the committee decided is noted; what it asked for becomes tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import drafts
from nhiemky.documents import selectors as documents
from nhiemky.documents.models import Document, Issuer
from nhiemky.documents.selectors import WRITE
from nhiemky.documents.services import drafting
from nhiemky.documents.services.numbering import number_give
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean, fold
from nhiemky.domain.proposals.life import (
    APPROVED,
    CONDITIONAL,
    DEED,
    ENDS,
    Deed,
    check_decision,
    check_deed,
    check_session,
    state_after,
)
from nhiemky.organisation import selectors as organisation
from nhiemky.proposals import selectors
from nhiemky.proposals.followers import FOLLOWER
from nhiemky.proposals.models import Condition, Proposal, ProposalStep
from nhiemky.tasks.models import Task
from nhiemky.tasks.services.assigning import TaskGiven, task_assign


@dataclass(frozen=True)
class Asked:
    """What a decision asks for: of which unit, until when, to be handed in as what."""

    unit_code: str
    title: str
    due_on: date
    deliverable: str


@dataclass(frozen=True)
class NumberTaken:
    """That the decision takes the next number of an issuer for a type of document."""

    issuer_id: int
    kind: str


@service
def proposal_enter(*, actor: Actor, unit_code: str, title: str, body: str = "", on: date, today: date) -> Proposal:
    """Begin a proposal to the committee of a unit.

    Raises:
        Refused: no title, or a day to come.
        Denied: the actor does not write for the unit.
    """
    place = organisation.visible_position(actor, unit_code, WRITE)
    unit_id, title = int(organisation.structure().ids[place]), clean(title)
    findings = [] if title else [Finding("proposals.title_missing", field="title")]
    if on > today:
        findings.append(Finding("proposals.in_future", field="on", facts={"on": on, "today": today}))
    refuse_if_any(findings)
    draft = drafting.begun(actor, unit_id, title)
    held = Proposal.objects.create(
        unit_id=unit_id, body=clean(body)[:200], title=title[:300], folded=fold(title)[:300], draft=draft,
        seq=current_seq(),
    )  # fmt: skip
    _noted(actor, held, "enter", on)
    return held


@service
def text_write(
    *, actor: Actor, proposal_id: int, text: str, note: str = "", on: date | None = None, today: date
) -> Proposal:  # fmt: skip
    """Write the next version of the draft.

    Raises:
        Refused: it is submitted or decided, or the text says nothing new.
    """
    held, day = _fetched(actor, proposal_id), on or today
    _judged(held, DEED["write"], day, today)
    made = drafting.written(actor, held.draft, text, day, note)
    return _moved(actor, held, DEED["write"], day, text=made.note, version=made.version)


@service
def opinions_ask(
    *, actor: Actor, proposal_id: int, bodies: Sequence[drafting.Body], days: int, on: date | None = None, today: date
) -> Proposal:  # fmt: skip
    """Ask bodies for their opinion on the latest text, with working days to answer.

    Raises:
        Refused: no text, unknown bodies, impossible days.
    """
    held, day = _fetched(actor, proposal_id), on or today
    _judged(held, DEED["ask"], day, today)
    made = drafting.asked(actor, held.draft, bodies, days, day, today)
    named = ", ".join(body or code for code, body in bodies)
    return _moved(actor, held, DEED["ask"], day, text=named, version=made[0].version)


@service
def proposal_submit(
    *, actor: Actor, proposal_id: int, session_on: date, document_id: int | None = None, on: date | None = None,
    today: date,
) -> Proposal:  # fmt: skip
    """Submit the latest text to a session, with the submission (tờ trình) where it is in the register.

    Raises:
        Refused: no text, opinions may still come, or the session is over.
    """
    held, day = _fetched(actor, proposal_id), on or today
    latest = drafts.latest(held.draft)
    findings = [*check_session(session_on, day), *drafts.enough(held.draft, day)]
    if latest is None:
        findings.append(Finding("documents.draft_has_no_text"))
    _judged(held, DEED["submit"], day, today, findings=findings)
    held.session_on, held.submission = session_on, _document(actor, document_id)
    version = latest.version if latest else None
    return _moved(actor, held, DEED["submit"], day, text=f"{session_on:%d/%m/%Y}", version=version,
                  document=held.submission)  # fmt: skip


@service
def decision_note(
    *, actor: Actor, proposal_id: int, outcome: str, reason: str = "", document_id: int | None = None,
    number: NumberTaken | None = None, on: date | None = None, today: date,
) -> Proposal:  # fmt: skip
    """Note what the committee decided, with the document it was issued by. What is returned is drafted again.

    With `number` the document is the next one of an issuer of the unit, of the day and by the title of the proposal.

    Raises:
        Refused: it is not submitted; no outcome; what is not simply approved says nothing; before the session; the
            document is another unit's, cancelled or older than the session; the number cannot be given.
    """
    held, day, act = _fetched(actor, proposal_id), on or today, DEED["decide"]
    document = _document(actor, document_id)
    findings = [*check_decision(outcome, clean(reason), day, held.session_on), *_not_its_own(held, document, number)]
    _judged(held, act, day, today, findings=findings)
    if number is not None:
        document = number_give(
            actor=actor, issuer_id=number.issuer_id, kind=number.kind, on=day, title=held.title, today=today
        )
    held.outcome, held.decided_on, held.document = outcome, day, document
    state = state_after(act, outcome)
    return _moved(actor, held, act, day, text=reason, document=held.document, outcome=outcome, state=state)


@service
def proposal_withdraw(*, actor: Actor, proposal_id: int, reason: str, on: date | None = None, today: date) -> Proposal:
    """Take the proposal back before it is decided.

    Raises:
        Refused: no reason, or it is decided.
    """
    held, day = _fetched(actor, proposal_id), on or today
    _judged(held, DEED["withdraw"], day, today, reason)
    return _moved(actor, held, DEED["withdraw"], day, text=reason)


@service
def proposal_hand_over(*, actor: Actor, proposal_id: int, unit_code: str, today: date) -> Proposal:
    """Say which unit goes on with a proposal of one that has ended: one's own, or one below it.

    Raises:
        Refused: it waits for no decision, or the unit cannot have it.
    """
    held = _fetched(actor, proposal_id)
    FOLLOWER.handed_over(actor, held, unit_code, today, below=held.unit_id)
    return held


@service
def condition_assign(*, actor: Actor, proposal_id: int, asked: Asked, today: date) -> Task:
    """Make a task of what the decision asks for, of the unit itself or one below it.

    Raises:
        Refused: it was not approved, or the task cannot be given (`tasks.services.assigning`).
    """
    held = _fetched(actor, proposal_id)
    if held.outcome not in (APPROVED, CONDITIONAL):
        raise Refused(Finding("proposals.not_approved"))
    structure = organisation.structure()
    given = TaskGiven(
        structure.codes[structure.index[held.unit_id]], asked.unit_code, asked.title, asked.due_on, asked.deliverable,
        document_id=held.document_id,
    )  # fmt: skip
    task = task_assign(actor=actor, given=given, today=today)
    Condition.objects.create(proposal=held, task=task)
    _noted(actor, held, "condition", today, text=task.title)
    return task


def _fetched(actor: Actor, proposal_id: int) -> Proposal:
    selectors.visible_proposal(actor, proposal_id, WRITE)
    return Proposal.objects.select_for_update(of=("self",)).select_related("draft").get(pk=proposal_id)


def _document(actor: Actor, document_id: int | None) -> Document | None:
    return documents.visible_document(actor, document_id) if document_id else None


def _not_its_own(held: Proposal, document: Document | None, number: NumberTaken | None) -> Iterator[Finding]:
    """What stands against a document as that of the decision: the committee issues it, after it sat."""
    if number is not None:
        if document is not None:
            yield Finding("proposals.two_documents", field="document")
        if not Issuer.objects.filter(pk=number.issuer_id, unit=held.unit_id).exists():
            yield Finding("proposals.not_of_unit", field="issuer")
    if document is None:
        return
    if document.issuer.unit_id != held.unit_id:
        yield Finding("proposals.not_of_unit", field="document")
    if document.cancelled:
        yield Finding("proposals.document_cancelled", field="document")
    if held.session_on is not None and document.signed_on < held.session_on:
        facts = {"on": document.signed_on, "session": held.session_on}
        yield Finding("proposals.signed_before", field="document", facts=facts)


def _judged(
    held: Proposal, deed: Deed, on: date, today: date, reason: str = "", findings: Iterable[Finding] = ()
) -> None:  # fmt: skip
    since = selectors.last_step(held).on
    refuse_if_any([*check_deed(deed, held.state, on, today=today, since=since, reason=clean(reason)), *findings])


def _moved(
    actor: Actor, held: Proposal, deed: Deed, on: date, *, text: str = "", version: int | None = None,
    document: Document | None = None, outcome: str = "", state: str = "",
) -> Proposal:  # fmt: skip
    held.state, held.seq = state or deed.target, current_seq()
    if held.state in ENDS:
        held.closed_on = on
        drafting.closed(actor, held.draft, on)
    held.save()
    _noted(actor, held, deed.key, on, text=text, version=version, document=document, outcome=outcome)
    return held


_DONE = {
    "enter": "entered", "write": "drafted", "ask": "opinions_asked", "submit": "submitted", "decide": "decided",
    "withdraw": "withdrawn", "condition": "condition_assigned",
}  # fmt: skip


def _noted(
    actor: Actor, held: Proposal, act: str, on: date, *, text: str = "", version: int | None = None,
    document: Document | None = None, outcome: str = "",
) -> None:  # fmt: skip
    ProposalStep.objects.create(
        proposal=held, act=act, on=on, text=clean(text)[:500], version=version, outcome=outcome, document=document,
        user_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    facts = {"title": held.title, "on": on, "version": version, "reason": clean(text)[:300], "outcome": outcome}
    record(f"proposals.proposal_{_DONE[act]}", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=facts)
