"""Generates the demo province into an empty database: units, reorganisations, people, bodies, targets, users."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from nhiemky.audit.services import record, service
from nhiemky.core.copying import copy_rows
from nhiemky.core.middleware import today
from nhiemky.demo import (
    admissions,
    badges,
    bodies,
    conferences,
    directives,
    documents,
    foundings,
    people,
    places,
    quality,
    registry,
    regulations,
    rights,
    targets,
    tasks,
    transfers,
    units,
)
from nhiemky.demo.book import Book
from nhiemky.demo.decisions import DAYS, HAMLETS, SPLIT, decisions
from nhiemky.demo.drafting import Data
from nhiemky.demo.ledger import Way, ledger, stays
from nhiemky.demo.loading import next_ids
from nhiemky.demo.personas import make_users
from nhiemky.demo.workdays import Calendar
from nhiemky.domain.access import Actor
from nhiemky.domain.names import fold, text_key
from nhiemky.domain.periods import day_number
from nhiemky.organisation import selectors
from nhiemky.organisation.models import AdminArea, EnBloc, Reorganisation
from nhiemky.organisation.services import reorganisation_apply

SEED = 20230106
SMALL_SCALE = 2_000 / people.TARGET
# History goes on to the eve of the day on which the demo is made, but never less far than this.
AT_LEAST = date(2026, 10, 30)
Progress = Callable[[str, float], None]


def generate(*, small: bool, progress: Progress, until: date | None = None) -> None:
    """Fill an empty, migrated database. The same seed gives the same province.

    With `until` everything after the day is left out, also the decisions that take effect after it.
    """
    rng = np.random.default_rng(SEED)
    calendar = Calendar(DAYS)
    last = until or min(max(today() - timedelta(days=1), AT_LEAST), people.LAST)
    progress(_("Administrative units"), 0.02)
    specs = make_units(rng, calendar, small=small)
    _reorganise(decisions(specs), last, progress)
    _write_late(specs, last)
    progress(_("Members and their movements"), 0.2)
    book = Book(rng, SMALL_SCALE if small else 1, specs, calendar)
    people.write_history(book)
    _write_people(Actor.system("demo"), book, last, progress)
    quality.enter_twice(Actor.system("demo"), min(last + timedelta(days=1), today()))
    progress(_("Users"), 0.97)
    if until is None:  # the cast works in units of after the reform
        make_users(Actor.system("demo"), today())
        transfers.write(Actor.system("demo"), today())
        badges.write(Actor.system("demo"), today())
        quality.write_lists(Actor.system("demo"), today())
        rights.write(Actor.system("demo"), today())
        documents.write(Actor.system("demo"), today())
        tasks.write(Actor.system("demo"), today())
        directives.write(Actor.system("demo"), today())
        regulations.write(Actor.system("demo"), today())
        conferences.write(Actor.system("demo"), today())
    progress(_("Ready"), 1.0)


def make_units(rng: np.random.Generator, calendar: Calendar, *, small: bool) -> list[units.Spec]:
    """The units until the reform as rows; what is founded later has only its number and its code yet."""
    builder = units.Builder(rng, small=small)
    units.build(builder)
    foundings.found(builder, calendar, small=small)
    _write_units(Actor.system("demo"), builder.specs)
    return builder.specs


def _reorganise(made: Iterable[Data], last: date, progress: Progress) -> None:
    """Carry the decisions out through the service, one day after the other."""
    told = {
        SPLIT: (_("Reorganisation of the agencies' bloc"), 0.06),
        foundings.REFORM: (_("Reform of 1 July 2025"), 0.1),
        HAMLETS: (_("Merger of hamlet cells"), 0.18),
    }
    for decision in made:
        head = decision["decision"]
        assert isinstance(head, dict)
        effective = date.fromisoformat(head["effective"])
        if effective <= last:
            if effective in told:
                progress(*told[effective])
            reorganisation_apply(actor=Actor.system("demo"), decision=decision, today=today())


@service
def _write_units(actor: Actor, specs: list[units.Spec]) -> None:
    areas = _write_areas()
    ids = {spec.code: number for number, spec in enumerate(specs, start=1)}
    copy_rows("organisation_unit", ("id", "code"), [(number, code) for code, number in ids.items()])
    next_ids("organisation_unit")
    _write_versions([s for s in specs if s.start <= foundings.REFORM], ids, areas)
    record("organisation.demo_units_written", actor=actor, subject="demo", facts={"units": len(specs)})


def _write_versions(specs: list[units.Spec], ids: dict[str, int], areas: dict[str, int]) -> None:
    copy_rows(
        "organisation_unitversion",
        ("unit_id", "name", "name_key", "folded", "kind", "sector", "area_id", "during"),
        [
            (ids[s.code], s.name, text_key(s.name), fold(s.name), s.kind, s.sector, areas.get(s.area), f"[{s.start},)")
            for s in specs
        ],
    )
    copy_rows(
        "organisation_placement",
        ("unit_id", "parent_id", "during"),
        [(ids[s.code], ids.get(s.parent), f"[{s.start},)") for s in specs],
    )


def _write_late(specs: list[units.Spec], last: date) -> None:
    """What was founded after the reform, under units that only the reform founded."""
    late = [s for s in specs if foundings.REFORM < s.start <= last]
    if late:
        _write_late_units(Actor.system("demo"), late)


@service
def _write_late_units(actor: Actor, late: list[units.Spec]) -> None:
    structure = selectors.structure()
    ids = {code: int(structure.ids[place]) for code, place in structure.by_code.items()}
    _write_versions(late, ids, {})
    record("organisation.demo_units_written", actor=actor, subject="demo", facts={"units": len(late)})


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
def _write_people(actor: Actor, book: Book, last: date, progress: Progress) -> None:
    structure = selectors.structure()
    ways = _ways()
    entries = ledger(book, ways, day_number(last))
    facts = registry.Facts(book, entries)
    progress(_("Writing the register"), 0.35)
    registry.write_people(book, entries, facts)
    progress(_("Writing the ledger"), 0.55)
    registry.write_movements(book, entries, facts, structure, Reorganisation.objects.in_bulk())
    written = stays(book, entries)
    registry.write_stays(written)
    progress(_("Admission cases"), 0.78)
    cases = admissions.write(book, entries, facts, written, structure, ways, day_number(last))
    progress(_("Committees and their terms"), 0.85)
    bodies.write(book, entries, written, last)
    # The planner must know the new sizes before anybody asks.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    targets.write(book.scale, last)
    record("admissions.demo_cases_written", actor=actor, subject="demo", facts={"cases": cases})
    record(
        "demo.province_generated",
        actor=actor,
        subject="demo",
        facts={"seed": SEED, "people": len(entries.kept), "movements": len(entries.person)},
    )


def _ways() -> list[Way]:
    """Where the people of ended cells went, by each reorganisation."""
    index = selectors.structure().index
    rows = EnBloc.objects.values_list("reorganisation_id", "reorganisation__effective_on", "source_id", "target_id")
    found: dict[tuple[int, date], list[tuple[int, int]]] = {}
    for by, on, source, target in rows:
        found.setdefault((by, on), []).append((index[source], index[target]))
    return [Way(by, day_number(on), *np.array(pairs, dtype=np.int64).T) for (by, on), pairs in sorted(found.items())]
