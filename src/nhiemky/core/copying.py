"""Writing many rows at the speed of COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from django.db import connection

_AT_ONCE = 5_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    progress: Callable[[int], None] = lambda count: None,
) -> None:
    """Append rows to a table; `progress` is told how many are written so far."""
    names = ", ".join(f'"{column}"' for column in columns)
    given, written = iter(rows), 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        while some := list(islice(given, _AT_ONCE)):
            copy.write("".join(map(_line, some)))
            written += len(some)
            progress(written)


def take_ids(table: str, count: int) -> list[int]:
    """So many new ids of the table's own numbering, for rows that name one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def _line(row: Sequence[object]) -> str:
    return "\t".join([_text(value) for value in row]) + "\n"


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value if value.isalnum() else value.translate(_ESCAPED)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value)
