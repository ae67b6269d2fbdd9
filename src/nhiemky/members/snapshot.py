"""The register as arrays, kept in step with the ledger by audit event number.

A process loads all rows once by binary COPY and afterwards only the people touched by newer events: an office's
writes cost milliseconds, and no figure is older than the last committed event.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from nhiemky.audit.selectors import last_seq
from nhiemky.audit.services import recorded
from nhiemky.domain.members.columns import Columns, Movements, People, Small, Stays, Terms
from nhiemky.domain.members.kinds import MOVEMENT_KEYS
from nhiemky.domain.organisation.kinds import BODY_KINDS
from nhiemky.domain.organisation.structure import FOREVER, Bools, Structure
from nhiemky.organisation import selectors as organisation

Ints = NDArray[np.int64]
Rows = Sequence[NDArray[Any]]
NOBODY = np.zeros(0, dtype=np.int64)
# More than this many touched people are cheaper to load with everybody else.
_RELOAD_FROM = 20_000
_COPY_HEADER, _COPY_TRAILER = 19, 2
# Bytes of rows that are taken apart at once.
_BLOCK = 32_000_000
# From this many touched people on, what differs is not worth finding out.
_MANY = 500
# So many states back a cache may still ask what has changed since.
_REMEMBERED = 50


def _day(expression: str) -> str:
    return f"COALESCE({expression} - DATE '1970-01-01', {FOREVER})"


def _code(column: str, values: tuple[str, ...]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN '{v}' THEN {n}" for n, v in enumerate(values)) + " END"


_PEOPLE = ("id", _day("birth_date"), "(sex = 'female')::int", "ethnic_group", _day("decided_on"))
_PEOPLE_TYPES = ("int64", "int32", "int8", "int16", "int32")
_STAYS = (
    "s.person_id",
    "s.unit_id",
    _day("lower(s.during)"),
    _day("upper(s.during)"),
    "(s.standing = 'official')::int",
    "s.exempt::int",
)
_STAYS_TYPES = ("int64", "int64", "int32", "int32", "int8", "int8")
_MOVEMENTS = (
    "m.id",
    "m.person_id",
    _code("m.kind", MOVEMENT_KEYS),
    _day("m.on"),
    "COALESCE(m.from_unit_id, 0)",
    "COALESCE(m.to_unit_id, 0)",
)
_MOVEMENTS_TYPES = ("int64", "int64", "int16", "int32", "int64", "int64")
_TERMS = ("b.unit_id", _code("b.kind", BODY_KINDS), _day("lower(t.during)"), _day("upper(t.during)"))
# A counter-entry and what it reverses are both left out.
_EFFECTIVE = "m.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)"


class Snapshot:
    """One process's copy. `columns` brings it up to date and answers an unchanging value."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._columns: Columns | None = None

    def columns(self, structure: Structure) -> Columns:
        """The columns as of the last committed event."""
        with self._lock:
            held = self._columns
            if held is not None and recorded():
                return held
            seq = last_seq("members", "organisation", "demo")
            if held is None or seq < held.seq:
                self._columns = _at_once(_loaded, structure, None)
            elif seq > held.seq:
                self._columns = _at_once(_loaded, structure, held)
            assert self._columns is not None
            return self._columns

    def forget(self) -> None:
        """Start again from nothing: after a restore, and between tests."""
        with self._lock:
            self._columns = None


SNAPSHOT = Snapshot()


def columns() -> Columns:
    """The register as arrays, in step with the last committed event."""
    return SNAPSHOT.columns(organisation.structure())


