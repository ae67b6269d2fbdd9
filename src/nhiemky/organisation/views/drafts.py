"""A reorganisation on its way: a draft in the session, its preview, and carrying it out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.organisation.decision import OPERATIONS
from nhiemky.organisation import compare, selectors, services
from nhiemky.organisation.forms import HeadForm, OperationForm, UploadForm
from nhiemky.organisation.reading import named, read_upload
from nhiemky.organisation.views.shown import changes_table, steps
from nhiemky.organisation.wording import OPERATION_HELP
from nhiemky.organisation.wording import OPERATIONS as OPERATION_NAMES

RIGHT = "organisation.reorganise"
_KEY = "reorganisation_draft"
_NOTHING: dict[str, Any] = {"decision": {}, "operations": [], "columns": {}}


def _draft(request: PageRequest) -> dict[str, Any]:
    return {**_NOTHING, **request.session.get(_KEY, {})}


def _data(draft: dict[str, Any]) -> dict[str, Any]:
    return {"decision": draft["decision"], "operations": draft["operations"]}


def _digest(draft: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(_data(draft), sort_keys=True).encode()).hexdigest()[:16]


def _effective(draft: dict[str, Any], request: PageRequest) -> date:
    try:
        return date.fromisoformat(str(draft["decision"].get("effective")))
    except ValueError:
        return request.today


@page(RIGHT, methods=("GET", "POST"))
def reorganise(request: PageRequest) -> HttpResponse:
    """Start or go on with a draft: from a file, or line by line."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            upload = read_upload(given.name, given.read())
        except Refused as no:
            return _edited(request, upload=form, findings=no.findings, status=422)
        request.session[_KEY] = {**upload.data, "columns": upload.columns, "file": given.name}
        return done(request, to=reverse("organisation:preview"))
    return _edited(request, upload=form, status=422 if form.errors else 200)


def _edited(
    request: PageRequest,
    *,
    upload: UploadForm | None = None,
    head: HeadForm | None = None,
    findings: Sequence[Finding] = (),
    status: int = 200,
) -> HttpResponse:
    draft = _draft(request)
    initial = {**draft["decision"], "effective": _day(draft, "effective"), "date": _day(draft, "date")}
    scope = request.actor.scope("organisation.view")
    names = compare.names_of(_named_codes(draft["operations"]), _effective(draft, request), scope)
    context = {
        "crumb": steps(Link(_("New"))),
        "upload": upload or UploadForm(),
        "head": head or HeadForm(initial=initial),
        "draft": draft,
        "lines": [_line(operation, names) for operation in draft["operations"]],
        "ready": bool(draft["decision"].get("number") and draft["operations"]),
        "operations": [(op, OPERATION_NAMES[op], OPERATION_HELP[op]) for op in OPERATIONS],
        "findings": findings,
    }
    return show(request, "organisation/reorganise.html", context, status=status)


