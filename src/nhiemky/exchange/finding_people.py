"""Who in the register a line of a spreadsheet is: by number, else by name and day of birth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from nhiemky.domain.access import Actor
from nhiemky.domain.exchange.rows import Line
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.particulars import UNIQUE
from nhiemky.domain.names import name_key
from nhiemky.members import identity
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.selectors import VIEW
from nhiemky.members.services import particulars

# A look into the index for each name: over many names at once the planner would rather read the whole table.
_NAMESAKES = r"""SELECT p.name_key, p.id FROM unnest(string_to_array(%s, E'\n')) n
    CROSS JOIN LATERAL (SELECT name_key, id FROM members_person WHERE name_key = n OFFSET 0) p ORDER BY p.id"""


@dataclass(frozen=True, slots=True)
class Match:
    """The person, None for somebody new; or why that cannot be told."""

    person: Person | None = None
    finding: Finding | None = None


@dataclass
class Register:
    """What the register knows of the people whom the lines may mean."""

    people: dict[int, Person]
    by_number: dict[str, dict[str, int]]
    by_name: dict[str, list[int]]
    stays: dict[int, Stay]
    counting: set[int]


def known(lines: Sequence[Line]) -> Register:
    """Everybody with a number or a name of the lines, in a handful of queries whatever their number."""
    by_number = {
        key: particulars.known(key, list({str(line.values[key]) for line in lines if key in line.values}))
        for key in UNIQUE
    }
    names = {name_key(str(line.values["full_name"])) for line in lines if "full_name" in line.values}
    by_name: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMESAKES, ["\n".join(names)])
        for name, person in cursor.fetchall():
            by_name.setdefault(name, []).append(person)
    ids = {person for found in by_number.values() for person in found.values()}
    ids |= {person for found in by_name.values() for person in found}
    people = {person.pk: person for person in Person.objects.extra(where=["id = ANY(%s)"], params=[list(ids)])}
    return Register(people, by_number, by_name, _stays(ids), _counting(ids))


def _stays(ids: Iterable[int]) -> dict[int, Stay]:
    found = Stay.objects.filter(during__upper_inf=True).extra(where=["person_id = ANY(%s)"], params=[list(ids)])
    return {stay.person_id: stay for stay in found}


def _counting(ids: Iterable[int]) -> set[int]:
    found = Movement.objects.filter(reverses=None, reversed_by=None).extra(
        where=["members_movement.person_id = ANY(%s)"], params=[list(ids)]
    )
    return set(found.values_list("person_id", flat=True))


class Finder:
    """Finds the person of each line, as far as the actor may know of them."""

    def __init__(self, actor: Actor, register: Register) -> None:
        self.scope, self.register = actor.scope(VIEW), register

    def find(self, line: Line, unit_id: int | None) -> Match:
        """Numbers first: they belong to one person. Then name and birth, and the unit where these are not enough."""
        ids = {
            key: self.register.by_number[key][str(line.values[key])]
            for key in UNIQUE
            if str(line.values.get(key, "")) in self.register.by_number[key]
        }
        if len(set(ids.values())) > 1:
            return Match(finding=Finding("exchange.two_people", field="identity_number"))
        if ids:
            key, person_id = next(iter(ids.items()))
            return self._by_number(line, key, self.register.people[person_id])
        found = [person for person in self._namesakes(line) if self._may_be(line, person)]
        if len(found) > 1:
            found = [person for person in found if person.last_unit_id == unit_id] or found
        if len(found) > 1:
            facts = {"names": [f"{person.full_name} (no. {person.pk})" for person in found[:5]]}
            return Match(finding=Finding("exchange.ambiguous", field="full_name", facts=facts))
        return Match(found[0]) if found else Match()

    def _by_number(self, line: Line, key: str, person: Person) -> Match:
        if person.last_unit_id is not None and person.last_unit_id not in self.scope:
            value = str(line.values[key])
            return Match(finding=particulars.known_number(key, value))
        name = name_key(str(line.values.get("full_name", person.full_name)))
        if name != person.name_key and not self._same_birth(line, person):
            facts = {"name": person.full_name}
            return Match(finding=Finding("exchange.other_person", field=key, facts=facts))
        return Match(person)

    def _namesakes(self, line: Line) -> list[Person]:
        ids = self.register.by_name.get(name_key(str(line.values.get("full_name", ""))), ())
        people = [self.register.people[person_id] for person_id in ids]
        return [
            person
            for person in people
            if (person.last_unit_id is None or person.last_unit_id in self.scope) and self._same_birth(line, person)
        ]

    def _same_birth(self, line: Line, person: Person) -> bool:
        born = line.values.get("birth_date")
        if not isinstance(born, date):
            return False
        if line.values.get("birth_year_only") or person.birth_year_only:
            return born.year == person.birth_date.year
        return born == person.birth_date

    def _may_be(self, line: Line, person: Person) -> bool:
        """Not somebody with another identity number."""
        number = str(line.values.get("identity_number", ""))
        return not number or person.identity_mark is None or bytes(person.identity_mark) == identity.mark(number)
