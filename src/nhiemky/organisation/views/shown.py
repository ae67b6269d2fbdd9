"""Reorganisations that were decided: the list, one of them before and after, undoing; and looking units up."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.lists import Column, Table, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.organisation.kinds import KINDS, SECTORS
from nhiemky.organisation import compare, selectors, services
from nhiemky.organisation.compare import Change, Comparison
from nhiemky.organisation.forms import UndoForm
from nhiemky.organisation.models import Reorganisation
from nhiemky.organisation.reading import HEADINGS, LABELS, WORDS
from nhiemky.organisation.wording import STATUS, kind_name

WHAT = {
    "founded": gettext_lazy("founded"),
    "ended": gettext_lazy("ends"),
    "renamed": gettext_lazy("renamed"),
    "converted": gettext_lazy("converted"),
    "moved": gettext_lazy("moved"),
}
_TONES = {"applied": "good", "undone": "off", "draft": "warn"}


def visible(actor: Actor) -> QuerySet[Reorganisation]:
    """Reorganisations that concern a unit the actor may see, also those undone; all for who sees everything."""
    found = Reorganisation.objects.order_by("-effective_on", "-pk")
    scope = actor.scope("organisation.view")
    return found if scope.everything else found.filter(concerns__overlap=list(scope.unit_ids))


COLUMNS: tuple[Column[Any], ...] = (
    Column("number", gettext_lazy("Number"), lambda r: r.number,
           href=lambda r: reverse("organisation:reorganisation", args=[r.pk])),
    Column("title", gettext_lazy("Subject"), lambda r: r.title),
    Column("decided_on", gettext_lazy("Day of the decision"), lambda r: r.decided_on, minor=True),
    Column("body", gettext_lazy("Deciding body"), lambda r: r.body, minor=True),
    Column("effective_on", gettext_lazy("Takes effect on"), lambda r: r.effective_on),
    Column("count", gettext_lazy("Operations"), lambda r: len(r.operations), numeric=True, sortable=False),
    Column("status", gettext_lazy("State"), lambda r: STATUS[r.status], tone=lambda r: _TONES[r.status]),
)  # fmt: skip


@page("organisation.view")
def reorganisations(request: PageRequest) -> HttpResponse:
    """All reorganisations, the newest first."""
    table = table_of(request, COLUMNS, visible(request.actor), default="-effective_on")
    return show(request, "organisation/reorganisations.html", {"table": table, "crumb": steps()[:1]})


def steps(*more: Link) -> tuple[Link, ...]:
    """The crumb of these pages."""
    return (Link(_("Reorganisations"), reverse("organisation:reorganisations")), *more)


def _words(change: Change) -> str:
    return ", ".join(str(WHAT[word]) for word in change.what) or _("unchanged")


def _kinds(change: Change) -> str:
    names = [kind_name(version.kind) for version in (change.was, change.becomes) if version is not None]
    return " → ".join(dict.fromkeys(names))


def _code(change: Change) -> SafeString:
    return format_html('<span class="code">{}</span>', change.code)


def changes_table(request: PageRequest, comparison: Comparison) -> Table[Change]:
    """Every touched unit, with what happens to it and to its members."""
    tones = {"founded": "good", "ended": "bad"}
    columns: tuple[Column[Change], ...] = (
        Column("name", gettext_lazy("Organisation"), lambda c: c.name, sort_value=compare.sort_key_of),
        Column("code", gettext_lazy("Code"), lambda c: c.code, minor=True, shown=_code),
        Column("what", gettext_lazy("What happens"), _words, tone=lambda c: tones.get("".join(c.what[:1]), "off")),
        Column("kind", gettext_lazy("Kind"), _kinds, minor=True),
        Column("old", gettext_lazy("Superior before"), lambda c: comparison.before.name(c.old_parent)),
        Column("new", gettext_lazy("Superior after"), lambda c: comparison.after.name(c.new_parent)),
        Column("before", gettext_lazy("Members before"), lambda c: c.members_before, numeric=True),
        Column("after", gettext_lazy("Members after"), lambda c: c.members_after, numeric=True),
    )  # fmt: skip
    table = table_of(request, columns, comparison.ordered(), default="name")
    table.caption = _("Every organisation that is touched")
    return table


def _one(request: PageRequest, reorganisation_id: int) -> Reorganisation:
    found = visible(request.actor).filter(pk=reorganisation_id).first()
    if found is None:
        raise Denied("organisation.view", "no_such_reorganisation", status=404)
    return found


@page("organisation.view")
def reorganisation(request: PageRequest, reorganisation_id: int) -> HttpResponse:
    """One reorganisation: before and after."""
    return _shown(request, _one(request, reorganisation_id), UndoForm())


def _shown(request: PageRequest, found: Reorganisation, form: UndoForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "crumb": steps(Link(found.number)),
        "tone": _TONES[found.status],
        "state": STATUS[found.status],
    }
    if found.status == Reorganisation.APPLIED:
        may_undo = services.may_undo(request.actor, found)
        context |= {"may_undo": may_undo, "findings": services.objections_to_undo(found) if may_undo else ()}
        comparison = compare.of_applied(
            found, request.actor.scope("organisation.view"), request.actor.scope("members.view")
        )
        before, after = comparison.trees()
        context |= {
            "sums": comparison.sums(),
            "before": before,
            "after": after,
            "table": changes_table(request, comparison),
        }
    return show(request, "organisation/reorganisation.html", context, status=status)


@page("organisation.reorganise", methods=("POST",))
def undo(request: PageRequest, reorganisation_id: int) -> HttpResponse:
    """Take a reorganisation back, or say everything that was built on it since."""
    found = _one(request, reorganisation_id)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            services.reorganisation_undo(actor=request.actor, reorganisation_id=found.pk, today=request.today)
        except Refused as no:
            form.refuse(no)
        else:
            to = reverse("organisation:reorganisation", args=[found.pk])
            return done(request, to=to, note=_("The decision %(number)s is undone.") % {"number": found.number})
    return _shown(request, found, form, status=422)


@page("organisation.reorganise")
def template(request: PageRequest) -> HttpResponse:
    """An empty spreadsheet in the form that can be read, and a sheet with the words it knows."""
    columns = [Column(key, words[0], lambda row: row) for key, words in HEADINGS.items()]
    words = [(_("Operation"), w[0]) for w in WORDS.values()]
    words += [(_("Kind"), kind.vi) for kind in KINDS] + [(_("Sector"), sector.vi) for sector in SECTORS]
    words.append((HEADINGS["assign"][0], "MÃ-1 = MÃ-2; MÃ-3 = MÃ-4"))
    known: list[Column[Any]] = [
        Column("what", _("Column"), lambda pair: pair[0]),
        Column("word", _("Word"), lambda pair: pair[1]),
    ]
    return xlsx_response(
        "mau-sap-xep-to-chuc",
        [Sheet("Quyết định", [(label[0], None) for label in LABELS.values()], columns, []),
         Sheet("Từ dùng", [], known, words)],
    )  # fmt: skip


@page("organisation.view")
def lookup(request: PageRequest) -> HttpResponse:
    """Codes for what is being typed, for the list under a field."""
    typed = next((str(value) for key, value in request.GET.items() if key not in ("list", "on", "structure")), "")
    kept, mark, last = typed.rpartition(",")
    found = selectors.found_units(request.actor, last, request.on, limit=12) if len(last.strip()) > 1 else []
    held = selectors.structure()
    options = [
        (f"{kept}{mark}{' ' if mark else ''}{held.codes[place]}", held.name(place, request.on)) for place in found
    ]
    return show(request, "organisation/lookup.html", {"options": options})
