"""What members ask for: made, acknowledged, granted, refused or withdrawn; every step stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import OWN, Actor, Denied
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.particulars import FORGOTTEN, PARTICULAR, check_particulars, cleaned, written
from nhiemky.domain.names import clean
from nhiemky.domain.rights.requests import (
    ACKNOWLEDGED,
    CORRECTION,
    GRANTED,
    KINDS,
    MOST_OPEN,
    OPEN,
    REFUSED,
    WITHDRAWN,
    acknowledgement,
    check_answer,
    check_text,
    deadline,
    typed,
)
from nhiemky.members.models import Person, PersonChange
from nhiemky.members.services.particulars import person_amend
from nhiemky.organisation.models import Unit
from nhiemky.rights import selectors
from nhiemky.rights.models import Request, RequestStep


@dataclass(frozen=True)
class Asked:
    """What somebody asks for. `value` is of the field's type; empty for a sealed field, and but for corrections.

    `to` is the code of the unit it is addressed to, the member's own or one above; empty for who keeps the record, and
    for corrections, which only that office can carry out.
    """

    kind: str
    why: str
    field: str = ""
    value: object = ""
    since: date | None = None
    about: str = ""
    to: str = ""


@service
def request_make(*, actor: Actor, person_id: int, asked: Asked, today: date) -> Request:
    """Ask for something: the member through the own page, or an office for a member who came in person.

    Raises:
        Refused: what is asked for is not possible, or is asked already.
        Denied: the person is neither the actor nor of the actor's units.
    """
    person = _asking(actor, person_id)
    by_member = actor.person_id == person.pk
    refuse_if_any(_objections(person, asked, today))
    owed, correction = acknowledgement(today), asked.kind == CORRECTION
    kept = "" if not correction or PARTICULAR[asked.field].sealed else written(getattr(person, asked.field))
    made = Request.objects.create(
        person=person, kind=asked.kind, field=asked.field if correction else "", why=clean(asked.why), made_on=today,
        value=written(_clean_value(asked)) if correction else "", since=asked.since if correction else None,
        about="" if correction else clean(asked.about), entered_by="" if by_member else actor.name, due_on=owed.on,
        before=kept[:200], addressed_unit=None if correction else _addressee(asked.to), seq=current_seq(),
    )  # fmt: skip
    _step(actor, made, "made", today)
    return made


def _asking(actor: Actor, person_id: int) -> Person:
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.last_unit_id is None or person.full_name == FORGOTTEN:
        raise Denied(selectors.WRITE, "no_such_person", status=404)
    if actor.person_id != person.pk:
        actor.require(selectors.WRITE, person.last_unit_id)
    return person


def _addressee(code: str) -> Unit | None:
    return Unit.objects.get(code=code) if code else None


def _clean_value(asked: Asked) -> object:
    return "" if PARTICULAR[asked.field].sealed else cleaned({asked.field: asked.value})[asked.field]


def _objections(person: Person, asked: Asked, today: date) -> list[Finding]:
    if asked.kind not in KINDS:
        return [Finding("rights.no_such_kind", value=asked.kind)]
    findings = [] if clean(asked.why) else [Finding("rights.why_missing", field="why")]
    findings += [*check_text("why", asked.why), *check_text("about", asked.about)]
    waiting = person.requests.filter(state__in=OPEN)
    if waiting.count() >= MOST_OPEN:
        findings.append(Finding("rights.too_many_open", facts={"most": MOST_OPEN}))
    if asked.kind != CORRECTION:
        return [*findings, *_addressing(person, asked, today)]
    if asked.field not in PARTICULAR:
        return [*findings, Finding("rights.no_such_field", field="field", value=asked.field)]
    if waiting.filter(field=asked.field).exists():
        findings.append(Finding("rights.asked_already"))
    return [*findings, *_value_objections(person, asked, today)]


def _addressing(person: Person, asked: Asked, today: date) -> list[Finding]:
    found = [] if clean(asked.about) else [Finding("rights.about_missing", field="about")]
    if asked.to and asked.to not in dict(selectors.addressees(person, today)):
        found.append(Finding("rights.no_such_addressee", field="to", value=asked.to))
    return found


def _value_objections(person: Person, asked: Asked, today: date) -> list[Finding]:
    """What stands against the value itself, at the form's field of that name."""
    if asked.since is not None and asked.since > today:
        return [Finding("members.in_future", field="since", facts={"on": asked.since, "today": today})]
    if PARTICULAR[asked.field].sealed:
        return []
    value = _clean_value(asked)
    found = check_particulars({asked.field: value}, today=today)
    if not found and written(getattr(person, asked.field)) == written(value):
        found = [Finding("rights.value_is_so")]
    return [replace(one, field="value") for one in found]


@service
def request_withdraw(*, actor: Actor, request_id: int, today: date) -> Request:
    """The member does not want it any more; the office says so for who came in person, of what it entered itself.

    Raises:
        Refused: it is answered or withdrawn.
        Denied: the request is neither the actor's own nor one that an office entered and the actor has before them.
    """
    asked = _locked(request_id)
    if actor.person_id != asked.person_id:
        if not asked.entered_by or asked.desk_id is None:
            raise Denied(OWN, "no_such_request", status=404)
        actor.require(selectors.WRITE, asked.desk_id)
    _require_open(asked)
    _save(asked, WITHDRAWN)
    _step(actor, asked, "withdrawn", today)
    return asked


