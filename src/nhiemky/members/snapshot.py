"""The register as arrays, kept in step with the ledger by audit event number.

A process loads all rows once by binary COPY and afterwards only the people touched by newer events: an office's
writes cost milliseconds, and no figure is older than the last committed event.
"""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from nhiemky.audit.selectors import last_seq
from nhiemky.audit.services import recorded
from nhiemky.domain.members.columns import Columns, Movements, People, Stays, Terms
from nhiemky.domain.members.kinds import MOVEMENT_KEYS
from nhiemky.domain.organisation.kinds import BODY_KINDS
from nhiemky.domain.organisation.structure import FOREVER, Structure
from nhiemky.organisation import selectors as organisation

Ints = NDArray[np.int64]
# More than this many touched people are cheaper to load with everybody else.
_RELOAD_FROM = 20_000
_COPY_HEADER, _COPY_TRAILER = 19, 2
# From this many touched people on, what differs is not worth finding out.
_MANY = 500
# So many states back a cache may still ask what has changed since.
_REMEMBERED = 50


def _day(expression: str) -> str:
    return f"COALESCE({expression} - DATE '1970-01-01', {FOREVER})"


def _code(column: str, values: tuple[str, ...]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN '{v}' THEN {n}" for n, v in enumerate(values)) + " END"


_PEOPLE = ("id", _day("birth_date"), "(sex = 'female')::int", "ethnic_group", _day("decided_on"))
_STAYS = (
    "s.person_id",
    "s.unit_id",
    _day("lower(s.during)"),
    _day("upper(s.during)"),
    "(s.standing = 'official')::int",
    "s.exempt::int",
)
_MOVEMENTS = (
    "m.id",
    "m.person_id",
    _code("m.kind", MOVEMENT_KEYS),
    _day("m.on"),
    "COALESCE(m.from_unit_id, 0)",
    "COALESCE(m.to_unit_id, 0)",
)
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
    """The answer to a query of not-null integers, one row per row.

    Binary COPY writes such rows in one fixed length, so no row is touched in Python.
    """
    query = "SELECT " + ", ".join(f"({column})::int8" for column in select) + " " + tail
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as copy:
        raw = b"".join(copy)
    fields: list[tuple[str, str]] = [("count", ">i2")]
    for n in range(len(select)):
        fields += [(f"length{n}", ">i4"), (f"value{n}", ">i8")]
    table = np.frombuffer(raw[_COPY_HEADER : len(raw) - _COPY_TRAILER], dtype=np.dtype(fields))
    return np.stack([table[f"value{n}"].astype(np.int64) for n in range(len(select))], axis=1)


def _loaded(structure: Structure, held: Columns | None, seq: int) -> Columns:
    """All rows, or, where some are held already, those of the people touched since."""
    since = -1 if held is None else held.seq
    if held is not None and _touched(since) > _RELOAD_FROM:
        held, since = None, -1
    people = copied(_PEOPLE, f"FROM members_person WHERE changed > {since} ORDER BY id")
    of_touched = "" if held is None else f"JOIN members_person p ON p.id = x.person_id AND p.changed > {since}"
    stays = copied(_STAYS, f"FROM members_stay s {of_touched.replace('x.', 's.')} ORDER BY s.id")
    movements = copied(
        _MOVEMENTS, f"FROM members_movement m {of_touched.replace('x.', 'm.')} WHERE {_EFFECTIVE} ORDER BY m.id"
    )
    terms = _terms(structure) if held is None or _terms_touched(since) else held.terms
    merged = _people(people, held)
    made = Columns(
        people=merged,
        stays=_stays(stays, structure, merged, held, people[:, 0]),
        movements=_movements(movements, structure, merged, held, people[:, 0]),
        terms=terms,
        seq=seq,
    )
    if held is None:
        return made
    first = first_difference(held, made, people[:, 0]) if terms is held.terms else -FOREVER
    return replace(made, changes=(*held.changes[-_REMEMBERED:], (held.seq, first)), origin=held.origin)


def _terms(structure: Structure) -> Terms:
    rows = copied(_TERMS, "FROM organisation_term t JOIN organisation_body b ON b.id = t.body_id ORDER BY t.id")
    return Terms(_units(structure, rows[:, 0]), rows[:, 1], rows[:, 2], rows[:, 3])


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
    people = [
        _rows_of(c.people, c.people.ids, touched, "born", "female", "ethnic_group", "decided") for c in (old, new)
    ]
    known = {row[0] for row in people[0]}
    if people[0] != {row for row in people[1] if row[0] in known}:
        return -FOREVER  # somebody was born on another day: every day of theirs is counted differently
    days = [FOREVER]
    fields = ("unit", "start", "official", "exempt", "end")
    stays = [_rows_of(c.stays, c.people.ids[c.stays.person], touched, *fields) for c in (old, new)]
    ends = [{row[:-1]: row[-1] for row in rows - other} for rows, other in (stays, stays[::-1])]
    for key in ends[0].keys() | ends[1].keys():
        # A stay that only ends on another day differs from the earlier of the two on.
        both = [found[key] for found in ends if key in found]
        days.append(min(both) if len(both) == 2 else key[2])
    moves = [_rows_of(c.movements, c.people.ids[c.movements.person], touched, "ids", "day") for c in (old, new)]
    days += [row[-1] for row in moves[0] ^ moves[1]]
    return min(days)


def _rows_of(table: object, ids: Ints, touched: Ints, *fields: str) -> set[tuple[int, ...]]:
    """The rows of the people as tuples: the person's id, then the fields."""
    rows = np.flatnonzero(np.isin(ids, touched))
    return set(zip(ids[rows].tolist(), *(getattr(table, name)[rows].tolist() for name in fields), strict=True))


def _touched(since: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM members_person WHERE changed > %s", [since])
        return int(cursor.fetchone()[0])


def _units(structure: Structure, ids: Ints) -> Ints:
    """Unit ids as positions in the structure; 0 (none) becomes -1."""
    return np.where(ids == 0, -1, np.searchsorted(structure.ids, ids))


def _people(rows: Ints, held: Columns | None) -> People:
    if held is not None:
        old = held.people
        kept = ~np.isin(old.ids, rows[:, 0])
        before = np.stack([old.ids, old.born, old.female, old.ethnic_group, old.decided], axis=1)[kept]
        rows = np.concatenate([before, rows])
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
    return People(rows[:, 0], rows[:, 1], rows[:, 2] == 1, rows[:, 3], rows[:, 4])


def _stays(rows: Ints, structure: Structure, people: People, held: Columns | None, touched: Ints) -> Stays:
    person = rows[:, 0]
    unit = _units(structure, rows[:, 1])
    table = np.column_stack([person, unit, rows[:, 2:]])
    if held is not None:
        old = held.stays
        ids = held.people.ids[old.person]
        before = np.column_stack([ids, old.unit, old.start, old.end, old.official, old.exempt])
        table = np.concatenate([before[~np.isin(ids, touched)], table])
    place = np.searchsorted(people.ids, table[:, 0])
    return Stays(place, table[:, 1], table[:, 2], table[:, 3], table[:, 4] == 1, table[:, 5] == 1)


def _movements(rows: Ints, structure: Structure, people: People, held: Columns | None, touched: Ints) -> Movements:
    table = np.column_stack([rows[:, :4], _units(structure, rows[:, 4]), _units(structure, rows[:, 5])])
    if held is not None:
        old = held.movements
        ids = held.people.ids[old.person]
        before = np.column_stack([old.ids, ids, old.kind, old.day, old.source, old.target])
        table = np.concatenate([before[~np.isin(ids, touched)], table])
    place = np.searchsorted(people.ids, table[:, 1])
    return Movements(table[:, 0], place, table[:, 2], table[:, 3], table[:, 4], table[:, 5])
