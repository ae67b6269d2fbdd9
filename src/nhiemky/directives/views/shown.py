"""One ask with its units, one asked unit, the rows behind a number, and what is asked of the actor's own unit."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact, LifeEvent, Link, Tab
from nhiemky.core.lists import table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.directives import desk, matrix, selectors
from nhiemky.directives.columns import columns, listed, paper_of, paper_url, tone, word
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.views.common import VIEW, WRITE, ask_url, crumb, crumb_of, title_of
from nhiemky.directives.views.matrix import rows_url
from nhiemky.directives.wording import STATES, WHAT
from nhiemky.documents.wording import cited, titled
from nhiemky.domain.directives.standing import COUNTED, ISSUED, LATE
from nhiemky.domain.tasks.days import late_by
from nhiemky.tasks.columns import namer

_LISTS = {
    "mine_overdue": gettext_lazy("Overdue with us"),
    "mine_reminded": gettext_lazy("Overdue and reminded"),
    "mine_soon": gettext_lazy("Due soon"),
    "mine": gettext_lazy("All asked of us"),
    "theirs_overdue": gettext_lazy("Late with others"),
    "to_decide": gettext_lazy("To be decided"),
}


@page(VIEW)
def ask(request: PageRequest, ask_id: int) -> HttpResponse:
    """One ask: who is late first, and the reminder to them."""
    found = selectors.visible_ask(request.actor, ask_id)
    counts = matrix.column_counts(request.actor, [found], request.on)[found.pk]
    rows = listed(selectors.asked(request.actor).filter(ask=found), request.on)
    ours = found.unit_id in request.actor.scope(WRITE) and found.withdrawn_on is None
    context = {
        "ask": found,
        "title": title_of(found),
        "lead": found.text or titled(found.document),
        "tiles": [(STATES[key], counts.get(key, 0), rows_url(asks=found.pk, state=key)) for key in COUNTED],
        "table": table_of(request, columns(request.on, directive=False), rows, default="state"),
        "facts": _facts(request, found),
        "siblings": _siblings(request, found),
        "may_remind": ours and counts.get(LATE, 0),
        "late": counts.get(LATE, 0),
        "ours": ours,
        "crumb": crumb(Link(title_of(found))),
    }
    return show(request, "directives/ask.html", context, part="rows")


def _siblings(request: PageRequest, found: Ask) -> list[Tab]:
    """What else the same directive asks."""
    same = selectors.asks(request.actor).filter(document=found.document_id).order_by("asked_on", "pk")
    tabs = [Tab(f"{WHAT[one.what]} {one.due_on:%d/%m/%Y}", ask_url(one.pk), one.pk == found.pk) for one in same]
    return tabs if len(tabs) > 1 else []


def _facts(request: PageRequest, found: Ask) -> list[Fact]:
    document = reverse("documents:document", args=[found.document_id])
    rows = [
        Fact(_("Directive"), cited(found.document), document, note=found.part),
        Fact(_("Asked by"), namer(request.on)(found.unit_id)),
        Fact(_("Paper asked for"), WHAT[found.what], note=found.text),
        Fact(_("Asked on"), f"{found.asked_on:%d/%m/%Y}"),
        Fact(_("Due on"), f"{found.due_on:%d/%m/%Y}"),
    ]
    if found.last_on != found.due_on:
        rows.append(Fact(_("Still in time on"), f"{found.last_on:%d/%m/%Y}"))
    if found.withdrawn_on:
        rows.append(Fact(_("Withdrawn on"), f"{found.withdrawn_on:%d/%m/%Y}", note=found.withdrawn))
    return rows


@page(VIEW)
def rows(request: PageRequest) -> HttpResponse:
    """The rows behind a number: of some asks, of one unit, in one state."""
    found = listed(_asked_for(request), request.on)
    state = request.GET.get("state", "")
    states = {"issued": ISSUED, **{key: (key,) for key in COUNTED}}.get(state, COUNTED)
    title = {"issued": _("issued"), **STATES}.get(state, _("all that are asked"))
    context = {
        "title": title,
        "table": table_of(request, columns(request.on), found.filter(Q(**{"state__in": states})), default="state"),
        "crumb": crumb(Link(str(title))),
    }
    return show(request, "directives/rows.html", context, part="rows")


def _asked_for(request: PageRequest) -> QuerySet[AskedOf]:
    found = selectors.asked(request.actor)
    if asks := [int(one) for one in request.GET.get("asks", "").split(",") if one.isdecimal() and len(one) < 18]:
        found = found.filter(ask__in=asks)
    owing = request.GET.get("owing", "")
    return found.filter(owing_id=int(owing)) if owing.isdecimal() and len(owing) < 18 else found


@page(VIEW)
def mine(request: PageRequest) -> HttpResponse:
    """What is asked of the actor's own unit, and what it waits for: the rows behind the lines of the first page."""
    own = selectors.own_units(request.actor)
    choices = {"mine": selectors.OPEN | ~selectors.OPEN, **desk.lists(own, request.today)}
    seen = listed(selectors.asked(request.actor), request.today)
    lists = {key: seen.filter(choices[key]) for key in _LISTS}
    lists["mine"] = seen.filter(owing_id__in=own)
    counts = {key: found.count() for key, found in lists.items()}
    first = next((key for key in _LISTS if counts[key] and key != "mine"), "mine")
    chosen = request.GET.get("list", "") if request.GET.get("list") in _LISTS else first
    context = {
        "table": table_of(request, columns(request.today, unit=not chosen.startswith("mine")), lists[chosen],
                          default="state"),
        "tabs": [Tab(label, f"?list={key}", key == chosen, counts[key]) for key, label in _LISTS.items()
                 if counts[key] or key in (chosen, "mine")],
        "crumb": crumb(Link(_("Asked of us"))),
    }  # fmt: skip
    return show(request, "directives/mine.html", context, part="rows")


