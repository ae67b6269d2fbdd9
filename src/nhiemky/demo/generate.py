"""Generates the demo province into an empty database: units, reform, people, bodies, targets, users."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from nhiemky.audit.services import record, service
from nhiemky.core.middleware import today
from nhiemky.demo import bodies, people, places, reform, registry, units
from nhiemky.demo.loading import copy_rows, next_ids
from nhiemky.demo.personas import make_users
from nhiemky.domain.access import Actor
from nhiemky.domain.names import fold, text_key
from nhiemky.organisation import selectors
from nhiemky.organisation.models import AdminArea
from nhiemky.organisation.services import reorganisation_apply

SEED = 20230106
SMALL_SCALE = 2_000 / people.TARGET
Progress = Callable[[str, float], None]


def generate(*, small: bool, progress: Progress) -> None:
    """Fill an empty, migrated database. The same seed gives the same province."""
    rng = np.random.default_rng(SEED)
    actor = Actor.system("demo")
    progress(_("Administrative units"), 0.02)
    specs = units.build(rng, small=small)
    _write_units(actor, specs)
    progress(_("Reorganisation of the agencies' bloc"), 0.08)
    reorganisation_apply(actor=actor, decision=reform.split_of_the_bloc(specs), today=today())
    progress(_("Reform of 1 July 2025"), 0.1)
    reorganisation_apply(actor=actor, decision=reform.reform(specs), today=today())
    progress(_("Members and their movements"), 0.2)
    book = people.Book(rng, SMALL_SCALE if small else 1, specs)
    people.write_history(book)
    _write_people(actor, book, progress)
    progress(_("Merger of hamlet cells"), 0.92)
    reorganisation_apply(actor=actor, decision=reform.merge_of_hamlets(_three_hamlets()), today=today())
    progress(_("Users"), 0.95)
    make_users(actor, today())
    progress(_("Ready"), 1.0)


@service
def _write_units(actor: Actor, specs: list[units.Spec]) -> None:
    areas = _write_areas()
    ids = {spec.code: number for number, spec in enumerate(specs, start=1)}
    copy_rows("organisation_unit", ("id", "code"), [(number, code) for code, number in ids.items()])
    next_ids("organisation_unit")
    copy_rows(
        "organisation_unitversion",
        ("unit_id", "name", "name_key", "folded", "kind", "sector", "area_id", "during"),
        [
            (ids[s.code], s.name, text_key(s.name), fold(s.name), s.kind, s.sector, areas.get(s.area), _during(s))
            for s in specs
        ],
    )
    copy_rows(
        "organisation_placement",
        ("unit_id", "parent_id", "during"),
        [(ids[s.code], ids.get(s.parent), _during(s)) for s in specs],
    )
    record("organisation.demo_units_written", actor=actor, subject="demo", facts={"units": len(specs)})


def _during(spec: units.Spec) -> str:
    return f"[{spec.start},{spec.end or ''})"


def _write_areas() -> dict[str, int]:
    rows = [AdminArea(code_list="2024", level="district", code=d.code, name=d.name, type=d.type, parent_code=d.province)
            for d in places.districts()]  # fmt: skip
    for code_list, communes in (("2024", places.old_communes()), ("2025", places.new_communes())):
        rows += [
            AdminArea(code_list=code_list, level="commune", code=c.code, name=c.name, type=c.type,
                      parent_code=c.district or c.province, lat=c.lat, lon=c.lon)
            for c in communes
        ]  # fmt: skip
    made = AdminArea.objects.bulk_create(rows)
    prefix = {"district": "D"}
    return {f"{prefix.get(area.level, area.code_list)}-{area.code}": area.pk for area in made}


@service
def _write_people(actor: Actor, book: people.Book, progress: Progress) -> None:
    kept, moves = people.ledger(book)
    progress(_("Writing the register"), 0.35)
    registry.write_people(book, kept, moves)
    progress(_("Writing the ledger"), 0.5)
    stays = registry.write_ledger(book, moves)
    progress(_("Committees and their terms"), 0.8)
    bodies.write(book, stays)
    bodies.write_targets(book)
    # The planner must know the new sizes before anybody asks.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    record(
        "demo.province_generated",
        actor=actor,
        subject="demo",
        facts={"seed": SEED, "people": len(kept), "movements": len(moves)},
    )


def _three_hamlets() -> list[str]:
    structure = selectors.structure()
    on = date(2026, 10, 19)
    below = structure.children(structure.by_code[reform.AN_PHU], on)
    hamlets = [structure.codes[c] for c in below if (v := structure.version(c, on)) and v.sector == "residential"]
    return sorted(hamlets)[:3]
