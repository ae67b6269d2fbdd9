"""The workbench of a unit: what is open by rule and below, the cases, and confirming its list of the quarter."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core import wording as said
from nhiemky.core.components import Link, Tab
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.quality.confirming import CONFIRM_MONTHS, last_day_of, number_of, quarter_of
from nhiemky.domain.quality.rules import KINDS, RULE, Rule
from nhiemky.members import selectors as members
from nhiemky.members.models import Person
from nhiemky.members.register import Member, Members, name_ranks
from nhiemky.members.sums import View
from nhiemky.members.views.common import Seen, crumb, seen_unit
from nhiemky.quality import board, selectors
from nhiemky.quality.forms import ConfirmForm
from nhiemky.quality.looking import Look, look
from nhiemky.quality.selectors import VIEW, WRITE, Case
from nhiemky.quality.services import confirming, exports
from nhiemky.quality.wording import KIND_NAMES, KIND_TONES, MEND, RULE_NAMES


@page(VIEW)
def home(request: PageRequest) -> HttpResponse:
    """The workbench of the highest organisation the actor sees; the others, if there are any, as tabs."""
    view = View(request.today)
    scope = request.actor.scope(VIEW)
    tops = [place for place in members.top_units(view, request.actor) if int(view.structure.ids[place]) in scope]
    if not tops:
        return show(request, "quality/nothing.html", {"crumb": (Link(_("Clean data")),)})
    codes = [view.structure.codes[place] for place in tops]
    asked = request.GET.get("of", "")
    code = asked if asked in codes else codes[0]
    tabs = [
        Tab(view.structure.name(place, request.today), f"?of={one}", one == code)
        for place, one in zip(tops, codes, strict=True)
    ]
    return _workbench(request, _of_today(request, view, code), tabs if len(tabs) > 1 else [])


def _of_today(request: PageRequest, view: View, code: str) -> Seen:
    """The unit as it is today, whatever day and structure the rest of the system is looked at under."""
    place = view.structure.by_code[code]
    unit_id = int(view.structure.ids[place])
    request.actor.require(VIEW, unit_id)
    version = view.structure.version(place, request.today)
    return Seen(view, place, code, unit_id, view.structure.name(place, request.today), version, counts=True)


@page(VIEW)
def unit(request: PageRequest, code: str) -> HttpResponse:
    """What is open in one unit and what stands below it, today."""
    return _workbench(request, seen_unit(request, code, VIEW), [])


def _workbench(request: PageRequest, seen: Seen, tabs: list[Tab]) -> HttpResponse:
    found = look(View(request.today))
    quarter = quarter_of(request.today)
    lines = board.unit_lines(found, seen.place, quarter)
    lists = int(found.rolled_units(found.holding)[seen.place])
    missing = len(selectors.unconfirmed(found, found.view.inside(seen.place), quarter))
    context: dict[str, Any] = {
        "seen": seen, "tabs": tabs, "today": request.today, "share": found.share(seen.place), "lines": lines,
        "rules": [(line, RULE_NAMES[line.rule.key], MEND[line.rule.key]) for line in
                  board.rule_lines(found, seen.place, request.today)],
        "kinds": [(KIND_NAMES[kind], KIND_TONES[kind]) for kind in KINDS], "kind_names": KIND_NAMES,
        "tones": KIND_TONES, "spots": board.spots(found, seen.place, lines), "lists": lists,
        "confirmed": lists - missing, "excepted": int(found.excepted[seen.place]),
        "confirmations": selectors.confirmations(seen.unit_id),
        "scores": selectors.scores([seen.unit_id], request.today).get(seen.unit_id, []),
        "quarter": number_of(quarter), "last_day": last_day_of(quarter), "year": quarter.start.year,
        "may_confirm": bool(found.holding[seen.place]) and _may(request, seen),
        "crumb": crumb(request, seen, Link(_("Clean data"))),
    }  # fmt: skip
    context["percents"] = [100 * score.fine / score.members for score in context["scores"] if score.members]
    return show(request, "quality/unit.html", context)


def _seen(request: PageRequest, code: str, permission: str = VIEW) -> tuple[Seen, Look]:
    """The unit, and the register's quality today: particulars have no past, so no other day is looked at."""
    seen = seen_unit(request, code, permission)
    return seen, look(View(request.today))


