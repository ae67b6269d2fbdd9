"""Targets of a unit and the units below: seen together, set together."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.core.components import Link
from nhiemky.core.days import write_day
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.sharing import share_out
from nhiemky.reporting import selectors, services, tables
from nhiemky.reporting.forms import TargetsForm
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.scopes import founded_in
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.targets import Goal, goals_of
from nhiemky.reporting.views.choices import Choice, chosen, language

KEY = "members.admitted"


@page("reporting.view", methods=("GET", "POST"))
@at_one_moment
def targets(request: PageRequest) -> HttpResponse:
    """See the targets; with the right to set them, set them, or have the unit's own shared out first."""
    choice = chosen(request)
    places = [choice.asked.unit, *selectors.below(choice.asked)]
    held = _held(choice, places)
    posted = request.POST if request.method == "POST" else None
    form = _form(choice, places, held, posted) if _may(request, choice, places) else None
    proposed = form is not None and posted is not None and "propose" in posted and _propose(choice, places, form)
    if posted is not None and not proposed:
        answer = _save(request, choice, form)
        if answer is not None:
            return answer
    status = 200 if posted is None or proposed else 422
    context = {**_context(choice, places, held, form), "proposed": proposed}
    return show(request, "reporting/targets.html", context, status=status)


def _propose(choice: Choice, places: list[int], form: TargetsForm) -> bool:
    """Fill in the shares of the unit's own target by membership; False where there is none to share out."""
    structure = selectors.facts().structure
    own = structure.codes[places[0]]
    if not form.is_valid() or not form.values[own] or not places[1:]:
        form.add_error(own, _("Enter the organisation's own target first: it is what is shared out."))
        return False
    now = selectors.Asked(selectors.facts(), choice.asked)
    members = [now.value(BY_KEY["members.total"], place)[0] or 0 for place in places[1:]]
    shares = share_out(form.values[own] or 0, members)
    form.fill({structure.codes[place]: share or None for place, share in zip(places[1:], shares, strict=True)})
    return True


def _may(request: PageRequest, choice: Choice, places: list[int]) -> bool:
    """Only as it was can targets be set: a restated unit had none of its own."""
    structure = selectors.facts().structure
    scope = request.actor.scope("reporting.target")
    inside = all(int(structure.ids[place]) in scope for place in places)
    return inside and choice.asked.structure is None


def _held(choice: Choice, places: list[int]) -> dict[int, Goal]:
    asked = choice.asked
    found = goals_of(selectors.facts().structure, places, asked.year, asked.on, selectors.places_of(asked))
    return {place: found_there[KEY] for place, found_there in found.items() if KEY in found_there}


def _form(choice: Choice, places: list[int], held: dict[int, Goal], posted: object) -> TargetsForm:
    structure = selectors.facts().structure
    units = [(structure.codes[p], selectors.name_of(structure, p, choice.asked.shape)) for p in places]
    initial = {structure.codes[place]: goal.value for place, goal in held.items() if not goal.summed}
    founded = any(founded_in(structure, place, choice.asked.year) for place in places)
    return TargetsForm(units, posted, initial=initial, founded=founded)


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
            from_founding=form.cleaned_data.get("from_founding", False),
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
    before_gap: str
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
    if own is not None and own.summed:
        own = None  # it is that very sum
    return {
        **choice.context(Link(_("Targets"))),
        "indicator_name": BY_KEY[KEY].name.in_language(language()),
        "lines": lines,
        "total": total,
        "difference": None if own is None or total is None else total - own.value,
        "form": form,
        "heads": tables.heads(choice, language()),
    }


def _before(before: selectors.Asked, place: int) -> tuple[int | None, str]:
    value, why = before.value(BY_KEY[KEY], place)
    return value, "–" if why == "not_founded" else wording.missing(why, language()) if why else ""


def _source(goal: Goal | None) -> str:
    if goal is None:
        return ""
    if goal.summed:
        return _("summed up from below") if goal.summed == "below" else _("sum of the former organisations' targets")
    if goal.since:
        return _("%(source)s (from %(day)s on)") % {"source": goal.source, "day": write_day(goal.since)}
    return goal.source


def _line(choice: Choice, place: int, goal: Goal | None, form: TargetsForm | None) -> Line:
    held = selectors.facts()
    now, before = selectors.Asked(held, choice.asked), selectors.Asked(held, choice.asked.before)
    code = held.structure.codes[place]
    source = _source(goal)
    return Line(
        selectors.name_of(held.structure, place, choice.asked.shape),
        choice.go("targets", unit=code),
        now.value(BY_KEY["members.total"], place)[0],
        *_before(before, place),
        now.value(BY_KEY[KEY], place)[0],
        goal.value if goal else None,
        source,
        goal.assumed if goal else False,
        form[code] if form is not None else None,
    )
