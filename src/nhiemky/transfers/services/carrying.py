"""What transfers carry along when two records of one person become one: letters, and stays as a guest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.transfers.kinds import OPEN
from nhiemky.members import carrying
from nhiemky.members.models import Movement, Person
from nhiemky.transfers.models import GuestStay, Transfer

_ENTRIES = ("movement", "return_movement")


class TransferCarrier:
    """Implements `members.carrying.Carrier`.

    A letter that was received names the kept person's own entry where the ledger has the same one for them; else it
    keeps naming the one that the merge took back, and its page says so.
    """

    models = (Transfer, GuestStay)

    def objections(self, kept: Person, dropped: Person) -> Iterator[Finding]:
        """Two letters under way; one from where the kept person is not; two stays as a guest at the same time."""
        here = kept.transfers.filter(state__in=OPEN).first()
        for letter in dropped.transfers.filter(state__in=OPEN):
            facts = {"number": letter.letter_number, "on": letter.letter_on}
            if here is not None:
                yield Finding("transfers.merge_both_open", facts={**facts, "other": here.letter_number})
            elif kept.last_unit_id != dropped.last_unit_id:
                yield Finding("transfers.merge_open_elsewhere", facts=facts)
        for stay in dropped.guest_stays.select_related("transfer").order_by("during"):
            for other in kept.guest_stays.select_related("transfer").filter(during__overlap=stay.during):
                numbers = {"number": stay.transfer.letter_number, "other": other.transfer.letter_number}
                yield Finding("transfers.merge_two_stays", facts=numbers)

    def carry(self, actor: Actor, kept: Person, dropped: Person) -> carrying.Rows:
        """All of them, finished ones too; a stay goes with its letter."""
        letters = []
        for letter in dropped.transfers.select_related(*_ENTRIES).order_by("pk"):
            letters.append(_said(letter))
            for name in _ENTRIES:
                setattr(letter, name, _entry(kept, getattr(letter, name), name))
            _give(letter, kept)
        return {"Transfer": letters}

    def give_back(
        self, actor: Actor, kept: Person, dropped: Person, rows: carrying.Rows, again: Mapping[int, int]
    ) -> int:
        """Letters naming the entries booked again; one that went on since stays."""
        stayed = 0
        for said in rows["Transfer"]:
            letter = Transfer.objects.get(pk=said["id"])
            if (letter.state, letter.return_movement_id is None) != (said["state"], said["return_movement"] is None):
                stayed += 1
                continue
            for name in _ENTRIES:
                setattr(letter, f"{name}_id", again.get(said[name], said[name]))
            _give(letter, dropped)
        return stayed


def _give(letter: Transfer, person: Person) -> None:
    letter.person = person
    letter.save(update_fields=["person", *_ENTRIES])
    GuestStay.objects.filter(transfer=letter).update(person=person)


def _said(letter: Transfer) -> dict[str, Any]:
    entries = {name: getattr(letter, f"{name}_id") for name in _ENTRIES}
    return {"id": letter.pk, "state": letter.state, **entries}


def _entry(kept: Person, entry: Movement | None, name: str) -> Movement | None:
    """The kept person's entry that says the same and that no other letter names; else the one there is."""
    if entry is None or not carrying.counts(entry):
        return entry
    same = carrying.same_entry(kept, entry)
    free = same is not None and not Transfer.objects.filter(**{name: same}).exists()
    return same if free else entry


CARRIER = TransferCarrier()
