"""Lists: incoming, outgoing, overdue, guests, abroad and finished transfers; a person's; a unit's guests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link, Tab
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.transfers.kinds import SENT
from nhiemky.domain.transfers.limits import present_by
from nhiemky.members import selectors as members
from nhiemky.members.views.common import crumb, person_url, seen_unit
from nhiemky.organisation import selectors as organisation
from nhiemky.transfers import selectors
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.wording import STATES, TONES, kind_name

RIGHT = "members.view"
_LISTS: dict[str, Any] = {
    "in": gettext_lazy("Incoming"),
    "out": gettext_lazy("Outgoing"),
    "overdue": gettext_lazy("Overdue"),
    "guests": gettext_lazy("Temporary guests"),
    "abroad": gettext_lazy("Abroad"),
    "done": gettext_lazy("Finished"),
}
EMPTY: dict[str, Any] = {
    "in": gettext_lazy("Letters that other offices address to your organisations appear here by themselves."),
    "out": gettext_lazy("A transfer begins on the page of the person: “Transfers”, then “Send”."),
    "overdue": gettext_lazy(
        "Letters not presented within the time of the rule appear here by themselves, on both desks."
    ),
    "guests": gettext_lazy("Members who stay somewhere for a time and remain counted at home will be listed here."),
    "abroad": gettext_lazy("Members transferred abroad are listed here until they are back."),
    "done": gettext_lazy("Transfers that were received or withdrawn are kept here."),
}


def side(unit_id: int | None, place: str, request: PageRequest) -> str:
    """What a side of a transfer is called: the unit on today's day, or the place outside."""
    if unit_id is None:
        return place
    return organisation.unit_name(organisation.structure().index[unit_id], request.today)


def _url(transfer: Transfer) -> str:
    return reverse("transfers:transfer", args=[transfer.pk])


def columns(request: PageRequest) -> tuple[Column[Transfer], ...]:
    """Of every list of transfers."""
    return (
        Column("name", gettext_lazy("Full name"), lambda t: t.person.full_name, sort=("person__name_key",), href=_url),
        Column("kind", gettext_lazy("Kind"), lambda t: kind_name(t.kind), sort=("kind",), minor=True),
        Column("from", gettext_lazy("From"), lambda t: side(t.source_unit_id, "", request), sortable=False),
        Column("to", gettext_lazy("To"), lambda t: side(t.target_unit_id, t.place, request), sortable=False),
        Column("letter", gettext_lazy("Letter"), lambda t: t.letter_number, sort=("letter_number",), minor=True),
        Column("on", gettext_lazy("Day of the letter"), lambda t: t.letter_on, sort=("letter_on",)),
        Column("by", gettext_lazy("To be presented by"), lambda t: present_by(t.letter_on) if t.state == SENT else None,
               sortable=False, shown=lambda t: f"{present_by(t.letter_on):%d/%m/%Y}" if t.state == SENT else ""),
        Column("state", gettext_lazy("State"), lambda t: _state(t, request)[0], sort=("state",),
               tone=lambda t: _state(t, request)[1]),
    )  # fmt: skip


def _state(transfer: Transfer, request: PageRequest) -> tuple[str, str]:
    if getattr(transfer, "overtaken", False):
        return _("to be withdrawn"), "bad"
    if transfer.state == SENT and present_by(transfer.letter_on) < request.today:
        return _("overdue"), "bad"
    return str(STATES[transfer.state]), TONES[transfer.state]


def guest_columns(request: PageRequest) -> tuple[Column[GuestStay], ...]:
    """Of lists of guests."""
    return (
        Column("name", gettext_lazy("Full name"), lambda s: s.person.full_name, sort=("person__name_key",),
               href=lambda s: reverse("transfers:transfer", args=[s.transfer_id])),
        Column("home", gettext_lazy("Counted at"), lambda s: side(s.person.last_unit_id, "", request), sortable=False),
        Column("host", gettext_lazy("Guest of"), lambda s: side(s.unit_id, s.transfer.place, request), sortable=False),
        Column("since", gettext_lazy("Since"), lambda s: s.during.lower, sort=("during",)),
        Column("until", gettext_lazy("Until"), lambda s: s.during.upper, sortable=False),
    )  # fmt: skip


@page(RIGHT)
def board(request: PageRequest) -> HttpResponse:
    """Everything under way, list by list."""
    lists = _lists(request)
    counts = {key: found().count() for key, found in lists.items()}
    first = next((key for key in ("in", "out") if counts[key]), "in")
    chosen = request.GET.get("list", first)
    chosen = chosen if chosen in lists else first
    shown: Any = guest_columns(request) if chosen == "guests" else columns(request)
    order = {"guests": "name", "done": "-on"}.get(chosen, "on")
    context = {
        "table": table_of(request, shown, lists[chosen](), default=order),
        "tabs": [Tab(label, f"?list={key}", key == chosen, counts[key]) for key, label in _LISTS.items()],
        "chosen": chosen,
        "empty": EMPTY[chosen],
        "crumb": (Link(_("Transfers")),),
    }
    return show(request, "transfers/board.html", context, part="rows")


def _lists(request: PageRequest) -> dict[str, Callable[[], QuerySet[Any]]]:
    actor = request.actor
    return {
        "in": lambda: selectors.incoming(actor),
        "out": lambda: selectors.outgoing(actor),
        "overdue": lambda: selectors.overdue(actor, request.today),
        "guests": lambda: selectors.guests(actor, request.today),
        "abroad": lambda: selectors.away(actor),
        "done": lambda: selectors.finished(actor),
    }


@page(RIGHT)
def of_person(request: PageRequest, person_id: int) -> HttpResponse:
    """Every transfer of one person, and the way to a new one."""
    person = members.visible_person(request.actor, person_id)
    found = selectors.of_person(person)
    under_way = any(transfer.state in ("sent", "returned") for transfer in found)
    home = person.last_unit_id
    context = {
        "person": person,
        "table": table_of(request, columns(request), found, default="-on"),
        "may_send": home is not None and home in request.actor.scope("members.write") and not under_way,
        "crumb": (Link(person.full_name, person_url(request, person)), Link(_("Transfers"))),
    }
    return show(request, "transfers/person.html", context, part="rows")


@page(RIGHT)
def guests(request: PageRequest, code: str) -> HttpResponse:
    """Who stays as a guest in the unit on the day: they are counted at home, not here."""
    seen = seen_unit(request, code, RIGHT)
    found = selectors.guests_of(seen.place, request.on)
    context = {
        "seen": seen,
        "table": table_of(request, guest_columns(request), found, default="name"),
        "crumb": crumb(request, seen, Link(_("Temporary guests"))),
    }
    return show(request, "transfers/guests.html", context, part="rows")


@page("members.write")
def lookup(request: PageRequest) -> HttpResponse:
    """Codes of organisations that a letter may be addressed to."""
    typed = next((str(value) for key, value in request.GET.items() if key not in ("list", "on", "structure")), "")
    found = selectors.found_addresses(request.actor, typed, request.today) if len(typed.strip()) > 1 else []
    held = organisation.structure()
    options = [(held.codes[place], held.name(place, request.today)) for place in found]
    return show(request, "organisation/lookup.html", {"options": options})
