"""The sender's side: introduce a person, introduce them again after a return, or withdraw the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.transfers.checks import Sending, check_sending
from nhiemky.domain.transfers.kinds import OPEN, RETURNED, SENT, TEMPORARY, WITHDRAWN
from nhiemky.members import selectors as members
from nhiemky.members.models import Person, Stay
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import selectors as organisation
from nhiemky.transfers import selectors
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.services.steps import WRITE, noted, of_sender, reason_needed


@dataclass(frozen=True)
class Letter:
    """The letter of introduction and what stands in it.

    `target_code` addresses an organisation of the system, `place` one outside: exactly one of them is given. `until` is
    the planned end of a temporary stay or the expected return from abroad. `unresolved`: the office says that an
    inspection, examination or complaint is still open.
    """

    kind: str
    decided_on: date
    paper: Paper
    target_code: str = ""
    place: str = ""
    purpose: str = ""
    until: date | None = None
    unresolved: bool = False


@service
def transfer_send(*, actor: Actor, person_id: int, letter: Letter, today: date) -> Transfer:
    """Send a member's transfer to the receiving office; until that confirms, the person stays where they are.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the person is not the actor's to change.
    """
    person = members.visible_person(actor, person_id, WRITE)
    stay = person.stays.filter(during__contains=today).first()
    if stay is None or person.last_unit_id is None:
        refuse_if_any([Finding("transfers.not_a_member", field="kind")])
        raise AssertionError("refused above")
    target = selectors.addressed(actor, letter.target_code, today)
    refuse_if_any([*_standing_against(person), *_objections(letter, stay, target, today)])
    transfer = Transfer(person=person, source_unit_id=stay.unit_id)
    _write(actor, transfer, letter, target, today)
    noted(actor, transfer, "sent", today)
    return transfer


@service
def transfer_send_again(*, actor: Actor, transfer_id: int, letter: Letter, today: date) -> Transfer:
    """Send a returned transfer again, with a new letter and perhaps to another office.

    Raises:
        Refused: it was not returned, or a rule stands against it.
        Denied: the person is not the actor's to change.
    """
    transfer = of_sender(actor, transfer_id, RETURNED)
    stay = transfer.person.stays.filter(during__contains=today).first()
    if stay is None:
        refuse_if_any([Finding("transfers.not_a_member", field="kind")])
        raise AssertionError("refused above")
    target = selectors.addressed(actor, letter.target_code, today)
    refuse_if_any(_objections(letter, stay, target, today))
    transfer.source_unit_id = stay.unit_id
    _write(actor, transfer, letter, target, today)
    noted(actor, transfer, "sent_again", today)
    return transfer


@service
def transfer_withdraw(*, actor: Actor, transfer_id: int, reason: str, today: date) -> Transfer:
    """Take the letter back before anybody has received it: nothing has changed for the person.

    Raises:
        Refused: it is not under way any more, or no reason is given.
        Denied: the person is not the actor's to change.
    """
    transfer = of_sender(actor, transfer_id, *OPEN)
    reason_needed(reason)
    transfer.state = WITHDRAWN
    transfer.save()
    noted(actor, transfer, "withdrawn", today, reason)
    return transfer


def _standing_against(person: Person) -> list[Finding]:
    """Another transfer under way: a person is sent only once at a time."""
    other = Transfer.objects.filter(person=person, state__in=OPEN).first()
    if other is None:
        return []
    facts = {"number": other.letter_number, "on": other.letter_on}
    return [Finding("transfers.open_already", field="kind", facts=facts)]


def _objections(letter: Letter, stay: Stay, target: int | None, today: date) -> list[Finding]:
    findings = check_sending(
        Sending(
            kind=letter.kind,
            decided_on=letter.decided_on,
            letter_number=letter.paper.number,
            letter_on=letter.paper.date or today,
            has_target=bool(letter.target_code.strip()),
            place=letter.place,
            same_grassroots=selectors.same_grassroots(stay.unit_id, target, today),
            purpose=letter.purpose,
            until=letter.until,
            unresolved=letter.unresolved,
        ),
        today=today,
    )
    if letter.target_code.strip() and target is None:
        findings.append(Finding("transfers.no_such_target", field="target", value=letter.target_code))
    elif target is not None and int(organisation.structure().ids[target]) == stay.unit_id:
        findings.append(Finding("members.same_unit", field="target"))
    guest = GuestStay.objects.filter(person_id=stay.person_id, during__contains=today).first()
    if guest is not None:
        until = guest.during.upper
        findings.append(Finding("transfers.is_guest", field="kind", facts={"until": until}))
    return findings


def _write(actor: Actor, transfer: Transfer, letter: Letter, target: int | None, today: date) -> None:
    transfer.kind, transfer.decided_on, transfer.until = letter.kind, letter.decided_on, letter.until
    transfer.purpose = letter.purpose if letter.kind == TEMPORARY else ""
    transfer.target_unit_id = None if target is None else int(organisation.structure().ids[target])
    transfer.place = clean(letter.place)
    transfer.letter_number, transfer.letter_body = clean(letter.paper.number), clean(letter.paper.body)
    transfer.letter_on = letter.paper.date or today
    transfer.state, transfer.sent_on, transfer.sent_by, transfer.seq = SENT, today, actor.name, current_seq()
    transfer.save()
