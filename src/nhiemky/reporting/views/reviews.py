"""The yearly review as a page and as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.downloads import download
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import Denied
from nhiemky.jobs.services import job_start
from nhiemky.reporting import charts, commands, documents, listing, long, part_tables, selectors, tables
from nhiemky.reporting.documents.issuing import issuer_of
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.review import Review
from nhiemky.reporting.review import review as written
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.views.choices import Choice, chosen, exported, language


@page("reporting.view")
@at_one_moment
def choose(request: PageRequest) -> HttpResponse:
    """To the review of the unit and year asked for: by itself the last year that is over."""
    choice = chosen(request)
    if "year" not in request.GET and not choice.explicit_day:
        choice = chosen(request, choice.code, request.today.year - 1)
    return HttpResponseRedirect(choice.to_review())


@page("reporting.view")
@at_one_moment
def review(request: PageRequest, code: str, year: int) -> HttpResponse:
    """The document; each number opens the figure it refers to."""
    choice = chosen(request, code, year)
    if choice.asked.year != year:  # a day of another year was picked in the bar
        return HttpResponseRedirect(choice.to_review())
    found = written(choice.asked, language())
    drawn = {key: charts.chart(key, choice.asked, language(), choice.today) for key in charts.KEYS}
    context = {
        **choice.context(Link(_("Review %(year)s") % {"year": year})),
        "review": found,
        "sections": tables.sections(choice, found),
        "tiles": tables.tiles(choice, found.figures),
        "charts": {key: tables.picture(choice, chart) for key, chart in drawn.items() if chart is not None},
        "figures": tables.groups(choice, language(), found.figures),
        "parts": part_tables.review_parts(choice, found),
        "heads": tables.heads(choice, language()),
        **{f"{kind}_url": choice.to_review(kind) for kind in documents.TYPES},
        "review_chooser_url": reverse("reporting:review"),
        **_elsewhere(choice),
        "symbol": _unconfirmed_symbol(found),
        "empty": not selectors.figures(choice.asked, ["members.total"])["members.total"].value,
    }
    return show(request, "reporting/review.html", context)


def _elsewhere(choice: Choice) -> dict[str, object]:
    """For a unit that did not exist then: the structure under which it can be looked at."""
    finding = commands.absent(choice.asked, choice.code)
    if finding is None or choice.asked.structure is not None:
        return {}
    born = finding.facts["born"]
    assert isinstance(born, date)
    restated = replace(choice, asked=replace(choice.asked, structure=born))
    return {"born": born, "structure_url": restated.to_review()}


def _unconfirmed_symbol(found: Review) -> str:
    """The issuer's symbol in the number of the document, where no source confirms it."""
    made = issuer_of(found)
    return "" if made.confirmed else made.symbol


@page("reporting.view")
@at_one_moment
def review_file(request: PageRequest, code: str, year: int, kind: str) -> HttpResponse:
    """The review as .docx, .xlsx or .json."""
    choice = chosen(request, code, year)
    if kind not in documents.TYPES:
        raise Denied("reporting.view", "no_such_file", status=404)
    if kind == "xlsx" and listing.may_list(request.actor, choice.asked, BY_KEY["members.total"]):
        exported(request, choice, "review")
    if kind == "xlsx" and long.is_long(choice.asked):
        return _by_the_worker(request, choice)
    with documents.temporary(f".{kind}") as out:
        documents.write(kind, out, request.actor, choice.asked, request.today, language())
        return download(out.open("rb"), f"tong-ket-{code}-{choice.asked.year}.{kind}", documents.TYPES[kind])


def _by_the_worker(request: PageRequest, choice: Choice) -> HttpResponse:
    title = _("Workbook of the review of %(year)s, %(unit)s") % {"year": choice.asked.year, "unit": choice.name}
    arguments = long.arguments(choice.asked, choice.code, language(), explicit_day=choice.explicit_day)
    job = job_start(actor=request.actor, kind="reporting.review_file", title=title, arguments=arguments)
    return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
