"""What the command line asks for: the forms as plain data and as a file, read as the operator of the machine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import translation

from nhiemky.core.wording import sentence
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.statistics.counting import Count, Line
from nhiemky.domain.statistics.forms import FORMS, NAMES
from nhiemky.organisation import selectors as organisation
from nhiemky.statistics import selectors, tables, workbook
from nhiemky.statistics.selectors import Asked


def statistics(
    *, unit: str, year: int, half: int, on: date | None, structure: date | None, out: Path | None, today: date
) -> dict[str, object]:
    """The four forms with their checks as data; with `out` also as a workbook.

    `ok` is False where a check fails: what does not add up must not be handed on unseen.

    Raises:
        Denied: there is no such unit.
        Refused: nothing can be told of the period, or the file cannot be written.
    """
    wanted = selectors.asked(organisation.position(unit), year, half, today, on=on, structure=structure)
    if out is not None:
        _write(out, workbook.written(wanted))
    with translation.override("vi"):
        return as_data(wanted) | ({"out": str(out)} if out else {})


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as wrong:
        raise Refused(Finding("statistics.cannot_write", facts={"file": out, "why": wrong.strerror})) from wrong


def as_data(wanted: Asked) -> dict[str, object]:
    """Unit, period, forms and checks, as JSON takes them."""
    made, found = selectors.count(wanted), selectors.checked(wanted)
    return {
        "ok": all(check.ok or not check.blocks for check in found),
        "unit": {"code": made.facts.structure.codes[wanted.unit], "name": tables.unit_name(made, wanted.shape)},
        "first": wanted.first.isoformat(),
        "on": wanted.on.isoformat(),
        "structure": wanted.structure.isoformat() if wanted.structure else None,
        "basis": {"cites": "11-HD/BTCTW, 13/12/2021", "confirmed": False},
        "parts": [{"code": mark, "name": tables.part_name(made, mark)} for mark in made.parts.marks],
        "forms": {str(n): {"name": NAMES[n].vi, "lines": _lines(made, n)} for n in FORMS},
        "checks": [{**check.as_dict(), "ok": check.ok, "sentence": sentence(check)} for check in found],
    }


def _lines(made: Count, number: int) -> list[dict[str, object]]:
    return [_line(made, line) for line in made.lines(number)]


def _line(made: Count, line: Line) -> dict[str, object]:
    """A number stands alone where it is exact, else as the two it lies between; parts in which there is nobody are
    left out."""
    low, high = line.cells.low.tolist(), line.cells.high.tolist()
    told: dict[str, object] = {"key": line.name, "name": tables.name_of(line, made), "value": _value(low[0], high[0])}
    if line.of:
        told |= {key: _value(int(s.low[0]), int(s.high[0])) for key, s in zip(tables.OF, line.of, strict=True)}
    pairs = zip(made.parts.marks, low[1:], high[1:], strict=True)
    return told | {"parts": {mark: _value(few, many) for mark, few, many in pairs if many}}


def _value(low: int, high: int) -> int | list[int]:
    return low if low == high else [low, high]
