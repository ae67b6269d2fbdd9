"""A person's ledger as a timeline: every entry with its paper, counter-entries beside what they take back."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import LifeEvent, Link
from nhiemky.core.pages import PageRequest
from nhiemky.domain.periods import DAY
from nhiemky.members.models import Movement
from nhiemky.members.sums import View
from nhiemky.members.wording import ground_name, movement_name


def timeline(request: PageRequest, view: View, entries: Sequence[Movement], reversible: int | None) -> list[LifeEvent]:
    """The entries, newest first. `reversible` is the one that the actor may take back."""
    return [_event(request, view, entry, entry.pk == reversible) for entry in entries]


def _event(request: PageRequest, view: View, entry: Movement, reversible: bool) -> LifeEvent:
    links = _units(request, view, entry)
    if entry.reorganisation is not None:
        url = reverse("organisation:reorganisation", args=[entry.reorganisation_id])
        links.append(Link(_("Decision %(number)s, before and after") % {"number": entry.reorganisation.number}, url))
    if reversible:
        links.append(Link(_("Take this entry back"), reverse("members:reverse", args=[entry.pk])))
    text = movement_name(entry.kind)
    if entry.reverses_id is not None:
        text = _("Counter-entry: %(entry)s taken back") % {"entry": text}
    taken_back = hasattr(entry, "reversed_by")
    return LifeEvent(text, day=entry.on, links=links, note=_note(entry), struck=taken_back)


def _units(request: PageRequest, view: View, entry: Movement) -> list[Link]:
    ids = [entry.from_unit_id, entry.to_unit_id]
    if ids[0] == ids[1]:
        ids = ids[:1]
    scope, links = request.actor.scope("organisation.view"), []
    for number, unit_id in enumerate(ids):
        if unit_id is None:
            continue
        place = view.structure.index[unit_id]
        day = entry.on - DAY if number == 0 and len(ids) == 2 else entry.on
        url = reverse("members:unit", args=[view.structure.codes[place]]) if unit_id in scope else ""
        links.append(Link(view.structure.name(place, day), url))
    return links


def _note(entry: Movement) -> str:
    parts = []
    if entry.paper_number:
        day = f", {entry.paper_date:%d/%m/%Y}" if entry.paper_date else ""
        parts.append(f"{entry.paper_number}{day}" + (f", {entry.paper_body}" if entry.paper_body else ""))
    if entry.ground:
        parts.append(_("ground: %(ground)s") % {"ground": ground_name(entry.ground)})
    if entry.place:
        parts.append(entry.place)
    if entry.reason:
        parts.append(_("reason: %(reason)s") % {"reason": entry.reason})
    return " · ".join(parts)
