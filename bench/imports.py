"""Import of 100,000 members from .xlsx, against reading the same file and copying it into a bare table."""

from __future__ import annotations

import os
import shutil
from datetime import date

from table import FOLDER, TODAY, django_on, fact, line

ROWS = int(os.environ.get("NHIEMKY_BENCH_ROWS", "100000"))


def imports() -> None:
    """Import and import again; nothing is left running afterwards."""
    data = FOLDER / "imports"
    shutil.rmtree(data, ignore_errors=True)
    with django_on(data):
        from nhiemky.national import importing

        found = importing.measured("T", _province(), TODAY, ROWS)
        fact("the workbook", f"{found.rows:,} rows, 20 columns, {found.size / 2**20:.1f} MB", "")
        fact("import: rows taken over", f"{found.counts['new']:,}", "all")
        note = f"{found.rows / found.first:,.0f} rows/s"
        line("import with checks, history and audit", [found.first], "≤ 5 × read and COPY", found.bare, note)
        line("  calamine read and bare COPY", [found.bare], "baseline", None, f"of it reading {found.read:.1f} s")
        fact("the same file again", f"{found.again:.1f} s, {found.counts_again['same']:,} the same", "0 new, 0 changed")
        fact("left running", f"{found.running} statements", "0")


def _province() -> list[str]:
    """A province of 2,000 cells; answers their codes."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from nhiemky.organisation import selectors
    from nhiemky.organisation.models import Placement, Unit, UnitVersion

    codes = ["T", *(f"C{n:05d}" for n in range(2000))]
    units = Unit.objects.bulk_create([Unit(code=code) for code in codes])
    during = DateRange(date(2000, 1, 1), None)
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(unit=unit, name=f"Chi bộ {unit.code}", name_key=unit.code, folded=f"chi bo {unit.code.lower()}",
                        kind="cell" if number else "provincial", sector="residential", during=during)
            for number, unit in enumerate(units)
        ]
    )  # fmt: skip
    Placement.objects.bulk_create(
        [Placement(unit=unit, parent=units[0] if number else None, during=during) for number, unit in enumerate(units)]
    )
    selectors.forget()
    return codes[1:]
