"""Writing many tasks at the speed of COPY: with their deliverables and the step that they were given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nhiemky.audit.services import current_seq
from nhiemky.core.copying import copy_rows, take_ids
from nhiemky.domain.access import Actor
from nhiemky.tasks.models import Task

_LEFT_OUT = {"id", "seq"}
_FIELDS = [field for field in Task._meta.concrete_fields if field.name not in _LEFT_OUT]
COLUMNS, ATTRIBUTES = [str(field.column) for field in _FIELDS], [field.attname for field in _FIELDS]


def write_many(actor: Actor, rows: Sequence[Task], titles: Sequence[str], on: date) -> list[int]:
    """A step of a service: append the tasks; their ids."""
    ids, seq = take_ids("tasks_task", len(rows)), current_seq()
    values = (
        [number, seq, *(getattr(row, name) for name in ATTRIBUTES)] for number, row in zip(ids, rows, strict=True)
    )
    copy_rows("tasks_task", ["id", "seq", *COLUMNS], values)
    copy_rows("tasks_deliverable", ("task_id", "title", "file_name", "note"),
              [(number, title, "", "") for number in ids for title in titles])  # fmt: skip
    steps = [(number, "assign", on, "", row.unit_id, actor.name, seq) for number, row in zip(ids, rows, strict=True)]
    copy_rows("tasks_step", ("task_id", "act", "on", "text", "unit_id", "user_name", "seq"), steps)
    return list(ids)
