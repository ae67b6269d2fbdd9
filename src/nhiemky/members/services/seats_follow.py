"""What an entry of the ledger does to the seats a person holds: who leaves an organisation leaves its bodies.

Source: Điều lệ Đảng, điều 13 (from memory, to be confirmed): a member of a committee who moves out of its organisation
leaves the committee in office there.
"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Lower, Upper

from nhiemky.domain.findings import Finding
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.organisation import selectors as organisation


def cut(seats: QuerySet[Seat], on: date, **more: object) -> int:
    """End seats on the day, keeping the end that was planned."""
    return seats.update(planned_until=Upper("during"), during=_days(Value(on)), **more)


def uncut(seats: QuerySet[Seat]) -> int:
    """Let seats go on to the end that was planned."""
    return seats.update(during=_days(F("planned_until")), planned_until=None, closed_by=None)


def _days(end: object) -> Func:
    return Func(Lower("during"), end, function="daterange", output_field=DateRangeField())


def inside(unit_id: int, cell_id: int, on: date) -> bool:
    """Whether the cell stands in the unit's subtree on the day."""
    structure = organisation.structure()
    return bool(structure.tree(on).inside(structure.index[unit_id])[structure.index[cell_id]])


def _lost(person: Person, target_id: int | None, on: date) -> list[Seat]:
    """Seats held on the day or later in bodies to whose unit the person no longer belongs."""
    held = Seat.objects.filter(person=person, during__endswith__gt=on).select_related("term__body__unit")
    return [s for s in held if target_id is None or not inside(s.term.body.unit_id, target_id, on)]


def objections(person: Person, target_id: int | None, on: date) -> list[Finding]:
    """Seats that begin on the day or later would be held by somebody who has left."""
    return [
        Finding("members.seat_begins_later", field="on", facts={"unit": s.term.body.unit.code, "start": s.during.lower})
        for s in _lost(person, target_id, on)
        if s.during.lower >= on
    ]


def end_with(movement: Movement, person: Person) -> int:
    """End the seats that the person leaves behind by the entry; their number."""
    lost = [seat.pk for seat in _lost(person, movement.to_unit_id, movement.on)]
    return cut(Seat.objects.filter(pk__in=lost), movement.on, closed_by=movement)


def objections_to_reverse(wrong: Movement) -> list[Finding]:
    """Seats given since on the ground of the entry, and seats it ended that somebody else holds by now."""
    findings = [
        Finding("members.seat_begins_later", facts={"unit": s.term.body.unit.code, "start": s.during.lower})
        for s in _lost(wrong.person, wrong.from_unit_id, wrong.on)
        if s.during.lower >= wrong.on
    ]
    for seat in Seat.objects.filter(closed_by=wrong).select_related("term__body__unit"):
        others = Seat.objects.filter(term=seat.term, during__endswith__gt=wrong.on)
        taken = others.count() >= seat.term.seats
        if taken or (seat.post == "secretary" and others.filter(post="secretary").exists()):
            findings.append(Finding("members.seat_taken_since", facts={"unit": seat.term.body.unit.code}))
    return findings


def reopen(wrong: Movement) -> int:
    """Give back the seats that the entry ended."""
    return uncut(Seat.objects.filter(closed_by=wrong))
