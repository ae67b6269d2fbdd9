"""What is held about a person, given to that person as a file: recorded, and told on the own page."""

from __future__ import annotations

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person
from nhiemky.members.services.reading import reading_note


@service
def data_exported(*, actor: Actor, person: Person, form: str) -> None:
    """Note that everything held about the person was made into a file: by the member, or for one who came in person."""
    reading_note(actor=actor, person_id=person.pk, what="export")
    own = actor.person_id == person.pk
    facts = {"form": form, "own": own}
    record("rights.data_exported", actor=actor, subject=person.pk, unit_id=person.last_unit_id, facts=facts)
