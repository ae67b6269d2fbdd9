"""What a check in SQL is, and the one that every link gets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """A check in SQL: how many rows it looks at, and which of them break it (id and a fact)."""

    name: str
    rows: str
    broken: str


def orphans(table: str, column: str, parent: str) -> Query:
    return Query(
        f"orphan.{table}.{column}",
        f"SELECT count({column}) FROM {table}",
        f"""SELECT t.id, t.{column} FROM {table} t LEFT JOIN {parent} p ON p.id = t.{column}
            WHERE t.{column} IS NOT NULL AND p.id IS NULL""",
    )
