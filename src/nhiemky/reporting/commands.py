"""What the command line asks for: figures and reviews as plain data and files, read as the operator of the machine."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.periods import day_of
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import asking, documents, listing, selectors
from nhiemky.reporting.documents import as_data
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.listing import Row
from nhiemky.reporting.ratios import PENDING, RATIO_BY_KEY
from nhiemky.reporting.selectors import Figure, Question
from nhiemky.reporting.shares import shares


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
        key: as_data.ratio(share, "vi") for key, share in shares(found).items() if not indicators or key in indicators
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
    first = selectors.years_known(today).start
    if on is not None and on.year != year:
        found.append(Finding("reporting.day_outside_year", facts={"on": on, "year": year}))
    if year > today.year or (on is not None and on > today):
        found.append(Finding("reporting.in_the_future", facts={"year": year, "today": today}))
    if year < first:
        found.append(Finding("reporting.before_the_records", facts={"year": year, "first_year": first}))
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
    entry |= {"additive": indicator.additive, **as_data.target(figure)}
    if figure.why:
        entry["why"] = figure.why
    if figure.why == "split":
        entry |= {"at_least": figure.low, "at_most": figure.high}
    if figure.previous_why:
        entry["previous_why"] = figure.previous_why
    return entry


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
    *,
    unit: str,
    year: int,
    out: Path,
    today: date,
    on: date | None = None,
    structure: date | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> dict[str, object]:
    """Write the review of a unit and year to a .docx, .xlsx or .json file; answers what was written.

    The file appears whole or not at all.

    Raises:
        Denied: there is no such unit.
        Refused: the day or year cannot be asked for, the unit did not exist then, or the file cannot be written.
    """
    actor = Actor.system()
    place = asking.visible_unit(actor, unit, structure)
    _objections((), year, on, today)
    asked: Question = selectors.question(place, year, today, on=on, structure=structure)
    refuse_if_any([finding] if (finding := absent(asked, unit)) else [])
    part = out.with_name(f".{out.name}.part")
    try:
        part.touch()  # what cannot be written is refused before anything is counted
        documents.write(out.suffix.removeprefix("."), part, actor, asked, today, progress=progress)
        part.replace(out)
    except OSError as no:
        raise Refused(
            Finding(_UNWRITABLE.get(no.errno or 0, "reporting.cannot_write"), facts={"path": str(out)})
        ) from no
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return {"ok": True, "unit": unit, "year": year, "out": str(out), "bytes": out.stat().st_size}


_UNWRITABLE = {
    errno.ENOENT: "reporting.no_such_folder",
    errno.ENOTDIR: "reporting.no_such_folder",
    errno.EACCES: "reporting.may_not_write",
    errno.EPERM: "reporting.may_not_write",
    errno.EROFS: "reporting.may_not_write",
    errno.ENOSPC: "reporting.disk_is_full",
}


def absent(asked: Question, code: str) -> Finding | None:
    """That the unit was not there in the period, with the structure under which it can be asked for."""
    why = selectors.Asked(selectors.facts(), asked).why_none(BY_KEY["members.total"])
    born = day_of(int(selectors.facts().structure.born[asked.unit]))
    facts: dict[str, object] = {"unit": code, "year": asked.year, "born": born, "structure": born.isoformat()}
    if why in ("not_founded", "ended", "not_in_structure"):
        return Finding(f"reporting.unit_{why}", facts=facts)
    return None
