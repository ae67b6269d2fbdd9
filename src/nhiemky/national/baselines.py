"""The same rows in other engines: what they take for the same question, in the same run on the same machine."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date

import numpy as np
from django.db import connection

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.periods import day_number, years_before
from nhiemky.domain.reporting.timeline import YOUNG_UNTIL

Ask = Callable[[date], object]
_BARE = "SELECT unit, count(*) FROM stays WHERE start_day <= $1 AND $1 < end_day GROUP BY unit"
_SAME = """SELECT unit, count(*), count(*) FILTER (official), count(*) FILTER (female), count(*) FILTER (minority),
    count(*) FILTER (exempt), count(*) FILTER (born > $2)
    FROM stays s JOIN people p ON p.person = s.person WHERE start_day <= $1 AND $1 < end_day GROUP BY unit"""
_SQL = """SELECT s.unit_id, count(*), count(*) FILTER (WHERE s.standing = 'official'),
    count(*) FILTER (WHERE p.sex = 'female'), count(*) FILTER (WHERE p.ethnic_group > 1),
    count(*) FILTER (WHERE s.exempt), count(*) FILTER (WHERE p.birth_date > %s)
    FROM members_stay s JOIN members_person p ON p.id = s.person_id WHERE s.during @> %s::date GROUP BY 1"""


def duckdb_there() -> bool:
    """DuckDB serves for comparison only and is not installed with the program."""
    return importlib.util.find_spec("duckdb") is not None


class Duck:
    """DuckDB in memory with the register's rows as typed columns."""

    def __init__(self, columns: Columns) -> None:
        import duckdb

        self.database = duckdb.connect()
        stays, people = columns.stays, columns.people
        tables = {
            "stays": {
                "person": stays.person.astype(np.int32), "unit": stays.unit.astype(np.int32),
                "start_day": stays.start.astype(np.int32), "end_day": stays.end.astype(np.int32),
                "official": stays.official, "exempt": stays.exempt,
            },
            "people": {
                "person": np.arange(len(people.ids), dtype=np.int32), "born": people.born.astype(np.int32),
                "female": people.female, "minority": people.ethnic_group > 1,
            },
        }  # fmt: skip
        for name, rows in tables.items():
            self.database.register("given", rows)
            self.database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            self.database.unregister("given")

    def bare(self, on: date) -> object:
        """Members of each cell: the scan that nothing which reads the rows can do without."""
        return self.database.execute(_BARE, [day_number(on)]).fetchnumpy()

    def same(self, on: date) -> object:
        """The six counts of each cell that all figures about people are made of."""
        days = [day_number(on), day_number(years_before(on, YOUNG_UNTIL))]
        return self.database.execute(_SAME, days).fetchnumpy()


def postgresql(on: date) -> object:
    """The six counts of each cell in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [years_before(on, YOUNG_UNTIL), on])
        return cursor.fetchall()


def numpy_scan(columns: Columns, units: int) -> Ask:
    """The plainest way in NumPy: look at every stay, gather, count six times."""
    stays, people = columns.stays, columns.people

    def ask(on: date) -> object:
        rows = stays.on(day_number(on))
        unit, person = stays.unit[rows], stays.person[rows]
        young = people.born[person] > day_number(years_before(on, YOUNG_UNTIL))
        masks = (
            stays.official[rows],
            people.female[person],
            people.ethnic_group[person] > 1,
            stays.exempt[rows],
            young,
        )
        return [np.bincount(unit, minlength=units), *(np.bincount(unit[mask], minlength=units) for mask in masks)]

    return ask
