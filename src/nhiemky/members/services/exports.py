"""Lists that leave the system: once outside, nothing else tells who has them."""

from __future__ import annotations

from collections.abc import Mapping

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor


@service
def list_exported(*, actor: Actor, unit_id: int | None, unit_code: str, rows: int, facts: Mapping[str, object]) -> None:
    """Note that a spreadsheet of members was made; without a unit, of everybody the actor may see."""
    told = {**facts, "unit": unit_code, "rows": rows}
    record("members.list_exported", actor=actor, subject=unit_code or "*", unit_id=unit_id, facts=told)
