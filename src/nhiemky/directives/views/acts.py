"""Acts of who asked: remind the late ones, withdraw, exempt, ask again, decide who owes."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, page
from nhiemky.directives import selectors
from nhiemky.directives.forms import DecideForm, ReasonForm
from nhiemky.directives.services import asking, following, reminding
from nhiemky.directives.views.common import WRITE, ask_url, asked_for, crumb, crumb_of, title_of


@page(WRITE, methods=("GET", "POST"))
def remind(request: PageRequest, ask_id: int) -> HttpResponse:
    """Remind all who are late, at once."""
    found = selectors.visible_ask(request.actor, ask_id, WRITE)
    title = _("Remind the late ones")
    form = Form({} if request.method == "POST" else None)
    return asked_for(
        request, form, lambda: reminding.remind(actor=request.actor, ask_id=found.pk, today=request.today),
        ask_url(found.pk), _("Reminded; it is the first thing on their desks."), title, lead=title_of(found),
        text=_("Each organisation that is late today finds the reminder among its work. No letter is sent."),
        crumb=crumb(Link(title_of(found), ask_url(found.pk)), Link(title)),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def withdraw(request: PageRequest, ask_id: int) -> HttpResponse:
    """Ask for it no more."""
    found = selectors.visible_ask(request.actor, ask_id, WRITE)
    title, form = _("Withdraw what was asked"), ReasonForm(request.POST or None)
    return asked_for(
        request, form,
        lambda: asking.ask_withdraw(actor=request.actor, ask_id=found.pk, today=request.today, **form.cleaned_data),
        ask_url(found.pk), _("Withdrawn; what was issued stays."), title, lead=title_of(found), bad=True,
        crumb=crumb(Link(title_of(found), ask_url(found.pk)), Link(title)),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def exempt(request: PageRequest, asked_id: int) -> HttpResponse:
    """Say that the unit owes nothing."""
    found = selectors.visible_asked(request.actor, asked_id, write="asker")
    title, form = _("Exempt the organisation"), ReasonForm(request.POST or None)
    return asked_for(
        request, form,
        lambda: asking.exempt(actor=request.actor, asked_id=found.pk, today=request.today, **form.cleaned_data),
        reverse("directives:asked", args=[found.pk]), _("Exempt; the reason stands beside it."), title,
        lead=title_of(found.ask), crumb=crumb_of(found, request, Link(title)),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def reopen(request: PageRequest, asked_id: int) -> HttpResponse:
    """Take an answer or an exemption back that was a mistake."""
    found = selectors.visible_asked(request.actor, asked_id, write="asker")
    title, form = _("Ask again"), ReasonForm(request.POST or None)
    return asked_for(
        request, form, lambda: asking.reopen(actor=request.actor, asked_id=found.pk, **form.cleaned_data),
        reverse("directives:asked", args=[found.pk]), _("The answer is owed again."), title, lead=title_of(found.ask),
        text=_("The paper stays in the register of documents; it only is no answer to this any more."),
        crumb=crumb_of(found, request, Link(title)),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def decide(request: PageRequest, asked_id: int) -> HttpResponse:
    """Say who owes the answer of a unit that has ended."""
    found = selectors.visible_asked(request.actor, asked_id, write="asker")
    title, form = _("Decide who owes the answer"), DecideForm(request.POST or None)
    return asked_for(
        request, form,
        lambda: following.owing_decide(
            actor=request.actor, asked_id=found.pk, unit_code=form.cleaned_data["unit"], today=request.today
        ),
        reverse("directives:asked", args=[found.pk]), _("Decided; it is on their desk."), title,
        lead=title_of(found.ask), crumb=crumb_of(found, request, Link(title)),
    )  # fmt: skip