@page(VIEW)
def asked(request: PageRequest, asked_id: int) -> HttpResponse:
    """One asked unit: what it owes, what it answered, when it was reminded."""
    found = selectors.visible_asked(request.actor, asked_id)
    one = listed(selectors.asked(request.actor).filter(pk=found.pk), request.today).get()
    context = {
        "one": one,
        "title": namer(request.today)(one.owing_id),
        "lead": title_of(one.ask),
        "word": word(one),
        "tone": tone(one),
        "facts": _asked_facts(request, one),
        "life": _life(request, one),
        **_acts(request, one),
        "crumb": (*crumb_of(one, request)[:-1], Link(namer(request.today)(one.owing_id))),
    }
    return show(request, "directives/asked.html", context)


def _acts(request: PageRequest, one: AskedOf) -> dict[str, bool]:
    """What this actor may do now."""
    writes = request.actor.scope(WRITE)
    over = one.answered_on is not None or one.exempt_on is not None
    owed = not over and one.ask.withdrawn_on is None
    asker = one.ask.unit_id in writes
    return {
        "may_answer": owed and one.awaits_id is None and one.owing_id in writes,
        "may_exempt": owed and asker,
        "may_decide": owed and asker and one.awaits_id is not None,
        "may_reopen": over and asker and one.ask.withdrawn_on is None,
    }


def _asked_facts(request: PageRequest, one: AskedOf) -> list[Fact]:
    rows = _facts(request, one.ask)
    if one.unit_id != one.owing_id:
        rows.append(Fact(_("Asked of"), namer(one.ask.asked_on)(one.unit_id), note=_("The successor owes the answer.")))
    if one.document_id:
        rows.append(Fact(_("Paper"), paper_of(one), paper_url(one)))
    if one.programme_id:
        url = reverse("tasks:programme", args=[one.programme_id])
        rows.append(Fact(_("Programme or plan"), _("with its tasks"), url))
    days = late_by(one.ask.due_on, one.answered_on or request.today)
    if days and one.exempt_on is None:
        rows.append(Fact(_("Working days late"), days))
    return rows


def _life(request: PageRequest, one: AskedOf) -> list[LifeEvent]:
    """Everything that happened, newest first."""
    events = [LifeEvent(_("asked"), day=one.ask.asked_on)]
    name = namer(request.today)
    for move in one.moves.select_related("reorganisation"):
        after = name(move.after_id) if move.after_id else _("to be decided")
        text = _("went to: %(unit)s") % {"unit": after}
        events.append(LifeEvent(text, day=move.reorganisation.effective_on, note=move.reorganisation.number))
    events += [LifeEvent(_("reminded"), day=each.on, note=each.by) for each in one.reminders.all()]
    if one.answered_on:
        events.append(LifeEvent(_("issued"), day=one.answered_on, links=(Link(paper_of(one), paper_url(one)),)))
    if one.exempt_on:
        events.append(LifeEvent(_("exempted"), day=one.exempt_on, note=one.exempt))
    return sorted(events, key=lambda event: event.day or one.ask.asked_on, reverse=True)
