"""The log, and the proof that it is whole."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from nhiemky.audit import chain, selectors
from nhiemky.audit.forms import LogFilter
from nhiemky.audit.models import Event
from nhiemky.core import wording
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.findings import Finding


@page("audit.view")
def log(request: PageRequest) -> HttpResponse:
    """Who did what, newest first."""
    form = LogFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = selectors.events(
        request.actor,
        app=chosen.get("app", ""),
        user_name=chosen.get("user_name", ""),
        about=chosen.get("about", ""),
        on=chosen.get("day"),
    )
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "lines": [_line(event) for event in shown],
        "head": selectors.head_seq(),
        "filtered": any(chosen.values()),
    }
    return show(request, "audit/log.html", context, part="lines")


def _line(event: Event) -> dict[str, object]:
    return {"event": event, "text": wording.deed(event.action, event.subject, event.facts)}


@page("audit.view", methods=("GET", "POST"))
def verify(request: PageRequest) -> HttpResponse:
    """Walk the whole chain and say what is found."""
    if request.method != "POST":
        return redirect("audit:log")
    count, findings = chain.verify()
    if not findings:
        findings = [Finding("audit.whole", ok=True, facts={"events": count})]
    return show(request, "audit/verified.html", {"count": count, "findings": findings[:200]}, part="result")
