"""Who left so long ago that the data must go, and the two steps of shredding them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.rights.shredding import RETENTION_YEARS
from nhiemky.rights import selectors
from nhiemky.rights.forms import ConfirmForm, ShreddingForm
from nhiemky.rights.models import Shredding
from nhiemky.rights.services import shredding as services

RIGHT = selectors.IDENTITY
_PER_PAGE = 100


@page(RIGHT, methods=("GET", "POST"))
def retention(request: PageRequest) -> HttpResponse:
    """The people whose data are kept longer than the rule allows; some or all of them go on a list."""
    found = selectors.gone(request.actor, request.today)
    form = ShreddingForm(request.POST or None)
    if form.is_valid():
        chosen = [one.person.pk for one in found] if request.POST.get("all") else _chosen(request)
        try:
            made = services.shredding_prepare(
                actor=request.actor, person_ids=chosen, paper=form.paper(), today=request.today
            )
        except Refused as no:
            form.refuse(no)
        else:
            note = _("The list is made. Somebody else must carry it out.")
            return done(request, to=reverse("rights:shredding", args=[made.pk]), note=note)
    return show(request, "rights/retention.html", _context(request, found, form), status=422 if form.errors else 200)


def _chosen(request: PageRequest) -> list[int]:
    return sorted({int(text) for text in request.POST.getlist("person") if text.isdecimal()})


def _context(request: PageRequest, found: list[selectors.Gone], form: ShreddingForm) -> dict[str, Any]:
    rule = RETENTION_YEARS.at(request.today)
    told = Finding.of_rule("rights.retention", rule, facts={"years": rule.value}, ok=True)
    return {
        "form": form,
        "rule": told,
        "people": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "total": len(found),
        "lists": selectors.shreddings(request.actor),
        "chosen": set(_chosen(request)),
        "crumb": (Link(_("Retention and shredding")),),
    }


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
        "people": selectors.gone(request.actor, request.today, held.people) if waits else [],
        "crumb": (first, Link(held.number)),
    }
    return show(request, "rights/shredding.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("POST",))
def drop(request: PageRequest, shredding_id: int) -> HttpResponse:
    """Put a list aside."""
    held = selectors.visible_shredding(request.actor, shredding_id)
    services.shredding_drop(actor=request.actor, shredding_id=held.pk)
    return done(request, to=reverse("rights:retention"), note=_("The list is put aside; nothing was shredded."))
