"""Figures of a unit and year, one figure with its parts, and the rows behind it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.downloads import download
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import Denied
from nhiemky.reporting import asking, charts, columns, listing, part_tables, selectors, splitting, tables
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.documents import TYPES, as_xlsx, temporary
from nhiemky.reporting.proofs import proof
from nhiemky.reporting.review import review
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.splitting import Slice
from nhiemky.reporting.views.choices import PERMISSION, Choice, chosen, exported, language


@page("reporting.view")
@at_one_moment
def figures(request: PageRequest) -> HttpResponse:
    """All figures of a unit and year."""
    choice = chosen(request)
    found = tables.groups(choice, language())
    context = {**choice.context(), "groups": found, "heads": tables.heads(choice, language())}
    return show(request, "reporting/figures.html", context)


@page("reporting.view")
@at_one_moment
def figure(request: PageRequest, key: str) -> HttpResponse:
    """One figure: what it means, its parts, its course over the years. For htmx the panel beside a document."""
    choice = chosen(request)
    indicator = asking.indicator_called(key)
    found = selectors.figures(choice.asked, [key])[key]
    drawn = charts.chart(f"trend.{key}", choice.asked, language(), choice.today)
    context = {
        **choice.context(Link(indicator.name.in_language(language()))),
        "line": tables.line(choice, found, language()),
        "facts": tables.facts(choice, found, language()),
        "parts": part_tables.parts(choice, indicator, language()),
        "heads": tables.heads(choice, language()),
        "chart": drawn and tables.picture(choice, drawn),
        "may_list": listing.may_list(request.actor, choice.asked, indicator),
        **choice.addresses(key),
    }
    return show(request, "reporting/figure.html", context, part="panel")


@page("reporting.view")
@at_one_moment
def rows(request: PageRequest, key: str) -> HttpResponse:
    """The rows a figure or a part of it counted, in pages; people only for who may see members."""
    choice = chosen(request)
    indicator = asking.indicator_called(key)
    part = _part(request, choice, indicator)
    found = listing.Rows(request.actor, choice.asked, indicator, part.count if part else None)
    name = indicator.name.in_language(language())
    line = tables.line(choice, selectors.figures(choice.asked, [key])[key], language())
    context = {
        **choice.context(Link(name, choice.go("figure", key)), Link(_("Rows"))),
        "line": replace(line, value=part.value) if part else line,
        "part": part_tables.name_of(part, language()) if part else "",
        "hidden": found.hidden,
        "table": table_of(request, _columns(choice, indicator, found), found),
        **choice.addresses(key),
        "rows_file_url": choice.go("rows_file", key, **({"part": part.mark} if part else {})),
    }
    return show(request, "reporting/rows.html", context, part="rows")


def _columns(choice: Choice, indicator: Indicator, found: listing.Rows) -> list[Column[listing.Row]]:
    proven = proof(selectors.Asked(selectors.facts(), choice.asked), indicator, language())
    return columns.columns(indicator, proven, language(), doubtful=found.counted.value is None)


def _part(request: PageRequest, choice: Choice, indicator: Indicator) -> Slice | None:
    """The part of the figure that the address asks for; None for the whole.

    Raises:
        Denied: 404, the figure has no such part.
    """
    mark = request.GET.get("part", "")
    found = next((part for part in splitting.split(choice.asked, indicator) if part.mark == mark), None)
    if mark and found is None:
        raise Denied(PERMISSION, "no_such_unit", status=404)
    return found if mark else None


@page("reporting.view")
@at_one_moment
def rows_file(request: PageRequest, key: str) -> HttpResponse:
    """The same rows as a spreadsheet, all of them."""
    choice = chosen(request)
    indicator = asking.indicator_called(key)
    part = _part(request, choice, indicator)
    rows = listing.Rows(request.actor, choice.asked, indicator)
    if indicator.needs:
        exported(request, choice, key, part.count.high if part else len(rows))
    found = review(choice.asked, language())
    with temporary(".xlsx") as out:
        as_xlsx.write_rows(found, out, request.actor, request.today, indicator, part.count if part else None)
        return download(out.open("rb"), f"{key}-{choice.code}-{choice.asked.year}.xlsx", TYPES["xlsx"])
