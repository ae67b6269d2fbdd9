"""Writing many rows at the speed of COPY."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection

Row = Sequence[object]
Told = Callable[[int], None]
_AT_ONCE = 5_000


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Row], progress: Told = lambda count: None) -> None:
    """Append rows to a table; `progress` is told how many are written so far."""
    copy_text(table, columns, _texts(rows), progress)


def copy_text(
    table: str, columns: Sequence[str], texts: Iterable[str], progress: Told = lambda count: None, *, like: str = ""
) -> None:
    """Append what `as_text` made of rows; `like` is the table whose columns a table of the moment has."""
    names = ", ".join(f'"{column}"' for column in columns)
    filled = ", ".join(f'"{column}"' for column in _never_null(like or table) if column in columns)
    options = f"FORMAT csv, FORCE_NOT_NULL ({filled})" if filled else "FORMAT csv"
    written = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN WITH ({options})") as copy:
        for text in texts:
            copy.write(text)
            written += _AT_ONCE
            progress(written)


def as_text(rows: Iterable[Row]) -> list[str]:
    """Rows as COPY reads them: needs no database, so it can be done while that is busy."""
    return list(_texts(rows))


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    """None and the empty text are written alike; which columns are never null tells them apart again."""
    given = iter(rows)
    while some := list(islice(given, _AT_ONCE)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(_plain(some))
        yield out.getvalue()


def _plain(rows: list[Row]) -> Iterable[Row]:
    """Bytes as PostgreSQL reads them; columns without any stay as they are."""
    columns = list(zip(*rows, strict=True))
    sealed = [at for at, column in enumerate(columns) if not {bytes, memoryview}.isdisjoint(map(type, column))]
    if not sealed:
        return rows
    for at in sealed:
        columns[at] = tuple([f"\\x{v.hex()}" if isinstance(v, bytes | memoryview) else v for v in columns[at]])
    return zip(*columns, strict=True)


def _never_null(table: str) -> list[str]:
    """Columns of text that hold the empty text where there is nothing."""
    asked = """SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()
               AND table_name = %s AND is_nullable = 'NO' AND data_type IN ('character varying', 'text')"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        return [row[0] for row in cursor.fetchall()]


def take_ids(table: str, count: int) -> range:
    """So many new ids of the table's own numbering, for rows that name one another.

    They are one block: nobody else takes a number meanwhile, because every write holds the chain's head.
    """
    if not count:
        return range(0)
    with connection.cursor() as cursor:
        name = "pg_get_serial_sequence(%s, 'id')"
        cursor.execute(f"SELECT setval({name}, nextval({name}) + %s - 1)", [table, table, count])
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