def _may(request: PageRequest, seen: Seen) -> bool:
    return seen.unit_id in request.actor.scope(WRITE)


# Cases


def mend_url(rule: Rule, person: Person) -> str:
    """Where it is mended: the field of the particulars, or the person's ledger for a day that an entry gave."""
    field = next((key for key in rule.fields if key in PARTICULAR), "")
    if field:
        return f"{reverse('members:amend', args=[person.pk])}#id_{field}"
    return reverse("members:person", args=[person.pk])


def _columns(request: PageRequest) -> tuple[Column[Case], ...]:
    scope = request.actor.scope(WRITE)

    def writes(case: Case) -> bool:
        return (case.person.last_unit_id or 0) in scope

    return (
        Column("name", gettext_lazy("Full name"), lambda c: c.person.full_name, sortable=False,
               href=lambda c: reverse("quality:person", args=[c.person.pk])),
        Column("unit", gettext_lazy("Cell"), lambda c: c.unit_name, sortable=False, minor=True,
               href=lambda c: reverse("quality:unit", args=[c.unit_code])),
        Column("kind", gettext_lazy("Kind"), lambda c: KIND_NAMES[c.rule.kind], sortable=False, minor=True,
               tone=lambda c: KIND_TONES[c.rule.kind]),
        Column("wrong", gettext_lazy("What is wrong"), lambda c: said.sentence(c.finding), sortable=False),
        Column("source", gettext_lazy("Source"), lambda c: said.source(c.finding), sortable=False, minor=True),
        Column("mend", gettext_lazy("What to do"), lambda c: MEND[c.rule.key], sortable=False,
               href=lambda c: mend_url(c.rule, c.person) if writes(c) else ""),
        Column("accept", gettext_lazy("Or"), lambda c: _("Right as it is…") if writes(c) else "", sortable=False,
               href=lambda c: reverse("quality:accept", args=[c.person.pk, c.rule.key]) if writes(c) else ""),
    )  # fmt: skip


@page(VIEW)
def case_list(request: PageRequest, code: str) -> HttpResponse:
    """Cases of a unit and below: of one rule or kind, accepted ones, or the members with or without any."""
    seen, found = _seen(request, code)
    if request.GET.get("show") in ("clean", "open"):
        return _people(request, seen, found, clean=request.GET["show"] == "clean")
    rule, kind = request.GET.get("rule", ""), request.GET.get("kind", "")
    rule, kind = rule if rule in RULE else "", kind if kind in KINDS else ""
    accepted = request.GET.get("show") == "accepted"
    rows = selectors.cases(found, found.view.inside(seen.place), rule=rule, kind=kind, accepted=accepted)
    if request.GET.get("as") == "xlsx":
        return _workbook(request, seen, rows)
    what = RULE_NAMES[rule] if rule else KIND_NAMES[kind] if kind else _("all")
    asked = request.GET.copy()
    asked["as"] = "xlsx"
    context = {
        "seen": seen, "table": table_of(request, _columns(request), rows), "what": what, "accepted": accepted,
        "tabs": _tabs(seen, found, kind, rule, accepted=accepted), "mend": MEND.get(rule, ""),
        "download": f"?{asked.urlencode()}", "crumb": _path(request, seen, _("Cases")),
    }  # fmt: skip
    return show(request, "quality/cases.html", context)


def _path(request: PageRequest, seen: Seen, last: str) -> tuple[Link, ...]:
    return crumb(request, seen, Link(_("Clean data"), reverse("quality:unit", args=[seen.code])), Link(last))


