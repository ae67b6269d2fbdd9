"""The reform of 1 July 2025 over the people of its eve, and a merger of 200 cells with 2,000 members."""

from __future__ import annotations

import shutil
import time
from datetime import date
from typing import Any

from table import FOLDER, TODAY, django_on, fact, line

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)
CELLS, MEMBERS = 200, 2_000


def reform() -> None:
    """Preview, apply, undo; each must leave every sum as it was."""
    data = FOLDER / "eve"
    shutil.rmtree(data, ignore_errors=True)
    with django_on(data):
        decision = _province_of_the_eve()
        from nhiemky.domain.access import Actor
        from nhiemky.organisation import services

        actor = Actor.system("bench")
        before = _sums(EVE)
        begun = time.perf_counter()
        preview = services.reorganisation_preview(actor=actor, decision=decision)
        previewed = time.perf_counter() - begun
        applied, seconds = _timed(services.reorganisation_apply, actor=actor, decision=decision, today=TODAY)
        fact("reform 2025: preview", f"{previewed:.2f} s, {len(preview.plan.touched)} units", "")
        fact("reform 2025: preview and apply", f"{previewed + seconds:.2f} s", "< 20 s")
        baseline = _bare_rows(applied)
        line("  apply", [seconds], "", baseline, "to the same rows written bare")
        after = _sums(DAY)
        fact("reform 2025: members before = after", f"{before[0]:,} = {after[0]:,}: {before[0] == after[0]}", "equal")
        _undone, seconds = _timed(services.reorganisation_undo, actor=actor, reorganisation_id=applied.pk, today=TODAY)
        fact("reform 2025: undo", f"{seconds:.2f} s", "< 20 s")
        fact("reform 2025: every unit's sum after undoing", f"{_sums(DAY)[1] == before[1]}", "equal")
        _merge_cells(actor)


def _province_of_the_eve() -> dict[str, object]:
    """The demo up to the eve of the reform; answers the decision of the reform."""
    from nhiemky.demo import generate

    kept: list[Any] = []
    drafted = generate.decisions

    def listening(specs: Any) -> Any:
        kept.extend(drafted(specs))
        return kept

    generate.decisions = listening  # type: ignore[assignment]
    generate.make_users = lambda *_: None  # the cast works in units of after the reform
    generate.generate(small=False, progress=lambda what, part: None, until=EVE)
    found: dict[str, object] = next(d for d in kept if d["decision"]["effective"] == DAY.isoformat())
    return found


def _timed(act: Any, **arguments: Any) -> tuple[Any, float]:
    begun = time.perf_counter()
    result = act(**arguments)
    return result, time.perf_counter() - begun


def _sums(on: date) -> tuple[int, dict[str, int]]:
    """All members, and those of every living unit by its code."""
    import numpy as np

    from nhiemky.domain.periods import day_number
    from nhiemky.domain.reporting.ledger import stock
    from nhiemky.members.snapshot import columns
    from nhiemky.organisation import selectors

    structure = selectors.structure()
    totals = stock(structure, columns(), day_number(on))
    alive = np.flatnonzero(structure.alive(on)).tolist()
    return sum(int(totals[root]) for root in structure.roots(on)), {structure.codes[u]: int(totals[u]) for u in alive}


def _bare_rows(applied: Any) -> float:
    """Seconds to write as many rows as the decision did, without planning, locks, events or constraints."""
    from django.db import connection, transaction

    versions, placements = applied.versions_opened.count(), applied.placements_opened.count()
    closed = applied.versions_closed.count() + applied.placements_closed.count() + applied.movements.count() * 2
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (id bigint, during daterange, parent bigint)")
        begun = time.perf_counter()
        rows = [(n, "[2025-07-01,)", n) for n in range(versions + placements + closed)]
        cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s)", rows)
        cursor.execute("UPDATE bare SET during = '[2020-01-01,2025-07-01)' WHERE id < %s", [closed])
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return seconds


def _merge_cells(actor: Any) -> None:
    """200 cells whose members come as near to 2,000 as their sizes allow."""
    import numpy as np

    from nhiemky.members.snapshot import columns
    from nhiemky.organisation import selectors, services

    structure, stays, on = selectors.structure(), columns().stays, date(2025, 7, 2)
    counts = np.bincount(stays.unit[stays.end > 2**29], minlength=len(structure))
    holding = [u for u in np.argsort(counts).tolist() if counts[u] and structure.alive(on)[u]]
    first = min(range(len(holding) - CELLS), key=lambda n: abs(int(counts[holding[n : n + CELLS]].sum()) - MEMBERS))
    cells, into = holding[first : first + CELLS], holding[-1]
    operations = [{"op": "merge", "units": [structure.codes[u] for u in cells], "into": structure.codes[into]}]
    head = {"number": "200", "date": "2025-07-01", "body": "Tỉnh ủy", "effective": on.isoformat()}
    data = {"decision": head, "operations": operations}
    before = _sums(on)[0]
    _applied, seconds = _timed(services.reorganisation_apply, actor=actor, decision=data, today=TODAY)
    told = f"{seconds:.2f} s, {int(counts[cells].sum()):,} members, sum equal: {_sums(on)[0] == before}"
    fact(f"merge of {CELLS} cells", told, "< 5 s")
