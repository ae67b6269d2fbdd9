"""Ctrl-K: organisations and people by a few letters, diacritics aside."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.members import selectors
from nhiemky.members.views.common import go
from nhiemky.organisation import selectors as organisation


@page()
def search(request: PageRequest) -> HttpResponse:
    """Results for the dialog, or a page without script. An exact code comes first."""
    text = request.GET.get("q", "").strip()[:100]
    held = organisation.structure()
    units = []
    if len(text) > 1:
        places = organisation.found_units(request.actor, text, request.on)
        exact = held.by_code.get(text.upper(), -1)
        for place in sorted(places, key=lambda p: p != exact):
            above = held.parent(place, request.on)
            where = held.name(above, request.on) if above is not None else ""
            name = held.name(place, request.on)
            units.append((name, held.codes[place], where, go(request, "members:unit", held.codes[place])))
    people = []
    if request.actor.may("members.view"):
        for person in selectors.found_people(request.actor, text):
            place = held.index[person.last_unit_id or 0]
            where = held.name(place, request.on)
            people.append((person, where, go(request, "members:person", person.pk)))
    context = {"q": text, "units": units, "people": people, "crumb": (Link(_("Search")),)}
    return show(request, "members/search.html", context, part="found")
