"""Writes of this app: targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Unit
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.models import Target
from nhiemky.reporting.scopes import founded_in

MOST = 100_000


@service
def targets_set(
    *,
    actor: Actor,
    indicator: str,
    year: int,
    values: Mapping[str, int | None],
    source: str,
    assumed: bool,
    today: date,
    all_of_them: bool = False,
    from_founding: bool = False,
) -> int:
    """Set or withdraw (None) the targets of several units at once; answers how many were changed.

    With `all_of_them` the paper also becomes the source of those whose number stays the same; with `from_founding`
    the target of a unit founded in the year is one for the rest of it.

    Raises:
        Denied: a unit lies outside the actor's subtree or the right is missing there.
        Refused: with every objection at once; nothing is changed then.
    """
    structure = organisation.structure()
    places = {code: organisation.visible_position(actor, code, "reporting.target") for code in values}
    rows = Target.objects.select_related("unit").filter(unit__code__in=list(values), indicator=indicator, year=year)
    held = {row.unit.code: row for row in rows}
    changed = {code: value for code, value in values.items() if _is_new(held.get(code), value, all_of_them)}
    there = structure.alive(date(year, 1, 1)) | structure.alive(date(year, 12, 31))
    absent = [code for code in changed if not there[places[code]]]
    refuse_if_any(_objections(indicator, year, changed, source, today, absent))
    before = {code: held[code].value if code in held else None for code in changed}
    for code, value in changed.items():
        since = founded_in(structure, places[code], year) if from_founding else None
        _write(indicator, year, code, value, held.get(code), source, assumed, since)
    facts = {"indicator": indicator, "year": year, "values": changed, "before": before, "source": source}
    facts |= {"assumed": assumed, "count": len(changed), "units": list(changed)}
    ids = [int(structure.ids[places[code]]) for code in changed]
    record("reporting.targets_set", actor=actor, subject=indicator, units=ids, facts=facts)
    return len(changed)


def _is_new(held: Target | None, value: int | None, renewed: bool) -> bool:
    if held is None:
        return value is not None
    return held.value != value or renewed


def _objections(
    indicator: str,
    year: int,
    changed: Mapping[str, int | None],
    source: str,
    today: date,
    absent: Sequence[str],
) -> list[Finding]:
    found = [Finding("reporting.target_no_unit", facts={"unit": code, "year": year}, field=code) for code in absent]
    known = BY_KEY.get(indicator)
    if known is None or not known.has_target:
        found.append(Finding("reporting.no_target_kept", facts={"key": indicator}))
    if not today.year - 20 <= year <= today.year + 1:
        found.append(Finding("reporting.target_year", facts={"year": year}))
    if not changed:
        found.append(Finding("reporting.nothing_changed"))
    elif not source.strip():
        found.append(Finding("reporting.target_needs_source", field="source"))
    for code, value in changed.items():
        if value is not None and not 0 < value <= MOST:
            found.append(Finding("reporting.target_size", facts={"unit": code, "most": MOST}, field=code))
    return found


def _write(
    indicator: str,
    year: int,
    code: str,
    value: int | None,
    held: Target | None,
    source: str,
    assumed: bool,
    since: date | None,
) -> None:
    unit = Unit.objects.get(code=code)
    if value is None:
        assert held is not None
        held.delete()
        return
    Target.objects.update_or_create(
        unit=unit,
        indicator=indicator,
        year=year,
        defaults={"value": value, "source": source, "assumed": assumed, "since": since},
    )


@service
def exported(*, actor: Actor, what: str, unit_id: int, facts: Mapping[str, object]) -> None:
    """Note that a spreadsheet with people left the system: once outside, nothing else tells who has it."""
    record("reporting.exported", actor=actor, subject=what, unit_id=unit_id, facts=facts)
