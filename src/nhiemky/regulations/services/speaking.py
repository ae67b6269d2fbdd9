"""An authorised office confirms a value of a rule, gives another from a day on, or takes its word back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import selectors as documents
from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor
from nhiemky.domain.dated import Step
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.rulebook import CONFIRM, SUPERSEDE, WITHDRAW, book, check_confirm, check_supersede, rules
from nhiemky.regulations import rules as reading
from nhiemky.regulations.models import RuleWord


@dataclass(frozen=True)
class Rests:
    """The document of the register on which a word rests, and the place there."""

    document_id: int
    point: str = ""


@service
def rule_confirm(*, actor: Actor, rule: str, start: date, rests: Rests, today: date) -> RuleWord:
    """Confirm the value of the step that begins on `start`.

    Raises:
        Refused: there is no such step, or it is confirmed; the document is cancelled.
        Denied: the actor does not write over everything, or may not see the document.
    """
    steps = _steps(actor, rule)
    document = _document(actor, rests)
    refuse_if_any(check_confirm(steps, start))
    return _said(actor, RuleWord(rule=rule, act=CONFIRM, start=start, document=document, point=rests.point), today)


@service
def rule_supersede(*, actor: Actor, rule: str, start: date, value: str, rests: Rests, today: date) -> RuleWord:
    """Give the rule another value from a day on; what was judged of days before stays as it was.

    Raises:
        Refused: not a later day, not a value of this rule, or the value that holds; the document is cancelled.
        Denied: the actor does not write over everything, or may not see the document.
    """
    steps = _steps(actor, rule)
    document, value = _document(actor, rests), clean(value)
    refuse_if_any(check_supersede(steps, start, value))
    word = RuleWord(rule=rule, act=SUPERSEDE, start=start, value=value, document=document, point=rests.point)
    return _said(actor, word, today)


@service
def rule_withdraw(*, actor: Actor, word_id: int, reason: str, today: date) -> RuleWord:
    """Take a word back that was a mistake; both stay in the records.

    Raises:
        Refused: it is taken back already, is itself one that takes back, or no reason is given.
        Denied: the actor does not write over everything, or there is no such word.
    """
    reading.require_speaker(actor)
    held = reading.word(word_id)
    findings = []
    if held.act == WITHDRAW or RuleWord.objects.filter(of=held).exists():
        findings.append(Finding("rules.taken_back_already"))
    if not clean(reason):
        findings.append(Finding("rules.reason_missing", field="reason"))
    refuse_if_any(findings)
    word = RuleWord(rule=held.rule, act=WITHDRAW, start=held.start, of=held, reason=clean(reason)[:300])
    return _said(actor, word, today)


def _steps(actor: Actor, rule: str) -> tuple[Step[object], ...]:
    """The steps as they stand in this write: the book of the request may be older than the lock of all writes."""
    reading.require_speaker(actor)
    known = reading.known_rule(rule)
    return book(rules(), reading.all_words()).get(rule, known.steps)


def _document(actor: Actor, rests: Rests) -> Document:
    found = documents.visible_document(actor, rests.document_id)
    if found.cancelled:
        raise Refused(Finding("regulations.document_cancelled", field="document"))
    return found


_DONE = {CONFIRM: "confirmed", SUPERSEDE: "superseded", WITHDRAW: "word_withdrawn"}


def _said(actor: Actor, word: RuleWord, today: date) -> RuleWord:
    word.point, word.on = clean(word.point)[:120], today
    word.user_name, word.seq = actor.name, current_seq()
    word.save(force_insert=True)
    facts = {"rule": word.rule, "start": word.start, "value": word.value, "source": reading.source_of(word),
             "reason": word.reason}  # fmt: skip
    record(f"regulations.rule_{_DONE[word.act]}", actor=actor, subject=word.rule, facts=facts)
    return word
