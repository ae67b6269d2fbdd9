"""Reading the chain."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor


def last_seq(*apps: str) -> int:
    """The number of the last event of the apps; 0 where there is none. Caches ask this to know whether they are old."""
    found = Event.objects.filter(app__in=apps).aggregate(last=Max("seq"))["last"]
    return int(found or 0)


def events(actor: Actor, *, app: str = "", user_name: str = "") -> QuerySet[Event]:
    """Events the actor may read, newest first: those about units of the subtree; all for who sees everything."""
    scope = actor.scope("audit.view")
    found = Event.objects.order_by("-seq")
    if not scope.everything:
        found = found.filter(unit_id__in=scope.unit_ids)
    if app:
        found = found.filter(app=app)
    if user_name:
        found = found.filter(user_name=user_name)
    return found
