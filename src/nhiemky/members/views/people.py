"""Lists of members and the page of one person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.lists import Column, Table
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.members import record, register, selectors
from nhiemky.members.filed import filed
from nhiemky.members.forms import ListFilter
from nhiemky.members.models import Person
from nhiemky.members.register import Member, Members
from nhiemky.members.services import exports, reading
from nhiemky.members.sums import View
from nhiemky.members.timeline import timeline
from nhiemky.members.views.common import Seen, crumb, go, person_url, seen_unit
from nhiemky.members.wording import READINGS, SEXES, STANDINGS, ethnic_name
from nhiemky.organisation import selectors as organisation

RIGHT = "members.view"
# By reader and kind of reading, so all of them: the member has a right to see who looked.
_READ_SHOWN = 1000


def _columns(request: PageRequest) -> tuple[Column[Member], ...]:
    return (
        Column("name", gettext_lazy("Full name"), lambda m: m.person.full_name,
               href=lambda m: person_url(request, m.person)),
        Column("sex", gettext_lazy("Sex"), lambda m: SEXES[m.person.sex], minor=True),
        Column("birth", gettext_lazy("Born on"), lambda m: m.person.birth_date),
        Column("ethnic", gettext_lazy("Ethnic group"), lambda m: ethnic_name(m.person.ethnic_group), sortable=False,
               minor=True),
        Column("unit", gettext_lazy("Cell"), lambda m: m.unit_name,
               href=lambda m: go(request, "members:unit", m.unit_code) if m.unit_open else ""),
        Column("standing", gettext_lazy("Standing"), lambda m: STANDINGS["official" if m.official else "probationary"],
               tone=lambda m: "off" if m.official else "warn"),
        Column("decided", gettext_lazy("Party age from"), lambda m: m.person.decided_on),
        Column("exempt", gettext_lazy("Exempt"), lambda m: _("exempt") if m.exempt else "", sortable=False, minor=True,
               tone=lambda m: "off"),
        Column("card", gettext_lazy("Card number"), lambda m: m.person.card_number if m.open else "", sortable=False,
               minor=True),
    )  # fmt: skip


@page(RIGHT)
def member_list(request: PageRequest, code: str = "") -> HttpResponse:
    """Members of a unit, or of everything the actor may see, on a day."""
    seen = seen_unit(request, code, RIGHT) if code else None
    view = seen.view if seen else View(request.on, request.structure)
    form = ListFilter(request.GET)
    order = request.GET.get("sort", "")
    order = order if order.removeprefix("-") in register.ORDERS else "name"
    found = register.members(view, seen.place if seen else None, form.wanted(), request.actor, order=order)
    if request.GET.get("as") == "xlsx":
        return _workbook(request, seen, found)
    paged = Paginator(found, 50).get_page(request.GET.get("page"))
    table = Table(_columns(request), list(paged.object_list), len(found), order, paged)
    context = {
        "seen": seen,
        "form": form,
        "table": table,
        "filtered": any(form.data.get(name) for name in form.fields),
        "crumb": crumb(request, seen, Link(_("Members"))),
        "download": f"?{_query(request)}",
    }
    return show(request, "members/list.html", context, part="rows")


def _query(request: PageRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["as"] = "xlsx"
    return asked.urlencode()


def _workbook(request: PageRequest, seen: Seen | None, found: Members) -> HttpResponse:
    asked = {name: value for name, value in request.GET.items() if value and name not in ("as", "page", "sort")}
    exports.list_exported(
        actor=request.actor,
        unit_id=seen.unit_id if seen else None,
        unit_code=seen.code if seen else "",
        rows=len(found),
        facts={"on": request.on, "asked": asked},
    )
    about = [
        (_("Organisation"), seen.name if seen else _("all that you may see")),
        (_("As of"), request.on),
        (_("Members"), len(found)),
    ]
    name = f"dang-vien-{seen.code if seen else 'tat-ca'}-{request.on:%Y%m%d}"
    return xlsx_response(name, [Sheet(str(_("Members")), about, _columns(request), found)])


@page(RIGHT, notes=True)
def person(request: PageRequest, person_id: int) -> HttpResponse:
    """One person. Each opening is recorded."""
    found = selectors.visible_person(request.actor, person_id)
    reading.reading_note(actor=request.actor, person_id=found.pk, what="page")
    return _shown(request, found)


def _shown(request: PageRequest, found: Person, identity: str | None = None) -> HttpResponse:
    assert found.last_unit_id is not None
    entries = selectors.entries_of(found)
    view = View(request.on)
    place = view.structure.index[found.last_unit_id]
    last = selectors.last_entry(entries)
    context: dict[str, Any] = {
        "person": found,
        "facts": record.facts(found),
        "days": record.days(found),
        "changes": record.changes(found),
        "current": found.stays.filter(during__contains=request.on).first(),
        "unit_name": view.structure.name(place, request.on),
        "unit_code": view.structure.codes[place],
        "life": timeline(request, view, entries, last.pk if last and _may(request, found, "members.write") else None),
        "seats": found.seats.select_related("term__body__unit").order_by("-during"),
        "filed": filed(request.actor, found, request.today),
        "readings": [(row, READINGS.get(row["what"], row["what"])) for row in selectors.readings(found, _READ_SHOWN)],
        **{f"may_{right}": _may(request, found, f"members.{right}") for right in ("write", "identity")},
        "identity": identity,
        "crumb": _path(request, view, place, found),
    }
    response = show(request, "members/person.html", context, part="identity" if identity is not None else None)
    response["Cache-Control"] = "no-store"
    return response


def _may(request: PageRequest, found: Person, permission: str) -> bool:
    return found.last_unit_id is not None and found.last_unit_id in request.actor.scope(permission)


def _path(request: PageRequest, view: View, place: int, found: Person) -> tuple[Link, ...]:
    scope, held = request.actor.scope("organisation.view"), view.structure
    steps = [
        Link(name, go(request, "members:unit", code) if int(held.ids[held.by_code[code]]) in scope else "")
        for code, name in organisation.path_names(place, request.on)
    ]
    return (*steps, Link(found.full_name))


@page("members.identity", methods=("POST",), notes=True)
def identity(request: PageRequest, person_id: int) -> HttpResponse:
    """Show the identity number, deliberately; the reading is recorded."""
    found = selectors.visible_person(request.actor, person_id, "members.identity")
    number = reading.identity_show(actor=request.actor, person_id=found.pk)
    return _shown(request, found, number)
