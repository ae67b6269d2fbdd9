"""Papers in the making: the page of a draft, two texts side by side, the opinions asked of one's units."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import drafts, selectors
from nhiemky.documents.draft_forms import CompareForm, DecideForm, OpinionForm
from nhiemky.documents.draft_wording import STANCES, STANDING_TONES, STANDINGS
from nhiemky.documents.models import Opinion
from nhiemky.documents.services import drafting
from nhiemky.documents.views.common import READ, WRITE, asked, sent
from nhiemky.documents.wording import cited
from nhiemky.domain.access import Denied
from nhiemky.domain.documents.comparing import PARAGRAPHS, compare, paragraphs, tally
from nhiemky.domain.documents.opinions import standing
from nhiemky.organisation import selectors as organisation


def opinion_lines(request: PageRequest, found: list[Opinion]) -> list[dict[str, Any]]:
    """Opinions as a page shows them: who, how it stands on the day, what was said, where it is answered."""
    held, writes = organisation.structure(), request.actor.scope(WRITE)

    def line(one: Opinion) -> dict[str, Any]:
        how = _how(request, one)
        open_ = one.answered_on is None and one.draft.closed_on is None and not one.struck
        return {
            "opinion": one,
            "who": one.body or held.name(held.index[one.unit_id], request.on),
            "standing": STANDINGS[how],
            "tone": STANDING_TONES[how],
            "stance": STANCES[one.stance] if one.stance else "",
            "may_answer": open_ and one.awaits_id is None and one.unit_id in writes,
            "may_decide": open_ and one.awaits_id is not None and one.draft.unit_id in writes,
        }

    return [line(one) for one in found]


def _how(request: PageRequest, one: Opinion) -> str:
    if one.struck or one.awaits_id is not None:
        return "struck" if one.struck else "to_decide"
    return standing(one.due_on, one.answered_on, request.on)


def draft_parts(request: PageRequest, found: Any) -> dict[str, Any]:
    """What the page of a draft, and of whatever a draft is made for, shows of it."""
    texts = drafts.texts(found)
    return {
        "draft": found,
        "texts": texts,
        "latest": texts[0] if texts else None,
        "pairs": list(pairwise(texts)),
        "opinions": opinion_lines(request, drafts.opinions_of(found)),
    }


@page(READ)
def draft(request: PageRequest, draft_id: int) -> HttpResponse:
    """A draft for those who were asked about it: its text, earlier ones, every opinion."""
    found = drafts.visible_draft(request.actor, draft_id)
    here = (Link(_("Opinions asked of us"), reverse("documents:opinions")), Link(found.title))
    return show(request, "documents/draft.html", {**draft_parts(request, found), "crumb": here})


@page(READ)
def opinions(request: PageRequest) -> HttpResponse:
    """Opinions that wait for the actor's own units, the most urgent first; or those they must find a body for."""
    which = drafts.to_decide if request.GET.get("list") == "to_decide" else drafts.to_answer
    waiting = which(request.actor, request.today).select_related("draft")
    lines = {line["opinion"].pk: line for line in opinion_lines(request, list(waiting))}
    columns: tuple[Column[Opinion], ...] = (
        Column("title", gettext_lazy("Draft"), lambda one: one.draft.title, sort=("draft__title",),
               href=lambda one: reverse("documents:draft", args=[one.draft_id])),
        Column("who", gettext_lazy("Body asked"), lambda one: lines[one.pk]["who"], sortable=False),
        Column("due", gettext_lazy("Answer by"), lambda one: one.due_on, sort=("due_on",)),
        Column("state", gettext_lazy("State"), lambda one: lines[one.pk]["standing"], sortable=False,
               tone=lambda one: lines[one.pk]["tone"]),
    )  # fmt: skip
    table = table_of(request, columns, waiting, default="due")
    return show(request, "documents/opinions.html", {"table": table, "crumb": (Link(_("Opinions asked of us")),)})


@page(WRITE, methods=("GET", "POST"))
def opinion(request: PageRequest, opinion_id: int) -> HttpResponse:
    """Answer for the body that was asked."""
    found = drafts.answerable(request.actor, opinion_id)
    form = OpinionForm(request.POST or None)
    here = reverse("documents:draft", args=[found.draft_id])
    answer = sent(
        request, form,
        lambda: drafting.opinion_give(
            actor=request.actor, opinion_id=found.pk, today=request.today, **form.cleaned_data),
        lambda made: here, _("The opinion is with whoever asked."),
    )  # fmt: skip
    title = _("Give an opinion")
    steps = (Link(_("Opinions asked of us"), reverse("documents:opinions")), Link(found.draft.title, here), Link(title))
    return answer or asked(request, form, title, steps, lead=found.draft.title, cancel=here)


@page(WRITE, methods=("GET", "POST"))
def decide(request: PageRequest, opinion_id: int) -> HttpResponse:
    """Say who answers for a body that has ended."""
    found = drafts.asked_by(request.actor, opinion_id)
    form = DecideForm(request.POST or None)
    here = reverse("documents:draft", args=[found.draft_id])
    answer = sent(
        request, form,
        lambda: drafting.opinion_decide(
            actor=request.actor, opinion_id=found.pk, unit_code=form.cleaned_data["unit"].strip(),
            reason=form.cleaned_data["reason"], today=request.today),
        lambda made: here, _("Decided."),
    )  # fmt: skip
    title = _("Say who answers")
    steps = (Link(found.draft.title, here), Link(title))
    return answer or asked(request, form, title, steps, lead=found.draft.title, cancel=here)


@page(READ)
def compared(request: PageRequest) -> HttpResponse:
    """Two texts side by side: versions of a draft (t…) and of files (f…), in any combination that the actor may see."""
    form = CompareForm(request.GET or None)
    if not form.is_valid():
        raise Denied(READ, "no_such_draft", status=404)
    left, right = (_side(request, form.cleaned_data[name]) for name in ("left", "right"))
    texts = [side["text"] for side in (left, right)]
    long = any(len(paragraphs(text)) > PARAGRAPHS for text in texts)
    rows = [] if long else compare(*texts)
    context = {"left": left, "right": right, "rows": rows, "tally": tally(rows), "long": long,
               "crumb": (Link(_("Side by side")),)}  # fmt: skip
    return show(request, "documents/compared.html", context)


def _side(request: PageRequest, key: str) -> dict[str, Any]:
    if key[0] == "t":
        text = drafts.visible_text(request.actor, int(key[1:]))
        name = _("%(title)s, draft %(version)s") % {"title": text.draft.title, "version": text.version}
        return {"name": name, "text": text.text, "on": text.on}
    file = selectors.visible_file(request.actor, int(key[1:]))
    file.refresh_from_db(fields=["text"])
    return {"name": f"{cited(file.document)}: {file.name} ({file.version})", "text": file.text,
            "on": file.document.signed_on}  # fmt: skip
