"""The receiver's side: confirm that somebody has come, or return the letter; and how stays elsewhere end."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.audit.services import service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.periods import DAY
from nhiemky.domain.transfers.checks import check_receipt
from nhiemky.domain.transfers.kinds import ABROAD, KIND, RECEIVED, RETURNED, SENT
from nhiemky.domain.transfers.limits import day_of_entry
from nhiemky.members.models import Movement
from nhiemky.members.services import ledger
from nhiemky.members.services.ledger import Consent, Paper
from nhiemky.organisation import selectors as organisation
from nhiemky.transfers import selectors
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.services.steps import WRITE, noted, of_receiver, reason_needed


@service
def transfer_receive(*, actor: Actor, transfer_id: int, on: date, today: date, unit_code: str = "") -> Transfer:
    """Confirm that the person has come: the ledger's entry is booked, or the stay as a guest begins.

    `unit_code` is the cell of the addressed organisation; where the letter goes out of the system, none is given and
    the sending office confirms by the paper it got back.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the addressed organisation, or the cell, is not the actor's to write for.
    """
    transfer = of_receiver(actor, transfer_id, SENT)
    findings = check_receipt(transfer.letter_on, on, today=today)
    if not selectors.still_where_sent(transfer, today):
        findings.append(Finding("transfers.moved_since", field="on"))
    if transfer.target_unit_id is not None:
        findings += _check_cell(actor, transfer, unit_code, on)
    refuse_if_any(findings)
    if KIND[transfer.kind].moves:
        transfer.movement = _booked(actor, transfer, on, unit_code, today)
    transfer.state, transfer.received_on = RECEIVED, on
    transfer.save()
    if not KIND[transfer.kind].moves:
        _begin_stay(transfer, on, unit_code)
    noted(actor, transfer, "received", on)
    return transfer


def _booked(actor: Actor, transfer: Transfer, on: date, unit_code: str, today: date) -> Movement:
    """The ledger's entry; the sender's recorded word stands for the right over where the person comes from."""
    inside = transfer.target_unit_id is not None
    return ledger.movement_book(
        actor=actor,
        person_id=transfer.person_id,
        kind="transfer_within" if inside else "transfer_out",
        on=day_of_entry(transfer.letter_on, on),
        paper=Paper(transfer.letter_number, transfer.letter_on, transfer.letter_body),
        today=today,
        unit_code=unit_code if inside else "",
        place=transfer.place,
        consent=Consent(transfer.sent_by, transfer.seq) if inside else None,
    )


def _check_cell(actor: Actor, transfer: Transfer, unit_code: str, on: date) -> list[Finding]:
    """The cell must belong to the addressed organisation, or to what has become of it."""
    place = organisation.visible_position(actor, unit_code.strip(), WRITE)
    assert transfer.target_unit_id is not None
    if selectors.belongs_to(place, transfer.target_unit_id, on):
        return []
    return [Finding("transfers.other_organisation", field="unit", value=unit_code)]


def _begin_stay(transfer: Transfer, on: date, unit_code: str) -> None:
    held = organisation.structure()
    unit_id = int(held.ids[held.by_code[unit_code.strip()]]) if transfer.target_unit_id is not None else None
    assert transfer.until is not None
    if on >= transfer.until:
        raise Refused(Finding("transfers.stay_over", field="on", facts={"until": transfer.until}))
    if unit_id is not None and not selectors.holds_members(unit_id, on):
        raise Refused(Finding("members.no_such_cell", field="unit", facts={"on": on}))
    during = DateRange(on, transfer.until)
    if GuestStay.objects.filter(person_id=transfer.person_id, during__overlap=during).exists():
        raise Refused(Finding("transfers.stays_overlap", field="on"))
    GuestStay.objects.create(transfer=transfer, person_id=transfer.person_id, unit_id=unit_id, during=during)


@service
def transfer_return(*, actor: Actor, transfer_id: int, reason: str, today: date) -> Transfer:
    """Send the letter back: the person stays where they are, and the sender sends again or withdraws.

    Raises:
        Refused: it is not with the receiver, or no reason is given.
        Denied: the addressed organisation is not the actor's to write for.
    """
    transfer = of_receiver(actor, transfer_id, SENT)
    reason_needed(reason)
    transfer.state = RETURNED
    transfer.save()
    noted(actor, transfer, "returned", today, reason)
    return transfer


@service
def stay_end(*, actor: Actor, transfer_id: int, on: date, reason: str, today: date) -> Transfer:
    """End a temporary stay before its planned day; the host's office does, or the person's own.

    Raises:
        Refused: the day does not lie inside the stay or has not come, or no reason is given.
        Denied: neither side is the actor's to write for.
    """
    transfer = selectors.visible_transfer(actor, transfer_id, WRITE)
    stay = GuestStay.objects.filter(transfer=transfer).first()
    reason_needed(reason)
    if stay is None or not stay.during.lower < on < stay.during.upper or on > today:
        facts = {} if stay is None else {"start": stay.during.lower, "last": stay.during.upper - DAY, "today": today}
        raise Refused(Finding("transfers.end_outside" if facts else "transfers.no_stay", field="on", facts=facts))
    stay.during = DateRange(stay.during.lower, on)
    stay.save()
    noted(actor, transfer, "ended", on, reason)
    return transfer


@service
def abroad_return(*, actor: Actor, transfer_id: int, on: date, unit_code: str, paper: Paper, today: date) -> Transfer:
    """Somebody who was transferred abroad is back: the ledger takes them in again.

    Raises:
        Refused: the person was not transferred abroad, is back already, or a rule stands against it.
        Denied: the person, or the cell they come to, is not the actor's to change.
    """
    transfer = of_receiver(actor, transfer_id, RECEIVED)
    back = Movement.objects.filter(transfer_back=transfer, reversed_by=None).exists()
    if transfer.kind != ABROAD or back:
        raise Refused(Finding("transfers.not_abroad", field="on"))
    transfer.return_movement = ledger.movement_book(
        actor=actor, person_id=transfer.person_id, kind="transfer_in", on=on, paper=paper, today=today,
        unit_code=unit_code, place=transfer.place,
    )  # fmt: skip
    transfer.save()
    noted(actor, transfer, "came_back", on)
    return transfer
