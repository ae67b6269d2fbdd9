"""Whatever other parts keep of a person and must go along when two records of one person become one.

Parts above this one carry; `config/wiring.py` lists them. Objections of all are gathered before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.members import selectors
from nhiemky.members.models import Movement, Person

Rows = dict[str, list[Any]]
"""What was carried, for keeping as JSON: numbers of rows and of entries, no particulars."""


class Carrier(Protocol):
    """One part's side of a merge."""

    @property
    def models(self) -> tuple[type[Model], ...]:
        """Whose rows it carries; rows of others stand against a merge."""

    def objections(self, kept: Person, dropped: Person) -> Iterable[Finding]:
        """What would contradict itself if both were one, and what to do about it."""

    def carry(self, actor: Actor, kept: Person, dropped: Person) -> Rows:
        """Give the kept person what is kept of the dropped one. Their entries are taken back after this."""

    def give_back(self, actor: Actor, kept: Person, dropped: Person, rows: Rows, again: Mapping[int, int]) -> int:
        """Undo exactly that, but for what has gone on since; answers how much stays with the kept person.

        `again` leads from each entry that was taken back to the one that was booked in its place.
        """


def carriers() -> dict[str, Carrier]:
    """All carriers by their part, in the order of the wiring."""
    return {path.split(".")[1]: cast(Carrier, import_string(path)) for path in settings.NHIEMKY_CARRIERS}


def same_entry(person: Person, entry: Movement) -> Movement | None:
    """The entry of the person that counts and says what this one says: kind, day and units."""
    said = {"kind": entry.kind, "on": entry.on, "from_unit": entry.from_unit_id, "to_unit": entry.to_unit_id}
    return selectors.that_count(person).filter(**said).first()


def counts(entry: Movement | None) -> bool:
    """Whether there is an entry that was not taken back."""
    return entry is not None and not Movement.objects.filter(reverses=entry).exists()


def rows_carry(actor: Actor, model: type[Model], kept: Person, dropped: Person) -> list[int]:
    """Give the kept person every row of the model that names the dropped one; answers which."""
    rows = model._default_manager.filter(person=dropped)
    ids = sorted(rows.values_list("pk", flat=True))
    rows.update(person=kept)
    return ids


def rows_give_back(actor: Actor, model: type[Model], ids: Iterable[int], kept: Person, dropped: Person) -> None:
    """Give them back, as far as they are still there and the kept person's."""
    model._default_manager.filter(pk__in=list(ids), person=kept).update(person=dropped)
