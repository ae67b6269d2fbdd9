"""Arrays into tables by binary COPY, and indexes and constraints built once, after all rows.

PostgreSQL's binary rows carry the length of every field. Rows whose fields have the same lengths look alike, so they
are laid out by NumPy as one block of records and never touched one by one: five million rows cost seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from nhiemky.domain.organisation.structure import FOREVER, Ints

Array = NDArray[Any]
# Days between the epochs of day numbers (1970) and of PostgreSQL (2000).
_EPOCHS = 10_957
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_AT_ONCE = 400_000
_LOWER_INCLUDED, _UPPER_INFINITE = 2, 16


class Field(Protocol):
    """A column to write: rows of one `shape` have the same layout."""

    def shapes(self) -> Array:
        """For each row a small number; rows with the same one are as long as each other."""

    def layout(self, shape: int) -> list[tuple[str, Any]]:
        """The parts of the field in the record, lengths included."""

    def parts(self, shape: int, rows: Ints) -> Sequence[object]:
        """A value, or an array with one for each row, for every part."""


@dataclass(frozen=True)
class Number:
    """Whole numbers, days or truth values of a type of PostgreSQL; `nulls` marks rows without one."""

    values: Array
    type: str = "int8"
    nulls: Array | None = None

    _TYPES = {"int8": ">i8", "int4": ">i4", "int2": ">i2", "bool": "u1", "date": ">i4"}

    def shapes(self) -> Array:
        return np.zeros(len(self.values), dtype=np.int64) if self.nulls is None else self.nulls.astype(np.int64)

    def layout(self, shape: int) -> list[tuple[str, Any]]:
        length: list[tuple[str, Any]] = [("length", ">i4")]
        return length if shape else [*length, ("value", self._TYPES[self.type])]

    def parts(self, shape: int, rows: Ints) -> Sequence[object]:
        if shape:
            return (-1,)
        size = np.dtype(self._TYPES[self.type]).itemsize
        return size, self.values[rows] - (_EPOCHS if self.type == "date" else 0)


@dataclass(frozen=True)
class Days:
    """Periods `[start, end)` as daterange; an end of FOREVER is none."""

    start: Array
    end: Array

    def shapes(self) -> Array:
        return (self.end == FOREVER).astype(np.int64)

    def layout(self, shape: int) -> list[tuple[str, Any]]:
        start = [("length", ">i4"), ("flags", "u1"), ("size", ">i4"), ("start", ">i4")]
        return start if shape else [*start, ("size2", ">i4"), ("end", ">i4")]

    def parts(self, shape: int, rows: Ints) -> Sequence[object]:
        start = self.start[rows] - _EPOCHS
        if shape:
            return 9, _LOWER_INCLUDED | _UPPER_INFINITE, 4, start
        return 17, _LOWER_INCLUDED, 4, start, 4, self.end[rows] - _EPOCHS


@dataclass(frozen=True)
class Words:
    """Texts from a table of texts: `codes` says which one each row has."""

    codes: Array
    table: Sequence[str]

    @cached_property
    def _written(self) -> list[bytes]:
        return [text.encode() for text in self.table]

    def shapes(self) -> Array:
        lengths = np.array([len(text) for text in self._written], dtype=np.int64)
        return lengths[self.codes]

    def layout(self, shape: int) -> list[tuple[str, Any]]:
        return [("length", ">i4"), *([("text", f"S{shape}")] if shape else [])]

    def parts(self, shape: int, rows: Ints) -> Sequence[object]:
        if not shape:
            return (0,)
        used, place = np.unique(self.codes[rows], return_inverse=True)
        table = np.array([self._written[code] for code in used.tolist()], dtype=f"S{shape}")
        return shape, table[place]


@dataclass(frozen=True)
class Texts:
    """Texts of one length, one for each row, as bytes; `empty` marks rows that have none."""

    values: Array
    empty: Array | None = None
    prefix: bytes = b""
    """What the type writes before the text: jsonb its version."""
    null: bool = False

    def shapes(self) -> Array:
        return np.zeros(len(self.values), dtype=np.int64) if self.empty is None else self.empty.astype(np.int64)

    def layout(self, shape: int) -> list[tuple[str, Any]]:
        length: list[tuple[str, Any]] = [("length", ">i4")]
        before = [("prefix", f"S{len(self.prefix)}")] if self.prefix else []
        return length if shape else [*length, *before, ("text", self.values.dtype)]

    def parts(self, shape: int, rows: Ints) -> Sequence[object]:
        if shape:
            return (-1 if self.null else 0,)
        before = (self.prefix,) if self.prefix else ()
        return len(self.prefix) + self.values.dtype.itemsize, *before, self.values[rows]


def same(text: str, count: int) -> Words:
    """One text for all rows."""
    return Words(np.zeros(count, dtype=np.int8), (text,))


def digits(numbers: Array, width: int) -> Array:
    """Numbers as texts of so many digits, zeros in front."""
    made = np.empty((len(numbers), width), dtype=np.uint8)
    rest = numbers.copy()
    for place in range(width - 1, -1, -1):
        made[:, place] = rest % 10 + ord("0")
        rest //= 10
    return made.view(f"S{width}").ravel()


def copy(table: str, fields: Mapping[str, Field]) -> None:
    """Append one row for each place of the fields' arrays."""
    names = ", ".join(f'"{name}"' for name in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT binary)") as sent:
        sent.write(_HEADER)
        for block in _blocks(list(fields.values())):
            sent.write(block.tobytes())
        sent.write(_TRAILER)


