"""One person's data: what is open, what was accepted, with whom they were compared or merged; and taking it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.members import selectors as members
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.quality import pairing, selectors
from nhiemky.quality.forms import ReasonForm, UndoForm
from nhiemky.quality.selectors import VIEW, WRITE
from nhiemky.quality.services import accepting, merging
from nhiemky.quality.views.workbench import mend_url
from nhiemky.quality.wording import MEND, RULE_NAMES


@page(VIEW, methods=("GET", "POST"))
def person(request: PageRequest, person_id: int) -> HttpResponse:
    """What the rules find about a person and what was decided about it; a POST takes one decision back."""
    found = members.visible_person(request.actor, person_id, WRITE if request.method == "POST" else VIEW)
    form = UndoForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            _undo(request, form.cleaned_data["deed"], number)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=reverse("quality:person", args=[found.pk]), note=_("Taken back."))
    return show(request, "quality/person.html", _context(request, found, form), status=_status(request))


def _status(request: PageRequest) -> int:
    return 422 if request.method == "POST" else 200


def _undo(request: PageRequest, deed: str, number: int) -> None:
    if deed == "accepted":
        accepting.finding_reopen(actor=request.actor, accepted_id=number)
    elif deed == "not_same":
        merging.not_same_undo(actor=request.actor, not_same_id=number)
    else:
        merging.merge_undo(actor=request.actor, merge_id=number, today=request.today)


def _context(request: PageRequest, found: Person, form: UndoForm) -> dict[str, Any]:
    view = View(request.today)
    opened = selectors.findings_of(found, request.today)
    may = (found.last_unit_id or 0) in request.actor.scope(WRITE)
    return {
        "person": found,
        "unit_name": view.structure.name(view.structure.index[found.last_unit_id or 0], request.today),
        "open": [
            (o, RULE_NAMES[o.rule.key], MEND[o.rule.key], mend_url(o.rule, found)) for o in opened if not o.accepted
        ],
        "accepted": [(o, RULE_NAMES[o.rule.key]) for o in opened if o.accepted],
        "pairs": pairing.pairs_of(view, request.actor, person=found.pk),
        "decided": pairing.decided_about(request.actor, found),
        "may_write": may,
        "form": form,
        "crumb": _path(found, Link(_("Data"))),
    }


def _path(found: Person, *more: Link) -> tuple[Link, ...]:
    first = Link(_("Clean data"), reverse("quality:home"))
    return (first, Link(found.full_name, reverse("members:person", args=[found.pk])), *more)


@page(WRITE, methods=("GET", "POST"))
def accept(request: PageRequest, person_id: int, rule: str) -> HttpResponse:
    """Say that a finding is right as it is, and why."""
    found = members.visible_person(request.actor, person_id, WRITE)
    one = selectors.rule_of(rule)
    if one is None:
        raise Denied(WRITE, "no_such_person", status=404)
    form = ReasonForm(request.POST or None)
    to = reverse("quality:person", args=[found.pk])
    if form.is_valid():
        try:
            accepting.finding_accept(
                actor=request.actor, person_id=found.pk, rule=rule, today=request.today, **form.cleaned_data
            )
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=to, note=_("Accepted. The finding no longer counts."))
    context = {
        "person": found, "form": form, "name": RULE_NAMES[rule], "mend": MEND[rule], "mend_url": mend_url(one, found),
        "finding": selectors.finding_of(one, found, request.today), "back": to,
        "crumb": _path(found, Link(_("Data"), to), Link(_("Right as it is"))),
    }  # fmt: skip
    return show(request, "quality/accept.html", context, status=422 if form.errors else 200)
