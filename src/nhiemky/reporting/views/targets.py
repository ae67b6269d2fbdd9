"""Targets of a unit and the units below: seen together, set together."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.reporting import selectors, services
from nhiemky.reporting.forms import TargetsForm
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.targets import Goal, goals_of
from nhiemky.reporting.views.choices import Choice, chosen, language

KEY = "members.admitted"


@page("reporting.view", methods=("GET", "POST"))
@at_one_moment
def targets(request: PageRequest) -> HttpResponse:
    """See the targets; with the right to set them, set them."""
    choice = chosen(request)
    places = [choice.asked.unit, *selectors.below(choice.asked)]
    held = _held(choice, places)
    may = _may(request, choice, places)
    form = _form(choice, places, held, request.POST if request.method == "POST" else None) if may else None
    if request.method == "POST":
        answer = _save(request, choice, form)
        if answer is not None:
            return answer
    status = 422 if request.method == "POST" else 200
    return show(request, "reporting/targets.html", _context(choice, places, held, form), status=status)


def _may(request: PageRequest, choice: Choice, places: list[int]) -> bool:
    """Only as it was can targets be set: a restated unit had none of its own."""
    structure = selectors.facts().structure
    scope = request.actor.scope("reporting.target")
    inside = all(int(structure.ids[place]) in scope for place in places)
    return inside and choice.asked.structure is None


def _held(choice: Choice, places: list[int]) -> dict[int, Goal]:
    asked = choice.asked
    found = goals_of(selectors.facts().structure, places, asked.year, asked.on, selectors.places_of(asked))
    return {place: goals[KEY] for place, goals in found.items() if KEY in goals}


def _form(choice: Choice, places: list[int], held: dict[int, Goal], posted: object) -> TargetsForm:
    structure = selectors.facts().structure
    units = [(structure.codes[p], selectors.name_of(structure, p, choice.asked.shape)) for p in places]
    initial = {structure.codes[place]: goal.value for place, goal in held.items()}
    return TargetsForm(units, posted, initial=initial)


def _save(request: PageRequest, choice: Choice, form: TargetsForm | None) -> HttpResponse | None:
    if form is None:
        request.actor.require("reporting.target", int(selectors.facts().structure.ids[choice.asked.unit]))
        return None
    if not form.is_valid():
        return None
    try:
        changed = services.targets_set(
            actor=request.actor,
            indicator=KEY,
            year=choice.asked.year,
            values=form.values,
            source=form.cleaned_data["source"],
            assumed=form.cleaned_data["assumed"],
            all_of_them=form.cleaned_data["all_of_them"],
            today=request.today,
        )
    except Refused as no:
        form.refuse(no)
        return None
    note = ngettext("%(n)d target saved.", "%(n)d targets saved.", changed) % {"n": changed}
    return done(request, to=choice.go("targets"), note=note)


@dataclass(frozen=True)
class Line:
    """A unit with its target."""

    name: str
    url: str
    members: int | None
    before: int | None
    admitted: int | None
    target: int | None
    source: str
    assumed: bool
    field: BoundField | None


def _context(choice: Choice, places: list[int], held: dict[int, Goal], form: TargetsForm | None) -> dict[str, object]:
    lines = [_line(choice, place, held.get(place), form) for place in places]
    below = [held[place].value for place in places[1:] if place in held]
    own = held.get(places[0])
    total = sum(below) if below else None
    return {
        **choice.context(Link(_("Targets"))),
        "indicator_name": BY_KEY[KEY].name.in_language(language()),
        "lines": lines,
        "total": total,
        "difference": None if own is None or total is None else total - own.value,
        "form": form,
    }


def _line(choice: Choice, place: int, goal: Goal | None, form: TargetsForm | None) -> Line:
    held = selectors.facts()
    now, before = selectors.Asked(held, choice.asked), selectors.Asked(held, choice.asked.before)
    code = held.structure.codes[place]
    source = goal.source if goal else ""
    if goal and goal.summed:
        source = _("sum of the former organisations' targets")
    return Line(
        selectors.name_of(held.structure, place, choice.asked.shape),
        choice.go("targets", unit=code),
        now.value(BY_KEY["members.total"], place)[0],
        before.value(BY_KEY[KEY], place)[0],
        now.value(BY_KEY[KEY], place)[0],
        goal.value if goal else None,
        source,
        goal.assumed if goal else False,
        form[code] if form is not None else None,
    )
