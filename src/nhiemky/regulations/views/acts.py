"""Acts on regulations: taking one under care, its review day, and each step of a change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, page
from nhiemky.documents import drafts, finding
from nhiemky.documents.draft_forms import AskForm, TextForm
from nhiemky.documents.views.common import WRITE, asked, sent
from nhiemky.domain.access import Denied
from nhiemky.domain.regulations.life import DEED
from nhiemky.organisation.forms import HandOverForm
from nhiemky.regulations import selectors
from nhiemky.regulations.forms import EnterForm, IssueForm, KeepForm, ReasonForm, ReviewDayForm
from nhiemky.regulations.models import Regulation
from nhiemky.regulations.services import caring
from nhiemky.regulations.services.caring import RegulationGiven
from nhiemky.regulations.views.shown import crumb, regulation_url
from nhiemky.regulations.wording import BUTTONS

FORMS: dict[str, type[Form]] = {
    "begin": ReasonForm, "write": TextForm, "ask": AskForm, "appraise": ReasonForm, "issue": IssueForm,
    "keep": KeepForm, "withdraw": ReasonForm,
}  # fmt: skip

SERVICES: dict[str, Callable[..., object]] = {
    "begin": caring.review_begin, "write": caring.text_write, "ask": caring.opinions_ask,
}  # fmt: skip


def _document(request: PageRequest, number: str) -> int | None:
    return finding.document_called(request.actor, number).pk if number else None


@page(WRITE, methods=("GET", "POST"))
def enter(request: PageRequest) -> HttpResponse:
    """Take a regulation under care."""
    form = EnterForm(request.POST or None)

    def act() -> Regulation:
        typed = form.cleaned_data
        number = _document(request, typed["document"])
        given = RegulationGiven(typed["unit"], typed["subject"], number, typed["next_review_on"])
        return caring.regulation_enter(actor=request.actor, given=given, today=request.today)

    answer = sent(request, form, act, regulation_url, _("Under care from now on."))
    title = _("Take a regulation under care")
    return answer or asked(request, form, title, crumb(Link(title)), cancel=crumb()[0].url)


@page(WRITE, methods=("GET", "POST"))
def review_day(request: PageRequest, regulation_id: int) -> HttpResponse:
    """Say when it is looked at again."""
    found = selectors.visible_regulation(request.actor, regulation_id, WRITE)
    form = ReviewDayForm(request.POST or None)

    def act() -> Regulation:
        return caring.review_day_set(
            actor=request.actor, regulation_id=found.pk, today=request.today, **form.cleaned_data
        )

    return _answered(request, found, form, act, _("Set the next review"))


@page(WRITE, methods=("GET", "POST"))
def hand_over(request: PageRequest, regulation_id: int) -> HttpResponse:
    """Say who takes over a regulation of an organisation that has ended."""
    found = selectors.visible_regulation(request.actor, regulation_id, WRITE)
    form = HandOverForm(request.POST or None)

    def act() -> Regulation:
        code = form.cleaned_data["unit"]
        return caring.regulation_hand_over(
            actor=request.actor, regulation_id=found.pk, unit_code=code, today=request.today
        )

    return _answered(request, found, form, act, _("Say who takes it over"))


@page(WRITE, methods=("GET", "POST"))
def deed(request: PageRequest, regulation_id: int, deed: str) -> HttpResponse:
    """One step of the review and change."""
    if deed not in DEED:
        raise Denied(WRITE, "no_such_regulation", status=404)
    found = selectors.visible_regulation(request.actor, regulation_id, WRITE)
    form = FORMS[deed](request.POST or None, **_begun(request, found, deed))

    def act() -> object:
        return _carry_out(request, found, deed, dict(form.cleaned_data))

    bad = deed == "withdraw"
    return _answered(request, found, form, act, str(BUTTONS[deed]), bad=bad, multipart=deed == "write")


def _begun(request: PageRequest, found: Regulation, deed: str) -> dict[str, Any]:
    """What the form begins with: the draft goes on from its latest text, and a file may come with it."""
    if deed == "issue":
        return {"initial": {"change": "replaces" if found.document_id else "new"}}
    if deed != "write":
        return {}
    revision = selectors.open_revision(found)
    latest = drafts.latest(revision.draft) if revision else None
    return {"initial": {"text": latest.text if latest else ""}, "files": request.FILES or None}


def _carry_out(request: PageRequest, found: Regulation, deed: str, typed: dict[str, Any]) -> object:
    given: dict[str, Any] = {"actor": request.actor, "regulation_id": found.pk, "today": request.today, **typed}
    if deed == "issue":
        given["document_id"] = _document(request, given.pop("document"))
        return caring.regulation_issue(**given)
    if deed in SERVICES:
        return SERVICES[deed](**given)
    return caring.review_step(deed=deed, **given)


def _answered(
    request: PageRequest, found: Regulation, form: Form, act: Callable[[], object], title: str, **more: Any
) -> HttpResponse:
    here = regulation_url(found)
    answer = sent(request, form, act, lambda made: here, _("Noted."))
    steps = crumb(Link(found.subject, here), Link(title))
    return answer or asked(request, form, title, steps, lead=found.subject, cancel=here, **more)
