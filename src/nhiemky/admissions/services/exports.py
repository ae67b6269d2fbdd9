"""Lists and files that leave the system: once outside, nothing else tells who has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nhiemky.admissions import selectors
from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor


@service
def list_exported(*, actor: Actor, unit_id: int | None, unit_code: str, rows: int, facts: Mapping[str, object]) -> None:
    """Note that a spreadsheet of cases was made; without a unit, of everybody the actor may see."""
    told = {**facts, "rows": rows}
    record("admissions.list_exported", actor=actor, subject=unit_code or "*", unit_id=unit_id, facts=told)


@service
def papers_exported(*, actor: Actor, case_id: int, papers: str, today: date) -> None:
    """Note that a form, or the whole file of a case, was taken along."""
    _case, standing = selectors.visible_case(actor, case_id, today)
    facts = {"papers": papers}
    record("admissions.papers_exported", actor=actor, subject=case_id, unit_id=standing.unit_id, facts=facts)