def _tabs(seen: Seen, found: Look, kind: str, rule: str, *, accepted: bool) -> list[Tab]:
    """All, each kind, and what was accepted."""
    counts = [int(row[seen.place]) for row in found.by_kind]
    own = kind or (RULE[rule].kind if rule else "")
    tabs = [Tab(_("All"), "?", not own and not accepted, sum(counts))]
    for key, count in zip(KINDS, counts, strict=True):
        tabs.append(Tab(KIND_NAMES[key], f"?kind={key}", key == own and not accepted, count))
    return [*tabs, Tab(_("Right as it is"), "?show=accepted", accepted, int(found.excepted[seen.place]))]


def _workbook(request: PageRequest, seen: Seen, rows: selectors.Cases) -> HttpResponse:
    exports.cases_exported(actor=request.actor, unit_id=seen.unit_id, unit_code=seen.code, rows=len(rows))
    about = [(_("Organisation"), seen.name), (_("As of"), request.today), (_("Cases"), len(rows))]
    number: Column[Case] = Column("number", _("Person no."), lambda c: c.person.pk, numeric=True)
    columns = (number, *[column for column in _columns(request) if column.key != "accept"])
    return xlsx_response(f"can-sua-{seen.code}-{request.today:%Y%m%d}", [Sheet(_("Cases"), about, columns, rows)])


def _people(request: PageRequest, seen: Seen, found: Look, *, clean: bool) -> HttpResponse:
    """The members that the share counts, or those that it leaves out."""
    inside = found.view.inside(seen.place)[found.units]
    chosen = found.rows[inside & (found.found.any(axis=0) != clean)]
    stays = found.view.columns.stays
    chosen = chosen[name_ranks(found.view.columns)[stays.person[chosen]].argsort(kind="stable")]
    columns: tuple[Column[Member], ...] = (
        Column("name", gettext_lazy("Full name"), lambda m: m.person.full_name, sortable=False,
               href=lambda m: reverse("quality:person", args=[m.person.pk]) if m.open else ""),
        Column("birth", gettext_lazy("Born on"), lambda m: m.person.birth_date, sortable=False),
        Column("unit", gettext_lazy("Cell"), lambda m: m.unit_name, sortable=False),
    )  # fmt: skip
    table = table_of(request, columns, Members(found.view, chosen, request.actor))
    context = {"seen": seen, "table": table, "clean": clean, "crumb": _path(request, seen, _("Members"))}
    return show(request, "quality/members.html", context)


# The list of the quarter


@page(WRITE, methods=("GET", "POST"))
def confirm(request: PageRequest, code: str) -> HttpResponse:
    """Say that the list of the quarter is right: the numbers of the paper book are typed, not shown."""
    seen, found = _seen(request, code, WRITE)
    form = ConfirmForm(request.POST or None)
    to = reverse("quality:unit", args=[seen.code])
    if form.is_valid():
        entry = {key: form.cleaned_data[key] for key in ("members", "official", "note")}
        try:
            confirming.list_confirm(actor=request.actor, unit_code=code, today=request.today, **entry)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=to, note=_("The list is confirmed for this quarter."))
    elif request.method == "POST" and not form.errors:
        form.refuse(Refused(Finding("quality.not_sure", field="sure")))
    quarter = quarter_of(request.today)
    context = {
        "seen": seen, "form": form, "quarter": number_of(quarter), "year": quarter.start.year,
        "last_day": last_day_of(quarter), "rule": CONFIRM_MONTHS.at(request.today), "share": found.share(seen.place),
        "holds": bool(found.holding[seen.place]),
        "done": next((c for c in selectors.confirmations(seen.unit_id) if c.quarter == quarter.start), None),
        "crumb": _path(request, seen, _("Confirm the list")),
    }  # fmt: skip
    return show(request, "quality/confirm.html", context, status=422 if request.method == "POST" else 200)
