"""Pages of badges: the rounds, one round of a unit with its files, special cases, the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.badges import documents, selectors, services
from nhiemky.badges.models import BadgeDecision
from nhiemky.badges.selectors import DUE, GIVEN, HELD, Line
from nhiemky.badges.wording import BASES, STATES, TONES
from nhiemky.core.components import Fact, Link
from nhiemky.core.downloads import download
from nhiemky.core.lists import Column, table_of
from nhiemky.core.numbers import write_number
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.papers import DOCX
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.domain.access import Denied
from nhiemky.domain.badges import rules
from nhiemky.domain.findings import Refused
from nhiemky.members.services import exports, reading
from nhiemky.members.views.common import Seen, crumb, person_url, seen_unit
from nhiemky.organisation import selectors as organisation

READ, WRITE = "members.view", "members.write"


def round_url(code: str, day: date) -> str:
    return reverse("badges:round", args=[code, day.isoformat()])


def round_day(text: str) -> date:
    """The day of an address.

    Raises:
        Denied: 404, it is no yearly day or the rules of that time are not known.
    """
    try:
        day = date.fromisoformat(text)
        known = rules.is_round_day(day)
    except (ValueError, Refused):
        known = False
    if not known:
        raise Denied(READ, "no_such_round", status=404)
    return day


@page(READ)
def rounds(request: PageRequest) -> HttpResponse:
    """The coming round and those before it, of the actor's own unit; decisions of all below."""
    place = selectors.own_place(request.actor, request.today)
    columns: tuple[Column[BadgeDecision], ...] = (
        Column("day", gettext_lazy("Round of"), lambda d: d.day, sort=("day",),
               href=lambda d: round_url(d.unit.code, d.day)),
        Column("unit", gettext_lazy("Organisation"), lambda d: _unit_name(d.unit_id, d.day), sortable=False),
        Column("number", gettext_lazy("Decision"), lambda d: d.number, sort=("number",)),
        Column("decided", gettext_lazy("Day of the decision"), lambda d: d.decided_on, sort=("decided_on",),
               minor=True),
        Column("badges", gettext_lazy("Badges"), lambda d: d.badges.count(), numeric=True, sortable=False),
    )  # fmt: skip
    context = {
        "coming": _coming(request, place),
        "table": table_of(request, columns, selectors.decisions(request.actor), default="-day"),
        "crumb": (Link(_("Party badges")),),
    }
    return show(request, "badges/rounds.html", context, part="rows")


def _coming(request: PageRequest, place: int | None) -> list[dict[str, Any]]:
    """The round ahead and the last two: how many are due, given, and still to be decided on."""
    if place is None:
        return []
    ahead = rules.coming_round(request.today)
    days = [ahead, rules.round_before(ahead)]
    days.append(rules.round_before(days[1]))
    return [{**_counts(place, day), "ahead": day == ahead} for day in days]


def _counts(place: int, day: date) -> dict[str, Any]:
    held = organisation.structure()
    states = Counter(line.state for line in selectors.lines(place, day))
    return {
        "day": day,
        "unit": held.name(place, day),
        "url": round_url(held.codes[place], day),
        "all": states.total(),
        **{key: states[key] for key in (DUE, GIVEN, HELD)},
    }


def _unit_name(unit_id: int, day: date) -> str:
    return organisation.unit_name(organisation.structure().index[unit_id], day)


def _columns(request: PageRequest, day: date) -> tuple[Column[Line], ...]:
    return (
        Column("name", gettext_lazy("Full name"), lambda n: n.person.full_name, sort_value=lambda n: n.person.name_key,
               href=lambda n: person_url(request, n.person)),
        Column("years", gettext_lazy("Badge, years"), lambda n: n.years, numeric=True),
        Column("decided", gettext_lazy("Party age from"), lambda n: n.person.decided_on, minor=True),
        Column("birth", gettext_lazy("Born on"), lambda n: n.person.birth_date, minor=True),
        Column("unit", gettext_lazy("Cell"), lambda n: _unit_name(n.unit_id, day), minor=True),
        Column("basis", gettext_lazy("Basis"), lambda n: str(BASES[n.basis]), minor=True),
        Column("note", gettext_lazy("Note"), _note, sortable=False, minor=True),
        Column("state", gettext_lazy("State"), lambda n: str(STATES[n.state]), tone=lambda n: TONES[n.state],
               href=lambda n: _mend_url(request, n)),
    )  # fmt: skip


