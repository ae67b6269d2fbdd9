"""People follow their cells: entries that a reorganisation makes for everybody, also for who is entered late.

An entry may be dated before a reorganisation that has moved the person since, or be made before one that takes effect
later. The entries of reorganisations after it are then taken back, and made again from where the person then is.
"""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from nhiemky.audit.services import current_seq
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.members import selectors
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.ways import Ways
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import EnBloc, Reorganisation

_AGAIN = "made again"


def holds_members(place: int, on: date) -> bool:
    """Whether people can belong to the unit on the day."""
    version = organisation.structure().version(place, on)
    return version is not None and KIND[version.kind].has_members


def _way(unit_id: int, on: date) -> EnBloc | None:
    """Where the people of the unit go by a reorganisation after the day."""
    found = EnBloc.objects.select_related("reorganisation").filter(
        source_id=unit_id, reorganisation__status=Reorganisation.APPLIED, reorganisation__effective_on__gt=on
    )
    return found.order_by("reorganisation__effective_on").first()


def objections(unit_id: int, on: date, ways: Ways | None = None) -> list[Finding]:
    """Why nobody can be entered into the unit on the day: it ends, or is no cell any more, and nobody said whereto."""
    structure = organisation.structure()
    while True:
        place, way = structure.index[unit_id], ways.next(unit_id, on) if ways else _way(unit_id, on)
        until = way.reorganisation.effective_on if way else None
        facts: dict[str, object] = {"unit": structure.codes[place]}
        for version in structure.versions[place]:
            if version.during.start > on and not KIND[version.kind].has_members:
                facts["on"] = version.during.start
                return [Finding("members.cell_becomes_other", field="unit", facts=facts)]
        end = structure.versions[place][-1].during.end
        if end is not None and end != until:
            facts["on"] = end
            return [Finding("members.cell_ends", field="unit", facts=facts)]
        if way is None:
            return []
        unit_id, on = way.target_id, way.reorganisation.effective_on


def open_stay(movement: Movement, standing: str, exempt: bool) -> Stay:
    """The stay that begins with the entry."""
    assert movement.to_unit_id is not None
    return Stay.objects.create(
        person_id=movement.person_id,
        unit_id=movement.to_unit_id,
        standing=standing,
        exempt=exempt,
        during=DateRange(movement.on, None),
        opened_by=movement,
    )


def close_stay(movement: Movement) -> Stay:
    """The stay that ends with the entry."""
    stay = Stay.objects.get(person_id=movement.person_id, during__upper_inf=True)
    stay.during, stay.closed_by = DateRange(stay.during.lower, movement.on), movement
    stay.save()
    return stay


def follow(person: Person) -> None:
    """Book the entries of every reorganisation that moves the person on from where they are now."""
    stay = Stay.objects.filter(person=person, during__upper_inf=True).first()
    while stay is not None and (way := _way(stay.unit_id, stay.during.lower)) is not None:
        by = way.reorganisation
        movement = Movement.objects.create(
            person=person,
            kind="en_bloc",
            on=by.effective_on,
            from_unit_id=way.source_id,
            to_unit_id=way.target_id,
            paper_number=by.number,
            paper_date=by.decided_on,
            paper_body=by.body,
            reorganisation=by,
            seq=current_seq(),
        )
        closed = close_stay(movement)
        stay = open_stay(movement, closed.standing, closed.exempt)


def set_aside(person: Person, on: date) -> None:
    """Take back the entries of reorganisations after the day, the newest first, as long as nothing else follows."""
    while True:
        last = selectors.last_that_counts(person)
        if last is None or last.kind != "en_bloc" or last.on <= on or last.reorganisation_id is None:
            return
        take_back(last, _AGAIN)


def take_back(wrong: Movement, reason: str) -> Movement:
    """The counter-entry of the person's last entry: the stay it opened goes, the one it closed goes on."""
    counter = Movement.objects.create(
        person_id=wrong.person_id,
        kind=wrong.kind,
        on=wrong.on,
        from_unit_id=wrong.from_unit_id,
        to_unit_id=wrong.to_unit_id,
        paper_number=wrong.paper_number,
        reorganisation_id=wrong.reorganisation_id,
        reverses=wrong,
        reason=reason,
        seq=current_seq(),
    )
    Stay.objects.filter(opened_by=wrong).delete()
    reopened = Stay.objects.filter(closed_by=wrong).first()
    if reopened is not None:
        reopened.during, reopened.closed_by = DateRange(reopened.during.lower, None), None
        reopened.save()
    return counter


def place_today(person: Person, today: date) -> None:
    """Look the person up where they are today, or were last; who comes later, where they begin."""
    stays = Stay.objects.filter(person=person).order_by("during")
    until_today = stays.filter(Q(during__contains=today) | Q(during__endswith__lte=today)).last()
    if (stay := until_today or stays.first()) is not None:
        person.last_unit_id = stay.unit_id
