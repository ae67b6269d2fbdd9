"""The first page: what needs attention, the unit's key figures, what happened lately."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from nhiemky.core import desk
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import OWN
from nhiemky.reporting import asking, attention, selectors, tables
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.views.choices import PERMISSION, chosen, language


@page()
@at_one_moment
def home(request: PageRequest) -> HttpResponse:
    """What needs doing first; without the right to figures, where to go instead; for a member their own page."""
    if request.actor.may(OWN):
        return redirect("rights:own")
    work = desk.work_of(request.actor, request.today)
    if not request.actor.may(PERMISSION) or asking.own_unit(request.actor, request.today) is None:
        return show(request, "reporting/home.html", {"choice": None, "work": work})
    choice = chosen(request)
    found = selectors.figures(choice.asked, tables.TILE_KEYS)
    late = attention.behind(choice, language())
    last = chosen(request, choice.code, choice.asked.year - 1) if not choice.explicit_day else choice
    context = {
        **choice.context(),
        "work": work,
        "attention": attention.findings(choice, late),
        "tiles": tables.tiles(choice, found),
        "behind": late[: attention.SHOWN],
        "admitted_url": choice.go("figure", "members.admitted"),
        "last_review_url": last.to_review(),
        "events": attention.events(choice, language()),
    }
    return show(request, "reporting/home.html", context)