def _note(line: Line) -> str:
    """The decision, the reason of a special case, or what is doubtful about the days."""
    if line.badge is not None:
        return line.badge.decision.number
    if line.case is not None:
        return line.case.reason
    assert line.person.decided_on is not None
    doubt = rules.probation_doubt(line.person.decided_on, line.person.official_on)
    return _("check the day of the decision: the probation is too short") if doubt else ""


def _mend_url(request: PageRequest, line: Line) -> str:
    """Where a line is put right by who may: the badge is withdrawn, the special case taken out."""
    scope = request.actor.scope(WRITE)
    if line.badge is not None:
        deciding = line.badge.decision.unit_id in scope
        return reverse("badges:withdraw", args=[line.badge.pk]) if deciding else ""
    home = line.person.last_unit_id
    if line.case is not None and home is not None and home in scope:
        return reverse("badges:special_remove", args=[line.case.pk])
    return ""


@page(READ)
def round_of(request: PageRequest, code: str, day: str) -> HttpResponse:
    """One round of a unit: who is due, special cases, what was decided."""
    seen, on = seen_unit(request, code, READ), round_day(day)
    found = selectors.lines(seen.place, on)
    columns = _columns(request, on)
    if request.GET.get("as") == "xlsx":
        return _workbook(request, seen, on, found, columns)
    states = Counter(line.state for line in found)
    writes = seen.unit_id in request.actor.scope(WRITE) and not services.check_day(on, request.today)
    context = {
        "seen": seen,
        "day": on,
        "table": table_of(request, columns, found, default="-years"),
        "levels": _levels(found, on),
        "may_write": writes,
        "may_decide": writes and states[DUE],
        "crumb": crumb(request, seen, Link(_("Party badges"), reverse("badges:rounds")), Link(f"{on:%d/%m/%Y}")),
    }
    return show(request, "badges/round.html", context, part="rows")


def _levels(found: Sequence[Line], day: date) -> list[Fact]:
    """How many of each level, with the money that goes with it where that is known."""
    counts = Counter(line.years for line in found if line.state != HELD)
    rows = []
    for years, count in sorted(counts.items(), reverse=True):
        times = rules.money(years, day)
        note = _("%(times)s × base salary") % {"times": write_number(times)} if times else _("money: not known")
        rows.append(Fact(_("%(years)s years") % {"years": years}, count, note=note))
    return rows


def _workbook(
    request: PageRequest, seen: Seen, day: date, found: Sequence[Line], columns: tuple[Column[Line], ...]
) -> HttpResponse:
    facts = {"on": day, "asked": {"list": "badges"}}
    exports.list_exported(actor=request.actor, unit_id=seen.unit_id, unit_code=seen.code, rows=len(found), facts=facts)
    about = [(_("Organisation"), seen.name), (_("Round of"), day), (_("Members"), len(found))]
    return xlsx_response(f"huy-hieu-dang-{seen.code}-{day:%Y%m%d}", [Sheet(_("Party badges"), about, columns, found)])


@page(READ)
def paper(request: PageRequest, code: str, day: str, file: str) -> HttpResponse:
    """The decision with its list, or the text of the certificates, as .docx: of those given, or to be given."""
    seen, on = seen_unit(request, code, READ), round_day(day)
    if file not in documents.FILES:
        raise Denied(READ, "no_such_round", status=404)
    found = [line for line in selectors.lines(seen.place, on) if line.state != HELD]
    decision = BadgeDecision.objects.filter(unit_id=seen.unit_id, day=on).order_by("-pk").first()
    facts = {"on": on, "asked": {"list": file}}
    exports.list_exported(actor=request.actor, unit_id=seen.unit_id, unit_code=seen.code, rows=len(found), facts=facts)
    reading.readings_note(actor=request.actor, person_ids=[line.person.pk for line in found], what="paper")
    name = f"{documents.FILES[file]}-{seen.code}-{on:%Y%m%d}.docx"
    return download(documents.write(file, seen.place, on, found, decision), name, DOCX)
