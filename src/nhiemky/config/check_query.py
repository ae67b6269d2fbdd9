"""What a check in SQL is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """A check in SQL: how many rows it looks at, and which of them break it (id and a fact)."""

    name: str
    rows: str
    broken: str
