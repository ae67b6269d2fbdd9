"""The forms of a unit and period, the rows behind a number, and the forms as a workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link, Tab
from nhiemky.core.downloads import download
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.spreadsheets import XLSX
from nhiemky.domain.findings import Refused
from nhiemky.domain.statistics.forms import NAMES
from nhiemky.members.views.common import go, person_url
from nhiemky.members.wording import STANDINGS, movement_name
from nhiemky.statistics import selectors, tables, workbook
from nhiemky.statistics.choices import PERMISSION, Choice, chosen, form_of, wanted_of
from nhiemky.statistics.rows import Listed, Rows, Wanted
from nhiemky.statistics.wording import summed_up


@page(PERMISSION)
def forms(request: PageRequest) -> HttpResponse:
    """One of the four forms with its cross-checks; the unit itself, or part by part."""
    choice, number = chosen(request), form_of(request)
    parts, every = request.GET.get("view") == "parts", request.GET.get("every") == "1"
    kept = {"view": "parts" if parts else "", "every": "1" if every else ""}
    context = {
        "choice": choice,
        "number": number,
        "crumb": choice.crumb(),
        "tabs": choice.tabs(number, **kept),
        "periods": choice.periods(number, **kept),
        "structure": request.structure,
    }
    try:
        asked = choice.asked
    except Refused as no:
        more = {"refused": no.findings, "restate_url": choice.restated_today(number)}
        return show(request, "statistics/forms.html", {**context, **more}, status=422)
    made = selectors.count(asked)
    told = tables.form(made, number, parts=parts, every=every, address=choice.rows(asked, number))
    context |= _more(choice, asked, number, kept) | {"form": told, "below": made.parts.below, "parts": parts}
    return show(request, "statistics/forms.html", context)


def _more(choice: Choice, asked: selectors.Asked, number: int, kept: dict[str, str]) -> dict[str, object]:
    """What stands around the table."""
    found = selectors.checked(asked)
    goal = selectors.target(asked) if number == 2 else None
    whole = _("The organisation itself"), choice.go(form=number, every=kept["every"]), not kept["view"]
    parts = _("By part"), choice.go(form=number, every=kept["every"], view="parts"), bool(kept["view"])
    return {
        "asked": asked,
        "on": asked.on,
        "part_period": asked.on != asked.last,
        "checks": found,
        "verdict": summed_up(found),
        "views": [Tab(*whole), Tab(*parts)],
        "goal": goal,
        "admitted": len(selectors.count(asked).admitted.rows),
        "title": tables.said(NAMES[number]),
        "xlsx_url": choice.go("workbook"),
        "every_url": choice.go(form=number, view=kept["view"], every="" if kept["every"] else "1"),
        "every": bool(kept["every"]),
    }


@page(PERMISSION)
def workbook_file(request: PageRequest) -> HttpResponse:
    """The four forms as .xlsx."""
    choice = chosen(request)
    asked = choice.asked
    name = f"bieu-thong-ke-{choice.code}-{asked.first:%Y%m%d}-{asked.on:%Y%m%d}.xlsx"
    return download(workbook.written(asked), name, XLSX)


@page("members.view")
def rows(request: PageRequest) -> HttpResponse:
    """The people or entries that a number counted, in pages."""
    choice, wanted = chosen(request), wanted_of(request)
    asked = choice.asked
    found = Rows(request.actor, asked, wanted)
    made = selectors.count(asked)
    named = next((tables.name_of(x, made) for x in made.lines(wanted.form) if x.name == wanted.line), wanted.line)
    form_url = choice.go(form=wanted.form)
    context = {
        "choice": choice,
        "asked": asked,
        "on": asked.on,
        "found": found,
        "low": len(found.counted.rows),
        "high": len(found.counted.rows) + len(found.counted.doubtful),
        "name": named,
        "part": tables.part_name(made, wanted.part) if wanted.part else "",
        "form_url": form_url,
        "number": wanted.form,
        "table": table_of(request, _columns(request, found, wanted), found),
        "crumb": choice.crumb(Link(f"{wanted.form}-TCTW", form_url), Link(_("Rows"))),
    }
    return show(request, "statistics/rows.html", context, part="rows")


def _columns(request: PageRequest, found: Rows, wanted: Wanted) -> list[Column[Listed]]:
    columns: list[Column[Listed]] = [
        Column("name", gettext_lazy("Full name"), lambda row: row.person.full_name, sortable=False,
               href=lambda row: person_url(request, row.person)),
        Column("birth", gettext_lazy("Born on"), lambda row: row.person.birth_date, sortable=False, minor=True),
    ]  # fmt: skip
    columns += _entry_columns() if wanted.entries else _person_columns(request)
    if not found.exact:
        columns.append(
            Column("sure", gettext_lazy("Certain"), _certainty,
                   tone=lambda row: "warn" if row.doubtful else "good", sortable=False)
        )  # fmt: skip
    return columns


def _certainty(row: Listed) -> str:
    return _("perhaps elsewhere") if row.doubtful else _("certain")


def _entry_columns() -> list[Column[Listed]]:
    return [
        Column("on", gettext_lazy("Day"), lambda row: row.on, sortable=False),
        Column("kind", gettext_lazy("Entry"), lambda row: movement_name(row.kind), sortable=False),
        Column("source", gettext_lazy("From"), lambda row: row.source, sortable=False),
        Column("target", gettext_lazy("To"), lambda row: row.target, sortable=False),
        Column("paper", gettext_lazy("Paper"), lambda row: row.paper, sortable=False, minor=True),
    ]


def _person_columns(request: PageRequest) -> list[Column[Listed]]:
    return [
        Column("unit", gettext_lazy("Cell"), lambda row: row.unit, sortable=False,
               href=lambda row: go(request, "members:unit", row.unit_code) if row.unit_opens else ""),
        Column("standing", gettext_lazy("Standing"),
               lambda row: STANDINGS["official" if row.official else "probationary"], sortable=False,
               tone=lambda row: "off" if row.official else "warn"),
        Column("decided", gettext_lazy("Party age from"), lambda row: row.person.decided_on, sortable=False),
    ]  # fmt: skip
