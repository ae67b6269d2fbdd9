"""All entries of a person taken back at once, and exactly those booked again: what a merge does, and its undoing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.members import selectors
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.services import en_bloc
from nhiemky.members.services.forgetting import refuse_forgotten
from nhiemky.members.services.ledger import WRITE
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Reorganisation

# What an entry does not share with the one that is booked again after it.
_OWN = ("id", "reverses_id", "reason", "seq")
_DAYS = ("decided_on", "admitted_on", "official_on")


@dataclass(frozen=True)
class Taken:
    """An entry that was taken back, with the standing and exemption that began with it; empty where it left."""

    movement: int
    standing: str
    exempt: bool


@service
def entries_take_back(*, actor: Actor, person_id: int, reason: str) -> list[Taken]:
    """Take back every entry of the person that counts, from the last to the first; answers them, the first one first.

    Unlike `movement_reverse` it takes the entries of reorganisations back, too: nothing remains that they could follow.

    Raises:
        Refused: the person holds or held a seat of a body, or there is nothing to take back.
        Denied: the person, or a unit of one of the entries, is not the actor's to change.
    """
    person = _locked(actor, person_id)
    entries = list(selectors.that_count(person).order_by("-on", "-pk"))
    _require_all(actor, entries)
    refuse_if_any(_objections(person, entries, clean(reason)))
    standings = {stay.opened_by_id: stay for stay in Stay.objects.filter(person=person)}
    taken = []
    for entry in entries:
        stay = standings.get(entry.pk)
        taken.append(Taken(entry.pk, stay.standing if stay else "", bool(stay and stay.exempt)))
        en_bloc.take_back(entry, clean(reason))
    person.changed = current_seq()
    person.save()
    facts = {"entries": len(taken), "reason": clean(reason), "person": person.pk}
    record("members.entries_taken_back", actor=actor, subject=person.pk, units=_units(entries), facts=facts)
    return taken[::-1]


def _locked(actor: Actor, person_id: int) -> Person:
    selectors.visible_person(actor, person_id, WRITE)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    refuse_forgotten(person)
    return person


def _objections(person: Person, entries: Sequence[Movement], reason: str) -> list[Finding]:
    findings = [
        Finding("members.seat_hangs", facts={"unit": seat.term.body.unit.code, "start": seat.during.lower})
        for seat in person.seats.select_related("term__body__unit").order_by("during")
    ]
    if not entries:
        findings.append(Finding("members.no_entries"))
    if not reason:
        findings.append(Finding("members.reason_missing", field="reason"))
    return findings


def _require_all(actor: Actor, entries: Sequence[Movement]) -> None:
    for unit_id in _units(entries):
        actor.require(WRITE, unit_id)


def _units(entries: Sequence[Movement]) -> list[int]:
    return sorted({unit for entry in entries for unit in (entry.from_unit_id, entry.to_unit_id) if unit is not None})


@service
def entries_book_again(
    *, actor: Actor, person_id: int, taken: Sequence[Taken], days: dict[str, date | None], today: date
) -> dict[int, int]:
    """Book exactly the entries that were taken back, with their papers and standings; answers which stands for which.

    Decisions that came since move the person on as they move everybody. `days` are the person's three dates.

    Raises:
        Refused: the person has entries by now, or a reorganisation among them has been undone since.
        Denied: the person, or a unit of one of the entries, is not the actor's to change.
    """
    person = _locked(actor, person_id)
    found = Movement.objects.select_related("reorganisation").in_bulk([one.movement for one in taken])
    entries = [found[one.movement] for one in taken]
    _require_all(actor, entries)
    refuse_if_any(_objections_to_again(person, entries))
    again = {entry.pk: _again(entry, one).pk for entry, one in zip(entries, taken, strict=True)}
    for name in _DAYS:
        setattr(person, name, days[name])
    en_bloc.follow(person)
    en_bloc.place_today(person, today)
    person.changed = current_seq()
    person.save()
    facts = {"entries": len(entries), "person": person.pk}
    record("members.entries_booked_again", actor=actor, subject=person.pk, units=_units(entries), facts=facts)
    return again


def _objections_to_again(person: Person, entries: Sequence[Movement]) -> list[Finding]:
    findings = []
    if selectors.that_count(person).exists():
        findings.append(Finding("members.has_entries_again"))
    held = organisation.structure()
    for entry in entries:
        by = entry.reorganisation
        if by is not None and by.status != Reorganisation.APPLIED:
            findings.append(Finding("members.reorganisation_undone", facts={"number": by.number, "on": entry.on}))
        unit = entry.to_unit_id
        if unit is not None and held.version(held.index[unit], entry.on) is None:
            facts = {"unit": held.codes[held.index[unit]], "on": entry.on}
            findings.append(Finding("members.unit_ended", facts=facts))
    return findings


def _again(entry: Movement, one: Taken) -> Movement:
    copied = {field.attname: getattr(entry, field.attname) for field in Movement._meta.concrete_fields}
    for name in _OWN:
        del copied[name]
    movement = Movement.objects.create(**copied, seq=current_seq())
    if entry.from_unit_id is not None:
        en_bloc.close_stay(movement)
    if one.standing and entry.to_unit_id is not None:
        Stay.objects.create(
            person_id=entry.person_id, unit_id=entry.to_unit_id, standing=one.standing, exempt=one.exempt,
            during=DateRange(entry.on, None), opened_by=movement,
        )  # fmt: skip
    return movement


def as_rows(taken: Sequence[Taken]) -> list[dict[str, Any]]:
    """For keeping as JSON."""
    return [asdict(one) for one in taken]


def from_rows(rows: Sequence[dict[str, Any]]) -> list[Taken]:
    """As `as_rows` gave them."""
    return [Taken(**row) for row in rows]
