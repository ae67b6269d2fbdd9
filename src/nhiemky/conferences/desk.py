"""Conferences today or soon, and instructions without a task, on the desk of whoever writes for the unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse

from nhiemky.conferences.models import Conference, Instruction
from nhiemky.conferences.selectors import VIEW
from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CALLED_OFF, CLOSED, NO_TASK
from nhiemky.domain.findings import Finding
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.ends import stand_ins
from nhiemky.tasks.selectors import WRITE, own_units

_AHEAD = timedelta(days=30)
_MOST = 5
"""Conferences that a desk tells of, the earliest first: the next ones come when these are done."""


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines of the actor's own units (`core.desk.Provider`): two queries."""
    if not actor.may(VIEW) or actor.user_id is None:
        return
    own, writes = own_units(actor), actor.may(WRITE)
    coming = Conference.objects.filter(unit_id__in=own, on__lte=today + _AHEAD).exclude(state__in=(CLOSED, CALLED_OFF))
    for one in coming.order_by("on", "starts_at")[:_MOST]:
        if one.on >= today or writes:
            yield _line(one, today, writes=writes)
    if writes:
        yield from _without_task(own, today)


def _line(one: Conference, today: date, *, writes: bool) -> Due:
    over = one.on < today
    code = "overdue" if over else "today" if one.on == today else "soon"
    if one.awaits_id is not None and writes:
        code = "to_hand_over"
    finding = Finding(f"conferences.{code}", facts={"title": one.title, "on": one.on}, blocks=over)
    return Due(finding, reverse("conferences:conference", args=[one.pk]), one.on, over)


def _without_task(own: list[int], today: date) -> Iterator[Due]:
    """By conference, so that each line opens the rows it counts; also what units left that have ended since."""
    left = [ended for ended, heir in stand_ins(organisation.structure(), today).items() if heir in own]
    waits = Instruction.objects.filter(task=None, waived="", conference__unit_id__in=[*own, *left])
    told = waits.values_list("conference_id", "conference__title").annotate(count=Count("pk"))
    for conference_id, title, count in told.order_by("conference__on", "conference_id")[:_MOST]:
        to = f"{reverse('conferences:instructions', args=[conference_id])}?outcome={NO_TASK}"
        finding = Finding("conferences.without_task", facts={"count": count, "title": title}, blocks=False)
        yield Due(finding, to, count=count)
