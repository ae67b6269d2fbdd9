"""The register and the page of a document, as they stand on the day being looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import papers, selectors
from nhiemky.documents.forms import FileForm, FilterForm
from nhiemky.documents.implementing import carried_out_by
from nhiemky.documents.models import OUTSIDE, Document, Relation
from nhiemky.documents.views.common import READ, WRITE, crumb_of, document_url
from nhiemky.documents.wording import DOES, DONE_BY, ORGANS, STATES, TONES, cited, kind_name, named, number_of, titled
from nhiemky.domain.documents.relating import CHANGES
from nhiemky.domain.documents.state import HOLDING, State

States = Mapping[int, State]


@page(READ)
def listed(request: PageRequest) -> HttpResponse:
    """All documents that the actor may see, the latest first, with their state on the day."""
    issuers = selectors.issuers_with_documents(request.actor)
    form = FilterForm(issuers, request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    states: dict[int, State] = {}
    table = table_of(request, _columns(request, states), _filtered(request, given), default="-signed")
    states.update(selectors.states_on(list(table.rows), request.on))
    context = {
        "form": form if form.is_bound else FilterForm(issuers),
        "table": table,
        "filtered": any(given.values()),
        "may_write": selectors.writable_issuers(request.actor).exists(),
        "crumb": (Link(_("Register of documents")),),
    }
    return show(request, "documents/list.html", context, part="rows")


def _filtered(request: PageRequest, given: Mapping[str, Any]) -> QuerySet[Document]:
    found = selectors.search(selectors.documents(request.actor), given.get("q") or "")
    if given.get("issuer"):
        found = found.filter(issuer_id=given["issuer"])
    if given.get("kind"):
        found = found.filter(kind=given["kind"])
    if given.get("year"):
        found = found.filter(signed_on__year=given["year"])
    if state := given.get("state"):
        found = selectors.in_state(found, HOLDING if state == "holds" else (state,), request.on)
    return found


def _columns(request: PageRequest, states: States) -> tuple[Column[Document], ...]:
    return (
        Column("number", gettext_lazy("Number and symbol"), named, sort=("number",),
               href=lambda one: document_url(request, one)),
        Column("title", gettext_lazy("Title"), titled, sort=("title",)),
        Column("kind", gettext_lazy("Type"), lambda one: kind_name(one.kind), sort=("kind",), minor=True),
        Column("issuer", gettext_lazy("Issuer"), _issuer_name, sort=("issuer__name",), minor=True),
        Column("signed", gettext_lazy("Signed on"), lambda one: one.signed_on, sort=("signed_on",), minor=True),
        Column("state", gettext_lazy("State"), lambda one: STATES[states[one.pk].key], sortable=False,
               tone=lambda one: TONES[states[one.pk].key]),
    )  # fmt: skip


def _issuer_name(document: Document) -> str:
    return document.body or document.issuer.name


@page(READ)
def document(request: PageRequest, document_id: int) -> HttpResponse:
    """One document: how it stands on the day, what it does to others and they to it, its files, who carries it out."""
    found = selectors.visible_document(request.actor, document_id)
    state = selectors.states_on([found], request.on)[found.pk]
    outgoing, incoming = selectors.relations_of(request.actor, found)
    context = {
        "document": found,
        "title": f"{kind_name(found.kind)} {number_of(found)}".strip(),
        "lead": titled(found),
        "state": STATES[state.key],
        "tone": TONES[state.key],
        "why": _why(request, found, state, incoming),
        "facts": _facts(request, found),
        "life": _life(request, found, incoming),
        "does": [_line(request, one, one.target, DOES) for one in outgoing],
        "done_by": [_line(request, one, one.source, DONE_BY) for one in incoming],
        "carried": carried_out_by(request.actor, found, request.on),
        **_kept(request, found),
        "may_write": selectors.may_write(request.actor, found.issuer) and not found.cancelled,
        "may_print": papers.can_write(found),
        "may_ask": request.actor.may(WRITE) and not found.cancelled,
        "upload": FileForm(),
        "crumb": crumb_of(found),
    }
    return show(request, "documents/document.html", context)


def _kept(request: PageRequest, found: Document) -> dict[str, Any]:
    """The files, and the text of the latest that has one."""
    files = selectors.files_of(found)
    opens = selectors.opens_sealed(request.actor, found)
    return {"files": files, "opens_sealed": opens, "text": next((file.text for file in files if file.text), "")}


def _why(request: PageRequest, found: Document, state: State, incoming: list[Relation]) -> list[Link]:
    """The documents that brought the state about, of those the actor may see."""
    seen = {one.source_id: one.source for one in incoming}
    since = f" ({state.since:%d/%m/%Y})" if state.since else ""
    return [
        Link(f"{cited(seen[by])}{since if by == state.by[-1] else ''}", document_url(request, seen[by]))
        for by in dict.fromkeys(state.by)
        if by in seen
    ]


def _line(request: PageRequest, relation: Relation, other: Document, words: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "relation": relation,
        "verb": words[relation.kind],
        "other": other,
        "cited": cited(other),
        "title": titled(other),
        "url": document_url(request, other),
        "changes": relation.kind in CHANGES,
        "later": relation.on > request.on,
    }


def _facts(request: PageRequest, found: Document) -> list[Fact]:
    organ = ORGANS[found.organ] if found.organ else None
    rows: list[tuple[Any, Any]] = [
        (_("Type"), kind_name(found.kind)),
        (_("Number and symbol"), number_of(found) or _("none")),
        (_("Signed on"), _day(found.signed_on)),
        (_("Issuer"), found.body or found.issuer.name),
        (_("Organ"), organ if found.issuer.sort not in OUTSIDE else ""),
        (_("Signed by"), found.signer or None),
        (_("In force from"), _day(found.in_force_from)),
        (_("No longer in force from"), _day(found.in_force_to) if found.in_force_to else ""),
        (_("Cited as"), cited(found)),
        (_("Number given out here"), _("term %(term)s") % {"term": found.series.label} if found.series else ""),
        (_("Cancelled"), found.cancelled),
    ]
    return [Fact(label, value) for label, value in rows if value != ""]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _life(request: PageRequest, found: Document, incoming: list[Relation]) -> list[LifeEvent]:
    """Everything that bore on what holds, newest first; what lies after the day is still to come."""
    events: list[tuple[date, LifeEvent]] = [(found.signed_on, LifeEvent(_("signed"), day=found.signed_on))]
    if found.in_force_from != found.signed_on:
        events.append((found.in_force_from, LifeEvent(_("in force"), day=found.in_force_from)))
    if found.in_force_to:
        events.append((found.in_force_to, LifeEvent(_("no longer in force"), day=found.in_force_to)))
    for one in incoming:
        if one.kind in CHANGES:
            link = Link(cited(one.source), document_url(request, one.source))
            note = one.part or titled(one.source)
            events.append((one.on, LifeEvent(str(DONE_BY[one.kind]), day=one.on, links=(link,), note=note)))
    return [event for _day, event in sorted(events, key=lambda pair: pair[0], reverse=True)]
