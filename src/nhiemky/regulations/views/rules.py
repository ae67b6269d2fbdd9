"""All rules of the system with their sources; what an authorised office says of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import LifeEvent, Link
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import finding
from nhiemky.documents.views.common import READ, WRITE, asked, document_url, sent
from nhiemky.documents.wording import cited
from nhiemky.domain.rulebook import SUPERSEDE, WITHDRAW, plain
from nhiemky.domain.rulebook import rules as known
from nhiemky.regulations import rules as reading
from nhiemky.regulations.forms import ConfirmForm, SupersedeForm, WithdrawForm
from nhiemky.regulations.models import RuleWord
from nhiemky.regulations.rule_wording import PARTS, WORDS, title_of, value_text
from nhiemky.regulations.rules import Shown
from nhiemky.regulations.services import speaking
from nhiemky.regulations.services.speaking import Rests


def _url(name: str) -> str:
    return reverse("regulations:rule", args=[name])


def _crumb(*more: Link) -> tuple[Link, ...]:
    return (Link(_("Rules of the system"), reverse("regulations:rules")), *more)


def _line(request: PageRequest, one: Shown) -> dict[str, Any]:
    """A step as a page shows it: value, days, source, whether confirmed, whether it holds on the day looked at."""
    holds = one.step.start <= request.on and (one.until is None or request.on < one.until)
    return {
        "name": one.rule.name,
        "title": title_of(one.rule.name),
        "value": value_text(one.step.value),
        "step": one.step,
        "until": one.until,
        "holds": holds,
        "documents": [(cited(paper), document_url(request, paper)) for paper in one.documents],
    }


@page(READ)
def listed(request: PageRequest) -> HttpResponse:
    """Every rule by part, with every value, its days and its source; or only those still to be confirmed."""
    only = request.GET.get("only") == "unconfirmed"
    lines = [_line(request, one) for one in reading.shown(request.actor, known().values(), request.today)]
    waiting = sum(not line["step"].confirmed for line in lines)
    parts: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        if not only or not line["step"].confirmed:
            parts.setdefault(line["name"].split(".")[0], []).append(line)
    context = {
        "parts": [(PARTS[part], rows) for part, rows in parts.items()],
        "rules": len(known()),
        "values": len(lines),
        "waiting": waiting,
        "only": only,
        "crumb": (Link(_("Rules of the system")),),
    }
    return show(request, "regulations/rules.html", context)


@page(READ)
def rule(request: PageRequest, dated: str) -> HttpResponse:
    """One rule: its values, and everything that was said of it."""
    found = reading.known_rule(dated)
    speaks = reading.may_speak(request.actor)
    context = {
        "rule": found,
        "title": title_of(found.name),
        "lines": [_line(request, one) for one in reading.shown(request.actor, [found], request.today)],
        "life": [_event(request, word, speaks=speaks) for word in reading.words_on(found.name)],
        "may_confirm": speaks and any(not step.confirmed for step in found.applied),
        "may_supersede": speaks and plain(found.applied[-1].value),
        "crumb": _crumb(Link(title_of(found.name))),
    }
    return show(request, "regulations/rule.html", context)


def _event(request: PageRequest, word: RuleWord, *, speaks: bool) -> LifeEvent:
    """What was said; with the way to take it back, for whoever may."""
    links = []
    if word.document is not None:
        links.append(Link(reading.source_of(word), document_url(request, word.document)))
    back = hasattr(word, "taken_back")
    if speaks and not back and word.act != WITHDRAW:
        links.append(Link(_("Take back"), reverse("regulations:rule_withdraw", args=[word.pk])))
    text = f"{WORDS[word.act]}: {word.value}" if word.act == SUPERSEDE else str(WORDS[word.act])
    note = " · ".join(part for part in (word.reason, word.user_name, f"{word.on:%d/%m/%Y}") if part)
    return LifeEvent(text, day=word.start, links=tuple(links), note=note, struck=back)


@page(WRITE, methods=("GET", "POST"))
def confirm(request: PageRequest, dated: str) -> HttpResponse:
    """Confirm a value by a document of the register."""
    reading.require_speaker(request.actor)
    found = reading.known_rule(dated)
    form = ConfirmForm(found.applied, request.POST or None)

    def act() -> RuleWord:
        start, rests = form.cleaned_data["start"], _rests(request, form.cleaned_data)
        return speaking.rule_confirm(
            actor=request.actor, rule=found.name, start=start, rests=rests, today=request.today
        )

    return _answered(request, form, act, found.name, _("Confirm a value"))


@page(WRITE, methods=("GET", "POST"))
def supersede(request: PageRequest, dated: str) -> HttpResponse:
    """Give a rule another value from a day on."""
    reading.require_speaker(request.actor)
    found = reading.known_rule(dated)
    form = SupersedeForm(request.POST or None)

    def act() -> RuleWord:
        typed = form.cleaned_data
        return speaking.rule_supersede(
            actor=request.actor, rule=found.name, start=typed["start"], value=typed["value"],
            rests=_rests(request, typed), today=request.today,
        )  # fmt: skip

    return _answered(request, form, act, found.name, _("Another value from a day on"))


@page(WRITE, methods=("GET", "POST"))
def withdraw(request: PageRequest, word_id: int) -> HttpResponse:
    """Take a word back that was a mistake."""
    reading.require_speaker(request.actor)
    found = reading.word(word_id)
    form = WithdrawForm(request.POST or None)

    def act() -> RuleWord:
        reason = form.cleaned_data["reason"]
        return speaking.rule_withdraw(actor=request.actor, word_id=found.pk, reason=reason, today=request.today)

    return _answered(request, form, act, found.rule, _("Take back"), bad=True)


def _rests(request: PageRequest, typed: dict[str, Any]) -> Rests:
    return Rests(finding.document_called(request.actor, typed["document"]).pk, typed["point"])


def _answered(request: PageRequest, form: Any, act: Any, name: str, title: str, **more: Any) -> HttpResponse:
    here = _url(name)
    answer = sent(request, form, act, lambda made: here, _("Said; from now on rules are judged so."))
    steps = _crumb(Link(title_of(name), here), Link(title))
    return answer or asked(request, form, title, steps, lead=title_of(name), cancel=here, **more)
