"""The list of regulations and the page of one, as they stand on the day being looked at."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import selectors as documents
from nhiemky.documents.models import Document
from nhiemky.documents.views.common import READ, WRITE, document_url
from nhiemky.documents.views.drafting import draft_parts
from nhiemky.documents.wording import DOES, STATES, TONES, cited, titled
from nhiemky.domain.names import fold
from nhiemky.domain.regulations.life import OPINIONS, deeds_from
from nhiemky.organisation import selectors as organisation
from nhiemky.regulations import rules, selectors
from nhiemky.regulations.forms import FilterForm
from nhiemky.regulations.models import Regulation, RegulationStep
from nhiemky.regulations.rule_wording import title_of
from nhiemky.regulations.wording import BUTTONS, DONE, OUTCOMES, STAGES
from nhiemky.tasks.selectors import own_units

Standing = tuple[Any, str]


def regulation_url(found: Regulation) -> str:
    """The page of a regulation."""
    return reverse("regulations:regulation", args=[found.pk])


def crumb(*more: Link) -> tuple[Link, ...]:
    """The path from the list on."""
    return (Link(_("Regulations"), reverse("regulations:list")), *more)


@page(READ)
def listed(request: PageRequest) -> HttpResponse:
    """Regulations of the actor's units and those above, the one to be reviewed first on top."""
    form = FilterForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    standing: dict[int, Standing] = {}
    table = table_of(request, _columns(request, standing), _filtered(request, given), default="review")
    standing.update(standings(request, list(table.rows)))
    context = {
        "form": form if form.is_bound else FilterForm(),
        "table": table,
        "filtered": any(given.values()),
        "may_write": request.actor.may(WRITE),
        "crumb": (Link(_("Regulations")),),
    }
    return show(request, "regulations/list.html", context, part="rows")


def _filtered(request: PageRequest, given: dict[str, Any]) -> QuerySet[Regulation]:
    found = selectors.regulations(request.actor)
    for word in fold(given.get("q") or "").split():
        found = found.filter(folded__contains=word)
    if given.get("own"):
        found = found.filter(unit_id__in=own_units(request.actor, WRITE))
    state = given.get("state")
    if state == "left":
        return found.filter(awaits__isnull=False)
    if state == "due":
        return selectors.review_due(found, request.on)
    if state == "none":
        return found.filter(document=None)
    if state in STAGES:
        return selectors.in_stage(found, state)
    if state:
        papers = documents.in_state(Document.objects.filter(regulation__in=found.values("pk")), (state,), request.on)
        found = found.filter(document__in=papers.values("pk"))
    return found


def standings(request: PageRequest, found: list[Regulation]) -> dict[int, Standing]:
    """How each stands: what somebody is doing with it, else a review that is due, else the state of its document."""
    stages, states = selectors.with_stage(found), selectors.states_on(found, request.on)

    def of(one: Regulation) -> Standing:
        if one.pk in stages:
            return STAGES[stages[one.pk]], "warn"
        if one.awaits_id is not None:
            return _("to be taken over"), "bad"
        if one.next_review_on is not None and one.next_review_on <= request.on:
            return _("due for review"), "bad"
        if one.pk in states:
            return STATES[states[one.pk].key], TONES[states[one.pk].key]
        return _("no document yet"), "off"

    return {one.pk: of(one) for one in found}


def _columns(request: PageRequest, standing: dict[int, Standing]) -> tuple[Column[Regulation], ...]:
    held = organisation.structure()
    return (
        Column("subject", gettext_lazy("What it regulates"), lambda one: one.subject, sort=("subject",),
               href=regulation_url),
        Column("document", gettext_lazy("Document"), lambda one: cited(one.document) if one.document else "–",
               sort=("document__signed_on",), minor=True),
        Column("unit", gettext_lazy("Organisation"),
               lambda one: held.name(held.index[one.unit_id], request.on), sortable=False, minor=True),
        Column("review", gettext_lazy("Next review on"), lambda one: one.next_review_on, sort=("next_review_on",)),
        Column("state", gettext_lazy("State"), lambda one: standing[one.pk][0], sortable=False,
               tone=lambda one: standing[one.pk][1]),
    )  # fmt: skip


