"""What these pages share: names of cells, the path to a case, who may do what next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.admissions import selectors
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.wording import STAGES, STEPS
from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest
from nhiemky.domain.admissions.judging import LATE, StepState
from nhiemky.members.models import Person
from nhiemky.members.views.common import go
from nhiemky.organisation import selectors as organisation


@dataclass(frozen=True)
class CaseLine:
    """A case in a list or on the board."""

    pk: int
    name: str
    name_key: str
    cell: str
    cell_code: str
    stage: Any
    step: Any
    day: date | None
    late: bool
    opens: bool
    probation_ends: date | None


def lines(found: Iterable[Standing], today: date) -> list[CaseLine]:
    """Cases with the names of their cells and what is to do."""
    held = organisation.structure()
    made = []
    for case in found:
        place = held.index[case.unit_id]
        first, waits = case.state.first, case.state.waits_for
        step = first or waits
        made.append(
            CaseLine(
                case.pk, case.name, case.name_key, held.name(place, today), held.codes[place],
                STAGES[case.state.stage], STEPS[step.kind.key] if step else "", _day(first, waits),
                first is not None and first.status == LATE, first is None and waits is not None,
                case.state.probation_ends,
            )
        )  # fmt: skip
    return made


def _day(first: StepState | None, waits: StepState | None) -> date | None:
    """The last day of the step to take; where nothing can be done yet, the first day of the one that is waited for."""
    if first is not None:
        return first.due
    return waits.opens if waits is not None else None


def crumb(request: PageRequest, standing: Standing, *more: Link) -> tuple[Link, ...]:
    """The path from the root to the cell, and the case."""
    held = organisation.structure()
    scope, place = request.actor.scope("organisation.view"), held.index[standing.unit_id]
    steps = [
        Link(name, go(request, "admissions:board", code) if int(held.ids[held.by_code[code]]) in scope else "")
        for code, name in organisation.path_names(place, request.today)
    ]
    here = Link(standing.name, go(request, "admissions:case", standing.pk))
    return (*steps, here, *more)


def cell_name(standing: Standing, today: date) -> str:
    """What the cell of the case is called today."""
    held = organisation.structure()
    return held.name(held.index[standing.unit_id], today)


def may_record(request: PageRequest, standing: Standing, level: str) -> bool:
    """Whether the actor may record steps of the organisation that acts at this level."""
    return selectors.acting(standing, level, request.today) in request.actor.scope(selectors.WRITE)


def acting_name(standing: Standing, level: str, today: date) -> str:
    """The organisation that acts at a level of the case."""
    held = organisation.structure()
    return held.name(held.index[selectors.acting(standing, level, today)], today)


def members_of(unit_id: int) -> list[tuple[int, str]]:
    """The official members of a cell, to be chosen from."""
    people = Person.objects.filter(
        stays__unit_id=unit_id, stays__during__upper_inf=True, stays__standing="official"
    ).order_by("name_key")
    return [(pk, _("%(name)s (born %(year)s)") % {"name": name, "year": born.year})
            for pk, name, born in people.values_list("pk", "full_name", "birth_date")]  # fmt: skip
