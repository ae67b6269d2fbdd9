"""Today's work with directives: answers that one's unit owes, and those it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.directives import selectors
from nhiemky.directives.models import AskedOf, Reminder
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding

MINE = ("mine_reminded", "mine_overdue", "mine_soon")
THEIRS = ("theirs_overdue", "to_decide")


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines of the actor's own units, asked and asking: two queries."""
    if not actor.may(selectors.VIEW) or actor.user_id is None:
        return
    own = selectors.own_units(actor)
    told, first = _counted(own, today)
    for code in MINE + (THEIRS if actor.may(selectors.WRITE) else ()):
        if told[code]:
            overdue = code not in ("mine_soon", "to_decide")
            finding = Finding(f"directives.{code}", facts={"count": told[code]}, blocks=overdue)
            url = f"{reverse('directives:mine')}?list={code}"
            yield Due(finding, url, first if code == "mine_soon" else None, overdue, told[code])


def lists(own: list[int], today: date) -> dict[str, Q]:
    """What each line counts, as a choice of asked units: the page behind a line shows the same rows."""
    mine, theirs = Q(owing_id__in=own), Q(ask__unit_id__in=own)
    reminded = Q(Exists(Reminder.objects.filter(asked_of=OuterRef("pk"), on__lte=today)))
    late = selectors.late(today)
    return {
        "mine_reminded": mine & late & reminded,
        "mine_overdue": mine & late & ~reminded,
        "mine_soon": mine & selectors.soon(today),
        "theirs_overdue": theirs & late,
        "to_decide": theirs & selectors.OPEN & Q(awaits__isnull=False),
    }


def _counted(own: list[int], today: date) -> tuple[dict[str, int], date | None]:
    choices = lists(own, today)
    found = AskedOf.objects.filter(Q(owing_id__in=own) | Q(ask__unit_id__in=own))
    counts = {name: Count("pk", filter=choice) for name, choice in choices.items()}
    told = found.aggregate(first=Min("ask__due_on", filter=choices["mine_soon"]), **counts)
    return {name: int(told[name]) for name in counts}, told["first"]
