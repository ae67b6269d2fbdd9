"""The register forgets who somebody was: the person's own row. Histories are emptied by the part that decides it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.members.particulars import FORGOTTEN, PARTICULAR
from nhiemky.domain.names import fold, name_key
from nhiemky.domain.rights.shredding import IDENTIFYING, coarsened
from nhiemky.members.models import Movement, Person


@service
def people_forget(*, actor: Actor, person_ids: Collection[int], decision: str) -> int:
    """Empty what tells who these people were; what figures are counted by stays. The caller asked who may.

    The birthday becomes the earliest one with which no counted age changes (`domain.rights.shredding`).
    """
    people = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=person_ids))
    days = entry_days(person_ids)
    for person in people:
        _forget(person, days[person.pk])
    fields = ["full_name", "name_key", "folded", "birth_date", "birth_year_only", "identity_sealed", "identity_mark"]
    Person.objects.bulk_update(people, [*fields, *_EMPTIED, "changed", "forgotten"], batch_size=500)
    units = sorted({person.last_unit_id for person in people if person.last_unit_id is not None})
    facts = {"people": len(people), "decision": decision}
    record("members.people_forgotten", actor=actor, units=units, facts=facts)
    return len(people)


def entry_days(person_ids: Collection[int]) -> dict[int, list[date]]:
    """The days of each one's own entries: ages are counted on them."""
    days: dict[int, list[date]] = {person_id: [] for person_id in person_ids}
    for person_id, on in Movement.objects.filter(person_id__in=person_ids).values_list("person_id", "on"):
        days[person_id].append(on)
    return days


def refuse_forgotten(person: Person) -> None:
    """Nothing is written of whose data were shredded: figures would change, or somebody be known again.

    Raises:
        Refused: they were.
    """
    if person.forgotten is not None:
        raise Refused(Finding("members.forgotten"))


_EMPTIED = [key for key in IDENTIFYING if PARTICULAR[key].kind == "text" and not PARTICULAR[key].sealed]
_EMPTIED.remove("full_name")


def _forget(person: Person, days: Iterable[date]) -> None:
    person.full_name, person.name_key, person.folded = FORGOTTEN, name_key(FORGOTTEN), fold(FORGOTTEN)
    person.birth_date, person.birth_year_only = coarsened(person.birth_date, days), True
    person.identity_sealed = person.identity_mark = None
    for key in _EMPTIED:
        setattr(person, key, "")
    person.changed = person.forgotten = current_seq()
