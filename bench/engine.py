"""Figures against the same counts in DuckDB over exported rows."""

from __future__ import annotations

import statistics
from datetime import date

from table import TODAY, demo_folder, django_on, line, times


def engine() -> None:
    """Figures against the same counts in DuckDB over exported rows."""
    import duckdb

    with django_on(demo_folder()):
        from nhiemky.organisation import selectors as organisation
        from nhiemky.reporting import selectors

        held = selectors.facts()
        province = organisation.position("T-51")
        asked = selectors.question(province, 2022, TODAY)
        database = duckdb.connect()
        baseline = statistics.median(times(lambda: _duck(database), 15)) if _export(database, held, asked) else None
        limit = "≤ 3 × DuckDB"
        line("all figures of the province, one day", times(lambda: _all(selectors, asked), 15), limit, baseline)
        if baseline:
            line("  DuckDB, the same counts", [baseline], "baseline")
        days = iter([date(2015 + n % 12, 1 + n % 9, 1 + n % 27) for n in range(200)])

        def one() -> None:
            on = next(days)
            selectors.figures(selectors.question(province, on.year, TODAY, on=on), ["members.total"])

        line("one count as of any day", times(one, 60), "< 150 ms")
        commune = organisation.position("X25-21034")
        restated = iter([2015 + n % 10 for n in range(200)])

        def restate() -> None:
            question = selectors.question(commune, next(restated), TODAY, structure=date(2025, 7, 1))
            selectors.figures(question, ["members.total"])

        line("one count restated", times(restate, 60), "< 300 ms")


def _all(selectors: object, asked: object) -> None:
    """Every indicator, counted anew: nothing remembered from the call before."""
    from nhiemky.reporting.indicators import INDICATORS

    held = selectors.facts()  # type: ignore[attr-defined]
    fresh = selectors.Asked(held, asked)  # type: ignore[attr-defined]
    for indicator in INDICATORS:
        fresh.count(indicator)


def _export(database: object, held: object, asked: object) -> bool:
    """The rows as DuckDB tables, the subtree of the province as a column."""
    import numpy as np

    from nhiemky.domain.periods import day_number

    execute = database.execute  # type: ignore[attr-defined]
    columns, structure, on = held.columns, held.structure, asked.on  # type: ignore[attr-defined]
    inside = structure.tree(on).inside(asked.unit)  # type: ignore[attr-defined]
    s, p, m = columns.stays, columns.people, columns.movements
    sector, kind = structure.sectors(on), structure.kinds(on)
    tables = {
        "stays": {"unit": s.unit, "start_day": s.start, "end_day": s.end, "official": s.official, "exempt": s.exempt,
                  "female": p.female[s.person], "grp": p.ethnic_group[s.person], "born": p.born[s.person]},
        "moves": {"kind": m.kind, "day": m.day, "source": m.source, "target": m.target},
        "units": {"unit": np.arange(len(inside)), "inside": inside, "sector": sector, "kind": kind,
                  "born": structure.born, "ended": structure.ended},
    }  # fmt: skip
    for name, table in tables.items():
        fields = ", ".join(f"unnest(${n}) AS {field}" for n, field in enumerate(table, start=1))
        execute(f"CREATE TABLE {name} AS SELECT {fields}", [np.ascontiguousarray(v).tolist() for v in table.values()])
    days = [day_number(on), day_number(asked.during.start)]  # type: ignore[attr-defined]
    execute("CREATE TABLE asked AS SELECT $1::INT AS d, $2::INT AS a", days)
    return True


def _duck(database: object) -> None:
    """The counts of a figures page as three grouped statements."""
    run = database.execute  # type: ignore[attr-defined]
    sectors = ", ".join(f"count(*) FILTER (u.sector = {n})" for n in range(9))
    run(
        f"""SELECT count(*), count(*) FILTER (official), count(*) FILTER (NOT official), count(*) FILTER (female),
        count(*) FILTER (grp > 1), count(*) FILTER (s.born > a.d - 11322), count(*) FILTER (exempt), {sectors}
        FROM stays s JOIN units u ON u.unit = s.unit AND u.inside, asked a WHERE start_day <= a.d AND a.d < end_day"""
    ).fetchall()
    run(
        """SELECT m.kind, count(*) FILTER (t.inside), count(*) FILTER (f.inside),
        count(*) FILTER (t.inside AND NOT COALESCE(f.inside, false)),
        count(*) FILTER (f.inside AND NOT COALESCE(t.inside, false))
        FROM moves m LEFT JOIN units t ON t.unit = m.target LEFT JOIN units f ON f.unit = m.source, asked a
        WHERE m.day BETWEEN a.a AND a.d GROUP BY m.kind"""
    ).fetchall()
    run("SELECT kind, sector, count(*), count(*) FILTER (born >= a.a AND born <= a.d) FROM units, asked a "
        "WHERE inside GROUP BY kind, sector").fetchall()  # fmt: skip
