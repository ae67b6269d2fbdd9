"""The particulars that forms break down by, as arrays, kept in step with the register's own (`members.snapshot`)."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from django.db import connection

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.structure import FOREVER, Ints
from nhiemky.domain.statistics.particulars import CORRECTION, DAYS, FIELD_CODE, FIELDS, VALUES, Changes, Particulars
from nhiemky.members.snapshot import copied


@dataclass(frozen=True, slots=True)
class _Held:
    """Rows by person id: values with the id first, and changes as person id, field, since, before, after."""

    seq: int
    origin: object
    values: Ints
    changes: Ints


class _Snapshot:
    """One process's copy: loaded once by binary COPY, afterwards only the people touched by newer events."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._made: tuple[Columns, Particulars] | None = None

    def particulars(self, columns: Columns) -> Particulars:
        """The particulars of the people of `columns`, position by position."""
        with self._lock:
            if self._made is not None and self._made[0] is columns:
                return self._made[1]
            held = self._held
            if held is None or held.origin is not columns.origin:
                held = _loaded(None, columns)
            elif held.seq < columns.seq:
                held = _loaded(None if _shredded(held.seq) else held, columns)
            made = _aligned(held, columns)
            self._held, self._made = held, (columns, made)
            return made


SNAPSHOT = _Snapshot()


def _coded(field: str, text: str) -> str:
    """SQL for the code of a value that stands as text."""
    if field in DAYS:
        return f"COALESCE(NULLIF({text}, '')::date - DATE '1970-01-01', {FOREVER})"
    cases = " ".join(f"WHEN '{value}' THEN {code}" for code, value in enumerate(VALUES[field], start=1))
    return f"CASE {text} {cases} ELSE 0 END"


_VALUES = ("p.id", *(_coded(field, f"p.{field}::text") for field in FIELDS))


def _change(text: str) -> str:
    return "CASE field " + " ".join(f"WHEN '{f}' THEN {_coded(f, text)}" for f in FIELDS) + " END"


_FIELD = "CASE field " + " ".join(f"WHEN '{field}' THEN {code}" for field, code in FIELD_CODE.items()) + " END"
_SINCE = f"COALESCE(since - DATE '1970-01-01', {CORRECTION})"
_CHANGES = ("person_id", _FIELD, _SINCE, _change("before"), _change("after"))
_KNOWN = "field IN (" + ", ".join(f"'{field}'" for field in FIELDS) + ")"


def _shredded(seq: int) -> bool:
    """Whether data of people were shredded since: their changes of before are others now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM members_person WHERE changed > %s AND forgotten > %s)", [seq, seq])
        return bool(cursor.fetchone()[0])


def _loaded(held: _Held | None, columns: Columns) -> _Held:
    """All rows, or those of people touched and changes written since what is held."""
    seq = columns.seq
    since = -1 if held is None else held.seq
    values = copied(_VALUES, f"FROM members_person p WHERE p.changed > {since} ORDER BY p.id").T
    tail = f"FROM members_personchange WHERE {_KNOWN} AND seq > {since} AND seq <= {seq} ORDER BY seq, id"
    changes = copied(_CHANGES, tail).T
    if held is None:
        return _Held(seq, columns.origin, values, changes)
    kept = held.values[~np.isin(held.values[:, 0], values[:, 0])]
    merged = np.concatenate([kept, values])
    values = merged[np.argsort(merged[:, 0], kind="stable")]
    return _Held(seq, columns.origin, values, np.concatenate([held.changes, changes]))


def _aligned(held: _Held, columns: Columns) -> Particulars:
    """Rows by position of the person in the register's arrays, changes by field and person in the order of writing."""
    ids = columns.people.ids
    values = held.values[np.searchsorted(held.values[:, 0], ids), 1:]
    changes = held.changes[np.isin(held.changes[:, 0], ids)]
    person = np.searchsorted(ids, changes[:, 0])
    order = np.lexsort((person, changes[:, 1]))
    sorted_ = changes[order]
    return Particulars(values, Changes(sorted_[:, 1], person[order], sorted_[:, 2], sorted_[:, 3], sorted_[:, 4]))
