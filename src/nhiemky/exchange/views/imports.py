"""An import as its owner sees it: handed in, columns, preview, result."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.downloads import download
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.core.spreadsheets import XLSX
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.exchange import exports, running, selectors, shown
from nhiemky.exchange.drafting import Given, Laid, lay_out, prepare
from nhiemky.exchange.forms import ColumnsForm, ExportForm, UploadForm
from nhiemky.exchange.long import ROWS
from nhiemky.exchange.models import DONE, Import
from nhiemky.exchange.services import imports as services
from nhiemky.exchange.views.showing import lines, tabs
from nhiemky.exchange.wording import ENCODINGS, SKIPPED, STATES, TONES, field_name
from nhiemky.jobs.services import job_start
from nhiemky.organisation import selectors as organisation

RIGHT, READ = "members.write", "members.view"


def _list_columns(request: PageRequest) -> tuple[Column[Import], ...]:
    def opens(held: Import) -> str:
        return reverse("exchange:import", args=[held.pk]) if held.user_id == request.actor.user_id else ""

    return (
        Column("file", gettext_lazy("File"), lambda held: held.file_name, sort=("file_name",), href=opens),
        Column("state", gettext_lazy("State"), lambda held: STATES[running.state_of(held)], sort=("state",),
               tone=lambda held: TONES[running.state_of(held)]),
        Column("rows", gettext_lazy("Rows"), _counted, sortable=False, minor=True),
        Column("unit", gettext_lazy("Organisation"), lambda held: _unit_name(held, request), sortable=False,
               minor=True),
        Column("asked", gettext_lazy("Handed in"), _by_whom, sort=("asked_at",), minor=True),
    )  # fmt: skip


def _by_whom(held: Import) -> str:
    return f"{localtime(held.asked_at):%d/%m/%Y}, {held.user_name}"


def _counted(held: Import) -> str:
    if not held.counts:
        return ""
    return _("%(new)s new, %(changed)s changed, %(refused)s refused") % held.counts


def _unit_name(held: Import, request: PageRequest) -> str:
    place = organisation.structure().index[held.unit_id]
    return organisation.unit_name(place, request.today)


@page(READ, methods=("GET", "POST"))
def imports(request: PageRequest) -> HttpResponse:
    """Hand a file in, take a list along, and what was handed in before."""
    upload = UploadForm(request.POST or None, request.FILES or None, initial=_initial(request))
    if request.method == "POST":
        if not request.actor.may(RIGHT):
            raise Denied(RIGHT, "permission_missing", status=403)
        if upload.is_valid() and (held := _received(request, upload)) is not None:
            return done(request, to=reverse("exchange:columns", args=[held.pk]))
    context = {
        "upload": upload,
        "export": ExportForm(initial=_initial(request)),
        "may_write": request.actor.may(RIGHT),
        "table": table_of(request, _list_columns(request), selectors.imports(request.actor), default="-asked"),
        "crumb": (Link(_("Spreadsheets in and out")),),
    }
    return show(request, "exchange/imports.html", context, status=422 if upload.errors else 200)


def _initial(request: PageRequest) -> dict[str, Any]:
    """The unit asked for, or the one that is the actor's own."""
    tops = selectors.tops(request.actor, request.today)
    return {"unit": request.GET.get("unit") or (tops[0] if tops else ""), "day": request.today}


def _received(request: PageRequest, form: UploadForm) -> Import | None:
    given = form.cleaned_data
    try:
        return services.import_receive(
            actor=request.actor,
            given=Given(given["file"].read(), given["unit"].strip(), given["day"]),
            file_name=given["file"].name,
        )
    except Refused as no:
        form.refuse(no)
    except Denied:
        form.add_error("unit", _("There is no such organisation within your grants."))
    return None


def _steps(held: Import, *more: Link) -> tuple[Link, ...]:
    first = Link(_("Spreadsheets in and out"), reverse("exchange:imports"))
    here = Link(held.file_name, reverse("exchange:import", args=[held.pk]) if more else "")
    return (first, here, *more)


@page(RIGHT, methods=("GET", "POST"))
def columns(request: PageRequest, import_id: int) -> HttpResponse:
    """Which field each column is: guessed, or as it was corrected the last time."""
    held = selectors.own_import(request.actor, import_id)
    laid = lay_out(request.actor, selectors.given(held))
    form = ColumnsForm(laid, request.POST or None, initial={"day": held.day, "encoding": held.encoding})
    if form.is_valid():
        try:
            _arranged(request, held, form)
            return _look(request, held, len(laid.layout.data))
        except Refused as no:
            form.refuse(_named(no))
    context = {"held": held, "form": form, "crumb": _steps(held, Link(_("Columns"))), **_laid(laid)}
    return show(request, "exchange/columns.html", context, status=422 if form.errors else 200)


def _named(no: Refused) -> Refused:
    """Fields by their names."""
    return Refused([Finding(f.code, facts=f.facts, field=f.field, value=field_name(f.value)) for f in no.findings])


def _arranged(request: PageRequest, held: Import, form: ColumnsForm) -> None:
    given = form.cleaned_data
    services.import_arrange(
        actor=request.actor, import_id=held.pk, columns=form.columns(), day=given["day"], today=request.today,
        encoding=given["encoding"], sheet=given.get("sheet", ""),
    )  # fmt: skip


