"""The list of proposals and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents.views.common import READ, WRITE, document_url
from nhiemky.documents.views.drafting import draft_parts
from nhiemky.documents.wording import cited
from nhiemky.domain.names import fold
from nhiemky.domain.proposals.life import APPROVED, CONDITIONAL, deeds_from
from nhiemky.organisation import selectors as organisation
from nhiemky.proposals import selectors
from nhiemky.proposals.forms import FilterForm
from nhiemky.proposals.models import Proposal, ProposalStep
from nhiemky.proposals.wording import BUTTONS, DONE, OUTCOME_TONES, OUTCOMES, STATES, TONES
from nhiemky.tasks.columns import namer, standing_of
from nhiemky.tasks.columns import url as task_url
from nhiemky.tasks.selectors import own_units

_MAIN = {"drafting": "ask", "opinions": "submit", "submitted": "decide"}


def proposal_url(found: Proposal) -> str:
    """The page of a proposal."""
    return reverse("proposals:proposal", args=[found.pk])


def crumb(*more: Link) -> tuple[Link, ...]:
    """The path from the list on."""
    return (Link(_("Proposals"), reverse("proposals:list")), *more)


def standing(found: Proposal) -> tuple[Any, str]:
    """How it stands in a word and a tone: the outcome, where it is decided."""
    if found.state == "decided":
        return OUTCOMES[found.outcome], OUTCOME_TONES[found.outcome]
    if found.awaits_id is not None:
        return _("to be taken over"), "bad"
    return STATES[found.state], TONES[found.state]


@page(READ)
def listed(request: PageRequest) -> HttpResponse:
    """Proposals of the actor's units, the next session first."""
    form = FilterForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = selectors.proposals(request.actor)
    for word in fold(given.get("q") or "").split():
        found = found.filter(folded__contains=word)
    if given.get("own"):
        found = found.filter(unit_id__in=own_units(request.actor, WRITE))
    if given.get("state"):
        found = found.filter(awaits__isnull=False) if given["state"] == "left" else found.filter(state=given["state"])
    context = {
        "form": form if form.is_bound else FilterForm(),
        "table": table_of(request, _columns(request), found, default="-session"),
        "filtered": any(given.values()),
        "may_write": request.actor.may(WRITE),
        "crumb": (Link(_("Proposals")),),
    }
    return show(request, "proposals/list.html", context, part="rows")


def _columns(request: PageRequest) -> tuple[Column[Proposal], ...]:
    held = organisation.structure()
    return (
        Column("title", gettext_lazy("What is proposed"), lambda one: one.title, sort=("title",), href=proposal_url),
        Column("body", gettext_lazy("Commission"), lambda one: one.body or "–", sort=("body",), minor=True),
        Column("unit", gettext_lazy("Committee of"),
               lambda one: held.name(held.index[one.unit_id], request.on), sortable=False, minor=True),
        Column("session", gettext_lazy("Session"), lambda one: one.session_on, sort=("session_on", "seq")),
        Column("state", gettext_lazy("State"), lambda one: standing(one)[0], sort=("state",),
               tone=lambda one: standing(one)[1]),
    )  # fmt: skip


@page(READ)
def proposal(request: PageRequest, proposal_id: int) -> HttpResponse:
    """One proposal: how it stands, the draft and its opinions, what followed, every step."""
    found = selectors.visible_proposal(request.actor, proposal_id)
    writes = found.unit_id in request.actor.scope(WRITE)
    state, tone = standing(found)
    approved = found.state == "decided" and found.outcome in (APPROVED, CONDITIONAL)
    context = {
        "proposal": found,
        "state": state,
        "tone": tone,
        "deeds": [(deed.key, BUTTONS[deed.key]) for deed in deeds_from(found.state) if writes],
        "main": _MAIN.get(found.state, ""),
        "may_write": writes,
        "may_follow": writes and approved,
        "approved": approved,
        "facts": _facts(request, found),
        "tasks": _tasks(request, found),
        "life": [_event(request, step) for step in found.steps.select_related("document__issuer").order_by("-pk")],
        **draft_parts(request, found.draft),
        "crumb": crumb(Link(found.title)),
    }
    return show(request, "proposals/proposal.html", context)


def _facts(request: PageRequest, found: Proposal) -> list[Fact]:
    held = organisation.structure()
    rows = [
        Fact(_("Committee of"), held.name(held.index[found.unit_id], request.on)),
        Fact(_("Commission"), found.body or None),
        Fact(_("Session"), f"{found.session_on:%d/%m/%Y}" if found.session_on else None),
    ]
    for label, paper in ((_("Submission"), found.submission), (_("Document"), found.document)):
        if paper is not None:
            rows.append(Fact(label, cited(paper), document_url(request, paper)))
    return rows


def _tasks(request: PageRequest, found: Proposal) -> list[dict[str, Any]]:
    """What the decision asked for, as the tasks say it stands."""
    name = namer(request.today)
    told = [(one.task, standing_of(one.task, request.today)) for one in selectors.conditions(found)]
    return [
        {"title": task.title, "url": task_url(task), "unit": name(task.unit_id), "due": task.due_on,
         "state": state, "tone": tone}
        for task, (state, tone) in told
    ]  # fmt: skip


def _event(request: PageRequest, step: ProposalStep) -> LifeEvent:
    links = (Link(cited(step.document), document_url(request, step.document)),) if step.document else ()
    text = str(DONE[step.act])
    if step.outcome:
        text = f"{text}: {OUTCOMES[step.outcome]}"
    if step.version:
        text += _(" (version %(version)s)") % {"version": step.version}
    note = " · ".join(part for part in (step.text, step.user_name) if part)
    return LifeEvent(text, day=step.on, links=links, note=note)
