"""What these pages share: addresses that keep the day, the path to a unit, the unit of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest
from nhiemky.domain.access import Denied
from nhiemky.domain.organisation.structure import Version
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation


def go(request: PageRequest, name: str, *args: object, **query: object) -> str:
    """The address of a page, with the day and structure being looked at; the tag `go` for views."""
    kept: dict[str, object] = {key: request.GET.get(key, "") for key in ("on", "structure")}
    kept.update(query)
    pairs = {k: v.isoformat() if isinstance(v, date) else str(v) for k, v in kept.items() if v not in (None, "")}
    return reverse(name, args=args) + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True)
class Seen:
    """The unit of a page: what it is on the day, and whether the actor may see its members."""

    view: View
    place: int
    code: str
    unit_id: int
    name: str
    version: Version | None
    counts: bool


def seen_unit(request: PageRequest, code: str, permission: str = "organisation.view") -> Seen:
    """The unit with the code, if the actor may see it on the day and under the structure asked for."""
    place = organisation.position(code)
    organisation.require_as_asked(request.actor, place, request.structure, permission)
    view = View(request.on, request.structure)
    unit_id = int(view.structure.ids[place])
    if not view.structure.versions[place]:
        raise Denied(permission, "no_such_unit", status=404)
    return Seen(
        view=view,
        place=place,
        code=code,
        unit_id=unit_id,
        name=view.structure.name(place, view.shape),
        version=view.structure.version(place, view.shape),
        counts=organisation.sees_as_asked(request.actor, place, request.structure, "members.view"),
    )


def unit_url(request: PageRequest, view: View, place: int) -> str:
    """The page of a unit; empty for one outside today's grants, whose past may be told here but not opened."""
    if int(view.structure.ids[place]) not in request.actor.scope("organisation.view"):
        return ""
    return go(request, "members:unit", view.structure.codes[place])


def person_url(request: PageRequest, person: Person) -> str:
    """The page of a person; empty for one who belongs to an organisation outside today's grants."""
    opens = person.last_unit_id is not None and person.last_unit_id in request.actor.scope("members.view")
    return go(request, "members:person", person.pk) if opens else ""


def crumb(request: PageRequest, seen: Seen | None, *more: Link, first: Link | None = None) -> tuple[Link, ...]:
    """The path from the root; superiors the actor may not open are named without a link."""
    if seen is None:
        return (*((first,) if first else ()), *more)
    scope, held = request.actor.scope("organisation.view"), seen.view.structure
    steps = []
    for code, name in organisation.path_names(seen.place, seen.view.shape):
        visible = int(held.ids[held.by_code[code]]) in scope
        steps.append(Link(name, go(request, "members:unit", code) if visible else ""))
    return (*steps, *more)
