"""Asking units for a paper in the name of a directive, taking it back, and saying who owes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.directives import selectors
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.documents.models import Document
from nhiemky.documents.selectors import visible_document
from nhiemky.documents.wording import cited
from nhiemky.domain.access import Actor
from nhiemky.domain.directives.asking import Wanted, judge_ask
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.tasks.days import last_day
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.services.assigning import superiors, units_of_kinds
from nhiemky.tasks.services.steps import code_of, id_of

WRITE = selectors.WRITE


@dataclass(frozen=True)
class AskGiven:
    """What is asked and of whom: units of `kinds` under `below` (under the asker, if ""), and those with `codes`.

    `asked_on` None is today; an earlier day is that of the paper that asked before it was entered here.
    """

    asker_code: str
    document_id: int
    what: str
    due_on: date
    text: str = ""
    part: str = ""
    asked_on: date | None = None
    kinds: Sequence[str] = ()
    below: str = ""
    codes: Sequence[str] = ()


@service
def ask_make(*, actor: Actor, given: AskGiven, today: date) -> Ask:
    """Ask every unit that is meant for the paper, in one act.

    Raises:
        Refused: with everything that stands against it; nobody is asked then.
        Denied: the actor does not write for the asking unit, or may not see the document.
    """
    units = ask_tried(actor=actor, given=given, today=today)
    made = Ask.objects.create(
        document_id=given.document_id, unit_id=id_of(given.asker_code, "asker"), what=given.what,
        text=clean(given.text), part=clean(given.part), asked_on=given.asked_on or today, due_on=given.due_on,
        last_on=last_day(given.due_on), seq=current_seq(),
    )  # fmt: skip
    AskedOf.objects.bulk_create(AskedOf(ask=made, unit_id=one, owing_id=one, seq=made.seq) for one in units)
    tell("ask_made", actor, made, units, count=len(units), due=made.due_on)
    return made


def ask_tried(*, actor: Actor, given: AskGiven, today: date) -> list[int]:
    """The units that `ask_make` would ask, without doubles; nothing is written.

    Raises:
        Refused, Denied: as `ask_make`.
    """
    asker = id_of(given.asker_code, "asker")
    actor.require(WRITE, asker)
    document = visible_document(actor, given.document_id)
    units, findings = _meant(given, asker, document, today)
    wanted = Wanted(given.what, given.asked_on or today, given.due_on, document.signed_on)
    refuse_if_any([*judge_ask(wanted, today), *findings, *_against(document, given, asker, units)])
    return units


def _meant(given: AskGiven, asker: int, document: Document, today: date) -> tuple[list[int], list[Finding]]:
    """The units that would be asked, and what stands against the choice.

    What a body outside the register asks of a unit, the unit may note for itself.
    """
    picked = [id_of(code, "codes") for code in given.codes]
    below = id_of(given.below, "below") if given.below else asker
    found = units_of_kinds(below, given.kinds, today, without=asker) if given.kinds else []
    held, findings = organisation.structure(), []
    checked = [("codes", one) for one in picked] + ([("below", below)] if given.kinds else [])
    for field, one in checked:
        code = held.codes[held.index[one]]
        if held.version(held.index[one], today) is None:
            findings.append(Finding("directives.unit_not_there", field=field, value=code))
        elif asker not in superiors(one, today) or (field == "codes" and one == asker and document.issuer.unit_id):
            findings.append(Finding("directives.not_below", field=field, value=code))
    units = list(dict.fromkeys([*found, *picked]))
    if not units:
        findings.append(Finding("directives.nobody_asked", field="kinds"))
    return units, findings


def _against(document: Document, given: AskGiven, asker: int, units: Sequence[int]) -> Iterator[Finding]:
    if document.cancelled:
        yield Finding("directives.directive_cancelled", field="document", facts={"document": cited(document)})
    same = AskedOf.objects.filter(
        ask__document=document, ask__what=given.what, ask__unit_id=asker, ask__part=clean(given.part),
        ask__withdrawn_on=None, owing_id__in=units,
    ).select_related("ask")  # fmt: skip
    if twin := same.first():
        facts = {"count": same.count(), "on": twin.ask.asked_on, "unit": code_of(twin.owing_id)}
        yield Finding("directives.asked_already", field="codes", facts=facts)


@service
def ask_withdraw(*, actor: Actor, ask_id: int, reason: str, today: date) -> Ask:
    """Ask for it no more; what was issued already stays an answer.

    Raises:
        Refused: it is withdrawn already, or no reason is given.
        Denied: the actor does not write for the asking unit.
    """
    found = held_ask(actor, ask_id)
    refuse_if_any(_no_reason(reason))
    found.withdrawn_on, found.withdrawn = today, clean(reason)[:300]
    found.save(update_fields=["withdrawn_on", "withdrawn"])
    tell("ask_withdrawn", actor, found, list(found.asked.values_list("owing_id", flat=True)), reason=found.withdrawn)
    return found


@service
def exempt(*, actor: Actor, asked_id: int, reason: str, today: date) -> AskedOf:
    """Say that a unit owes nothing, and why.

    Raises:
        Refused: it does not owe anything any more, or no reason is given.
        Denied: the actor does not write for the asking unit.
    """
    found = of_asker(actor, asked_id)
    refuse_if_any([*still_owed(found), *_no_reason(reason)])
    found.exempt_on, found.exempt, found.awaits = today, clean(reason)[:300], None
    found.save(update_fields=["exempt_on", "exempt", "awaits"])
    tell("unit_exempted", actor, found.ask, [found.owing_id], to=code_of(found.owing_id), reason=found.exempt)
    return found


@service
def reopen(*, actor: Actor, asked_id: int, reason: str) -> AskedOf:
    """Ask a unit again that was taken to have answered, or to be exempt, by mistake.

    Raises:
        Refused: it owes the answer as it is, the ask is withdrawn, or no reason is given.
        Denied: the actor does not write for the asking unit.
    """
    found = of_asker(actor, asked_id)
    findings = _no_reason(reason)
    if found.answered_on is None and found.exempt_on is None:
        findings = [Finding("directives.still_owed")]
    if found.ask.withdrawn_on is not None:
        findings.append(Finding("directives.withdrawn", facts={"on": found.ask.withdrawn_on}))
    refuse_if_any(findings)
    found.exempt_on, found.exempt = None, ""
    found.document, found.programme, found.answered_on = None, None, None
    found.save()
    tell("unit_reopened", actor, found.ask, [found.owing_id], to=code_of(found.owing_id), reason=clean(reason))
    return found


def held_ask(actor: Actor, ask_id: int) -> Ask:
    """The ask, locked, of one of the actor's units.

    Raises:
        Refused: it is withdrawn.
        Denied: as for `selectors.visible_ask`.
    """
    selectors.visible_ask(actor, ask_id, WRITE)
    found = Ask.objects.select_related("document__issuer").select_for_update(of=("self",)).get(pk=ask_id)
    if found.withdrawn_on is not None:
        raise Refused(Finding("directives.withdrawn", facts={"on": found.withdrawn_on}))
    return found


def of_asker(actor: Actor, asked_id: int) -> AskedOf:
    """One asked unit, locked, for whoever speaks for the asking unit."""
    return _held(selectors.visible_asked(actor, asked_id, write="asker"))


def of_owing(actor: Actor, asked_id: int) -> AskedOf:
    """One asked unit, locked, for whoever speaks for it."""
    return _held(selectors.visible_asked(actor, asked_id, write="owing"))


def _held(seen: AskedOf) -> AskedOf:
    locked = AskedOf.objects.select_related("ask__document__issuer").select_for_update(of=("self",))
    return locked.get(pk=seen.pk)


def still_owed(found: AskedOf) -> list[Finding]:
    """What says that nothing is owed: an answer, an exemption, the ask being withdrawn."""
    if found.answered_on is not None:
        return [Finding("directives.answered_already", facts={"on": found.answered_on})]
    if found.exempt_on is not None:
        return [Finding("directives.exempt_already", facts={"on": found.exempt_on, "reason": found.exempt})]
    if found.ask.withdrawn_on is not None:
        return [Finding("directives.withdrawn", facts={"on": found.ask.withdrawn_on})]
    return []


def _no_reason(reason: str) -> list[Finding]:
    return [] if clean(reason) else [Finding("directives.reason_missing", field="reason")]


def tell(action: str, actor: Actor, ask: Ask, units: Sequence[int], **facts: object) -> None:
    """Record what was done, for the auditors of the asking unit and of those asked."""
    told = {"document": cited(ask.document), "what": ask.what, **facts}
    record(f"directives.{action}", actor=actor, subject=ask.pk, unit_id=ask.unit_id, units={*units, ask.unit_id},
           facts=told)  # fmt: skip
