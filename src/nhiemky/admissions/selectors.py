"""Reading cases: those an actor may see, of a unit's subtree, by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Collate

from nhiemky.admissions import cases, places
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.models import StepTaken
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.admissions.judging import LATE
from nhiemky.domain.admissions.steps import OPEN_STAGES
from nhiemky.domain.names import fold
from nhiemky.domain.organisation.structure import Structure
from nhiemky.members.bodies import bodies
from nhiemky.members.models import Stay
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import EnBloc, Reorganisation

VIEW, WRITE = "members.view", "members.write"
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Wanted:
    """Which cases are asked for."""

    stage: str = ""
    late: bool = False
    cell: str = ""
    text: str = ""


def subtree(structure: Structure, place: int | None, today: date, scope: Scope) -> Scope:
    """The units asked about, as far as the actor sees them: all of the scope, or the subtree of a unit."""
    if place is None:
        return scope
    inside = structure.ids[np.flatnonzero(structure.tree(today).inside(place))].tolist()
    return Scope(unit_ids=frozenset(unit_id for unit_id in inside if unit_id in scope))


def open_cases(actor: Actor, today: date, place: int | None = None) -> list[Standing]:
    """The open cases of the actor's subtree, or of one unit's in it."""
    structure = organisation.structure()
    asked = subtree(structure, place, today, actor.scope(VIEW))
    if not asked:
        return []
    wanted = Q()
    if not asked.everything:
        here = places.cells_that_lead_to(structure, asked.unit_ids, today)
        wanted = Q(unit__in=here) | Q(person__last_unit__in=asked.unit_ids)
    found = [case for case in cases.maybe_open(today, wanted) if case.state.stage in OPEN_STAGES]
    return found if asked.everything else [case for case in found if case.unit_id in asked.unit_ids]


def chosen(found: Sequence[Standing], wanted: Wanted) -> list[Standing]:
    """Those of the cases that are asked for."""
    words, held = fold(wanted.text).split(), organisation.structure()
    cell = held.by_code.get(wanted.cell) if wanted.cell else None
    return [
        case
        for case in found
        if (not wanted.stage or case.state.stage == wanted.stage)
        and (not wanted.late or case.state.late)
        and (not wanted.cell or (cell is not None and case.unit_id == int(held.ids[cell])))
        and all(word in fold(case.name).split() for word in words)
    ]


def closed_cases(actor: Actor, today: date, place: int | None, wanted: Wanted) -> QuerySet[Any]:
    """Cases that ended, as rows (of `cases.rows`) by name: with an official member, or without."""
    structure = organisation.structure()
    asked = subtree(structure, place, today, actor.scope(VIEW))
    found = cases.rows().filter(cases.CLOSED)
    if not asked.everything:
        here = places.cells_that_lead_to(structure, asked.unit_ids, today)
        found = found.filter(Q(person__last_unit__in=asked.unit_ids) | Q(person=None, unit__in=here))
    official = Q(outcome__kind="official_recognition", end_kind="")
    found = found.filter(official) if wanted.stage == "official" else found.exclude(official)
    for word in fold(wanted.text).split():
        found = found.filter(folded__contains=word)
    return found.order_by(Collate(Coalesce(F("person__name_key"), F("name_key")), "C"), "pk")


def visible_case(actor: Actor, case_id: int, today: date, permission: str = VIEW) -> tuple[Any, Standing]:
    """The case and how it stands, if the actor may see the cell it is in.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    found = cases.rows().filter(pk=case_id).first()
    if found is None:
        raise Denied(permission, "no_such_case", status=404)
    standing = cases.standings([found], today)[0]
    actor.require(VIEW, standing.unit_id)
    actor.require(permission, standing.unit_id)
    return found, standing


def visible_step(actor: Actor, step_id: int, today: date, permission: str) -> tuple[StepTaken, Any, Standing]:
    """A step that was taken, with its case."""
    step = StepTaken.objects.filter(pk=step_id).first()
    if step is None:
        raise Denied(permission, "no_such_case", status=404)
    return step, *visible_case(actor, step.case_id, today, permission)


def acting(standing: Standing, level: str, today: date) -> int:
    """The id of the organisation that acts at a level in the case today."""
    held = organisation.structure()
    found = places.levels(held, held.index[standing.unit_id], today)
    return int(held.ids[found.get(level, found["authority"])])


def require_acting(actor: Actor, standing: Standing, level: str, today: date) -> None:
    """Who sees a case and does not write for the body that acts may not record its step: 403, not 404."""
    if acting(standing, level, today) not in actor.scope(WRITE):
        raise Denied(WRITE, "permission_missing", status=403)


def official_members(unit_id: int, on: date) -> int:
    """The official members of the cell on the day, by the ledger: all of them, present or not."""
    return Stay.objects.filter(unit_id=unit_id, standing="official", during__contains=on).count()


def committee_members(unit_id: int, on: date) -> int | None:
    """The members of the organisation's committee in office on the day; None where no seat is recorded."""
    held = {body.kind: len(body.holders) for body in bodies(unit_id, on) if body.holders}
    return held.get("committee") or None


@dataclass(frozen=True)
class Board:
    """The open cases of a unit by stage, those that are late, and the probations that end in the days ahead."""

    stages: dict[str, list[Standing]]
    late: list[Standing]
    ending: list[Standing]


def board(found: Sequence[Standing], today: date) -> Board:
    """Cases by stage, what is late and what is due first at the top."""
    stages: dict[str, list[Standing]] = {stage: [] for stage in OPEN_STAGES}
    by_urgency = sorted(found, key=urgency)
    for case in by_urgency:
        stages[case.state.stage].append(case)
    return Board(stages, [case for case in by_urgency if case.state.late], ending(found, today))


def ending(found: Sequence[Standing], today: date) -> list[Standing]:
    """Probations that end in the days ahead, by day."""
    until = today + AHEAD
    soon = [
        (day, case.name_key, case.pk, case)
        for case in found
        if (day := case.state.probation_ends) is not None and today <= day <= until
    ]
    return [case for *_, case in sorted(soon, key=lambda one: one[:3])]


def urgency(case: Standing) -> tuple[bool, date, str]:
    """Late cases first, then by the day of the next step, then by name."""
    first = case.state.first or case.state.waits_for
    day = (first.due or first.opens) if first else None
    return (not (first and first.status == LATE), day or date.max, case.name_key)


def moves_of(case: Any, today: date) -> list[tuple[date, str, str, str]]:
    """The reorganisations that took a case along until the ceremony: day, cell before and after, number."""
    held = organisation.structure()
    passed = [case.unit_id, *places.way_of(held, case.unit_id, today)]
    rows = EnBloc.objects.filter(source__in=passed, target__in=passed, reorganisation__status=Reorganisation.APPLIED)
    found = rows.values_list("reorganisation__effective_on", "source_id", "target_id", "reorganisation__number")
    return [
        (on, held.name(held.index[old], on - timedelta(days=1)), held.name(held.index[new], on), number)
        for on, old, new, number in found.order_by("reorganisation__effective_on")
        if on <= today
    ]
