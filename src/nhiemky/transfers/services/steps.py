"""What every act on a transfer does: fetch it under the right of its side, add a step, record the event."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import current_seq, record
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean
from nhiemky.transfers.models import Transfer, TransferStep

WRITE = "members.write"


def of_sender(actor: Actor, transfer_id: int, *states: str) -> Transfer:
    """The transfer, for the office of the unit the person is in.

    Raises:
        Denied: that unit is not the actor's to write for.
        Refused: the transfer is in none of the states.
    """
    transfer = _locked(transfer_id)
    actor.require(WRITE, _home(transfer))
    return _in_state(transfer, states)


def of_receiver(actor: Actor, transfer_id: int, *states: str) -> Transfer:
    """The transfer, for the addressed office; where the letter goes out of the system the sender speaks for it."""
    transfer = _locked(transfer_id)
    actor.require(WRITE, _home(transfer) if transfer.target_unit_id is None else transfer.target_unit_id)
    return _in_state(transfer, states)


def _locked(transfer_id: int) -> Transfer:
    found = Transfer.objects.select_related("person").select_for_update(of=("self",)).filter(pk=transfer_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_transfer", status=404)
    return found


def _home(transfer: Transfer) -> int:
    return transfer.person.last_unit_id or transfer.source_unit_id


def _in_state(transfer: Transfer, states: tuple[str, ...]) -> Transfer:
    if transfer.state not in states:
        raise Refused(Finding("transfers.not_in_state", facts={"number": transfer.letter_number}))
    return transfer


def noted(actor: Actor, transfer: Transfer, act: str, on: date, text: str = "") -> TransferStep:
    """Add the step and record the event, for the auditors of both sides."""
    step = TransferStep.objects.create(
        transfer=transfer, act=act, on=on, target_unit_id=transfer.target_unit_id, text=clean(text),
        user_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    units = {transfer.source_unit_id, _home(transfer), transfer.target_unit_id} - {None}
    facts = {"number": transfer.letter_number, "kind": transfer.kind, "on": on, "transfer": transfer.pk}
    if step.text:
        facts["reason"] = step.text
    about = transfer.person_id
    record(f"transfers.transfer_{act}", actor=actor, subject=about, units=[u for u in units if u], facts=facts)
    return step


def reason_needed(reason: str) -> None:
    """Raise `Refused` where no reason was given."""
    if not clean(reason):
        raise Refused(Finding("transfers.reason_missing", field="reason"))
