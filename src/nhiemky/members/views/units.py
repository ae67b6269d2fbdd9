"""The tree of organisations and the page of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.seats import BODIES_OF_KIND
from nhiemky.domain.organisation.kinds import CELL_KINDS, COMMITTEE_MINIMUM, KIND
from nhiemky.domain.organisation.structure import Ints
from nhiemky.domain.periods import Period, year_to
from nhiemky.members import bodies, selectors
from nhiemky.members.life import Life
from nhiemky.members.selectors import Attention
from nhiemky.members.sums import View
from nhiemky.members.views.common import Seen, crumb, go, person_url, seen_unit, unit_url
from nhiemky.organisation import selectors as organisation

SPARK_YEARS = 8


@dataclass(frozen=True)
class Line:
    """A unit in the tree or in a table of sub-units. Counts are None where they may not be seen or are not known.

    `url` is empty for a unit outside today's grants, which stood below on the day looked at.
    """

    code: str
    name: str
    url: str
    kind: str
    sector: str
    has_below: bool
    ended: bool
    members: int | None = None
    probationary: int | None = None
    admitted: int | None = None
    trend: tuple[int | None, ...] = ()
    committee: str = ""


def _line(request: PageRequest, view: View, place: int, *, below: bool = False, trend: bool = False) -> Line:
    """`below`: it stands under a unit whose counts may be seen; as it was, the day's count then may be, too."""
    held = view.structure
    version = held.last_version(place, view.shape)
    assert version is not None
    url = unit_url(request, view, place)
    own = organisation.sees_as_asked(request.actor, place, view.structure_day, "members.view")
    counted = own or (below and view.structure_day is None)
    spans = view.years(SPARK_YEARS)
    return Line(
        code=held.codes[place],
        name=version.name,
        kind=version.kind,
        sector=version.sector,
        url=url,
        has_below=bool(url) and bool(held.tree(view.shape).last[place] - held.tree(view.shape).first[place] > 1),
        ended=held.version(place, view.shape) is None,
        members=view.members.of(place) if counted else None,
        probationary=view.probationary.of(place) if counted else None,
        # What happened over time may have happened elsewhere: only for a unit that is in the scope by itself.
        admitted=view.admitted(spans[-1]).of(place) if own else None,
        trend=tuple(view.admitted(span).of(place) for span in spans) if own and trend else (),
        committee=_committee(view, place, version.kind) if counted and trend else "",
    )


def _committee(view: View, place: int, kind: str) -> str:
    """Whether a cell has the committee it should have: "has", "lacks", or empty where none is asked."""
    if kind not in CELL_KINDS:
        return ""
    if view.with_cell_committee()[place]:
        return "has"
    return "lacks" if view.official.direct[place] >= COMMITTEE_MINIMUM.at(view.on).value else ""


@page("organisation.view")
def tree(request: PageRequest) -> HttpResponse:
    """All organisations of a day; branches open on demand."""
    view = View(request.on, request.structure)
    scope, ids = request.actor.scope("members.view"), view.structure.ids
    branches = [
        (
            _line(request, view, place),
            [_line(request, view, child, below=int(ids[place]) in scope) for child in view.children(place)],
        )
        for place in selectors.top_units(view, request.actor)
    ]
    context = {
        "branches": branches,
        "ended": _ended_wanted(request),
        "counts": request.actor.may("members.view"),
        "crumb": (Link(_("Organisations")),),
        "total": int(view.structure.alive(view.shape).sum())
        if request.actor.scope("organisation.view").everything
        else None,
    }
    return show(request, "members/tree.html", context)


def _ended_wanted(request: PageRequest) -> bool:
    return request.GET.get("ended") == "1"


@page("organisation.view")
def children(request: PageRequest, code: str) -> HttpResponse:
    """One branch of the tree: what stands directly below; with ?ended=1 also what stood there last."""
    seen = seen_unit(request, code)
    view = seen.view
    lines = [_line(request, view, child, below=seen.counts) for child in view.children(seen.place)]
    if _ended_wanted(request):
        scope, ids = request.actor.scope("organisation.view"), view.structure.ids
        gone = [place for place in selectors.tree_ended(view, seen.place) if int(ids[place]) in scope]
        lines += [_line(request, view, place) for place in gone]
    context = {"lines": lines, "seen": seen, "ended": _ended_wanted(request), "counts": seen.counts}
    return show(request, "members/children.html", {**context, "crumb": crumb(request, seen)}, part="branch")


