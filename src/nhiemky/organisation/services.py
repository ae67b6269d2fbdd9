"""Reorganisations: preview, apply, undo. Each is one transaction; nothing is half done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Upper

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import fold, text_key
from nhiemky.domain.organisation.decision import Decision, read_decision
from nhiemky.domain.organisation.plans import Plan, Standing
from nhiemky.domain.organisation.reorganisation import plan
from nhiemky.domain.organisation.soundness import unsound
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation import selectors
from nhiemky.organisation.followers import followers
from nhiemky.organisation.models import (
    AdminArea,
    Body,
    EnBloc,
    Placement,
    Reorganisation,
    Succession,
    Term,
    Unit,
    UnitVersion,
)

RIGHT = "organisation.reorganise"


@dataclass(frozen=True)
class Preview:
    """What a decision would do, and everything that stands against it."""

    structure: Structure
    plan: Plan
    findings: tuple[Finding, ...]

    @property
    def allowed(self) -> bool:
        return not any(finding.blocks for finding in self.findings)


def reorganisation_preview(*, actor: Actor, decision: object) -> Preview:
    """Play a decision without writing anything.

    Raises:
        Refused: the decision itself cannot be read.
        Denied: a unit it touches lies outside what the actor may reorganise.
    """
    return _previewed(actor, read_decision(decision))


def _previewed(actor: Actor, decision: Decision) -> Preview:
    structure = selectors.structure()
    made = plan(structure, decision, _members(structure, decision.effective_on))
    _require(actor, structure, made)
    findings = [*made.findings, *_areas_missing(made), *_terms_later(structure, made)]
    for follower in followers():
        findings += follower.objections(structure, made)
    return Preview(structure, made, tuple(findings))


def _members(structure: Structure, on: date) -> dict[int, int]:
    counts: dict[int, int] = {}
    for follower in followers():
        for unit_id, count in follower.members(on).items():
            place = structure.index[unit_id]
            counts[place] = counts.get(place, 0) + count
    return counts


def _require(actor: Actor, structure: Structure, made: Plan) -> None:
    """Every touched unit, and every parent that a unit comes under, must be the actor's to reorganise."""
    if actor.scope(RIGHT).everything:
        return
    for unit in sorted(_known(structure, made)):
        actor.require(RIGHT, int(structure.ids[unit]))
    if any(standing.parent is None for standing in made.after.values()):
        raise Denied(RIGHT, "permission_missing")


def _known(structure: Structure, made: Plan) -> set[int]:
    """Units that the decision touches or names. Also naming counts: an objection tells how many members a unit has."""
    known = {*made.before, *(s.parent for s in (*made.before.values(), *made.after.values()) if s.parent is not None)}
    named = {code for operation in made.decision.operations for code in operation.named}
    known |= {structure.by_code[code] for code in named if code in structure.by_code}
    return {unit for unit in known if unit < len(structure) and structure.versions[unit]}


def _areas_missing(made: Plan) -> list[Finding]:
    wanted = {standing.area for standing in made.after.values() if standing.area}
    missing = wanted - set(_areas(wanted))
    return [Finding("reorganisation.unknown_area", field="area", value=area) for area in sorted(missing)]


def _areas(wanted: set[str]) -> dict[str, int]:
    """Areas written as "2025-21034" (list, code of a commune), by that text."""
    pairs = [area.partition("-")[::2] for area in wanted if "-" in area]
    rows = AdminArea.objects.filter(
        level="commune", code_list__in={p[0] for p in pairs}, code__in={p[1] for p in pairs}
    )
    return {f"{row.code_list}-{row.code}": row.pk for row in rows}


def _terms_later(structure: Structure, made: Plan) -> list[Finding]:
    """A unit that ends may have no term that begins on the day or later."""
    ids = [int(structure.ids[unit]) for unit in made.ended if unit < len(structure)]
    later = Term.objects.filter(
        body__unit_id__in=ids, during__startswith__gte=made.decision.effective_on
    ).select_related("body__unit")
    return [
        Finding("reorganisation.later_term", field="unit", value=term.body.unit.code, facts={"term": term.label})
        for term in later
    ]


