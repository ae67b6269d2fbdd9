"""Today's work with tasks: what is late or due soon, what waits to be accepted or decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.tasks.days import soon_until
from nhiemky.domain.tasks.kinds import ASKED, OPEN, SUBMITTED
from nhiemky.tasks import selectors
from nhiemky.tasks.models import MoreTime, Task


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines of the actor's own tasks and, for whoever speaks for a unit, of what their own unit gave: three queries."""
    if not actor.may(selectors.VIEW) or actor.user_id is None:
        return
    seen = selectors.own_units(actor)
    writes = actor.may(selectors.WRITE)
    told, first = _counted(actor, seen, today)
    for code, overdue in (("mine_overdue", True), ("given_overdue", True), ("mine_soon", False)):
        if told[code]:
            yield _line(code, told[code], overdue=overdue, on=first if code == "mine_soon" else None)
    if not writes:
        return
    for code in ("to_accept", "to_decide"):
        if told[code]:
            yield _line(code, told[code])
    if count := MoreTime.objects.filter(state=ASKED, task__giver_id__in=seen).count():
        yield _line("time_to_decide", count)


def lists(actor: Actor, own: list[int], today: date) -> dict[str, Q]:
    """What each line counts, as a choice of open tasks: the page behind a line shows the same rows."""
    mine, given = selectors.mine(actor, own, today), Q(giver_id__in=own)
    late, waits = Q(last_on__lt=today), Q(state=SUBMITTED)
    soon = Q(last_on__gte=today, due_on__lte=soon_until(today))
    return {
        "mine_overdue": mine & late & ~waits,
        "mine_soon": mine & soon & ~waits,
        "given_overdue": given & ~mine & late & ~waits,
        "to_accept": given & waits,
        "to_decide": given & Q(awaits__isnull=False),
        "time_to_decide": given & Q(more_time__state=ASKED),
    }


def _counted(actor: Actor, own: list[int], today: date) -> tuple[dict[str, int], date | None]:
    choices = lists(actor, own, today)
    choices.pop("time_to_decide")
    found = Task.objects.filter(selectors.mine(actor, own, today) | Q(giver_id__in=own), state__in=OPEN)
    counts = {name: Count("pk", filter=choice) for name, choice in choices.items()}
    told = found.aggregate(first=Min("due_on", filter=choices["mine_soon"]), **counts)
    return {name: int(told[name]) for name in counts}, told["first"]


def _line(code: str, count: int, *, overdue: bool = False, on: date | None = None) -> Due:
    finding = Finding(f"tasks.{code}", facts={"count": count}, blocks=overdue)
    return Due(finding, f"{reverse('tasks:mine')}?list={code}", on, overdue, count)
