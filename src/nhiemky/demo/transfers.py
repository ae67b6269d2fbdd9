"""Transfers in the communes of the cast: to be received, lost, returned, received, temporary and abroad."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.periods import day_number
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors
from nhiemky.transfers.services import receiving, sending
from nhiemky.transfers.services.sending import Letter

AN_PHU, TRA_BONG = "X25-21034", "X25-21115"
# Nobody with an entry within so many days: a letter must not be overtaken by the ledger.
_QUIET = 400


def write(actor: Actor, today: date) -> None:
    """Send them through the services, each on its own day."""
    out, home = _Office(actor, TRA_BONG, today), _Office(actor, AN_PHU, today)
    for days in (19, 9):
        out.send(days, "official", AN_PHU)
    out.send(81, "official", AN_PHU)
    out.send(30, "abroad", place="Nhật Bản", until=today + timedelta(days=300))
    returned = home.send(25, "official", TRA_BONG)
    because = "Giấy giới thiệu ghi sai số thẻ đảng viên"
    receiving.transfer_return(actor=actor, transfer_id=returned, reason=because, today=today - timedelta(days=12))
    arrived = out.send(40, "official", AN_PHU)
    on = today - timedelta(days=10)  # no day of a reorganisation
    receiving.transfer_receive(actor=actor, transfer_id=arrived, on=on, unit_code=home.cell, today=on)
    for days, purpose, length in ((60, "work", 200), (45, "study", 400)):
        guest = out.send(days, "temporary", AN_PHU, purpose=purpose, until=today + timedelta(days=length - days))
        on = today - timedelta(days=days - 7)
        receiving.transfer_receive(actor=actor, transfer_id=guest, on=on, unit_code=home.cell, today=on)


class _Office:
    """A commune's committee that introduces its people one after the other."""

    def __init__(self, actor: Actor, code: str, today: date) -> None:
        structure, held = selectors.structure(), columns()
        self.actor, self.today, self.number = actor, today, 40
        place, day = structure.by_code[code], day_number(today)
        self.body = structure.name(place, today).replace("Đảng bộ", "Đảng ủy", 1)
        inside = structure.tree(today).inside(place)
        rows = held.stays.on(day)
        rows = rows[inside[held.stays.unit[rows]] & held.stays.official[rows] & ~held.stays.exempt[rows]]
        recent = held.movements.person[held.movements.day > day - _QUIET]
        rows = rows[~np.isin(held.stays.person[rows], recent)]
        seated = set(Person.objects.filter(seats__isnull=False).values_list("pk", flat=True))
        ids = [int(one) for one in held.people.ids[held.stays.person[rows]] if int(one) not in seated]
        self.people = iter(ids)
        versions = ((p, structure.version(p, today)) for p in np.flatnonzero(inside).tolist())
        cells = [p for p, version in versions if version is not None and KIND[version.kind].has_members]
        self.cell = structure.codes[cells[0]]

    def send(
        self, days: int, kind: str, target: str = "", *, place: str = "", purpose: str = "", until: date | None = None
    ) -> int:
        """A letter of so many days ago; the number of the transfer."""
        on, self.number = self.today - timedelta(days=days), self.number + 1
        paper = Paper(f"{self.number}-GT/ĐU", on, self.body)
        letter = Letter(kind, on, paper, target, place, purpose, until)
        sent = sending.transfer_send(actor=self.actor, person_id=next(self.people), letter=letter, today=on)
        return int(sent.pk)
