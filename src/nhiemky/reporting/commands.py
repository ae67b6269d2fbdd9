"""What the command line asks for: figures and reviews as plain data and files, read as the operator of the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import asking, listing, selectors
from nhiemky.reporting.indicators import BY_KEY, PENDING, RATIO_BY_KEY
from nhiemky.reporting.listing import Row
from nhiemky.reporting.selectors import Figure, Question, Share


@selectors.at_one_moment
def figures(
    *,
    unit: str,
    year: int,
    on: date | None,
    structure: date | None,
    indicators: Sequence[str],
    rows: bool,
    today: date,
) -> dict[str, object]:
    """Figures of a unit and year as JSON; with `rows`, each with exactly as many rows as its value.

    Raises:
        Denied: there is no such unit.
        Refused: an indicator or a day cannot be asked for.
    """
    actor = Actor.system()
    place = asking.visible_unit(actor, unit)
    _objections(indicators, year, on, today)
    asked = selectors.question(place, year, today, on=on, structure=structure)
    counted = _with_parts(indicators)
    found = selectors.figures(asked, counted or None)
    shown = {key: _figure(figure) for key, figure in found.items() if not indicators or key in indicators}
    if rows:
        for key, entry in shown.items():
            entry["rows"] = [_row(row) for row in listing.Rows(actor, asked, BY_KEY[key])[:]]
    ratios = {
        key: _share(share, found)
        for key, share in selectors.shares(found).items()
        if not indicators or key in indicators
    }
    return {
        "unit": {"code": unit, "name": organisation.unit_name(place, asked.shape)},
        "year": year,
        "on": asked.on.isoformat(),
        "structure": structure.isoformat() if structure else None,
        "figures": shown,
        "ratios": ratios,
        "pending": [] if indicators else [{"key": p.key, "name": p.name.vi} for p in PENDING],
    }


def _objections(indicators: Sequence[str], year: int, on: date | None, today: date) -> None:
    known = BY_KEY.keys() | RATIO_BY_KEY.keys()
    found = [Finding("reporting.no_such_indicator", facts={"key": key}) for key in indicators if key not in known]
    if on is not None and on.year != year:
        found.append(Finding("reporting.day_outside_year", facts={"on": on, "year": year}))
    if year > today.year or (on is not None and on > today):
        found.append(Finding("reporting.in_the_future", facts={"year": year, "today": today}))
    if not 1900 < year < 2200:
        found.append(Finding("reporting.no_such_year", facts={"year": year}))
    if found:
        raise Refused(found)


def _with_parts(keys: Sequence[str]) -> list[str]:
    """The indicators to count for the figures and ratios asked for."""
    needed: list[str] = []
    for key in keys:
        ratio = RATIO_BY_KEY.get(key)
        needed += [ratio.part, ratio.whole] if ratio else [key]
    return list(dict.fromkeys(needed))


def _figure(figure: Figure) -> dict[str, object]:
    indicator = figure.indicator
    entry: dict[str, object] = {
        "value": figure.value,
        "previous": figure.previous,
        "change": figure.change,
        "name": indicator.name.vi,
        "definition": indicator.definition.vi,
        "unit": indicator.measure.vi,
        "stock": indicator.stock,
    }
    if figure.target is not None:
        achieved = figure.achievement
        entry |= {
            "target": figure.target,
            "target_assumed": figure.target_assumed,
            "achievement": None if achieved is None else round(achieved, 2),
        }
    if figure.why:
        entry["why"] = figure.why
    if figure.why == "split":
        entry |= {"at_least": figure.low, "at_most": figure.high}
    if figure.previous_why:
        entry["previous_why"] = figure.previous_why
    return entry


def _share(share: Share, found: dict[str, Figure]) -> dict[str, object]:
    rounded = [None if v is None else round(v, 2) for v in (share.value, share.previous)]
    return {
        "value": rounded[0],
        "previous": rounded[1],
        "part": share.part,
        "whole": share.whole,
        "name": share.ratio.name.vi,
        "of": [share.ratio.part, share.ratio.whole],
    }


def _row(row: Row) -> dict[str, object]:
    """Without what does not apply. Identity numbers are never part of a row."""
    full = {
        "name": row.name,
        "code": row.code,
        "unit": row.unit_code,
        "unit_name": row.unit_name,
        "on": row.on.isoformat() if row.on else "",
        "kind": row.kind,
        "paper": row.paper,
        "person": row.person_id,
        "birth_date": row.birth_date.isoformat() if row.birth_date else "",
        "sex": row.sex,
        "doubtful": row.doubtful,
    }
    return {key: value for key, value in full.items() if value not in ("", None, False)}


@selectors.at_one_moment
def review(
    *, unit: str, year: int, out: Path, today: date, progress: Callable[[str, float], None] | None = None
) -> dict[str, object]:
    """Write the review of a unit and year to a .docx, .xlsx or .json file; answers what was written.

    The file appears whole or not at all.
    """
    from nhiemky.reporting.documents import write

    actor = Actor.system()
    place = asking.visible_unit(actor, unit)
    _objections((), year, None, today)
    asked: Question = selectors.question(place, year, today)
    part = out.with_name(f".{out.name}.part")
    try:
        write(out.suffix.removeprefix("."), part, actor, asked, today, progress=progress)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return {"ok": True, "unit": unit, "year": year, "out": str(out), "bytes": out.stat().st_size}