@page("organisation.view")
def unit(request: PageRequest, code: str) -> HttpResponse:
    """One organisation: what needs attention, what stands below, its life, bodies and ledger."""
    seen = seen_unit(request, code)
    view = seen.view
    lines = [_line(request, view, child, below=seen.counts, trend=True) for child in view.children(seen.place)]
    context: dict[str, Any] = {
        "seen": seen,
        "crumb": crumb(request, seen),
        "lead": _lead(seen),
        "lines": lines,
        "year": request.on.year,
        "life": Life(view, seen.place, lambda place: unit_url(request, view, place), counts=seen.counts).events(),
        "ended_on": selectors.ended_on(view, seen.place),
        "holds_members": seen.version is not None and KIND[seen.version.kind].has_members,
        "may_admit": seen.unit_id in request.actor.scope("members.write") and seen.version is not None,
        "sees_work": seen.unit_id in request.actor.scope("work.view"),
        "has_bodies": bool(_body_kinds(seen)),
        "may_reorganise": seen.unit_id in request.actor.scope("organisation.reorganise"),
        "figures_url": _above(request, seen, "reporting:figures"),
        "review_url": _above(request, seen, "reporting:review"),
    }
    if seen.counts:
        context |= _counted(request, seen)
    return show(request, "members/unit.html", context)


def _body_kinds(seen: Seen) -> tuple[str, ...]:
    return BODIES_OF_KIND.get(seen.version.kind, ()) if seen.version else ()


def _above(request: PageRequest, seen: Seen, name: str) -> str:
    """A page of the part above this one, named only by its address; empty where there is no right or no such part."""
    if seen.unit_id not in request.actor.scope("reporting.view"):
        return ""
    try:
        return go(request, name, seen.code)
    except NoReverseMatch:
        return ""


def _lead(seen: Seen) -> dict[str, Any]:
    versions = seen.view.structure.versions[seen.place]
    version = seen.version or seen.view.structure.last_version(seen.place, seen.view.shape)
    return {"version": version, "since": versions[0].during.start}


def _counted(request: PageRequest, seen: Seen) -> dict[str, Any]:
    """What only those may see who may see members."""
    view, place = seen.view, seen.place
    during = year_to(request.on)
    found = selectors.attention(view, place, people=True)
    return {
        "attention": [(finding, _case_url(request, view, one, finding)) for one in found for finding in one.findings],
        "cases": sum(len(one.cases) for one in found),
        "members": view.members.of(place),
        "probationary": view.probationary.of(place),
        "admitted": view.admitted(during).of(place),
        "bodies": bodies.bodies(seen.unit_id, request.on),
        **(_ledger(seen, during) if view.structure_day is None else {}),
    }


def _ledger(seen: Seen, during: Period) -> dict[str, Any]:
    """The balance of the year; it is always as it was, so a page that restates leaves it out."""
    made, place = seen.view.balance(during), seen.place
    return {
        "balanced": selectors.balance_finding(seen.view, place, during),
        "ledger": made.line(place),
        "opening": int(made.opening[place]),
        "closing": int(made.closing[place]),
    }


def _case_url(request: PageRequest, view: View, one: Attention, finding: Finding) -> str:
    """Where one case is looked at; several are listed on the page of attention."""
    if one.key != "probation":
        return unit_url(request, view, view.structure.by_code[finding.value]) if finding.value else ""
    people = selectors.people_of(view, one.cases) if finding.value else []
    return next((person_url(request, person) for person in people if str(person.pk) == finding.value), "")


def _units_of(view: View, rows: Ints) -> dict[int, int]:
    """For each person of some stays the unit they belonged to on the day, which need not be today's."""
    stays = view.columns.stays
    people = view.columns.people.ids[stays.person[rows]].tolist()
    return dict(zip(people, stays.unit[rows].tolist(), strict=True))


@page("members.view")
def attention(request: PageRequest, code: str) -> HttpResponse:
    """Every case that needs attention in the unit and below."""
    seen = seen_unit(request, code, "members.view")
    view = seen.view
    groups = []
    for one in selectors.attention(view, seen.place, people=True):
        rows: list[tuple[str, str, str]] = []
        if one.key == "probation":
            where_of = _units_of(view, one.cases)
            for person in selectors.people_of(view, one.cases):
                where = view.structure.name(where_of[person.pk], view.on)
                rows.append((person.full_name, where, person_url(request, person)))
        else:
            for place in sorted(map(int, one.cases), key=lambda p: view.structure.rank(p, view.on)):
                above = view.structure.parent(place, view.on)
                where = view.structure.name(above, view.on) if above is not None else ""
                rows.append((view.structure.name(place, view.on), where, unit_url(request, view, place)))
        groups.append((one, rows))
    context = {"seen": seen, "groups": groups, "crumb": crumb(request, seen, Link(_("Needs attention")))}
    return show(request, "members/attention.html", context)