@service
def reorganisation_apply(*, actor: Actor, decision: object, today: date) -> Reorganisation:
    """Carry a decision out: units, successions, and everybody who moves with them.

    People are looked up in their new cells from the effective day on, which may come after `today`.

    Raises:
        Refused: with every objection at once; nothing is written.
        Denied: a touched unit lies outside what the actor may reorganise.
    """
    read = read_decision(decision)
    preview = _previewed(actor, read)
    twice = Reorganisation.objects.filter(
        number=read.number, decided_on=read.decided_on, body=read.body, status=Reorganisation.APPLIED
    )
    findings = list(preview.findings)
    if twice.exists():
        findings.append(Finding("reorganisation.applied_already", field="number", value=read.number))
    refuse_if_any(findings)
    reorganisation = _saved(read, decision)
    ids = _written(preview, reorganisation)
    concerned = {*_known(preview.structure, preview.plan), *preview.plan.founded}
    reorganisation.concerns = sorted(ids[unit] for unit in concerned)
    reorganisation.save(update_fields=["concerns"])
    moves = {ids[source]: ids[target] for source, target in preview.plan.en_bloc.items()}
    people = sum(follower.apply(actor, reorganisation, moves, today) for follower in followers())
    record(
        "organisation.reorganisation_applied",
        actor=actor,
        subject=reorganisation,
        units=reorganisation.concerns,
        facts={"number": read.number, "effective": read.effective_on, "people": people, **_sizes(preview.plan)},
    )
    return reorganisation


def _sizes(made: Plan) -> dict[str, object]:
    return {
        "founded": len(made.founded),
        "ended": len(made.ended),
        "moved": len(made.moved),
        "changed": len(made.changed),
    }


def _saved(read: Decision, data: object) -> Reorganisation:
    assert isinstance(data, Mapping)
    return Reorganisation.objects.create(
        number=read.number,
        decided_on=read.decided_on,
        body=read.body,
        effective_on=read.effective_on,
        title=read.title,
        operations=data["operations"],
        status=Reorganisation.APPLIED,
        applied_seq=current_seq(),
    )


def _written(preview: Preview, reorganisation: Reorganisation) -> dict[int, int]:
    """Write the plan's rows; answers the id of every position it knows."""
    structure, made, day = preview.structure, preview.plan, preview.plan.decision.effective_on
    ids = {place: int(unit_id) for place, unit_id in enumerate(structure.ids)}
    new = [place for place in sorted(made.founded) if place >= len(structure)]
    for place, unit in zip(new, Unit.objects.bulk_create([Unit(code=made.founded[p]) for p in new]), strict=True):
        ids[place] = unit.pk
    _close(UnitVersion, [ids[u] for u in (*made.ended, *made.changed)], day, reorganisation)
    _close(Placement, [ids[u] for u in (*made.ended, *made.moved)], day, reorganisation)
    _cut_terms([ids[u] for u in made.ended], day, reorganisation)
    areas = _areas({s.area for s in made.after.values() if s.area})
    open_end = DateRange(day, None)
    UnitVersion.objects.bulk_create(
        _version(ids[u], made.after[u], areas, open_end, reorganisation) for u in (*made.changed, *made.founded)
    )
    Placement.objects.bulk_create(
        Placement(unit_id=ids[u], parent_id=_id(ids, made.after[u].parent), during=open_end, opened_by=reorganisation)
        for u in (*made.moved, *made.founded)
    )
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=ids[link.predecessor],
            successor_id=ids[link.successor],
            on=link.on,
            whole=link.whole,
            how=link.how,
            reorganisation=reorganisation,
        )
        for link in made.links
    )
    EnBloc.objects.bulk_create(
        EnBloc(reorganisation=reorganisation, source_id=ids[source], target_id=ids[target])
        for source, target in made.en_bloc.items()
    )
    return ids


def _id(ids: Mapping[int, int], place: int | None) -> int | None:
    return None if place is None else ids[place]


def _version(
    unit_id: int, standing: Standing, areas: Mapping[str, int], during: DateRange, by: Reorganisation
) -> UnitVersion:
    return UnitVersion(
        unit_id=unit_id,
        name=standing.name,
        name_key=text_key(standing.name),
        folded=fold(standing.name),
        kind=standing.kind,
        sector=standing.sector,
        area_id=areas.get(standing.area, standing.area_id),
        during=during,
        opened_by=by,
    )


def _days(start: object, end: object) -> Func:
    return Func(start, end, function="daterange", output_field=DateRangeField())


def _close(
    model: type[UnitVersion] | type[Placement], unit_ids: list[int], day: date, reorganisation: Reorganisation
) -> None:
    # One array, not as many values: a reform of the whole country closes a quarter of a million rows.
    of_units = model.objects.extra(where=["unit_id = ANY(%s)"], params=[unit_ids])
    of_units.filter(during__contains=day).update(during=_days(Lower("during"), Value(day)), closed_by=reorganisation)


def _cut_terms(unit_ids: list[int], day: date, reorganisation: Reorganisation) -> None:
    Term.objects.filter(body__unit_id__in=unit_ids, during__contains=day).update(
        planned_until=Upper("during"), during=_days(Lower("during"), Value(day)), cut_by=reorganisation
    )