def _at_once(load, structure: Structure, held: Columns | None) -> Columns:  # type: ignore[no-untyped-def]
    """Read everything as of one moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return load(structure, held, last_seq("members", "organisation", "demo"))


def copied(select: tuple[str, ...], tail: str) -> Ints:
    """The answer to a query of not-null integers, one line a column."""
    return np.stack(copied_small(select, tail, ("int64",) * len(select)))


def copied_small(select: tuple[str, ...], tail: str, types: Sequence[str]) -> list[NDArray[Any]]:
    """The answer to a query of not-null integers, each column as whole numbers of its own size.

    Binary COPY writes such rows in one fixed length, so no row is touched in Python. They are taken apart block by
    block: the rows of a nation as they come would need gigabytes.
    """
    query = "SELECT " + ", ".join(f"({column})::int8" for column in select) + " " + tail
    fields = [("count", ">i2")]
    for n in range(len(select)):
        fields += [(f"length{n}", ">i4"), (f"value{n}", ">i8")]
    layout, raw = np.dtype(fields), bytearray()
    blocks: list[list[NDArray[Any]]] = []
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as copy:
        pieces = iter(copy)
        raw += next(pieces)
        del raw[:_COPY_HEADER]
        for piece in pieces:
            raw += piece
            if len(raw) > _BLOCK:
                blocks.append(_taken(raw, layout, types))
    del raw[len(raw) - _COPY_TRAILER :]
    blocks.append(_taken(raw, layout, types))
    columns = []
    for n in range(len(select)):
        columns.append(np.concatenate([block[n] for block in blocks]))
        for block in blocks:
            block[n] = block[n][:0].copy()
    return columns


def _taken(raw: bytearray, layout: np.dtype[np.void], types: Sequence[str]) -> list[NDArray[Any]]:
    """The whole rows at the beginning, column by column; only what follows them is left."""
    size = len(raw) // layout.itemsize * layout.itemsize
    table = np.frombuffer(bytes(raw[:size]), dtype=layout)
    del raw[:size]
    return [table[f"value{n}"].astype(type_) for n, type_ in enumerate(types)]


def _loaded(structure: Structure, held: Columns | None, seq: int) -> Columns:
    """All rows, or, where some are held already, those of the people touched since."""
    since = -1 if held is None else held.seq
    if held is not None and _touched(since) > _RELOAD_FROM:
        held, since = None, -1
    people = copied_small(_PEOPLE, f"FROM members_person WHERE changed > {since} ORDER BY id", _PEOPLE_TYPES)
    touched = people[0].copy()
    of_touched = "" if held is None else f"JOIN members_person p ON p.id = x.person_id AND p.changed > {since}"
    merged = _people(people, held)
    tail = f"FROM members_stay s {of_touched.replace('x.', 's.')} ORDER BY s.id"
    stays = copied_small(_STAYS, tail, _STAYS_TYPES)
    made_stays = _stays(stays, structure, merged, held, touched)
    del people, stays
    tail = f"FROM members_movement m {of_touched.replace('x.', 'm.')} WHERE {_EFFECTIVE} ORDER BY m.id"
    movements = copied_small(_MOVEMENTS, tail, _MOVEMENTS_TYPES)
    made = Columns(
        people=merged,
        stays=made_stays,
        movements=_movements(movements, structure, merged, held, touched),
        terms=_terms(structure) if held is None or _terms_touched(since) else held.terms,
        seq=seq,
    )
    if held is None:
        return made
    first = first_difference(held, made, touched) if made.terms is held.terms else -FOREVER
    return replace(
        made,
        changes=(*held.changes[-_REMEMBERED:], (held.seq, first)),
        touched=(*held.touched[-_REMEMBERED:], (held.seq, touched)),
        origin=held.origin,
    )


def _terms(structure: Structure) -> Terms:
    rows = copied(_TERMS, "FROM organisation_term t JOIN organisation_body b ON b.id = t.body_id ORDER BY t.id")
    return Terms(_units(structure, rows[0]).astype(np.int64), *rows[1:])


def _terms_touched(since: int) -> bool:
    """Whether an event since then may have changed terms: those of the organisation, and of bodies."""
    asked = """SELECT EXISTS (SELECT 1 FROM audit_event WHERE seq > %s
               AND (app IN ('organisation', 'demo') OR action LIKE 'members.term%%'))"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [since])
        return bool(cursor.fetchone()[0])


def first_difference(old: Columns, new: Columns, touched: Ints) -> int:
    """The first day number on which two states differ, given the ids of all people whose rows may differ."""
    if len(touched) > _MANY:
        return -FOREVER
    people = [_rows_of(c, c.people, touched, "born", "female", "ethnic_group", "decided") for c in (old, new)]
    known = {row[0] for row in people[0]}
    if people[0] != {row for row in people[1] if row[0] in known}:
        return -FOREVER  # somebody was born on another day: every day of theirs is counted differently
    days = [FOREVER]
    fields = ("unit", "start", "official", "exempt", "end")
    stays = [_rows_of(c, c.stays, touched, *fields) for c in (old, new)]
    ends = [{row[:-1]: row[-1] for row in rows - other} for rows, other in (stays, stays[::-1])]
    for key in ends[0].keys() | ends[1].keys():
        # A stay that only ends on another day differs from the earlier of the two on.
        both = [found[key] for found in ends if key in found]
        days.append(min(both) if len(both) == 2 else key[2])
    moves = [_rows_of(c, c.movements, touched, "ids", "day") for c in (old, new)]
    days += [row[-1] for row in moves[0] ^ moves[1]]
    return min(days)


