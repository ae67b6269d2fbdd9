"""Columns of lists of asked units, and what a row is called."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.lists import Column
from nhiemky.directives.models import AskedOf, Reminder
from nhiemky.directives.selectors import with_state
from nhiemky.directives.wording import STATES, TONES, WHAT
from nhiemky.documents.wording import named
from nhiemky.domain.directives.standing import COUNTED, LATE, NOT_DUE
from nhiemky.organisation.models import UnitVersion
from nhiemky.tasks.columns import namer


def listed(found: QuerySet[AskedOf], on: date) -> QuerySet[AskedOf]:
    """With the state of the day, its turn (what needs doing first), the unit's name to order by, the last reminder."""
    turn = Case(*(When(state=key, then=Value(n)) for n, key in enumerate(COUNTED)), default=Value(len(COUNTED)),
                output_field=IntegerField())  # fmt: skip
    names = UnitVersion.objects.filter(unit=OuterRef("owing_id")).order_by("-during").values("name_key")
    last = Reminder.objects.filter(asked_of=OuterRef("pk"), on__lte=on).order_by("-on").values("on")
    return with_state(found, on).annotate(
        turn=turn, name_key=Subquery(names[:1]), reminded_on=Subquery(last[:1])
    )  # fmt: skip


def columns(today: date, *, directive: bool = True, unit: bool = True) -> tuple[Column[AskedOf], ...]:
    """Of every list; without `directive` for one ask's own, without `unit` for what one's own unit is asked."""
    name = namer(today)
    whose: Column[AskedOf] = Column(
        "unit", gettext_lazy("Organisation"), lambda a: name(a.owing_id), sort=("name_key",), href=asked_url
    )
    which: Column[AskedOf] = Column(
        "directive", gettext_lazy("Directive"), lambda a: named(a.ask.document), sort=("ask__document__number",),
        href=asked_url,
    )  # fmt: skip
    state: Column[AskedOf] = Column(
        "state", gettext_lazy("State"), word, sort=("turn", "ask__last_on", "name_key"), tone=tone
    )
    asked: tuple[Column[AskedOf], ...] = (
        Column("due", gettext_lazy("Due on"), lambda a: a.ask.due_on, sort=("ask__due_on",)),
        Column("what", gettext_lazy("Paper asked for"), lambda a: WHAT[a.ask.what], sort=("ask__what",), minor=True),
    )
    return (
        *((whose,) if unit else ()), *((which,) if directive else ()), state, *(asked if directive else ()),
        Column("paper", gettext_lazy("Paper"), paper_of, sortable=False, href=paper_url),
        Column("issued", gettext_lazy("Issued on"), lambda a: a.answered_on, sort=("answered_on",), minor=True),
        Column("reminded", gettext_lazy("Reminded on"), lambda a: getattr(a, "reminded_on", None),
               sort=("reminded_on",), minor=True),
    )  # fmt: skip


def word(one: AskedOf) -> str:
    """How it stands in a word; that somebody must decide comes first."""
    return _("to be decided") if _waits(one) else str(STATES[state_of(one)])


def tone(one: AskedOf) -> str:
    """The tone that goes with the word."""
    return "bad" if _waits(one) else TONES[state_of(one)]


def _waits(one: AskedOf) -> bool:
    return one.awaits_id is not None and state_of(one) in (LATE, NOT_DUE)


def state_of(one: AskedOf) -> str:
    """As `selectors.with_state` annotated it."""
    return str(one.state)  # type: ignore[attr-defined]


def paper_of(one: AskedOf) -> str:
    """The answer as it is called; empty where there is none."""
    return named(one.document) if one.document is not None else ""


def paper_url(one: AskedOf) -> str:
    """The page of the answer."""
    return reverse("documents:document", args=[one.document_id]) if one.document_id else ""


def asked_url(one: AskedOf) -> str:
    """The page of one asked unit."""
    return reverse("directives:asked", args=[one.pk])
