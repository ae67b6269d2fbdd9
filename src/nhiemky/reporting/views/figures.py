"""Figures of a unit and year, one figure with its parts, and the rows behind it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.lists import table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.reporting import asking, charts, columns, listing, selectors, tables
from nhiemky.reporting.documents import as_xlsx, download, temporary
from nhiemky.reporting.review import review
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.views.choices import chosen, language


@page("reporting.view")
@at_one_moment
def figures(request: PageRequest) -> HttpResponse:
    """All figures of a unit and year."""
    choice = chosen(request)
    context = {**choice.context(), "groups": tables.groups(choice, language())}
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
        "parts": tables.parts(choice, indicator, language()),
        "chart": drawn and tables.picture(choice, drawn),
        "may_list": listing.may_list(request.actor, choice.asked, indicator),
        **choice.addresses(key),
    }
    return show(request, "reporting/figure.html", context, part="panel")


@page("reporting.view")
@at_one_moment
def rows(request: PageRequest, key: str) -> HttpResponse:
    """The rows a figure counted, in pages; people only for who may see members."""
    choice = chosen(request)
    indicator = asking.indicator_called(key)
    found = listing.Rows(request.actor, choice.asked, indicator)
    name = indicator.name.in_language(language())
    context = {
        **choice.context(Link(name, choice.go("figure", key)), Link(_("Rows"))),
        "line": tables.line(choice, selectors.figures(choice.asked, [key])[key], language()),
        "hidden": found.hidden,
        "table": table_of(request, columns.columns(indicator, doubtful=found.counted.value is None), found),
        **choice.addresses(key),
    }
    return show(request, "reporting/rows.html", context, part="rows")


@page("reporting.view")
@at_one_moment
def rows_file(request: PageRequest, key: str) -> HttpResponse:
    """The same rows as a spreadsheet, all of them."""
    choice = chosen(request)
    indicator = asking.indicator_called(key)
    listing.Rows(request.actor, choice.asked, indicator)
    with temporary(".xlsx") as out:
        as_xlsx.write(review(choice.asked, language()), out, request.actor, request.today, only=indicator)
        return download(out.open("rb"), f"{key}-{choice.code}-{choice.asked.year}.xlsx")
