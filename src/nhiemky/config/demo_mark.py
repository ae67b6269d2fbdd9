"""Whether a database holds demo data: a mark on a table, so that it goes with a backup and comes with a restore.

The demo's door needs no password; it must never stand open over real records.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

UNFINISHED, READY = "nhiemky demo: unfinished", "nhiemky demo: ready"
_TABLE = "organisation_unit"


def read() -> str:
    """The mark; empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(obj_description(%s::regclass, 'pg_class'), '')", [_TABLE])
        return str(cursor.fetchone()[0])


def write(mark: str) -> None:
    """Set the mark: before the first row is generated, and again when the last one is."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {_TABLE} IS '{mark}'")


def holds_records() -> bool:
    """Whether anything was recorded: every write leaves an event."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM audit_event) OR EXISTS (SELECT 1 FROM organisation_unit)")
        return bool(cursor.fetchone()[0])


def wipe() -> None:
    """Empty a database that holds demo data, with an interrupted generation too.

    Raises:
        PermissionError: there is no mark; nothing is removed.
    """
    if not read():
        raise PermissionError("not demo data")
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)
