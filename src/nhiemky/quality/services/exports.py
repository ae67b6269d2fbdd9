"""Taking cases along is recorded."""

from __future__ import annotations

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor


@service
def cases_exported(*, actor: Actor, unit_id: int, unit_code: str, rows: int) -> None:
    """Note who took which unit's open cases along."""
    record("quality.cases_exported", actor=actor, subject=unit_code, unit_id=unit_id, facts={"rows": rows})
