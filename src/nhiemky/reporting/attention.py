"""What the first page puts first: rules that are not kept, units behind their target, what happened lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import LifeEvent, Link
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.kinds import MOVEMENT, MOVEMENT_KEYS
from nhiemky.domain.periods import day_number, day_of
from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.ledger import EN_BLOC
from nhiemky.members import selectors as members
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Reorganisation, Succession
from nhiemky.reporting import selectors
from nhiemky.reporting.indicators import BY_KEY

if TYPE_CHECKING:
    from nhiemky.reporting.views.choices import Choice

SHOWN = 8
_WEEKS = 5


@dataclass(frozen=True)
class Pointed:
    """A finding and where to act on it."""

    finding: Finding
    url: str


@dataclass(frozen=True)
class Late:
    """A unit below whose admissions lag behind the part of the year that has passed."""

    name: str
    url: str
    value: int
    target: int
    reached: str


def behind(choice: Choice, language: str) -> list[Late]:
    """Units directly below that reached less of their target than the year has passed, furthest behind first."""
    asked = choice.asked
    days = (asked.on - date(asked.year, 1, 1)).days + 1
    found = [
        (part.value / part.target, part)
        for part in selectors.parts(asked, BY_KEY["members.admitted"])
        if part.target and not part.apart and part.value is not None and part.value * 365 < part.target * min(days, 365)
    ]
    return [
        Late(
            part.name,
            choice.go("figure", "members.admitted", unit=part.code),
            part.value or 0,
            part.target or 0,
            wording.write_share(part.value or 0, part.target or 1, language),
        )
        for _share, part in sorted(found, key=lambda pair: (pair[0], pair[1].name))
    ]


def findings(choice: Choice, late: list[Late]) -> list[Pointed]:
    """Everything in the unit that some rule or target speaks against today."""
    asked = choice.asked
    view = View(asked.on, asked.structure)
    people = organisation.sees_as_asked(choice.actor, asked.unit, asked.structure, "members.view")
    to_members = reverse("members:attention", args=[choice.code])
    found = [
        Pointed(finding, to_members)
        for one in members.attention(view, asked.unit, people=people)
        for finding in one.findings
    ]
    own = selectors.figures(asked, ["members.admitted"])["members.admitted"]
    days = (asked.on - date(asked.year, 1, 1)).days + 1
    if own.target and not own.apart and own.value is not None and own.value * 365 < own.target * min(days, 365):
        facts: dict[str, object] = {"admitted": own.value, "target": own.target, "year": asked.year}
        finding = Finding("reporting.behind_target", facts=facts, blocks=False)
        found.append(Pointed(finding, choice.go("figure", "members.admitted")))
    if late:
        facts = {"count": len(late), "of": len(selectors.below(asked)), "year": asked.year}
        finding = Finding("reporting.units_behind_target", facts=facts, blocks=False)
        found.append(Pointed(finding, choice.go("figure", "members.admitted")))
    return found


def events(choice: Choice, language: str) -> list[LifeEvent]:
    """Reorganisations that touched the unit, and the latest entries of its ledger; latest first."""
    found = [*_reorganisations(choice), *_entries(choice, language)]
    return sorted(found, key=lambda event: event.day or choice.asked.on, reverse=True)[:SHOWN]


def _reorganisations(choice: Choice) -> list[LifeEvent]:
    structure, asked = selectors.facts().structure, choice.asked
    inside = structure.tree(asked.shape).inside(asked.unit)
    ids = set(structure.ids[np.flatnonzero(inside)].tolist())
    # There are fewer successions than units: they come here, not the units' ids to the database.
    pairs = Succession.objects.values_list("reorganisation_id", "successor_id")
    touched = {by for by, successor in pairs if successor in ids}
    # The operations of a reform are megabytes.
    applied = Reorganisation.objects.defer("operations", "concerns").filter(status=Reorganisation.APPLIED)
    rows = applied.filter(pk__in=touched).order_by("-effective_on")[:2]
    return [
        LifeEvent(
            row.title or _("Reorganisation"),
            day=row.effective_on,
            links=(Link(row.number, reverse("organisation:reorganisation", args=[row.pk])),),
            now=row.effective_on > asked.on,
        )
        for row in rows
    ]


def _entries(choice: Choice, language: str) -> list[LifeEvent]:
    """The latest entries: with names for who may see members, by day and kind for who may not."""
    held, asked, scope = selectors.facts(), choice.asked, choice.actor.scope("members.view")
    if not organisation.sees_as_asked(choice.actor, asked.unit, asked.structure, "members.view"):
        return []
    moves, last = held.columns.movements, day_number(asked.on)
    inside = held.structure.tree(asked.shape).inside(asked.unit)
    place = np.where(moves.target >= 0, moves.target, moves.source)
    told = moves.kind != EN_BLOC  # the reorganisation itself is told once
    late = np.flatnonzero((moves.day > last - 7 * _WEEKS) & (moves.day <= last) & inside[place] & told)
    chosen = late[np.argsort(moves.day[late], kind="stable")[::-1][:SHOWN]]
    people = held.columns.people.ids[moves.person[chosen]].tolist()
    rows = Person.objects.filter(pk__in=people).values_list("pk", "full_name", "last_unit_id")
    names = {pk: (name, reverse("members:person", args=[pk]) if last in scope else "") for pk, name, last in rows}
    result = []
    for position, person in zip(chosen.tolist(), people, strict=True):
        kind = MOVEMENT[MOVEMENT_KEYS[int(moves.kind[position])]]
        unit = selectors.name_of(held.structure, int(place[position]), asked.on)
        result.append(
            LifeEvent(
                kind.en if language == "en" else kind.vi,
                day=day_of(int(moves.day[position])),
                links=(Link(*names[person]),),
                note=unit,
            )
        )
    return result
