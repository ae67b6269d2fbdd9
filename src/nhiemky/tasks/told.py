"""The roll-up as plain data, for the command line: numbers with the rows that they count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from nhiemky.domain.tasks.kinds import GRANTED, OUTCOMES
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks import rollup
from nhiemky.tasks.models import MoreTime, Task


def rolled_up(code: str, year: int, today: date, *, on: date | None = None) -> dict[str, object]:
    """`counts` and `rows` of the tasks due in the year, `carried` of what it took over: as many rows as counted.

    Raises:
        Denied: 404, there is no such unit.
    """
    held, place, day = organisation.structure(), organisation.position(code), on or today
    unit_id = int(held.ids[place])
    return {
        "unit": {"code": code, "name": held.name(place, day)},
        "year": year,
        "on": day.isoformat(),
        **_part(rollup.rollup(unit_id, year, today, on=on), day),
        "carried": _part(rollup.rollup(unit_id, year, today, on=on, carried=True), day),
    }


def _part(found: rollup.RollUp, day: date) -> dict[str, object]:
    """`of_which`: the same work counted at two levels, and tasks whose due day was moved by the day."""
    outcomes = {number: name for name in OUTCOMES for number in getattr(found, name)}
    tasks = Task.objects.in_bulk(list(outcomes))
    codes = _codes(tasks)
    moved = MoreTime.objects.filter(task_id__in=tasks, state=GRANTED, decided_on__lte=day)
    first_due = dict(moved.order_by("-decided_on", "-seq").values_list("task_id", "before"))
    rows = [_row(tasks[number], name, codes, first_due.get(number)) for number, name in outcomes.items()]
    delegated = sum(tasks[number].parent_id in tasks for number in tasks)
    of_which = {"delegated": delegated, "extended": len(first_due)}
    return {"counts": found.counts(), "total": found.total, "of_which": of_which, "rows": rows}


def _codes(tasks: Mapping[int, Task]) -> dict[int, str]:
    held = organisation.structure()
    ids = {unit_id for task in tasks.values() for unit_id in (task.unit_id, task.giver_id)}
    return {unit_id: held.codes[held.index[unit_id]] for unit_id in ids}


def _row(task: Task, outcome: str, codes: Mapping[int, str], first_due: date | None) -> dict[str, Any]:
    return {
        "id": task.pk, "title": task.title, "outcome": outcome, "unit": codes[task.unit_id],
        "giver": codes[task.giver_id], "due_on": task.due_on.isoformat(), "state": task.state,
        "done_on": task.done_on.isoformat() if task.done_on else None, "programme": task.programme_id,
        "parent": task.parent_id, "first_due_on": (first_due or task.due_on).isoformat(),
    }  # fmt: skip


def as_text(payload: Mapping[str, Any]) -> str:
    """For people: the numbers, then the rows."""
    counts = {**payload["counts"], **payload["of_which"]}
    numbers = [f"{name:16} {count:6}" for name, count in counts.items()]
    rows = [f"{row['outcome']:16} {row['due_on']} {row['unit']:14} {row['title']}" for row in payload["rows"]]
    return "\n".join([*numbers, *rows])
