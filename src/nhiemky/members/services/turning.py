"""The turn of the day: on which reorganisations take effect that were applied before."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor

_DUE = """members_stay s JOIN members_movement m ON m.id = s.opened_by_id
    WHERE m.kind = 'en_bloc' AND s.during @> %(today)s::date"""


def due(today: date) -> bool:
    """Whether somebody is still looked up in the cell of before a reorganisation that has taken effect."""
    with connection.cursor() as cursor:
        asked = f"SELECT EXISTS (SELECT 1 FROM members_person p, {_DUE} AND p.id = s.person_id AND"
        cursor.execute(f"{asked} p.last_unit_id IS DISTINCT FROM s.unit_id)", {"today": today})
        return bool(cursor.fetchone()[0])


@service
def turn(*, actor: Actor, today: date) -> int:
    """Look everybody up where they are today; answers how many had moved. Call it only when `due`."""
    values: dict[str, Any] = {"today": today, "seq": current_seq()}
    with connection.cursor() as cursor:
        change = "UPDATE members_person p SET last_unit_id = s.unit_id, changed = %(seq)s FROM"
        cursor.execute(f"{change} {_DUE} AND p.id = s.person_id AND p.last_unit_id IS DISTINCT FROM s.unit_id", values)
        moved = cursor.rowcount
    record("members.day_turned", actor=actor, facts={"on": today, "people": moved})
    return moved
