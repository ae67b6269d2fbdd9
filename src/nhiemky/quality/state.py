"""What the checks look at, for everybody in the register: kept in each process and in step with the ledger.

Identity numbers are opened while rows are read, compared with sex and birth, and dropped: only what they contradict
is kept.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from django.db import connection

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints
from nhiemky.domain.quality.facts import EMPTY_BIT, OCCUPATION_CODE, Facts, read_identity, shared
from nhiemky.members import identity
from nhiemky.members.snapshot import copied

_FIELD = {"identity_number": "identity_mark IS NULL"}
_EMPTY = " + ".join(
    f"(CASE WHEN {_FIELD.get(key, f'{key} = {chr(39) * 2}')} THEN {bit} ELSE 0 END)" for key, bit in EMPTY_BIT.items()
)
_OCCUPATION = (
    "CASE occupation " + " ".join(f"WHEN '{key}' THEN {code}" for key, code in OCCUPATION_CODE.items()) + " ELSE 0 END"
)


def _day(column: str) -> str:
    return f"COALESCE({column} - DATE '1970-01-01', {FOREVER})"


def _hash(column: str) -> str:
    """Equal for equal texts; 0 for none. What agrees by chance is told apart where the texts are compared."""
    return f"CASE WHEN {column} = '' THEN 0 ELSE hashtextextended({column}, 0) END"


_COLUMNS = (
    "id", _day("admitted_on"), _day("official_on"), _EMPTY, "birth_year_only::int", _OCCUPATION, _hash("file_number"),
    _hash("folded"), _hash("lower(home_place)"),
)  # fmt: skip
ID, ADMITTED, OFFICIAL, EMPTY, YEAR_ONLY, OCCUPATION, FILE, NAME, HOME, IDENTITY = range(10)


@dataclass(frozen=True)
class State:
    """The rows of all people in the order of `columns.people`; `table` has a column for each of the names above."""

    columns: Columns
    table: Ints

    def facts(self, people: Ints, official: Bools) -> Facts:
        """Of the people at these positions, whose standing is given; file numbers are compared among them."""
        known, rows = self.columns.people, self.table[people]
        return Facts(
            born=known.born[people],
            year_only=rows[:, YEAR_ONLY] == 1,
            decided=known.decided[people],
            admitted=rows[:, ADMITTED],
            official_on=rows[:, OFFICIAL],
            official=official,
            empty=rows[:, EMPTY],
            occupation=rows[:, OCCUPATION],
            identity=rows[:, IDENTITY],
            file_shared=shared(rows[:, FILE]),
        )


class _Kept:
    """One process's copy; after the first time only people touched since are read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.state: State | None = None

    def of(self, held: Columns) -> State:
        """The rows as of the columns' event."""
        with self.lock:
            last = self.state
            if last is None or last.columns is not held:
                self.state = State(held, _table(held, last))
            assert self.state is not None
            return self.state


_kept = _Kept()


def state(held: Columns) -> State:
    """What the checks look at, in step with the register's arrays."""
    return _kept.of(held)


def _table(held: Columns, last: State | None) -> Ints:
    follows = last is not None and held.origin is last.columns.origin and held.seq >= last.columns.seq
    since = last.columns.seq if last is not None and follows else -1
    rows = copied(_COLUMNS, f"FROM members_person WHERE changed > {since} ORDER BY id").T
    rows = np.column_stack([rows, _identities(rows[:, ID], since)])
    if last is not None and follows:
        kept = last.table[~np.isin(last.table[:, ID], rows[:, ID])]
        rows = np.concatenate([kept, rows])
        rows = rows[np.argsort(rows[:, ID], kind="stable")]
    # Somebody entered after the moment of the columns is looked at next time.
    return rows[np.isin(rows[:, ID], held.people.ids)]


def _identities(ids: Ints, since: int) -> Ints:
    """For each person what the identity number contradicts."""
    found = np.zeros(len(ids), dtype=np.int64)
    asked = """SELECT id, identity_sealed, sex = 'female', extract(year FROM birth_date)::int FROM members_person
               WHERE identity_sealed IS NOT NULL AND changed > %s ORDER BY id"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [since])
        rows = cursor.fetchall()
    wrong = [
        (person, bits)
        for person, sealed, female, year in rows
        if (bits := read_identity(identity.unseal(bytes(sealed)), female=female, birth_year=year))
    ]
    for person, bits in wrong:
        found[np.searchsorted(ids, person)] = bits
    return found
