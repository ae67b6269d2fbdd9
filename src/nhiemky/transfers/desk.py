"""Today's work with transfers: what waits to be received, came back, is lost, or no longer holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.transfers.kinds import RETURNED, SENT
from nhiemky.domain.transfers.limits import overdue_before, present_by
from nhiemky.transfers import selectors
from nhiemky.transfers.models import Transfer

_WRITE = "members.write"


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines for whoever writes for a unit; who answers for the whole system is told only of what goes wrong."""
    scope = actor.scope(_WRITE)
    if not scope:
        return
    mine, theirs = selectors.within("person__last_unit_id", scope), selectors.within("target_unit_id", scope)
    late, addressed = Q(letter_on__lt=overdue_before(today)), Q(target_unit__isnull=False)
    waiting = Q(state=SENT) & theirs & addressed & ~late
    told = Transfer.objects.filter(mine | theirs, state__in=(SENT, RETURNED)).aggregate(
        waiting=Count("pk", filter=waiting), first=Min("letter_on", filter=waiting),
        returned=Count("pk", filter=Q(state=RETURNED) & mine), lost=Count("pk", filter=Q(state=SENT) & late),
    )  # fmt: skip
    if told["lost"]:
        yield _line("letters_lost", told["lost"], "overdue", overdue=True)
    if told["waiting"] and not scope.everything:
        yield _line("to_receive", told["waiting"], "in", present_by(told["first"]))
    if told["returned"] and not scope.everything:
        yield _line("came_back_to_sender", told["returned"], "out")
    if overtaken := selectors.overtaken(actor).count():
        yield _line("to_withdraw", overtaken, "out")
    if late_back := selectors.away(actor, _WRITE).filter(until__lt=today).count():
        yield _line("back_from_abroad", late_back, "abroad", overdue=True)


def _line(code: str, count: int, chosen: str, on: date | None = None, *, overdue: bool = False) -> Due:
    finding = Finding(f"transfers.{code}", facts={"count": count}, blocks=overdue)
    return Due(finding, f"{reverse('transfers:board')}?list={chosen}", on, overdue, count)
