"""Generates the nation into an empty database, up to the eve of the reform."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from django.db import connection

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.national import writing
from nhiemky.national.copying import bare
from nhiemky.national.history import history
from nhiemky.national.places import Lists, lists
from nhiemky.national.units import Units, build
from nhiemky.organisation.models import AdminArea, Unit

SEED = 20250701
Progress = Callable[[str], None]


def generate(*, scale: float = 1.0, seed: int = SEED, progress: Progress = lambda _what: None) -> Units:
    """Fill an empty, migrated database; the same seed and scale give the same nation. Answers its units.

    Raises:
        Refused: the database holds organisations already.
    """
    held = Unit.objects.count()
    if held:
        raise Refused(Finding("national.not_empty", facts={"units": held}))
    data, actor = lists().part(scale), Actor.system("national")
    units = build(data, np.random.default_rng(seed), scale)
    progress("units")
    _write_units(actor, data, units)
    _write_members(actor, units, np.random.default_rng(seed + 1), scale, progress)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return units


@service
def _write_units(actor: Actor, data: Lists, units: Units) -> None:
    writing.write_units(units, _write_areas(data))
    record("demo.nation_units_written", actor=actor, subject="nation", facts={"units": len(units)})


def _write_areas(data: Lists) -> dict[str, int]:
    rows = [
        AdminArea(
            code_list=year, level=level, code=p.code, name=p.name, type=p.type, parent_code=p.district or p.province
        )
        for year, level, places in (
            ("2024", "province", data.provinces),
            ("2024", "district", data.districts),
            ("2024", "commune", data.communes),
            ("2025", "province", data.new_provinces),
            ("2025", "commune", data.new_communes),
        )
        for p in places
    ]
    made = AdminArea.objects.bulk_create(rows, batch_size=5000)
    return {f"{area.code_list}-{area.code}": area.pk for area in made if area.level == "commune"}


@service
def _write_members(actor: Actor, units: Units, rng: np.random.Generator, scale: float, progress: Progress) -> None:
    progress("history")
    told = history(units, rng, scale)
    with bare(writing.TABLES):
        progress(f"people: {told.people:,}")
        writing.write_people(told.book)
        progress(f"ledger: {len(told.person):,}")
        writing.write_ledger(told)
        facts = {"people": told.people, "movements": len(told.person)}
        del told
        progress("indexes and constraints")
    record("demo.nation_generated", actor=actor, subject="nation", facts=facts)