@page(READ)
def regulation(request: PageRequest, regulation_id: int) -> HttpResponse:
    """One regulation: how it stands, the draft with its opinions, what depends on it, every step."""
    found = selectors.visible_regulation(request.actor, regulation_id)
    revision = selectors.open_revision(found)
    stage, tone = standings(request, [found])[found.pk]
    writes = found.unit_id in request.actor.scope(WRITE)
    deeds = deeds_from(revision.state if revision else "", has_document=found.document_id is not None)
    context = {
        "regulation": found,
        "lead": cited(found.document) if found.document else _("no document yet"),
        "stage": stage,
        "tone": tone,
        "deeds": [(deed.key, BUTTONS[deed.key]) for deed in deeds if writes],
        "main": main_deed(revision.state if revision else ""),
        "may_write": writes,
        "facts": _facts(request, found),
        "revision": revision,
        **(_draft(request, revision.draft, found, writes=writes) if revision else {}),
        "dependants": _dependants(request, found),
        "rules": _rules(request, found),
        "life": [_event(request, step) for step in _steps(found)],
        "rounds": [(one, OUTCOMES[one.state]) for one in selectors.revisions(found) if one.closed_on and writes],
        "crumb": crumb(Link(found.subject)),
    }
    return show(request, "regulations/regulation.html", context)


def main_deed(stage: str) -> str:
    """The usual next step."""
    return {"": "begin", "review": "write", "drafting": "ask", OPINIONS: "appraise"}.get(stage, "issue")


def _draft(request: PageRequest, draft: Any, found: Regulation, *, writes: bool) -> dict[str, Any]:
    """A draft is for its owner and for those who are asked; whom the regulation binds sees it when it is issued."""
    if not writes and found.unit_id not in request.actor.scope(READ):
        return {}
    return {**draft_parts(request, draft), "in_force_file": selectors.text_file(found.document)}


def _facts(request: PageRequest, found: Regulation) -> list[Fact]:
    held = organisation.structure()
    paper = found.document
    return [
        Fact(_("Organisation"), held.name(held.index[found.unit_id], request.on)),
        Fact(_("Document"), cited(paper) if paper else None, document_url(request, paper) if paper else ""),
        Fact(_("Next review on"), f"{found.next_review_on:%d/%m/%Y}" if found.next_review_on else None),
    ]


def _dependants(request: PageRequest, found: Regulation) -> list[dict[str, Any]]:
    """Documents that rest on it: whoever changes it looks at each."""
    if found.document is None:
        return []
    rows = selectors.dependants(request.actor, found.document)
    return [
        {"cited": cited(one.source), "title": titled(one.source), "url": document_url(request, one.source),
         "verb": DOES[one.kind], "part": one.part,
         "through": "" if one.target_id == found.document_id else cited(one.target)}
        for one in rows
    ]  # fmt: skip


def _rules(request: PageRequest, found: Regulation) -> list[dict[str, str]]:
    """Rules of the system whose source names the document."""
    if found.document is None:
        return []
    cite = rules.citing(request.actor, found.document, request.today)
    return [{"name": one.name, "title": title_of(one.name)} for one in cite]


def _steps(found: Regulation) -> list[RegulationStep]:
    return list(found.steps.select_related("document__issuer").order_by("-seq", "-pk"))


def _event(request: PageRequest, step: RegulationStep) -> LifeEvent:
    links = (Link(cited(step.document), document_url(request, step.document)),) if step.document else ()
    version = _(" (version %(version)s)") % {"version": step.version} if step.version else ""
    note = " · ".join(part for part in (step.text, step.user_name) if part)
    return LifeEvent(f"{DONE[step.act]}{version}", day=step.on, links=links, note=note)
