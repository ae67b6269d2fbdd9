"""Papers in the making: texts written, bodies asked, opinions given. Parts that make papers call the first three."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import drafts
from nhiemky.documents.followers import FOLLOWER
from nhiemky.documents.models import Draft, DraftText, Opinion
from nhiemky.documents.selectors import WRITE
from nhiemky.domain.access import Actor
from nhiemky.domain.documents import opinions
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.organisation import selectors as organisation

Body = tuple[str, str]
"""The code of a unit, and the name of an office of it or ""."""
_LONGEST = 1_000_000


def begun(actor: Actor, unit_id: int, title: str) -> Draft:
    """A step of a service, which records the event: a new paper in the making, without text yet.

    Raises:
        Denied: the actor does not write for the unit.
    """
    actor.require(WRITE, unit_id)
    return Draft.objects.create(unit_id=unit_id, title=clean(title)[:300], seq=current_seq())


def written(actor: Actor, draft: Draft, text: str, on: date, note: str = "") -> DraftText:
    """A step of a service: the next version of the text.

    Raises:
        Refused: no text, too long, or the very text that is there.
        Denied: the actor does not write for the draft's unit.
    """
    actor.require(WRITE, draft.unit_id)
    text = text.replace("\r\n", "\n").strip()
    latest = drafts.latest(draft)
    findings = []
    if not text:
        findings.append(Finding("documents.draft_empty", field="text"))
    if len(text) > _LONGEST:
        findings.append(Finding("documents.text_long", field="text", facts={"length": len(text), "most": _LONGEST}))
    if latest is not None and latest.text == text:
        findings.append(Finding("documents.draft_same", field="text", facts={"version": latest.version}))
    refuse_if_any(findings)
    version = latest.version + 1 if latest else 1
    return DraftText.objects.create(
        draft=draft, version=version, text=text, note=clean(note)[:300], on=on, user_name=actor.name, seq=current_seq()
    )


def asked(
    actor: Actor, draft: Draft, bodies: Sequence[Body], days: int, on: date, today: date
) -> list[Opinion]:  # fmt: skip
    """A step of a service: bodies have so many working days to say what they think of the latest text.

    Raises:
        Refused: a body that is not there or was asked already, no text, or impossible days.
        Denied: the actor does not write for the draft's unit.
    """
    actor.require(WRITE, draft.unit_id)
    latest = drafts.latest(draft)
    version = latest.version if latest else 0
    findings = list(opinions.check_asking(bodies, days, on, today=today, version=version))
    found, objections = _bodies(bodies, today)
    before = set(Opinion.objects.filter(draft=draft, version=version).values_list("unit_id", "body"))
    twice = [Finding("documents.asked_twice", field="bodies", value=body) for key in found if key in before
             for body in (key[1] or str(key[0]),)]  # fmt: skip
    refuse_if_any([*findings, *objections, *twice])
    due = opinions.due_on(on, days)
    return Opinion.objects.bulk_create(
        Opinion(draft=draft, version=version, unit_id=unit_id, body=body, asked_on=on, due_on=due, seq=current_seq())
        for unit_id, body in found
    )


def _bodies(bodies: Sequence[Body], today: date) -> tuple[list[tuple[int, str]], list[Finding]]:
    held, found, wrong = organisation.structure(), [], []
    for code, body in bodies:
        place = held.by_code.get(code.strip())
        if place is None or held.version(place, today) is None:
            wrong.append(Finding("documents.no_such_body", field="bodies", value=code))
        else:
            found.append((int(held.ids[place]), clean(body)[:200]))
    return found, wrong


def closed(actor: Actor, draft: Draft, on: date) -> None:
    """A step of a service: nothing is written or answered any more.

    Raises:
        Denied: the actor does not write for the draft's unit.
    """
    actor.require(WRITE, draft.unit_id)
    draft.closed_on = on
    draft.save(update_fields=["closed_on"])


@service
def opinion_decide(*, actor: Actor, opinion_id: int, unit_code: str, reason: str, today: date) -> Opinion:
    """Whoever asked says who answers for a body that has ended, or, with the reason, that nobody does.

    Raises:
        Refused: nothing waits for a decision, neither a unit nor a reason is given, or the unit was asked itself.
        Denied: the actor does not write for the unit that asked.
    """
    held = drafts.asked_by(actor, opinion_id)
    if unit_code:
        FOLLOWER.handed_over(actor, held, unit_code, today, below=None)
        return held
    held.struck = clean(reason)[:300]
    if held.awaits_id is None or not held.struck:
        code = "documents.reason_missing" if held.awaits_id else "reorganisation.nothing_to_decide"
        raise Refused(Finding(code, field="reason"))
    held.awaits, held.seq = None, current_seq()
    held.save(update_fields=["awaits", "struck", "seq"])
    facts = {"title": held.draft.title, "reason": held.struck}
    units = {held.unit_id, held.draft.unit_id}
    record("documents.opinion_struck", actor=actor, subject=held.draft_id, units=units, facts=facts)
    return held


@service
def opinion_give(*, actor: Actor, opinion_id: int, stance: str, text: str, on: date | None, today: date) -> Opinion:
    """Answer for the body that was asked. An answer stays; a new text is asked about anew.

    Raises:
        Refused: answered already, the draft is closed, or the answer says nothing.
        Denied: the actor does not write for the body's unit.
    """
    held = drafts.answerable(actor, opinion_id)
    text, day = text.strip(), on or today
    findings = list(opinions.check_answer(stance, text, day, today=today, asked_on=held.asked_on))
    if held.answered_on is not None:
        findings.append(Finding("documents.answered_already", facts={"on": held.answered_on}))
    if held.awaits_id is not None or held.struck:
        findings.append(Finding("documents.body_ended"))
    if held.draft.closed_on is not None:
        findings.append(Finding("documents.draft_closed", facts={"on": held.draft.closed_on}))
    refuse_if_any(findings)
    held.stance, held.text, held.answered_on = stance, text, day
    held.user_name, held.seq = actor.name, current_seq()
    held.save()
    facts = {"title": held.draft.title, "on": day, "stance": stance, "draft": held.draft_id}
    units = {held.unit_id, held.draft.unit_id}
    record("documents.opinion_given", actor=actor, subject=held.draft_id, units=units, facts=facts)
    return held
