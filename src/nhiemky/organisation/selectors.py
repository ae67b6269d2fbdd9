"""Reading the dated organisation."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.audit.selectors import last_seq
from nhiemky.audit.services import recorded
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.names import fold
from nhiemky.domain.organisation.places import Places, places
from nhiemky.domain.organisation.structure import Link, Placement, Structure, Version
from nhiemky.domain.periods import Period
from nhiemky.organisation import models

_STALE_APPS = ("organisation", "demo")


@dataclass
class _Held:
    seq: int
    structure: Structure
    places: dict[date, Places]


class _Cache:
    """The structure of this process, loaded anew when an event of the organisation was recorded."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: _Held | None = None

    def current(self) -> _Held:
        with self.lock:
            if self.held is not None and recorded():
                return self.held
            seq = last_seq(*_STALE_APPS)
            if self.held is None or self.held.seq != seq:
                self.held = _Held(seq, load_structure(), {})
            return self.held


_cache = _Cache()


def structure() -> Structure:
    """All units over all days, as of the last committed event."""
    return _cache.current().structure


def places_on(on: date) -> Places:
    """Where every unit stands under the structure of the day; remembered per day."""
    held = _cache.current()
    if on not in held.places:
        held.places[on] = places(held.structure, on)
    return held.places[on]


def forget() -> None:
    """Load anew next time: between tests and after a restore."""
    _cache.held = None


def load_structure() -> Structure:
    """Build the structure from rows."""
    units = list(models.Unit.objects.order_by("id").values_list("id", "code"))
    place = {unit_id: number for number, (unit_id, _code) in enumerate(units)}
    versions = [
        Version(place[u], name, kind, sector, Period(during.lower, during.upper), area, key)
        for u, name, kind, sector, during, area, key in models.UnitVersion.objects.values_list(
            "unit_id", "name", "kind", "sector", "during", "area_id", "name_key"
        ).iterator(chunk_size=5000)
    ]
    placements = [
        Placement(place[u], None if parent is None else place[parent], Period(during.lower, during.upper))
        for u, parent, during in models.Placement.objects.values_list("unit_id", "parent_id", "during").iterator(
            chunk_size=5000
        )
    ]
    links = [
        Link(place[old], place[new], on, whole, how)
        for old, new, on, whole, how in models.Succession.objects.order_by("id").values_list(
            "predecessor_id", "successor_id", "on", "whole", "how"
        )
    ]
    return Structure([u for u, _ in units], [code for _, code in units], versions, placements, links)


def position(code: str) -> int:
    """The number of the unit with the code.

    Raises:
        Denied: 404, there is none.
    """
    found = structure().by_code.get(code)
    if found is None:
        raise Denied("organisation.view", "no_such_unit", status=404)
    return found


def visible_position(actor: Actor, code: str, permission: str = "organisation.view") -> int:
    """The number of the unit with the code, if the actor holds the permission there.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    place = position(code)
    actor.require(permission, int(structure().ids[place]))
    return place


def sees_as_asked(actor: Actor, place: int, structure_day: date | None, permission: str) -> bool:
    """Whether the permission holds over all that a question about the unit takes in (docs/adr/010).

    As it was (`structure_day` None) that is the unit itself: what stood under it on a day belongs to it. Restated,
    every organisation that certainly belongs to it under that structure must lie in the scope, or today's facts of an
    organisation that has left would be told under yesterday's tree.
    """
    scope, held = actor.scope(permission), structure()
    if scope.everything or structure_day is None:
        return int(held.ids[place]) in scope
    certain = held.ids[np.flatnonzero(places_on(structure_day).certain(place))].tolist()
    return int(held.ids[place]) in scope and scope.unit_ids.issuperset(certain)


def require_as_asked(actor: Actor, place: int, structure_day: date | None, permission: str) -> None:
    """Refuse a question about a unit the actor may not see as asked.

    Raises:
        Denied: 404 outside the actor's subtree; 403 where this permission is missing, or where the unit under the
            structure of that day took in organisations outside the scope.
    """
    actor.require(permission, int(structure().ids[place]))
    if not sees_as_asked(actor, place, structure_day, permission):
        raise Denied(permission, "restated_outside", status=403)


def unit_name(place: int, on: date) -> str:
    """What the unit was called on the day; before its first day what it will be called, after its end what it was."""
    return structure().name(place, on)


def path_names(place: int, on: date) -> list[tuple[str, str]]:
    """Code and name from the root down to the unit."""
    held = structure()
    return [(held.codes[p], held.name(p, on)) for p in held.tree(on).path(place)] or [
        (held.codes[place], held.name(place, on))
    ]


def found_units(actor: Actor, text: str, on: date, limit: int = 8) -> list[int]:
    """Units whose name or code contains the words, diacritics aside; those that exist on the day first."""
    held, words = structure(), fold(text).split()
    scope = actor.scope("organisation.view")
    if not words:
        return []
    alive = held.alive(on)
    hits = []
    for place in range(len(held)):
        version = held.last_version(place, on)
        if version is None or int(held.ids[place]) not in scope:
            continue
        # Words are found at their beginnings ("an" is not in "Xanh"), codes anywhere.
        folded, code = f" {fold(version.name)}", held.codes[place].lower()
        if all(f" {word}" in folded or word in code for word in words):
            hits.append((not alive[place], folded.find(f" {words[0]}"), version.name_key, place))
    return [hit[-1] for hit in sorted(hits)[:limit]]


def nested(place: int, on: date, depth: int | None) -> dict[str, object]:
    """The unit and what stands below it on the day: code, name, kind, children."""
    held = structure()
    version = held.version(place, on)
    children: list[dict[str, object]] = []
    if depth is None or depth > 0:
        below = sorted(held.children(place, on), key=lambda c: held.rank(c, on))
        children = [nested(child, on, None if depth is None else depth - 1) for child in below]
    return {
        "code": held.codes[place],
        "name": version.name if version else "",
        "kind": version.kind if version else "",
        "children": children,
    }


def sort_key(place: int, on: date) -> tuple[int, str]:
    """Larger kinds first, then by name in Vietnamese order."""
    return rank(structure(), place, on)


def rank(held: Structure, place: int, on: date) -> tuple[int, str]:
    """`sort_key` in a structure that is at hand already: in a loop, asking for the current one costs a query each."""
    return held.rank(place, on)
