"""The list of conferences, one with its agenda and course, the invited and who came."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.conferences import selectors
from nhiemky.conferences.called import post_of, unit_name
from nhiemky.conferences.models import Conference, Invitee
from nhiemky.conferences.selectors import VIEW, WRITE
from nhiemky.conferences.views.common import of_page, url
from nhiemky.conferences.wording import (
    BECAME,
    KINDS,
    NOTE_KINDS,
    PRESENCE,
    PRESENCE_TONES,
    ROLES,
    STATES,
    TONES,
)
from nhiemky.core.components import Fact, Link, Tab
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import selectors as documents
from nhiemky.documents.wording import cited
from nhiemky.domain.conferences.kinds import COUNTED, GUEST, PRESENT

_LIST: tuple[Column[Conference], ...] = (
    Column("on", gettext_lazy("Day"), lambda c: c.on, sort=("on",)),
    Column("title", gettext_lazy("Title"), lambda c: c.title, sort=("title",), href=url),
    Column("kind", gettext_lazy("Kind"), lambda c: str(KINDS[c.kind]), sort=("kind",), minor=True),
    Column("unit", gettext_lazy("Held by"), lambda c: unit_name(c.unit_id, c.on), sortable=False, minor=True),
    Column("state", gettext_lazy("State"), lambda c: str(STATES[c.state]), sort=("state",),
           tone=lambda c: TONES[c.state]),
)  # fmt: skip


@page(VIEW)
def listed(request: PageRequest) -> HttpResponse:
    """Conferences of the actor's units and those below, the latest first."""
    context = {
        "table": table_of(request, _LIST, selectors.conferences(request.actor), default="-on"),
        "may_plan": request.actor.may(WRITE),
        "crumb": (Link(_("Conferences")),),
    }
    return show(request, "conferences/list.html", context, part="rows")


@page(VIEW)
def conference(request: PageRequest, conference_id: int) -> HttpResponse:
    """One conference: what became of last year's instructions first, then the agenda; presence, quorum, papers."""
    found = selectors.visible_conference(request.actor, conference_id)
    lasts = selectors.before(found) if found.reviewed_year is not None else []
    came = selectors.attendance(found)
    context = of_page(
        request, found, "conference",
        facts=_facts(found),
        state=(TONES[found.state], STATES[found.state]),
        agenda=_agenda(request, found),
        came=came,
        told=came.quorum.told(),
        notes=_notes(found),
        followed=[
            (last, reverse("conferences:instructions", args=[last.pk]), followed(request, last)) for last in lasts
        ],
        day_come=found.on <= request.today,
    )  # fmt: skip
    return show(request, "conferences/conference.html", context)


def _facts(found: Conference) -> list[Fact]:
    until = f"–{found.ends_at:%H:%M}" if found.ends_at else ""
    rows = [
        Fact(_("Kind"), str(KINDS[found.kind])),
        Fact(_("Held by"), unit_name(found.unit_id, found.on)),
        Fact(_("When"), f"{found.starts_at:%H:%M}{until}, {found.on:%d/%m/%Y}"),
        Fact(_("Place"), found.place),
    ]
    if found.called_off:
        rows.append(Fact(_("Why it is not held"), found.called_off))
    if found.reviewed_year is not None:
        to = reverse("reporting:review", args=[found.unit.code, found.reviewed_year])
        rows.append(Fact(_("Reviews the year"), str(found.reviewed_year), to))
    return rows


def _agenda(request: PageRequest, found: Conference) -> list[dict[str, Any]]:
    """Items with the papers the reader may see; a paper of others is only told of."""
    items = selectors.agenda(found)
    seen = set(documents.documents(request.actor).filter(agenda_items__conference=found).values_list("pk", flat=True))
    return [
        {
            "item": item,
            "now": item.pk == found.current_id,
            "papers": [(cited(paper), reverse("documents:document", args=[paper.pk]) if paper.pk in seen else "")
                       for paper in item.papers.all()],
        }
        for item in items
    ]  # fmt: skip


def _notes(found: Conference) -> list[tuple[str, int, str]]:
    to = reverse("conferences:instructions", args=[found.pk])
    counts = selectors.numbers_of_notes(found)
    return [(str(NOTE_KINDS[kind]), count, f"{to}?kind={kind}") for kind, count in counts.items()]


def followed(request: PageRequest, last: Conference) -> list[tuple[str, int, str]]:
    """What became of everything noted at a conference; each number opens its rows."""
    to = reverse("conferences:instructions", args=[last.pk])
    counts = selectors.tally(selectors.became(last, request.today))
    return [(str(BECAME[key]), count, f"{to}?outcome={key}") for key, count in counts.items() if count]


@page(VIEW)
def invitees(request: PageRequest, conference_id: int) -> HttpResponse:
    """Everybody invited with their presence; numbers elsewhere open a part of it."""
    found = selectors.visible_conference(request.actor, conference_id)
    asked = {"who": request.GET.get("who", ""), "presence": request.GET.get("presence", "")}
    came = selectors.attendance(found)
    context = of_page(
        request, found, "invitees",
        table=table_of(request, _people(request, found), _chosen(found, asked), default="name"),
        came=came,
        told=came.quorum.told(),
        choices=_choices(found, asked),
        day_come=found.on <= request.today,
    )  # fmt: skip
    return show(request, "conferences/invitees.html", context, part="rows")


def _chosen(found: Conference, asked: dict[str, str]) -> QuerySet[Invitee]:
    rows = selectors.invitees(found).annotate(name_key=F("person__name_key"))
    if asked["who"]:
        rows = rows.filter(role__in=COUNTED if asked["who"] == "summoned" else [asked["who"]])
    if asked["presence"]:
        rows = rows.filter(presence="" if asked["presence"] == "none" else asked["presence"])
    return rows


def _choices(found: Conference, asked: dict[str, str]) -> list[Tab]:
    """Everybody, those not noted yet, those present, and so on."""
    to = reverse("conferences:invitees", args=[found.pk])
    pairs = [("", "", _("Everybody")), ("summoned", "none", _("Not noted yet")),
             ("summoned", PRESENT, _("Present")), ("summoned", "excused", _("Excused")),
             ("summoned", "absent", _("Absent")), (GUEST, "", _("Guests"))]  # fmt: skip
    return [
        Tab(label, f"{to}?who={who}&presence={presence}", (who, presence) == (asked["who"], asked["presence"]))
        for who, presence, label in pairs
    ]


def _people(request: PageRequest, found: Conference) -> tuple[Column[Invitee], ...]:
    scope = request.actor.scope(WRITE)
    opens = found.unit_id in scope

    def to(one: Invitee) -> str:
        return reverse("conferences:presence", args=[one.pk]) if opens else ""

    return (
        Column("name", gettext_lazy("Name"), lambda i: i.name, sort=("name_key", "guest_name"), href=to),
        Column("post", gettext_lazy("Post"), lambda i: post_of(i, found.on), sortable=False),
        Column("role", gettext_lazy("Role"), lambda i: str(ROLES[i.role]), sort=("role",), minor=True),
        Column("presence", gettext_lazy("Presence"), _presence, sort=("presence",),
               tone=lambda i: PRESENCE_TONES[i.presence]),
        Column("reason", gettext_lazy("Reason"), lambda i: i.reason, sortable=False, minor=True),
    )  # fmt: skip


def _presence(one: Invitee) -> str:
    if not one.presence:
        return _("not noted")
    return _("present, by code") if one.by_code else str(PRESENCE[one.presence])
