"""What transfers hold about one person, for that person (`members.held.Provider`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nhiemky.members.held import Section, paper, unit_name
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.transfers.models import Transfer, TransferStep
from nhiemky.transfers.wording import ACTS, PURPOSES, STATES, kind_name


def held(person: Person, view: View) -> Iterator[Section]:
    """Letters, every step of each with what was said, and stays as a guest."""
    yield _letters(person, view)
    heads = {"letter": _("Letter"), "on": _("Day"), "act": _("Step"), "to": _("To"), "text": _("Reason"),
             "by": _("By")}  # fmt: skip
    steps = TransferStep.objects.filter(transfer__person=person).select_related("transfer").order_by("-seq")
    yield Section.of("transfer_steps", _("Steps of transfers"), heads, (
        (s.transfer.letter_number, s.on, str(ACTS[s.act]), unit_name(view, s.target_unit_id, s.on), s.text,
         s.user_name) for s in steps
    ))  # fmt: skip
    heads = {"from": _("From"), "until": _("Until"), "unit": _("Guest of")}
    stays = person.guest_stays.select_related("transfer").order_by("-during")
    yield Section.of("guest_stays", _("Temporary stays as a guest"), heads, (
        (s.during.lower, s.during.upper, unit_name(view, s.unit_id) or s.transfer.place) for s in stays
    ))  # fmt: skip


def _letters(person: Person, view: View) -> Section:
    heads = {
        "letter": _("Letter"), "letter_on": _("Day of the letter"), "body": _("Body"), "decided_on": _("Decided on"),
        "kind": _("Kind"), "purpose": _("Purpose"), "from": _("From"), "to": _("To"), "until": _("Until"),
        "state": _("State"), "sent_on": _("Sent on"), "by": _("Sent by"), "received_on": _("Received on"),
    }  # fmt: skip
    letters = person.transfers.order_by("-letter_on", "-pk")
    return Section.of("transfers", _("Transfers"), heads, (_letter(one, view) for one in letters))


def _letter(one: Transfer, view: View) -> tuple[object, ...]:
    return (
        one.letter_number, one.letter_on, paper(one.letter_body), one.decided_on, kind_name(one.kind),
        str(PURPOSES.get(one.purpose, "")), unit_name(view, one.source_unit_id, one.letter_on),
        unit_name(view, one.target_unit_id, one.letter_on) or one.place, one.until, str(STATES[one.state]), one.sent_on,
        one.sent_by, one.received_on,
    )  # fmt: skip
