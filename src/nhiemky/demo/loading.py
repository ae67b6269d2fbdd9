"""Around the copying of generated rows: numbering, and the constraint that is dear row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connection

_EPOCH = date(1970, 1, 1)


def next_ids(table: str) -> None:
    """Let the table's own numbering go on after what was copied."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


@contextmanager
def without_gist(table: str, constraint: str) -> Iterator[None]:
    """The overlap constraint built once over all rows instead of row by row; it is checked all the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint])
        definition = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        yield
        # Links are checked now: a table with checks pending cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")


def day(number: int) -> str:
    """A day number as the database reads days."""
    return (_EPOCH + timedelta(days=int(number))).isoformat()