def _rows_of(columns: Columns, table: object, touched: Ints, *fields: str) -> set[tuple[int, ...]]:
    """The rows of the people as tuples: the person's id, then the fields."""
    person = np.arange(len(columns.people.ids)) if table is columns.people else getattr(table, "person", NOBODY)
    rows = np.flatnonzero(_among(columns.people, touched)[person])
    ids = columns.people.ids[person[rows]]
    return set(zip(ids.tolist(), *(getattr(table, name)[rows].tolist() for name in fields), strict=True))


def _among(people: People, ids: Ints) -> Bools:
    """For each of the people whether theirs is one of these ids."""
    marked = np.zeros(len(people.ids), dtype=bool)
    at = np.searchsorted(people.ids, ids)
    at = at[at < len(marked)]
    marked[at] = np.isin(people.ids[at], ids)
    return marked


def _touched(since: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM members_person WHERE changed > %s", [since])
        return int(cursor.fetchone()[0])


def _units(structure: Structure, ids: Ints) -> Small:
    """Unit ids as positions in the structure; 0 (none) becomes -1."""
    place = np.full(int(structure.ids[-1]) + 1 if len(structure) else 1, -1, dtype=np.int32)
    place[structure.ids] = np.arange(len(structure))
    return place[ids]


def _positions(people: People, ids: Ints) -> Small:
    return np.searchsorted(people.ids, ids).astype(np.int32)


def _people(rows: Rows, held: Columns | None) -> People:
    ids, born, female, group, decided = rows
    if held is None:
        return People(ids, born, female == 1, group, decided)
    old = held.people
    at = np.searchsorted(old.ids, ids)
    if _as_before(old, rows, at):
        return old  # an entry changes nothing about who somebody is
    kept = ~_among(old, ids)
    order = np.argsort(np.concatenate((old.ids[kept], ids)), kind="stable")

    def joined(before: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate((before[kept], new))[order]

    return People(
        joined(old.ids, ids),
        joined(old.born, born),
        joined(old.female, female) == 1,
        joined(old.ethnic_group, group),
        joined(old.decided, decided),
    )


def _as_before(old: People, rows: Rows, at: Ints) -> bool:
    """Whether these rows of people are what is held at these places already."""
    if not len(at):
        return True
    if int(at[-1]) >= len(old.ids):
        return False
    held = (old.ids, old.born, old.female, old.ethnic_group, old.decided)
    return all(bool((column[at] == new).all()) for column, new in zip(held, rows, strict=True))


def _stays(rows: Rows, structure: Structure, people: People, held: Columns | None, touched: Ints) -> Stays:
    ids, unit, start, end, official, exempt = rows
    made = [_positions(people, ids), _units(structure, unit), start, end, official == 1, exempt == 1]
    if held is not None:
        old = held.stays
        before = (old.person, old.unit, old.start, old.end, old.official, old.exempt)
        made = _joined(held, people, touched, old.person, before, made, 0)
    return Stays(*made)


def _movements(rows: Rows, structure: Structure, people: People, held: Columns | None, touched: Ints) -> Movements:
    ids, person, kind, day, source, target = rows
    units = _units(structure, source), _units(structure, target)
    made = [ids, _positions(people, person), kind, day, *units]
    if held is not None:
        old = held.movements
        before = (old.ids, old.person, old.kind, old.day, old.source, old.target)
        made = _joined(held, people, touched, old.person, before, made, 1)
    return Movements(*made)


def _joined(
    held: Columns,
    people: People,
    touched: Ints,
    person: Small,
    before: Sequence[NDArray[Any]],
    made: Sequence[NDArray[Any]],
    numbers: int,
) -> list[NDArray[Any]]:
    """The rows of those who were not touched, then the new ones. Column `numbers` holds positions of people."""
    gone = np.flatnonzero(_among(held.people, touched)[person])
    columns = [_replaced(column, gone, new) for column, new in zip(before, made, strict=True)]
    if len(people.ids) != len(held.people.ids):
        kept = len(person) - len(gone)
        columns[numbers][:kept] = _positions(people, held.people.ids)[columns[numbers][:kept]]
    return columns


def _replaced(column: NDArray[Any], gone: Ints, new: NDArray[Any]) -> NDArray[Any]:
    """Without the rows at these places, and with new ones at the end: stretch by stretch, for only few are gone."""
    if len(gone) > _MANY:
        return np.concatenate((np.delete(column, gone), new))
    edges = [-1, *gone.tolist(), len(column)]
    return np.concatenate([*(column[a + 1 : b] for a, b in pairwise(edges)), new])
