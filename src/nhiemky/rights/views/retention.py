"""Who left so long ago that the data must go, and the two steps of shredding them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.lists import Column, Table, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.rights.shredding import RETENTION_YEARS
from nhiemky.members.models import Person
from nhiemky.members.wording import movement_name
from nhiemky.rights import retention as selectors
from nhiemky.rights.forms import ConfirmForm, ShreddingForm
from nhiemky.rights.models import Shredding
from nhiemky.rights.selectors import IDENTITY as RIGHT
from nhiemky.rights.services import shredding as services

_PER_PAGE = 100


def _person_url(person: Person) -> str:
    return reverse("members:person", args=[person.pk])


def _kind(person: Person) -> str:
    kind = getattr(person, "left_kind", "")
    return str(movement_name(kind)) if kind else _("every entry was taken back")


_PEOPLE: tuple[Column[Person], ...] = (
    Column("name", gettext_lazy("Full name"), lambda person: person.full_name, sort=("name_key",), href=_person_url),
    Column("kind", gettext_lazy("Left by"), _kind, sort=("left_kind", "left_on")),
    Column("left", gettext_lazy("Left on"), lambda person: getattr(person, "left_on", None), sort=("left_on",)),
)


@page(RIGHT, methods=("GET", "POST"))
def retention(request: PageRequest) -> HttpResponse:
    """The people whose data are kept longer than the rule allows; some or all of them go on a list."""
    found = selectors.due(request.actor, request.today)
    form = ShreddingForm(request.POST or None)
    if form.is_valid():
        chosen = list(found.values_list("pk", flat=True)) if request.POST.get("all") else _chosen(request)
        try:
            made = services.shredding_prepare(
                actor=request.actor, person_ids=chosen, paper=form.paper(), today=request.today
            )
        except Refused as no:
            form.refuse(no)
        else:
            note = _("The list is made. Somebody else must carry it out.")
            return done(request, to=reverse("rights:shredding", args=[made.pk]), note=note)
    return show(request, "rights/retention.html", _context(request, form), status=422 if form.errors else 200)


def _chosen(request: PageRequest) -> list[int]:
    return sorted({int(text) for text in request.POST.getlist("person") if text.isdecimal()})


def _context(request: PageRequest, form: ShreddingForm) -> dict[str, Any]:
    rule = RETENTION_YEARS.at(request.today)
    return {
        "form": form,
        "rule": Finding.of_rule("rights.retention", rule, facts={"years": rule.value}, ok=True),
        "people": _table(request),
        "lists": selectors.shreddings(request.actor),
        "crumb": (Link(_("Retention and shredding")),),
    }


def _table(request: PageRequest) -> Table[Person]:
    chosen, today = set(_chosen(request)), request.today

    def box(person: Person) -> str:
        mark = " checked" if person.pk in chosen else ""
        text = '<input type="checkbox" name="person" value="{}" aria-label="{}"{}>'
        return format_html(text, person.pk, person.full_name, mark)

    columns: tuple[Column[Person], ...] = (
        *_PEOPLE,
        Column("due", gettext_lazy("Due since"), lambda p: selectors.gone_of(p, today).due_on, sort=("left_on",),
               minor=True),
        Column("listed", gettext_lazy("On the list"), lambda p: p.pk, sortable=False, shown=box),
    )  # fmt: skip
    people = selectors.due(request.actor, today)
    return table_of(request, columns, people, default="left", per_page=_PER_PAGE)


@page(RIGHT, methods=("GET", "POST"))
def shredding(request: PageRequest, shredding_id: int) -> HttpResponse:
    """A list: who is on it and what happens to them; carried out by somebody else, who types the number again."""
    held = selectors.visible_shredding(request.actor, shredding_id)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            services.shredding_carry_out(
                actor=request.actor, shredding_id=held.pk, number=form.cleaned_data["number"], today=request.today
            )
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=reverse("rights:shredding", args=[held.pk]), note=_("The data are shredded."))
    first = Link(_("Retention and shredding"), reverse("rights:retention"))
    waits = held.state == Shredding.PREPARED
    context = {
        "held": held,
        "form": form,
        "waits": waits,
        "own": held.prepared_by_id == request.actor.user_id,
        "people": table_of(request, _PEOPLE, selectors.listed(held), default="left", per_page=_PER_PAGE),
        "crumb": (first, Link(held.number)),
    }
    return show(request, "rights/shredding.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("POST",))
def drop(request: PageRequest, shredding_id: int) -> HttpResponse:
    """Put a list aside."""
    held = selectors.visible_shredding(request.actor, shredding_id)
    services.shredding_drop(actor=request.actor, shredding_id=held.pk)
    return done(request, to=reverse("rights:retention"), note=_("The list is put aside; nothing was shredded."))
