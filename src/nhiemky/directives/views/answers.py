"""The form of an answer, for the unit that owes it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, page
from nhiemky.directives import selectors
from nhiemky.directives.forms import AnswerForm
from nhiemky.directives.services.answering import answer_give
from nhiemky.directives.views.common import WRITE, asked_for, crumb_of, title_of

_OFFERED = 50


@page(WRITE, methods=("GET", "POST"))
def answer(request: PageRequest, asked_id: int) -> HttpResponse:
    """Answer with a paper of the register, or enter it."""
    found = selectors.visible_asked(request.actor, asked_id, write="owing")
    form = AnswerForm(selectors.answers_to_choose(request.actor, found)[:_OFFERED], request.POST or None)
    title = _("Hand in the answer")
    return asked_for(
        request, form,
        lambda: answer_give(actor=request.actor, asked_id=found.pk, given=form.given(), today=request.today),
        reverse("directives:asked", args=[found.pk]), _("Answered; the paper is linked to the directive."), title,
        lead=title_of(found.ask), crumb=crumb_of(found, request, Link(title)),
        text=_("Choose the paper if it is in the register. If not, enter number, day and title: it comes into the "
               "register with the answer."),
    )  # fmt: skip
