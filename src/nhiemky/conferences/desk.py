"""Conferences today or soon, and instructions without a task, on the desk of whoever writes for the unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from nhiemky.conferences.models import Conference, Instruction
from nhiemky.conferences.selectors import VIEW
from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CLOSED, NO_TASK
from nhiemky.domain.findings import Finding
from nhiemky.tasks.selectors import WRITE, own_units

_AHEAD = timedelta(days=30)


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines of the actor's own units (`core.desk.Provider`): two queries."""
    if not actor.may(VIEW) or actor.user_id is None:
        return
    own = own_units(actor)
    coming = Conference.objects.filter(unit_id__in=own, on__gte=today, on__lte=today + _AHEAD).exclude(state=CLOSED)
    for one in coming.order_by("on", "starts_at")[:3]:
        code = "conferences.today" if one.on == today else "conferences.soon"
        finding = Finding(code, facts={"title": one.title, "on": one.on}, blocks=False)
        yield Due(finding, reverse("conferences:conference", args=[one.pk]), one.on)
    if not actor.may(WRITE):
        return
    waits = Instruction.objects.filter(Q(task=None, waived="", conference__unit_id__in=own))
    told = waits.aggregate(count=Count("pk"), first=Min("conference_id"))
    if told["count"]:
        to = f"{reverse('conferences:instructions', args=[told['first']])}?outcome={NO_TASK}"
        finding = Finding("conferences.without_task", facts={"count": told["count"]}, blocks=False)
        yield Due(finding, to, count=told["count"])
