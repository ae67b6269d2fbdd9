"""`nhiemky check`: proves that the records hold together, and names every row that does not.

What the database's constraints promise is proved again from the rows: a restored, replicated or hand-mended database
may have lost a constraint. Each check answers how much it looked at and what it found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from nhiemky.audit.chain import verify
from nhiemky.core.middleware import today
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import day_number, day_of, year
from nhiemky.domain.reporting.ledger import balance, stock
from nhiemky.members import snapshot
from nhiemky.organisation import selectors as organisation

_SHOWN = 20


@dataclass(frozen=True)
class Query:
    """A check in SQL: how many rows it looks at, and which of them break it (id and a fact)."""

    name: str
    rows: str
    broken: str


def _overlaps(table: str, owner: str) -> Query:
    return Query(
        f"overlap.{table}",
        f"SELECT count(*) FROM {table}",
        f"""SELECT id, {owner} FROM (SELECT id, {owner}, during, lag(during) OVER w AS before FROM {table}
            WINDOW w AS (PARTITION BY {owner} ORDER BY lower(during), id)) t WHERE before && during""",
    )


def _orphans(table: str, column: str, parent: str) -> Query:
    return Query(
        f"orphan.{table}.{column}",
        f"SELECT count({column}) FROM {table}",
        f"""SELECT t.id, t.{column} FROM {table} t LEFT JOIN {parent} p ON p.id = t.{column}
            WHERE t.{column} IS NOT NULL AND p.id IS NULL""",
    )


_LINKS = (
    ("organisation_unitversion", "unit_id", "organisation_unit"),
    ("organisation_placement", "unit_id", "organisation_unit"),
    ("organisation_placement", "parent_id", "organisation_unit"),
    ("organisation_succession", "predecessor_id", "organisation_unit"),
    ("organisation_succession", "successor_id", "organisation_unit"),
    ("organisation_body", "unit_id", "organisation_unit"),
    ("organisation_term", "body_id", "organisation_body"),
    ("members_person", "last_unit_id", "organisation_unit"),
    ("members_movement", "person_id", "members_person"),
    ("members_movement", "from_unit_id", "organisation_unit"),
    ("members_movement", "to_unit_id", "organisation_unit"),
    ("members_movement", "reverses_id", "members_movement"),
    ("members_stay", "person_id", "members_person"),
    ("members_stay", "unit_id", "organisation_unit"),
    ("members_stay", "opened_by_id", "members_movement"),
    ("members_stay", "closed_by_id", "members_movement"),
    ("members_seat", "person_id", "members_person"),
    ("members_seat", "term_id", "organisation_term"),
    ("reporting_target", "unit_id", "organisation_unit"),
    ("access_grant", "unit_id", "organisation_unit"),
)
# Effective entries: neither a counter-entry nor taken back by one.
_EFFECTIVE = """members_movement m WHERE m.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)"""
_QUERIES = (
    _overlaps("organisation_unitversion", "unit_id"),
    _overlaps("organisation_placement", "unit_id"),
    _overlaps("organisation_term", "body_id"),
    _overlaps("members_stay", "person_id"),
    *(_orphans(*link) for link in _LINKS),
    Query(
        "life.version_and_placement",
        "SELECT count(*) FROM organisation_unit",
        """SELECT u.id, u.code FROM organisation_unit u
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_unitversion GROUP BY 1) v
                ON v.unit_id = u.id
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_placement GROUP BY 1) p
                ON p.unit_id = u.id
           WHERE v.days IS DISTINCT FROM p.days""",
    ),
    Query(
        "life.parent",
        "SELECT count(*) FROM organisation_placement WHERE parent_id IS NOT NULL",
        """SELECT p.id, p.parent_id FROM organisation_placement p
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_unitversion GROUP BY 1) v
                ON v.unit_id = p.parent_id
           WHERE p.parent_id IS NOT NULL AND (v.days IS NULL OR NOT v.days @> p.during)""",
    ),
    Query(
        "life.stay",
        "SELECT count(*) FROM members_stay",
        """SELECT s.id, s.unit_id FROM members_stay s
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_unitversion GROUP BY 1) v
                ON v.unit_id = s.unit_id
           WHERE v.days IS NULL OR NOT v.days @> s.during""",
    ),
    Query(
        "ledger.entry_opens_stay",
        f"SELECT count(*) FROM {_EFFECTIVE} AND m.to_unit_id IS NOT NULL",
        """SELECT m.id, m.person_id FROM members_movement m LEFT JOIN members_stay s ON s.opened_by_id = m.id
           WHERE m.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
           AND (m.to_unit_id IS NOT NULL) IS DISTINCT FROM (s.id IS NOT NULL AND s.person_id = m.person_id
                AND s.unit_id = m.to_unit_id AND lower(s.during) = m.on)""",
    ),
    Query(
        "ledger.entry_closes_stay",
        f"SELECT count(*) FROM {_EFFECTIVE} AND m.from_unit_id IS NOT NULL",
        """SELECT m.id, m.person_id FROM members_movement m LEFT JOIN members_stay s ON s.closed_by_id = m.id
           WHERE m.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
           AND (m.from_unit_id IS NOT NULL) IS DISTINCT FROM (s.id IS NOT NULL AND s.person_id = m.person_id
                AND s.unit_id = m.from_unit_id AND upper(s.during) = m.on)""",
    ),
    Query(
        "ledger.stay_has_entry",
        "SELECT count(*) FROM members_stay",
        """SELECT s.id, s.person_id FROM members_stay s JOIN members_movement m ON m.id = s.opened_by_id
           WHERE m.person_id <> s.person_id OR m.reverses_id IS NOT NULL
           OR EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
           OR (s.closed_by_id IS NULL) <> upper_inf(s.during)""",
    ),
    Query(
        "person.last_unit",
        "SELECT count(*) FROM members_person",
        """SELECT p.id, p.last_unit_id FROM members_person p LEFT JOIN LATERAL (SELECT unit_id FROM members_stay s
           WHERE s.person_id = p.id ORDER BY lower(s.during) DESC LIMIT 1) s ON true
           WHERE s.unit_id IS DISTINCT FROM p.last_unit_id AND s.unit_id IS NOT NULL""",
    ),
)


def check() -> dict[str, object]:
    """Run every check.

    Returns `ok`, and under `checks` for each: `ok`, `checked` (how much was looked at) and what was found.
    """
    organisation.forget()
    snapshot.SNAPSHOT.forget()
    checks: dict[str, dict[str, object]] = {}
    for query in _QUERIES:
        checks[query.name] = _asked(query)
    links_sound = all(bool(part["ok"]) for name, part in checks.items() if name.startswith(("orphan", "life")))
    if links_sound:
        for name, checked, findings in _structure_checks():
            checks[name] = _part(checked, findings)
    read, findings = verify()
    checks["audit.chain"] = _part(read, findings)
    return {"ok": all(bool(part["ok"]) for part in checks.values()) and links_sound, "checks": checks}


def _asked(query: Query) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(query.rows)
        checked = int(cursor.fetchone()[0])
        cursor.execute(query.broken)
        findings = [Finding(query.name, facts={"id": row[0], "about": row[1]}) for row in cursor.fetchall()]
    return _part(checked, findings)


def _part(checked: int, findings: list[Finding]) -> dict[str, object]:
    return {
        "ok": not findings,
        "checked": checked,
        "broken": len(findings),
        "findings": [finding.as_dict() for finding in findings[:_SHOWN]],
    }


def _structure_checks() -> Iterator[tuple[str, int, list[Finding]]]:
    structure, columns = organisation.structure(), snapshot.columns()
    yield _circles(structure)
    years = range(_first_year(structure, columns.stays.start), today().year + 1)
    units, broken = 0, []
    for number in years:
        made = balance(structure, columns, year(number))
        wrong = np.flatnonzero(made.difference)
        units += len(structure)
        broken += [
            Finding("ledger.unbalanced", facts={"unit": structure.codes[u], "year": number}) for u in wrong.tolist()
        ]
    yield "ledger.balance", units, broken
    yield _children(structure, columns, [date(number, 12, 31) for number in years])


def _first_year(structure: Structure, starts: np.ndarray) -> int:
    return day_of(int(starts.min())).year if len(starts) else today().year


def _circles(structure: Structure) -> tuple[str, int, list[Finding]]:
    """Every placed unit is reached from a root, in every segment."""
    found = []
    for segment in range(len(structure.boundaries) + 1):
        tree = structure.tree_of(segment)
        placed = {p.unit for placements in structure.placements for p in placements}
        alive = (
            structure.alive(day_of(structure.boundaries[segment - 1])) if segment else np.zeros(len(structure), bool)
        )
        lost = [u for u in placed if tree.first[u] < 0 and alive[u]]
        found += [Finding("tree.unreachable", facts={"unit": structure.codes[u], "segment": segment}) for u in lost]
    return "tree.circles", (len(structure.boundaries) + 1) * len(structure), found


def _children(structure: Structure, columns: Columns, days: list[date]) -> tuple[str, int, list[Finding]]:
    """Members of a unit are its own and those of its sub-units, counted separately."""
    found, checked = [], 0
    for day in days:
        number = day_number(day)
        totals = stock(structure, columns, number)
        own = np.bincount(columns.stays.unit[columns.stays.on(number)], minlength=len(structure))
        tree = structure.tree(day)
        below = np.zeros(len(structure), dtype=np.int64)
        placed = np.flatnonzero((tree.first >= 0) & (tree.parent >= 0))
        np.add.at(below, tree.parent[placed], totals[placed])
        wrong = np.flatnonzero((totals != own + below) & (tree.first >= 0))
        checked += int((tree.first >= 0).sum())
        found += [Finding("ledger.children", facts={"unit": structure.codes[u], "on": day}) for u in wrong.tolist()]
    return "ledger.children", checked, found
