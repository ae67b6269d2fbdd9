"""Lists that leave the system: once outside, nothing else tells who has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.members.services.reading import readings_note


@service
def list_exported(
    *,
    actor: Actor,
    unit_id: int | None,
    unit_code: str,
    rows: int,
    facts: Mapping[str, object],
    numbers_of: Collection[int] = (),
) -> None:
    """Note that a spreadsheet of members was made; without a unit, of everybody the actor may see.

    `numbers_of` are the ids of the people whose identity numbers stand in it: each of them is told (docs/adr/022).
    """
    readings_note(actor=actor, person_ids=numbers_of, what="list")
    told = {**facts, "unit": unit_code, "rows": rows}
    record("members.list_exported", actor=actor, subject=unit_code or "*", unit_id=unit_id, facts=told)
