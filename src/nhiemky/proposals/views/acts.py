"""Acts on proposals: begin one, each step, the tasks that follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, page
from nhiemky.documents import drafts, finding
from nhiemky.documents import selectors as documents
from nhiemky.documents.draft_forms import AskForm, TextForm
from nhiemky.documents.views.common import WRITE, asked, sent
from nhiemky.domain.access import Denied
from nhiemky.organisation.forms import HandOverForm
from nhiemky.proposals import selectors
from nhiemky.proposals.forms import ConditionForm, DecideForm, EnterForm, SubmitForm, WithdrawForm
from nhiemky.proposals.models import Proposal
from nhiemky.proposals.services import proposing
from nhiemky.proposals.services.proposing import Asked, NumberTaken
from nhiemky.proposals.views.shown import crumb, proposal_url
from nhiemky.proposals.wording import BUTTONS

MOVES: dict[str, tuple[type[Form], Callable[..., Proposal]]] = {
    "write": (TextForm, proposing.text_write),
    "ask": (AskForm, proposing.opinions_ask),
    "submit": (SubmitForm, proposing.proposal_submit),
    "decide": (DecideForm, proposing.decision_note),
    "withdraw": (WithdrawForm, proposing.proposal_withdraw),
}


@page(WRITE, methods=("GET", "POST"))
def enter(request: PageRequest) -> HttpResponse:
    """Begin a proposal."""
    form = EnterForm(request.POST or None)

    def act() -> Proposal:
        typed = form.cleaned_data
        return proposing.proposal_enter(
            actor=request.actor, unit_code=typed["unit"], title=typed["title"], body=typed["body"],
            on=typed["on"] or request.today, today=request.today,
        )  # fmt: skip

    answer = sent(request, form, act, proposal_url, _("Begun. Write its draft next."))
    title = _("Begin a proposal")
    return answer or asked(request, form, title, crumb(Link(title)), cancel=crumb()[0].url)


@page(WRITE, methods=("GET", "POST"))
def move(request: PageRequest, proposal_id: int, move: str) -> HttpResponse:
    """One step: write, ask, submit, note the decision, take back."""
    if move not in MOVES:
        raise Denied(WRITE, "no_such_proposal", status=404)
    found = selectors.visible_proposal(request.actor, proposal_id, WRITE)
    kind, service = MOVES[move]
    form = kind(request.POST or None, **_begun(request, found, move))

    def act() -> Proposal:
        return service(actor=request.actor, proposal_id=found.pk, today=request.today, **_typed(request, form))

    bad = move == "withdraw"
    return _answered(request, found, form, act, str(BUTTONS[move]), bad=bad, multipart=move == "write")


def _begun(request: PageRequest, found: Proposal, move: str) -> dict[str, Any]:
    if move == "decide":
        return {"issuers": documents.writable_issuers(request.actor).filter(unit=found.unit_id)}
    if move != "write":
        return {}
    latest = drafts.latest(found.draft)
    return {"initial": {"text": latest.text if latest else ""}, "files": request.FILES or None}


def _typed(request: PageRequest, form: Form) -> dict[str, Any]:
    """What was typed as the service takes it: a number is the document that bears it."""
    typed = dict(form.cleaned_data)
    if "document" in typed:
        number = typed.pop("document")
        typed["document_id"] = finding.document_called(request.actor, number).pk if number else None
    if "issuer" in typed:
        issuer, kind = typed.pop("issuer"), typed.pop("kind")
        typed["number"] = NumberTaken(issuer, kind) if issuer else None
    return typed


@page(WRITE, methods=("GET", "POST"))
def hand_over(request: PageRequest, proposal_id: int) -> HttpResponse:
    """Say who takes over a proposal of an organisation that has ended."""
    found = selectors.visible_proposal(request.actor, proposal_id, WRITE)
    form = HandOverForm(request.POST or None)

    def act() -> Proposal:
        code = form.cleaned_data["unit"]
        return proposing.proposal_hand_over(
            actor=request.actor, proposal_id=found.pk, unit_code=code, today=request.today
        )

    return _answered(request, found, form, act, _("Say who takes it over"))


@page(WRITE, methods=("GET", "POST"))
def condition(request: PageRequest, proposal_id: int) -> HttpResponse:
    """Make a task of what the decision asks for."""
    found = selectors.visible_proposal(request.actor, proposal_id, WRITE)
    form = ConditionForm(request.POST or None)

    def act() -> object:
        given = Asked(**form.cleaned_data)
        return proposing.condition_assign(actor=request.actor, proposal_id=found.pk, asked=given, today=request.today)

    return _answered(request, found, form, act, str(BUTTONS["condition"]))


def _answered(
    request: PageRequest, found: Proposal, form: Form, act: Callable[[], object], title: str, **more: Any
) -> HttpResponse:
    here = proposal_url(found)
    answer = sent(request, form, act, lambda made: here, _("Noted."))
    steps = crumb(Link(found.title, here), Link(title))
    return answer or asked(request, form, title, steps, lead=found.title, cancel=here, **more)
