"""Whether an import is being carried out: by a lock that ends with whoever holds it.

The lock is one of the session (PostgreSQL advisory), taken before the write begins and seen by everybody at once. A
process that is killed loses it together with its transaction, so an import can never be "running" for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from nhiemky.domain.findings import Finding, Refused
from nhiemky.exchange.models import RUNNING, Import

_SPACE = 0x6E6B


def _key(held: Import) -> int:
    """One number for file and unit, within PostgreSQL's int4."""
    return (int(held.file_hash[:8], 16) ^ (held.unit_id * 2654435761)) & 0x7FFFFFFF


@contextmanager
def alone(held: Import) -> Iterator[None]:
    """Nobody else carries out this file for this unit meanwhile.

    Raises:
        Refused: somebody does.
    """
    key = _key(held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_SPACE, key])
        if not cursor.fetchone()[0]:
            raise Refused(Finding("exchange.running_already", facts={"file": held.file_name}))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_SPACE, key])


def state_of(held: Import) -> str:
    """The state as it is told: "interrupted" where nobody carries out what was begun."""
    if held.state != RUNNING:
        return held.state
    asked = """SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [_SPACE, _key(held)])
        return RUNNING if cursor.fetchone()[0] else "interrupted"