@service
def reorganisation_undo(*, actor: Actor, reorganisation_id: int, today: date) -> Reorganisation:
    """Take an applied reorganisation back while nothing later depends on it.

    Dated rows it opened go, rows it closed are open again; people return by counter-entries.

    Raises:
        Refused: something was built on it since; every such thing is named.
        Denied: a unit that it concerned lies outside what the actor may reorganise.
    """
    undone = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
    _require_to_undo(actor, undone)
    refuse_if_any(objections_to_undo(undone))
    people = sum(follower.undo(actor, undone, today) for follower in followers())
    _take_rows_back(undone)
    refuse_if_any(_unsound(undone.effective_on, undone.concerns))
    undone.status, undone.undone_seq = Reorganisation.UNDONE, current_seq()
    undone.save()
    record(
        "organisation.reorganisation_undone",
        actor=actor,
        subject=undone,
        units=undone.concerns,
        facts={"number": undone.number, "effective": undone.effective_on, "people": people},
    )
    return undone


def may_undo(actor: Actor, undone: Reorganisation) -> bool:
    """Whether everything that the decision concerned is the actor's to reorganise."""
    scope = actor.scope(RIGHT)
    return scope.everything or all(unit_id in scope for unit_id in undone.concerns)


def _require_to_undo(actor: Actor, undone: Reorganisation) -> None:
    """What had to be the actor's to apply the decision must be theirs to undo it."""
    if not may_undo(actor, undone):
        for unit_id in undone.concerns:
            actor.require(RIGHT, unit_id)


def _take_rows_back(undone: Reorganisation) -> None:
    undone.en_bloc.all().delete()
    Succession.objects.filter(reorganisation=undone).delete()
    UnitVersion.objects.filter(opened_by=undone).delete()
    Placement.objects.filter(opened_by=undone).delete()
    UnitVersion.objects.filter(closed_by=undone).update(during=_days(Lower("during"), Value(None)), closed_by=None)
    Placement.objects.filter(closed_by=undone).update(during=_days(Lower("during"), Value(None)), closed_by=None)
    Term.objects.filter(cut_by=undone).update(
        during=_days(Lower("during"), F("planned_until")), cut_by=None, planned_until=None
    )


def _unsound(since: date, unit_ids: list[int]) -> list[Finding]:
    """What would no longer hold together as the rows now stand: later decisions may rest on what was undone."""
    structure = selectors.load_structure()
    findings = unsound(structure, since)
    for follower in followers():
        findings += follower.unsound(structure, unit_ids, since)
    return findings


def _touched(undone: Reorganisation) -> list[int]:
    rows: list[Any] = [
        undone.versions_opened,
        undone.versions_closed,
        undone.placements_opened,
        undone.placements_closed,
    ]
    return sorted({unit_id for found in rows for unit_id in found.values_list("unit_id", flat=True)})


def objections_to_undo(undone: Reorganisation) -> list[Finding]:
    """Everything that was built on the decision since, as far as it can be told without undoing it."""
    if undone.status != Reorganisation.APPLIED:
        return [Finding("reorganisation.not_applied", value=undone.number)]
    founded = list(undone.versions_opened.exclude(unit__versions__closed_by=undone).values_list("unit_id", flat=True))
    findings = [Finding("reorganisation.changed_since", field="unit", value=code) for code in _changed(undone, founded)]
    bodies = Body.objects.filter(unit_id__in=founded, terms__isnull=False).values_list("unit__code", flat=True)
    findings += [Finding("reorganisation.body_since", field="unit", value=code) for code in sorted(set(bodies))]
    for follower in followers():
        findings += follower.objections_to_undo(undone)
    return findings


def _changed(undone: Reorganisation, founded: list[int]) -> list[str]:
    """Codes of units that a later decision changed, or that came under, into or out of a founded unit since."""
    touched, later = _touched(undone), Q(during__startswith__gte=undone.effective_on)
    below = Q(unit_id__in=touched) | Q(parent_id__in=founded)
    into = Q(predecessor_id__in=founded) | Q(successor_id__in=founded)
    en_bloc = Q(source_id__in=founded) | Q(target_id__in=founded)
    found: list[Any] = [
        UnitVersion.objects.filter(later, unit_id__in=touched).exclude(opened_by=undone).values_list("unit__code"),
        Placement.objects.filter(later).filter(below).exclude(opened_by=undone).values_list("unit__code"),
        undone.versions_opened.exclude(closed_by=None).values_list("unit__code"),
        undone.placements_opened.exclude(closed_by=None).values_list("unit__code"),
        Succession.objects.filter(into).exclude(reorganisation=undone).values_list("predecessor__code"),
        EnBloc.objects.filter(en_bloc).exclude(reorganisation=undone).values_list("source__code"),
    ]
    return sorted({code for rows in found for (code,) in rows})
