"""People who may be in the register twice: the list of pairs, and the page that compares two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import LifeEvent, Link
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.members.particulars import PARTICULARS, written
from nhiemky.members import selectors as members
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.models import Person
from nhiemky.members.services.reading import reading_note
from nhiemky.members.sums import View
from nhiemky.members.timeline import timeline
from nhiemky.members.wording import particular_name
from nhiemky.quality import pairing
from nhiemky.quality.forms import SameForm
from nhiemky.quality.pairing import Pair
from nhiemky.quality.selectors import VIEW, WRITE
from nhiemky.quality.services import merging
from nhiemky.quality.wording import AGAINST, FOR

OUTSIDE = gettext_lazy("in an organisation outside your grants")


def why(reasons: tuple[str, ...]) -> str:
    """The reasons in words."""
    return ", ".join(str(FOR.get(key) or AGAINST[key]) for key in reasons)


def pair_url(pair: Pair) -> str:
    """Where the two are compared; empty where one may not be seen."""
    url = reverse("quality:same", args=[pair.person.pk])
    return f"{url}?other={pair.other.pk}" if pair.other is not None else ""


def _other_named(pair: Pair) -> str:
    return f"{pair.other.full_name} ({_born(pair.other)})" if pair.other else str(OUTSIDE)


def _reasons(pair: Pair) -> str:
    """Of somebody who may not be seen nothing is told, not even what agrees."""
    return why(pair.candidate.reasons) if pair.other else _("the common superior decides")


_COLUMNS: tuple[Column[Pair], ...] = (
    Column("person", gettext_lazy("Person"), lambda p: f"{p.person.full_name} ({_born(p.person)})",
           sort_value=lambda p: p.person.name_key, href=pair_url),
    Column("unit", gettext_lazy("Cell"), lambda p: p.unit_name, minor=True),
    Column("other", gettext_lazy("And"), _other_named,
           sortable=False, href=pair_url),
    Column("other_unit", gettext_lazy("Cell"), lambda p: p.other_unit, minor=True),
    Column("why", gettext_lazy("What speaks for one person"), _reasons, sortable=False),
    Column("against", gettext_lazy("What speaks against it"), lambda p: why(p.candidate.against) if p.other else "",
           sortable=False, minor=True),
)  # fmt: skip


def _born(person: Person) -> str:
    return f"{person.birth_date:%Y}" if person.birth_year_only else f"{person.birth_date:%d/%m/%Y}"


@page(VIEW)
def duplicates(request: PageRequest) -> HttpResponse:
    """Pairs of members that may be one person, of whom at least one is in the actor's subtree."""
    pairs = pairing.pairs_of(View(request.today), request.actor)
    steps = (Link(_("Clean data"), reverse("quality:home")), Link(_("In the register twice")))
    context = {"table": table_of(request, _COLUMNS, pairs, default=""), "crumb": steps, "total": len(pairs)}
    return show(request, "quality/duplicates.html", context)


# Two side by side


@dataclass(frozen=True, slots=True)
class Row:
    """One particular of both, and whether they differ."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Both are known and not the same."""
        return bool(self.one and self.other) and self.one != self.other


@page(VIEW, methods=("GET", "POST"))
def same(request: PageRequest, person_id: int) -> HttpResponse:
    """Two people side by side, with both histories; are they one? Without another one: whom to compare."""
    first = members.visible_person(request.actor, person_id, WRITE if request.method == "POST" else VIEW)
    other = _other(request, first)
    if other is not None:
        reading_note(actor=request.actor, person_id=other.pk, what="page")
    form = SameForm(request.POST or None)
    if form.is_valid() and other is not None:
        try:
            note = _decide(request, first, other, form)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=reverse("quality:person", args=[first.pk]), note=note)
    elif form.is_valid():
        form.refuse(Refused(Finding("quality.no_other")))
    context = _context(request, first, other) | {"form": form}
    return show(request, "quality/same.html", context, status=422 if request.method == "POST" else 200)


def _other(request: PageRequest, first: Person) -> Person | None:
    """Who is compared: by number, or by card number as it is typed."""
    asked = request.GET.get("other", "").strip()
    if not asked.isdecimal() or len(asked) > 12:
        return None
    by_card = Person.objects.filter(card_number=asked).values_list("pk", flat=True).first() if len(asked) == 8 else None
    try:
        other = members.visible_person(request.actor, by_card or int(asked))
    except Denied:
        return None
    return other if other.pk != first.pk else None


def _decide(request: PageRequest, first: Person, other: Person, form: SameForm) -> str:
    deed, reason = form.cleaned_data["deed"], form.cleaned_data["reason"]
    if deed == "two":
        merging.not_same_say(actor=request.actor, first_id=first.pk, second_id=other.pk, reason=reason)
        return _("They are two people; the pair is no longer shown.")
    kept, dropped = (first, other) if deed == "keep_first" else (other, first)
    merging.people_merge(
        actor=request.actor, kept_id=kept.pk, dropped_id=dropped.pk, reason=reason, today=request.today
    )
    return _("Merged. Both histories stay; the merge can be undone.")


def _context(request: PageRequest, first: Person, other: Person | None) -> dict[str, Any]:
    view = View(request.today)
    asked = request.GET.get("other", "").strip()
    to = reverse("quality:person", args=[first.pk])
    context: dict[str, Any] = {
        "first": first, "other": other, "missed": bool(asked) and other is None,
        "pairs": [(pair, _reasons(pair), pair_url(pair)) for pair in
                  pairing.pairs_of(view, request.actor, person=first.pk)],
        "crumb": (Link(_("Clean data"), reverse("quality:home")), Link(first.full_name, to), Link(_("Compare"))),
    }  # fmt: skip
    if other is None:
        return context
    pair = pairing.compared(first, other)
    scope = request.actor.scope(WRITE)
    return context | {
        "rows": [_row(one.key, first, other) for one in PARTICULARS if not one.sealed],
        "identity": (bool(first.identity_mark), bool(other.identity_mark)),
        "units": [view.structure.name(view.structure.index[p.last_unit_id or 0], view.on) for p in (first, other)],
        "lives": [_life(request, view, person) for person in (first, other)],
        "reasons": why(pair.reasons) if pair else "",
        "against": why(pair.against) if pair else "",
        "hanging": [merging.hanging(other, first), merging.hanging(first, other)],
        "may": all((p.last_unit_id or 0) in scope for p in (first, other)),
    }


def _row(key: str, first: Person, other: Person) -> Row:
    one, two = (shown_value(key, written(getattr(person, key))) for person in (first, other))
    return Row(str(particular_name(key)), one, two)


def _life(request: PageRequest, view: View, person: Person) -> list[LifeEvent]:
    return timeline(request, view, members.entries_of(person), None)