@service
def request_acknowledge(*, actor: Actor, request_id: int, today: date) -> Request:
    """Tell the member that the office has the request, and by when it is carried out.

    Raises:
        Refused: it is acknowledged already, or answered.
        Denied: the member is not the actor's.
    """
    asked = _on_desk(actor, request_id)
    if asked.state == ACKNOWLEDGED:
        raise Refused(Finding("rights.acknowledged_already"))
    _save(asked, ACKNOWLEDGED, today)
    _step(actor, asked, "acknowledged", today)
    return asked


@service
def request_grant(
    *, actor: Actor, request_id: int, answer: str, today: date, number: str = "", seen: str | None = None
) -> Request:
    """Do what was asked: a correction changes the register, with the request as its reason; the others are answered.

    `number` is the identity number where that is to be corrected, typed from the card the office is shown. `seen` is
    the value (`particulars.written`) that the register had when the office looked: who saw a newer one than the member
    may overwrite it.

    Raises:
        Refused: it is answered already, nothing is said on what is no correction, the register refuses the value, or
            says by now what neither the member nor the office has seen.
        Denied: the member is not the actor's, or the number not theirs to change.
    """
    asked = _on_desk(actor, request_id)
    if asked.kind == CORRECTION:
        asked.change = _correct(actor, asked, number, seen, today)
    elif not clean(answer):
        raise Refused(Finding("rights.answer_missing", field="answer"))
    refuse_if_any(check_answer(granted=True, text=clean(answer), source=""))
    _answer(asked, GRANTED, clean(answer), "", today)
    _step(actor, asked, "granted", today, asked.answer)
    return asked


def _correct(actor: Actor, asked: Request, number: str, seen: str | None, today: date) -> PersonChange | None:
    """The change that the correction made; none where the register has the value by now."""
    sealed = PARTICULAR[asked.field].sealed
    if sealed and not clean(number):
        raise Refused(Finding("rights.number_missing", field="number"))
    if not sealed and _is_so(asked, seen):
        return None
    # The member's own words stay in the request: they may tell more than the history should keep.
    reason = f"Đề nghị của đảng viên số {asked.pk}"
    value = number if sealed else typed(asked.field, asked.value)
    try:
        changed = person_amend(
            actor=actor, person_id=asked.person_id, values={asked.field: value}, reason=reason, today=today,
            since=asked.since, source="request",
        )  # fmt: skip
    except Refused as no:
        raise Refused([replace(found, field="number" if sealed else "") for found in no.findings]) from no
    made = PersonChange.objects.filter(person_id=asked.person_id, field=asked.field).order_by("-seq", "-pk")
    return made.first() if changed else None


def _is_so(asked: Request, seen: str | None) -> bool:
    """Whether the register has the value already.

    Raises:
        Refused: it has another than when the member asked, and the office did not see that one.
    """
    now = written(getattr(Person.objects.select_for_update().get(pk=asked.person_id), asked.field))
    if now not in (asked.value, asked.before, seen):
        raise Refused(Finding("rights.changed_meanwhile"))
    return now == asked.value


@service
def request_refuse(*, actor: Actor, request_id: int, answer: str, source: str, today: date) -> Request:
    """Refuse, with the reason and the rule it rests on.

    Raises:
        Refused: it is answered already, or reason or source are missing.
        Denied: the member is not the actor's.
    """
    asked = _on_desk(actor, request_id)
    answer, source = clean(answer), clean(source)
    refuse_if_any(check_answer(granted=False, text=answer, source=source))
    _answer(asked, REFUSED, answer, source, today)
    _step(actor, asked, "refused", today, f"{answer} ({source})")
    return asked


def _locked(request_id: int) -> Request:
    found = Request.objects.select_for_update(of=("self",)).select_related("person").filter(pk=request_id).first()
    if found is None:
        raise Denied(selectors.WRITE, "no_such_request", status=404)
    return found


def _on_desk(actor: Actor, request_id: int) -> Request:
    """An open request that lies on the actor's desk."""
    asked = _locked(request_id)
    if asked.desk_id is None:
        raise Denied(selectors.WRITE, "no_such_request", status=404)
    actor.require(selectors.WRITE, asked.desk_id)
    _require_open(asked)
    return asked


def _require_open(asked: Request) -> None:
    if asked.state not in OPEN:
        raise Refused(Finding("rights.closed_already", facts={"state": asked.state}))


def _answer(asked: Request, state: str, answer: str, source: str, today: date) -> None:
    asked.answer, asked.source, asked.answered_on = answer, source, today
    _save(asked, state, today)


def _save(asked: Request, state: str, acknowledged_on: date | None = None) -> None:
    if state not in OPEN:
        asked.answered_unit_id = asked.desk_id
    asked.state = state
    asked.acknowledged_on = asked.acknowledged_on or acknowledged_on
    owed = deadline(state, asked.made_on, asked.acknowledged_on)
    asked.due_on = owed.on if owed else None
    asked.save()


def _step(actor: Actor, asked: Request, act: str, today: date, text: str = "") -> None:
    by_member = actor.person_id == asked.person_id
    RequestStep.objects.create(
        request=asked, act=act, on=today, text=text, user_name=actor.name, by_member=by_member, seq=current_seq()
    )
    record(
        f"rights.request_{act}", actor=actor, subject=asked.person_id, unit_id=asked.desk_id,
        facts={"request": asked.pk, "kind": asked.kind, "field": asked.field},
    )  # fmt: skip
