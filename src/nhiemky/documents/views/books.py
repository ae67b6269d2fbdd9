"""Number books: the sequences of an issuer, each number with its document; taking the next one; issuers."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import selectors
from nhiemky.documents.forms import IssuerForm, NumberForm
from nhiemky.documents.models import Document, Issuer, Series
from nhiemky.documents.services.numbering import number_give
from nhiemky.documents.services.registering import issuer_enter
from nhiemky.documents.views.common import READ, WRITE, asked, document_url, sent
from nhiemky.documents.wording import SORTS, kind_name, named, titled
from nhiemky.domain.access import Denied


def _book_crumb(*more: Link) -> tuple[Link, ...]:
    return (Link(_("Number books"), reverse("documents:books") if more else ""), *more)


def _type(series: Series) -> str:
    return kind_name(series.kind) if series.kind else str(_("all types (congress)"))


@page(READ)
def books(request: PageRequest) -> HttpResponse:
    """Every sequence: issuer, type, term, the last number given."""
    columns: tuple[Column[Series], ...] = (
        Column("issuer", gettext_lazy("Issuer"), lambda one: one.issuer.name, sort=("issuer__name", "-label", "kind"),
               href=lambda one: reverse("documents:book", args=[one.pk])),
        Column("type", gettext_lazy("Type"), _type, sort=("kind",)),
        Column("term", gettext_lazy("Term"), lambda one: one.label, sort=("label",)),
        Column("first", gettext_lazy("Given here from"), lambda one: one.first, numeric=True, sort=("first",),
               minor=True),
        Column("last", gettext_lazy("Last number"), lambda one: one.last, numeric=True, sort=("last",)),
    )  # fmt: skip
    context = {
        "table": table_of(request, columns, selectors.series(request.actor)),
        "may_write": request.actor.may(WRITE),
        "crumb": _book_crumb(),
    }
    return show(request, "documents/books.html", context)


@page(READ)
def book(request: PageRequest, series_id: int) -> HttpResponse:
    """One sequence: every number given, with what became of it."""
    series = selectors.visible_series(request.actor, series_id)
    columns: tuple[Column[Document], ...] = (
        Column("number", gettext_lazy("Number and symbol"), named, sort=("number",),
               href=lambda one: document_url(request, one)),
        Column("signed", gettext_lazy("Signed on"), lambda one: one.signed_on, sort=("signed_on",)),
        Column("title", gettext_lazy("Title"), lambda one: one.cancelled or titled(one), sortable=False),
        Column("state", gettext_lazy("State"), _told, tone=_tone, sortable=False),
    )  # fmt: skip
    rows = series.documents.select_related("issuer")
    title = f"{_type(series)}, {series.issuer.name}"
    context = {
        "series": series,
        "title": title,
        "table": table_of(request, columns, rows, default="-number"),
        "cancelled": rows.exclude(cancelled="").count(),
        "may_write": selectors.may_write(request.actor, series.issuer),
        "crumb": _book_crumb(Link(title)),
    }
    return show(request, "documents/book.html", context)


def _told(document: Document) -> str:
    if document.cancelled:
        return str(_("cancelled"))
    if document.withheld:
        return str(_("secret"))
    return str(_("in the register") if document.title else _("title missing"))


def _tone(document: Document) -> str:
    return "off" if document.cancelled or document.withheld else "good" if document.title else "warn"


@page(WRITE, methods=("GET", "POST"))
def take(request: PageRequest) -> HttpResponse:
    """Take the next number."""
    issuers = selectors.issuers_to_choose(request.actor, ours=True)
    chosen = {"issuer": request.GET.get("issuer", ""), "kind": request.GET.get("kind", ""), "on": request.today}
    form = NumberForm(issuers, request.POST or None, initial=chosen)

    def act() -> Document:
        given = dict(form.cleaned_data)
        issuer_id = int(given.pop("issuer"))
        return number_give(actor=request.actor, issuer_id=issuer_id, today=request.today, **given)

    answer = sent(
        request, form, act, lambda made: reverse("documents:document", args=[made.pk]),
        _("The number is yours; it stands in the register and in the number book."),
    )  # fmt: skip
    title = _("Take a number")
    more = {"cancel": reverse("documents:books"), "needs_issuer": not issuers}
    return answer or asked(request, form, title, _book_crumb(Link(title)), **more)


@page(READ, methods=("GET", "POST"))
def issuers(request: PageRequest) -> HttpResponse:
    """Whose documents are kept, and a form for one more."""
    form = IssuerForm(request.POST or None, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST":
        if not request.actor.may(WRITE):
            raise Denied(WRITE, "permission_missing", status=403)
        if (answer := _entered(request, form)) is not None:
            return answer
    columns: tuple[Column[Issuer], ...] = (
        Column("name", gettext_lazy("Name"), lambda one: one.name, sort=("name",),
               href=lambda one: f"{reverse('documents:list')}?issuer={one.pk}"),
        Column("symbol", gettext_lazy("Symbol"), lambda one: one.symbol, sort=("symbol",)),
        Column("sort", gettext_lazy("What it is"), lambda one: SORTS[one.sort], sort=("sort",), minor=True),
    )  # fmt: skip
    context = {
        "form": form,
        "table": table_of(request, columns, selectors.issuers(request.actor), default="name"),
        "may_write": request.actor.may(WRITE),
        "crumb": (Link(_("Issuers")),),
    }
    return show(request, "documents/issuers.html", context, status=422 if form.errors else 200)


def _entered(request: PageRequest, form: IssuerForm) -> HttpResponse | None:
    """The redirect, or what stands against it; a unit outside the grants is told at its field."""

    def act() -> Issuer:
        given = dict(form.cleaned_data)
        return issuer_enter(actor=request.actor, unit_code=given.pop("unit").strip(), **given)

    try:
        answer: HttpResponse | None = sent(
            request, form, act, lambda made: reverse("documents:issuers"), _("Documents of it can now be entered.")
        )
    except Denied as no:
        if no.status == 403 and not form.cleaned_data.get("unit"):
            raise
        form.add_error("unit", _("There is no such organisation within your grants."))
        return None
    return answer