def _day(draft: dict[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(str(draft["decision"].get(key)))
    except ValueError:
        return None


def _named_codes(operations: Sequence[dict[str, Any]]) -> set[str]:
    codes: set[str] = set()
    for operation in operations:
        for key in ("unit", "parent", "units_to", "members_to"):
            codes.add(str(operation.get(key, "")))
        for key in ("units", "into"):
            value = operation.get(key) or []
            codes.update(value.replace(";", ",").split(",") if isinstance(value, str) else map(str, value))
    return {code.strip() for code in codes}


def _line(operation: dict[str, Any], names: Any) -> dict[str, Any]:
    """An operation for the table: what, and each of its fields in words."""
    fields = []
    for key, value in operation.items():
        if key in ("op", "row", "note") or not value:
            continue
        if isinstance(value, dict):
            texts = [f"{a} → {b}" for a, b in value.items()]
        else:
            texts = value if isinstance(value, list) else str(value).split(",") if key in ("units", "into") else [value]
        fields.append((key, [(str(text).strip(), names.get(str(text).strip(), "")) for text in texts]))
    return {"op": operation.get("op", ""), "fields": fields}


@page(RIGHT, methods=("POST",))
def head(request: PageRequest) -> HttpResponse:
    """Keep the head of the decision."""
    form = HeadForm(request.POST)
    if not form.is_valid():
        return _edited(request, head=form, status=422)
    request.session[_KEY] = {**_draft(request), "decision": form.as_data()}
    to = "organisation:preview" if "preview" in request.POST else "organisation:reorganise"
    return done(request, to=reverse(to))


@page(RIGHT, methods=("GET", "POST"))
def operation(request: PageRequest, op: str) -> HttpResponse:
    """Add one operation to the draft."""
    if op not in OPERATIONS:
        raise Denied(RIGHT, "no_such_operation", status=404)
    draft = _draft(request)
    held, scope = selectors.structure(), request.actor.scope(RIGHT)
    form = OperationForm(op, held, scope, _effective(draft, request), request.POST or None)
    if form.is_valid():
        request.session[_KEY] = {**draft, "operations": [*draft["operations"], form.as_data()], "columns": {}}
        return done(request, to=reverse("organisation:reorganise"))
    context = {
        "form": form,
        "name": OPERATION_NAMES[op],
        "help": OPERATION_HELP[op],
        "crumb": steps(Link(_("New"), reverse("organisation:reorganise")), Link(OPERATION_NAMES[op])),
    }
    return show(request, "organisation/operation.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("POST",))
def remove(request: PageRequest) -> HttpResponse:
    """Take one line, or everything, out of the draft."""
    draft = _draft(request)
    line = request.POST.get("line", "")
    if line == "all":
        request.session.pop(_KEY, None)
    elif line.isdecimal():
        draft["operations"] = [o for n, o in enumerate(draft["operations"]) if n != int(line)]
        request.session[_KEY] = draft
    return done(request, to=reverse("organisation:reorganise"))


@page(RIGHT)
def preview(request: PageRequest) -> HttpResponse:
    """Everything the draft would do, and everything that stands against it."""
    draft = _draft(request)
    if not draft["operations"]:
        return HttpResponseRedirect(reverse("organisation:reorganise"))
    return _previewed(request, draft)


def _previewed(request: PageRequest, draft: dict[str, Any], more: Sequence[Finding] = ()) -> HttpResponse:
    try:
        seen = services.reorganisation_preview(actor=request.actor, decision=_data(draft))
    except Refused as no:
        return _edited(request, findings=named(no.findings, draft["columns"]), status=422)
    scopes = (request.actor.scope("organisation.view"), request.actor.scope("members.view"))
    comparison = compare.of_plan(seen.structure, seen.plan, *scopes)
    findings = named([*more, *seen.findings], draft["columns"])
    before, after = comparison.trees()
    context = {
        "crumb": steps(Link(_("New"), reverse("organisation:reorganise")), Link(_("Preview"))),
        "decision": seen.plan.decision,
        "findings": [finding for finding in findings if finding.blocks],
        "remarks": [finding for finding in findings if not finding.blocks],
        "allowed": seen.allowed and not more,
        "digest": _digest(draft),
        "sums": comparison.sums(),
        "before": before,
        "after": after,
        "table": changes_table(request, comparison),
        "people": _people(comparison, seen.plan.en_bloc),
        "file": draft.get("file", ""),
    }
    return show(request, "organisation/preview.html", context, status=422 if more else 200)


def _people(comparison: compare.Comparison, en_bloc: Any) -> int:
    return sum(int(comparison.before.direct[source]) for source in en_bloc)


@page(RIGHT, methods=("POST",))
def apply(request: PageRequest) -> HttpResponse:
    """Carry out the draft that was previewed."""
    draft = _draft(request)
    if not draft["operations"]:
        return HttpResponseRedirect(reverse("organisation:reorganise"))
    if request.POST.get("digest") != _digest(draft):
        return _previewed(request, draft, [Finding("reorganisation.draft_changed")])
    try:
        made = services.reorganisation_apply(actor=request.actor, decision=_data(draft), today=request.today)
    except Refused as no:
        new = [finding for finding in no.findings if finding.code == "reorganisation.applied_already"]
        return _previewed(request, draft, new)
    request.session.pop(_KEY, None)
    note = _("The decision %(number)s is applied.") % {"number": made.number}
    return done(request, to=reverse("organisation:reorganisation", args=[made.pk]), note=note)