def _laid(laid: Laid) -> dict[str, Any]:
    why = Counter(reason for _at, reason in laid.layout.skipped)
    sheet, headings = laid.sheet, laid.layout.headings
    converted = [(headings[at], ENCODINGS[name], *sheet.samples[at]) for at, name in sheet.encodings.items()]
    return {
        "remembered": laid.remembered,
        "missing": [field_name(key) for key in _EXPECTED if key not in _taken(laid)],
        "people": len(laid.layout.data),
        "heading_row": laid.layout.last + 1,
        "skipped": [(SKIPPED[reason], count) for reason, count in why.items()],
        "converted": converted,
    }


# What is asked for who is new, and what their figures are counted from.
_EXPECTED = ("sex", "birth_date", "ethnic_group", "decided_on", "admitted_on", "official_on")
_BY_SEX = {"birth_male": ("sex", "birth_date"), "birth_female": ("sex", "birth_date"), "sex_male": ("sex",),
           "sex_female": ("sex",)}  # fmt: skip


def _taken(laid: Laid) -> set[str]:
    keys = set(laid.columns.values())
    return keys | {field for key in keys for field in _BY_SEX.get(key, ())}


def _look(request: PageRequest, held: Import, rows: int) -> HttpResponse:
    """Judge every row, at once or, for many, in the background."""
    if rows > ROWS:
        title = _("Preview of %(file)s") % {"file": f"#{held.pk}"}
        return _in_background(request, "exchange.preview", title, {"import_id": held.pk})
    services.import_preview(actor=request.actor, import_id=held.pk, today=request.today)
    return done(request, to=reverse("exchange:import", args=[held.pk]))


def _in_background(request: PageRequest, kind: str, title: str, arguments: dict[str, Any]) -> HttpResponse:
    job = job_start(actor=request.actor, kind=kind, title=title[:200], arguments=arguments)
    return done(request, to=reverse("jobs:job", args=[job.pk]))


@page(RIGHT)
def one(request: PageRequest, import_id: int) -> HttpResponse:
    """The preview, row by row; once taken over, the result."""
    held = selectors.own_import(request.actor, import_id)
    if not held.counts:
        return HttpResponseRedirect(reverse("exchange:columns", args=[held.pk]))
    return _shown(request, held)


def _shown(request: PageRequest, held: Import, findings: tuple[Finding, ...] = ()) -> HttpResponse:
    state = request.GET.get("rows", "refused" if held.counts["refused"] or held.state == DONE else "")
    paged = Paginator(selectors.rows(held, state), 50).get_page(request.GET.get("page"))
    told = running.state_of(held)
    context = {
        "held": held, "state": told, "state_name": STATES[told], "tone": TONES[told], "counts": held.counts,
        "good": held.counts["new"] + held.counts["changed"], "tabs": tabs(held, state), "paged": paged,
        "refused": held.counts["refused"] and (held.state != DONE or held.refused_file is not None),
        "unit_name": _unit_name(held, request), "findings": findings, "crumb": _steps(held), **lines(paged),
    }  # fmt: skip
    response = show(request, "exchange/import.html", context, status=422 if findings else 200)
    response["Cache-Control"] = "no-store"
    return response


@page(RIGHT, methods=("POST",))
def carry_out(request: PageRequest, import_id: int) -> HttpResponse:
    """Take the file over: all rows, or the good ones."""
    held = selectors.own_import(request.actor, import_id)
    rows = request.POST.get("rows", "")
    if rows not in ("all", "good") or not held.counts:
        raise Refused(Finding("exchange.which_rows"))
    good = rows == "good"
    if held.counts["rows"] > ROWS:
        title = _("Import of %(file)s") % {"file": f"#{held.pk}"}
        return _in_background(request, "exchange.carry_out", title, {"import_id": held.pk, "good_rows": good})
    try:
        services.import_carry_out(actor=request.actor, import_id=held.pk, today=request.today, good_rows=good)
    except Refused as no:
        return _shown(request, held, no.findings)
    return done(request, to=reverse("exchange:import", args=[held.pk]), note=_("The list is taken over."))


@page(RIGHT)
def refused(request: PageRequest, import_id: int) -> HttpResponse:
    """The refused rows as a spreadsheet, each with its reasons, to be mended and handed in again."""
    held = selectors.own_import(request.actor, import_id)
    if held.state == DONE:
        content = selectors.refused_file(held)
    else:
        content = shown.returned(prepare(request.actor, selectors.given(held), request.today))
    return download(content, f"chua-nhan-{held.pk}.xlsx", XLSX)


@page(READ)
def template(request: PageRequest) -> HttpResponse:
    """An empty spreadsheet with every heading, and what may stand in each column."""
    return download(exports.template(), "mau-dang-vien.xlsx", XLSX)


@page(READ, methods=("POST",))
def export(request: PageRequest) -> HttpResponse:
    """Members of a unit as a spreadsheet; a long list is made in the background."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Refused(Finding("exchange.export_what", field="unit"))
    code, kind = form.cleaned_data["unit"].strip(), form.cleaned_data["kind"]
    if exports.count(request.actor, code, request.today) > ROWS * 5:
        title = _("Members of %(unit)s") % {"unit": code}
        return _in_background(request, "exchange.export", title, {"unit": code, "kind": kind})
    content, _rows = exports.members_file(actor=request.actor, unit_code=code, kind=kind, today=request.today)
    mime = XLSX if kind == "xlsx" else "text/csv; charset=utf-8"
    return download(content, f"dang-vien-{code}-{request.today:%Y%m%d}.{kind}", mime)