def _blocks(fields: Sequence[Field]) -> Iterator[Array]:
    """The rows in blocks of one layout each."""
    key = np.zeros(1, dtype=np.int64)
    sizes = []
    for field in fields:
        shapes = field.shapes()
        sizes.append(int(shapes.max(initial=0)) + 1)
        key = key * sizes[-1] + shapes
    # Some rows after the others: so the table lies nearly in the order of the arrays, and reading it by id is quick.
    for first in range(0, len(key), _AT_ONCE):
        part = key[first : first + _AT_ONCE]
        order = np.argsort(part, kind="stable")
        for alike in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
            shape_of = [int(shape) for shape in np.unravel_index(part[alike[0]], sizes)]
            yield _records(fields, shape_of, first + alike)


def _records(fields: Sequence[Field], shapes: Sequence[int], rows: Ints) -> Array:
    layout: list[tuple[str, Any]] = [("fields", ">i2")]
    parts: list[object] = [len(fields)]
    for number, (field, shape) in enumerate(zip(fields, shapes, strict=True)):
        layout += [(f"{number}.{name}", kind) for name, kind in field.layout(shape)]
        parts += field.parts(shape, rows)
    block = np.empty(len(rows), dtype=np.dtype(layout))
    for (name, _kind), part in zip(layout, parts, strict=True):
        block[name] = part
    return block.view(np.uint8)


_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'p', 'u', 'x') AND (conrelid = ANY(%(tables)s::regclass[])
      OR contype = 'f' AND confrelid = ANY(%(tables)s::regclass[]))"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = ANY(%(tables)s::regclass[])
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')"""
# Keys first: foreign keys need them.
_ORDER = "puxf"


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """The tables without indexes, keys and overlap constraints; all are there again, and checked, afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, {"tables": list(tables)})
        constraints = sorted(cursor.fetchall(), key=lambda row: (_ORDER.index(row[2]), row[1]))
        cursor.execute(_INDEXES, {"tables": list(tables)})
        indexes = cursor.fetchall()
        for table, name, _kind, _definition in reversed(constraints):
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '768MB'")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        for table, name, kind, definition in constraints:
            if kind in "pu":
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, kind, definition in constraints:
            if kind in "xf":
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
