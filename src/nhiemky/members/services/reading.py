"""Who looked at a person: opened a page, made a paper or file, was given an identity number (docs/adr/022).

Noted, and never waiting for a write. Lists without identity numbers are no reading of each person.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.members import identity
from nhiemky.members.models import Person, Reading


@transaction.atomic
def reading_note(*, actor: Actor, person_id: int, what: str) -> None:
    """Note that somebody opened a person's page or identity number. Not in the chain: reading must never wait."""
    Reading.objects.create(person_id=person_id, user_id=actor.user_id, user_name=actor.name, what=what)


_NOTE = """INSERT INTO members_reading (person_id, user_id, user_name, what, at)
           SELECT person, %s, %s, %s, now() FROM unnest(%s::bigint[]) AS person"""


@transaction.atomic
def readings_note(*, actor: Actor, person_ids: Iterable[int], what: str) -> None:
    """The same of several people in one statement: a file with identity numbers may be of a hundred thousand."""
    name = f"{actor.name} ({actor.how})"[:150] if actor.how else actor.name
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [actor.user_id, name, what, list(person_ids)])


def identity_show(*, actor: Actor, person_id: int) -> str:
    """Open an identity number for who holds the right, and note it.

    Raises:
        Denied: 404 outside the subtree, 403 without the right.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.last_unit_id is None:
        raise Denied("members.identity", "no_such_person", status=404)
    actor.require("members.identity", person.last_unit_id)
    reading_note(actor=actor, person_id=person_id, what="identity")
    return identity.shown(person)


@service
def identity_met(*, actor: Actor, unit_id: int) -> None:
    """Note that somebody typed an identity number that the register knows: whoever tries numbers out leaves a trace."""
    record("members.identity_met", actor=actor, unit_id=unit_id)
