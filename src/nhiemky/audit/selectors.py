"""Reading the chain."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from nhiemky.audit import moment
from nhiemky.audit.models import ChainHead, Event
from nhiemky.domain.access import Actor


def last_seq(*apps: str) -> int:
    """The number of the last event of the apps; 0 where there is none. Caches ask this to know whether they are old."""
    held = moment.known()
    known = held if held is not None else {}
    if unknown := [app for app in apps if app not in known]:
        with connection.cursor() as cursor:  # each app by the end of its index, all of them in one question
            cursor.execute(
                """SELECT app, COALESCE((SELECT max(seq) FROM audit_event e WHERE e.app = a.app), 0)
                   FROM unnest(%s::text[]) a(app)""",
                [unknown],
            )
            known |= dict(cursor.fetchall())
    return max((known[app] for app in apps), default=0)


def head() -> tuple[int, str]:
    """Number and hash of the last event: who keeps them elsewhere can prove later that nothing before was changed."""
    return ChainHead.objects.values_list("seq", "hash").get()


def head_seq() -> int:
    """How many events there are."""
    return ChainHead.objects.values_list("seq", flat=True).get()


def events(
    actor: Actor, *, app: str = "", user_name: str = "", about: str = "", on: date | None = None
) -> QuerySet[Event]:
    """Events the actor may read, newest first: those that concern a unit of the subtree, all for who sees everything.

    `about` is a unit code or a part of the subject.
    """
    scope = actor.scope("audit.view")
    found = Event.objects.order_by("-seq")
    if not scope.everything:
        own = list(scope.unit_ids)
        found = found.filter(Q(unit_ids__overlap=own) | Q(unit_id__in=own))
    if app:
        found = found.filter(app=app)
    if user_name:
        found = found.filter(user_name__iexact=user_name)
    if about:
        found = found.filter(Q(subject__icontains=about) | Q(facts__unit=about) | Q(facts__units__contains=[about]))
    if on:
        found = found.filter(at__date=on)
    return found


def apps() -> list[str]:
    """The parts that have written anything."""
    return list(Event.objects.order_by("app").values_list("app", flat=True).distinct())
