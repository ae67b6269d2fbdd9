"""The board of a unit's cases by stage, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.admissions import cases, selectors
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.forms import CaseFilter
from nhiemky.admissions.selectors import Wanted
from nhiemky.admissions.services import exports
from nhiemky.admissions.views.common import CaseLine, lines
from nhiemky.admissions.wording import STAGES
from nhiemky.core.components import Link
from nhiemky.core.lists import Column, Table, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.domain.admissions.steps import OPEN_STAGES
from nhiemky.members.views.common import Seen, crumb, go, seen_unit

RIGHT = "members.view"
_CARDS, _LATE, _AHEAD = 5, 8, 10


@page(RIGHT)
def board(request: PageRequest, code: str = "") -> HttpResponse:
    """Open cases by stage, what is overdue, and the probations that end in the days ahead."""
    seen = seen_unit(request, code, RIGHT) if code else None
    found = selectors.open_cases(request.actor, request.today, seen.place if seen else None)
    made = selectors.board(found, request.today)
    context = {
        "seen": seen,
        "columns": [_column(request, seen, stage, made.stages[stage]) for stage in OPEN_STAGES],
        "total": len(found),
        "late": lines(made.late[:_LATE], request.today),
        "late_count": len(made.late),
        "late_url": _list_url(request, seen, late="yes"),
        "ending": lines(made.ending[:_AHEAD], request.today),
        "ending_count": len(made.ending),
        "ending_url": _list_url(request, seen, stage="probation", sort="ends"),
        "parts": _parts(request, seen, found),
        "list_url": _list_url(request, seen),
        "new_url": go(request, "admissions:new", *([seen.code] if seen else [])),
        "may_write": request.actor.may("members.write")
        and (not seen or seen.unit_id in request.actor.scope("members.write")),
        "crumb": crumb(request, seen, Link(_("Admissions"))),
    }
    return show(request, "admissions/board.html", context)


def _list_url(request: PageRequest, seen: Seen | None, **query: object) -> str:
    return go(request, "admissions:list", *([seen.code] if seen else []), **query)


def _column(request: PageRequest, seen: Seen | None, stage: str, found: Sequence[Standing]) -> dict[str, Any]:
    return {
        "title": STAGES[stage],
        "count": len(found),
        "late": sum(bool(case.state.late) for case in found),
        "cards": lines(found[:_CARDS], request.today),
        "url": _list_url(request, seen, stage=stage),
    }


def _parts(request: PageRequest, seen: Seen | None, found: Sequence[Standing]) -> list[dict[str, Any]]:
    """The unit's sub-units that have open cases, those with overdue ones first."""
    if seen is None:
        return []
    held, tree = seen.view.structure, seen.view.structure.tree(request.today)
    parts = []
    for child in held.children(seen.place, request.today):
        mine = [case for case in found if tree.inside(child)[held.index[case.unit_id]]]
        if mine:
            late = sum(bool(case.state.late) for case in mine)
            probation = sum(case.state.stage == "probation" for case in mine)
            name = held.name(child, request.today)
            url = go(request, "admissions:board", held.codes[child])
            parts.append({"name": name, "url": url, "open": len(mine), "late": late, "probation": probation,
                          "rank": held.rank(child, request.today)})  # fmt: skip
    return sorted(parts, key=lambda part: (-part["late"], -part["open"], part["rank"]))


def _columns(request: PageRequest) -> tuple[Column[CaseLine], ...]:
    return (
        Column("name", gettext_lazy("Full name"), lambda c: c.name, sort_value=lambda c: c.name_key,
               href=lambda c: go(request, "admissions:case", c.pk)),
        Column("cell", gettext_lazy("Cell"), lambda c: c.cell,
               href=lambda c: go(request, "admissions:board", c.cell_code)),
        Column("stage", gettext_lazy("Stage"), lambda c: str(c.stage), minor=True),
        Column("step", gettext_lazy("Next step"), lambda c: str(c.step)),
        Column("due", gettext_lazy("Last day"), lambda c: None if c.opens else c.day),
        Column("ends", gettext_lazy("Probation ends"), lambda c: c.probation_ends, minor=True),
        Column("late", gettext_lazy("State"), lambda c: _("overdue") if c.late else _("in time"),
               tone=lambda c: "bad" if c.late else "good"),
    )  # fmt: skip


@page(RIGHT)
def case_list(request: PageRequest, code: str = "") -> HttpResponse:
    """Cases of a unit, or of everything the actor may see, by stage, overdue or cell."""
    seen = seen_unit(request, code, RIGHT) if code else None
    form = CaseFilter(request.GET)
    wanted = _wanted(form)
    place = seen.place if seen else None
    if wanted.stage and wanted.stage not in OPEN_STAGES:
        table = _closed(request, place, wanted)
    else:
        found = selectors.chosen(selectors.open_cases(request.actor, request.today, place), wanted)
        found.sort(key=selectors.urgency)
        everything = request.GET.get("as") == "xlsx"
        table = table_of(request, _columns(request), lines(found, request.today), per_page=None if everything else 50)
    if request.GET.get("as") == "xlsx":
        return _workbook(request, seen, table)
    context = {"seen": seen, "form": form, "table": table, "download": f"?{_query(request)}",
               "filtered": any(form.data.get(name) for name in form.fields),
               "crumb": crumb(request, seen, Link(_("Admissions"), go(request, "admissions:board", *_code(seen))),
                              Link(_("Admission cases")))}  # fmt: skip
    return show(request, "admissions/list.html", context, part="rows")


def _code(seen: Seen | None) -> list[str]:
    return [seen.code] if seen else []


def _wanted(form: CaseFilter) -> Wanted:
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    return Wanted(given.get("stage") or "", bool(given.get("late")), given.get("cell") or "", given.get("q") or "")


def _closed(request: PageRequest, place: int | None, wanted: Wanted) -> Table[CaseLine]:
    """Cases that ended: only those of one page are judged; a spreadsheet takes all."""
    rows = selectors.closed_cases(request.actor, request.today, place, wanted)
    if request.GET.get("as") == "xlsx":
        found = lines(cases.standings(rows, request.today), request.today)
        return Table(_columns(request), found, len(found))
    paged: Any = Paginator(rows, 50).get_page(request.GET.get("page"))
    shown = lines(cases.standings(paged.object_list, request.today), request.today)
    return Table(
        [replace(column, sortable=False) for column in _columns(request)], shown, paged.paginator.count, page=paged
    )


def _query(request: PageRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["as"] = "xlsx"
    return asked.urlencode()


def _workbook(request: PageRequest, seen: Seen | None, table: Table[CaseLine]) -> HttpResponse:
    asked = {name: value for name, value in request.GET.items() if value and name not in ("as", "page", "sort", "q")}
    exports.list_exported(
        actor=request.actor,
        unit_id=seen.unit_id if seen else None,
        unit_code=seen.code if seen else "",
        rows=len(table.rows),
        facts={"asked": asked},
    )
    about = [
        (_("Organisation"), seen.name if seen else _("all that you may see")),
        (_("As of"), request.today),
        (_("Admission cases"), len(table.rows)),
    ]
    name = f"ket-nap-{seen.code if seen else 'tat-ca'}-{request.today:%Y%m%d}"
    return xlsx_response(name, [Sheet(str(_("Admissions")), about, _columns(request), table.rows)])
