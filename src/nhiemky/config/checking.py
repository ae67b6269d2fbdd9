"""`nhiemky check`: proves that the records hold together, and names every row that does not.

What the database's constraints promise is proved again from the rows: a restored, replicated or hand-mended database
may have lost a constraint. Each check answers how much it looked at and what it found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
from django.db import connection

from nhiemky.audit.chain import verify
from nhiemky.config.check_queries import QUERIES
from nhiemky.config.check_query import Query
from nhiemky.core.middleware import today
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.columns import Columns, Movements
from nhiemky.domain.members.kinds import MOVEMENT_KEYS
from nhiemky.domain.organisation.decision import Operation, read_decision
from nhiemky.domain.organisation.soundness import unsound
from nhiemky.domain.organisation.structure import Ints, Structure
from nhiemky.domain.periods import DAY, Period, day_number, day_of
from nhiemky.domain.reporting.ledger import Balance, balance, stock
from nhiemky.members import snapshot
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Reorganisation

_SHOWN = 20


def check() -> dict[str, object]:
    """Run every check.

    Returns `ok`, and under `checks` for each: `ok`, `checked` (how much was looked at) and what was found.
    """
    organisation.forget()
    snapshot.SNAPSHOT.forget()
    checks: dict[str, dict[str, object]] = {}
    for query in QUERIES:
        checks[query.name] = asked(query)
    links_sound = all(bool(part["ok"]) for name, part in checks.items() if name.startswith(("orphan", "life")))
    if links_sound:
        for name, checked, findings in _structure_checks():
            checks[name] = _part(checked, findings)
    read, findings = verify()
    checks["audit.chain"] = _part(read, findings)
    return {"ok": all(bool(part["ok"]) for part in checks.values()) and links_sound, "checks": checks}


def asked(query: Query) -> dict[str, object]:
    """Ask one of the checks: how much it looked at, and what it found."""
    with connection.cursor() as cursor:
        cursor.execute(query.rows)
        checked = int(cursor.fetchone()[0])
        cursor.execute(query.broken, {"today": today()} if "%(today)s" in query.broken else None)
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
    first = _first_year(structure, columns.stays.start)
    yield _sound(structure)
    yield _operations(structure)
    last = max([today().year, *(day_of(day).year for day in structure.boundaries)])
    periods = list(_periods(structure, first, last))
    balances = [balance(structure, columns, during) for during in periods]
    yield _balanced(structure, periods, balances)
    yield _kinds_add_up(structure, columns, periods)
    yield _children(structure, columns, [during.start for during in periods])
    yield _whole(structure, columns, [during.start for during in periods])


def _first_year(structure: Structure, starts: np.ndarray) -> int:
    return day_of(int(starts.min())).year if len(starts) else today().year


def _periods(structure: Structure, first: int, last: int) -> Iterator[Period]:
    """Every year, cut where some unit came under another superior: within one part the tree stands still."""
    edges = {day_number(date(number, 1, 1)) for number in range(first, last + 2)}
    edges |= {day for day in structure.boundaries if min(edges) < day < max(edges)}
    for start, end in pairwise(sorted(edges)):
        yield Period(day_of(start), day_of(end))


def _sound(structure: Structure) -> tuple[str, int, list[Finding]]:
    """Superiors live as long as what stands under them, and everything is reached from a root, on every day."""
    placements = sum(len(found) for found in structure.placements)
    findings = [f for f in unsound(structure, date(1900, 1, 1)) if f.code != "reorganisation.kind_misplaced"]
    return "tree.sound", placements, findings


def _operations(structure: Structure) -> tuple[str, int, list[Finding]]:
    """Every merger and split of an applied decision has left its trace."""
    links = {(link.predecessor, link.successor, link.on) for link in structure.links}
    found, checked = [], 0
    for done in Reorganisation.objects.filter(status=Reorganisation.APPLIED):
        for operation in read_decision(_data(done)).operations:
            for old, new in _pairs(operation):
                checked += 1
                pair = structure.by_code.get(old, -1), structure.by_code.get(new, -1), done.effective_on
                if pair not in links:
                    found.append(Finding("succession.lost", facts={"number": done.number, "from": old, "to": new}))
    return "succession.operations", checked, found


def _data(done: Reorganisation) -> dict[str, object]:
    head = {"number": done.number, "date": done.decided_on, "body": done.body, "effective": done.effective_on}
    return {"decision": head, "operations": done.operations}


def _pairs(operation: Operation) -> list[tuple[str, str]]:
    if operation.op == "merge":
        return [(code, operation.into[0]) for code in operation.units]
    if operation.op == "split":
        return [(operation.unit, code) for code in operation.into if code != operation.unit]
    return []


def _balanced(structure: Structure, periods: list[Period], balances: list[Balance]) -> tuple[str, int, list[Finding]]:
    """Opening + in − out = closing for every unit and part of a year."""
    broken = []
    for during, made in zip(periods, balances, strict=True):
        for unit in np.flatnonzero(made.difference).tolist():
            facts = {"unit": structure.codes[unit], "from": during.start, "until": during.end}
            broken.append(Finding("ledger.unbalanced", facts=facts))
    return "ledger.balance", len(periods) * len(structure), broken


def _kinds_add_up(structure: Structure, columns: Columns, periods: list[Period]) -> tuple[str, int, list[Finding]]:
    """By kind, what a unit gained is what its sub-units gained and what came to itself, while the tree stands still.

    En bloc is left out: much of it follows from the tree and has no entry of its own.
    """
    found, size = [], len(structure)
    for during in periods:
        # On the first day of a new tree, who goes still goes out of the old one.
        still = Period(during.start + DAY, during.end) if day_number(during.start) in structure.boundaries else during
        made, tree = balance(structure, columns, still), structure.tree(still.start)
        inner = np.flatnonzero((tree.first >= 0) & (tree.parent >= 0))
        assert still.end is not None
        rows = columns.movements.within(day_number(still.start), day_number(still.end))
        for kind, key in enumerate(MOVEMENT_KEYS):
            net = made.came[kind] - made.went[kind]
            sums = _own(columns.movements, rows, kind, size)
            np.add.at(sums, tree.parent[inner], net[inner])
            wrong = np.flatnonzero((tree.first >= 0) & (net != sums)) if key != "en_bloc" else rows[:0]
            for unit in wrong.tolist():
                facts = {"unit": structure.codes[unit], "from": still.start, "kind": key}
                found.append(Finding("ledger.kinds", facts=facts))
    return "ledger.kinds", len(periods) * size * len(MOVEMENT_KEYS), found


def _own(moves: Movements, rows: Ints, kind: int, size: int) -> Ints:
    """What came to each unit itself less what went from it, by entries of one kind."""
    chosen = rows[moves.kind[rows] == kind]
    target, source = moves.target[chosen], moves.source[chosen]
    came = np.bincount(target[target >= 0], minlength=size)
    return came - np.bincount(source[source >= 0], minlength=size)


def _whole(structure: Structure, columns: Columns, days: list[date]) -> tuple[str, int, list[Finding]]:
    """The roots together hold everybody."""
    found = []
    for day in days:
        number = day_number(day)
        totals, people = stock(structure, columns, number), len(columns.stays.on(number))
        held = sum(int(totals[root]) for root in structure.roots(day))
        if held != people:
            found.append(Finding("ledger.whole", facts={"on": day, "people": people, "roots": held}))
    return "ledger.whole", len(days), found


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
