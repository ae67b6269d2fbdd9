"""Reading what directives ask: who sees which ask and which asked unit, and how each stands on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from nhiemky.directives.models import Ask, AskedOf
from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.directives import standing as states
from nhiemky.domain.tasks.days import soon_until
from nhiemky.tasks.selectors import own_units, within

__all__ = ["own_units"]
VIEW, WRITE = "work.view", "work.write"


def asked(actor: Actor, permission: str = VIEW) -> QuerySet[AskedOf]:
    """Units asked that the actor may see: those asked in the name of the actor's units, and the actor's own."""
    scope = actor.scope(permission)
    found = AskedOf.objects.select_related("ask__document__issuer", "document__issuer")
    if not scope:
        return found.none()
    return found.filter(within("ask__unit_id", scope) | within("owing_id", scope))


def asks(actor: Actor, permission: str = VIEW) -> QuerySet[Ask]:
    """Asks of the actor's units, and those that ask one of them."""
    scope = actor.scope(permission)
    found = Ask.objects.select_related("document__issuer")
    if not scope:
        return found.none()
    theirs = AskedOf.objects.filter(within("owing_id", scope), ask=OuterRef("pk"))
    return found.filter(within("unit_id", scope) | Exists(theirs))


def visible_ask(actor: Actor, ask_id: int, permission: str = VIEW) -> Ask:
    """The ask, if the actor may see it; with the right to write only one of the actor's own units.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    found = asks(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=ask_id).first()
    if found is None:
        raise Denied(permission, "no_such_ask", status=404)
    if not actor.may(permission) or (permission == WRITE and found.unit_id not in actor.scope(WRITE)):
        raise Denied(permission, "permission_missing", status=403)
    return found


def visible_asked(actor: Actor, asked_id: int, *, write: str = "") -> AskedOf:
    """One asked unit; `write` "asker" or "owing" demands the right to write for that side.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    found = asked(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=asked_id).first()
    permission = WRITE if write else VIEW
    if found is None:
        raise Denied(permission, "no_such_ask", status=404)
    side = {"asker": found.ask.unit_id, "owing": found.owing_id}.get(write)
    if not actor.may(permission) or (side is not None and side not in actor.scope(WRITE)):
        raise Denied(permission, "permission_missing", status=403)
    return found


def with_state(found: QuerySet[AskedOf], on: date) -> QuerySet[AskedOf]:
    """Those asked by the day, with how each stands on it as `state`: `domain.directives.standing` in SQL."""
    issued = Q(answered_on__lte=on)
    return found.filter(ask__asked_on__lte=on).annotate(
        state=Case(
            When(issued & Q(answered_on__lte=F("ask__last_on")), then=Value(states.IN_TIME)),
            When(issued, then=Value(states.LATE_ISSUED)),
            When(ask__withdrawn_on__lte=on, then=Value(states.WITHDRAWN)),
            When(exempt_on__lte=on, then=Value(states.EXEMPT)),
            When(ask__last_on__lt=on, then=Value(states.LATE)),
            default=Value(states.NOT_DUE),
            output_field=CharField(),
        )
    )


OPEN = Q(answered_on=None, exempt_on=None, ask__withdrawn_on=None)
"""Asked units that still owe an answer, as the rows stand."""


def late(on: date) -> Q:
    """Those that owe an answer whose time is over, and about whom nobody has to decide first."""
    return OPEN & Q(ask__last_on__lt=on, awaits=None)


def soon(on: date) -> Q:
    """Those whose answer is due soon."""
    return OPEN & Q(ask__last_on__gte=on, ask__due_on__lte=soon_until(on), awaits=None)


def answers_to_choose(actor: Actor, asked_of: AskedOf) -> QuerySet[Document]:
    """Papers of the unit that may be the answer, the latest first: of the kind asked for, not before the directive."""
    units = {asked_of.owing_id, asked_of.unit_id}
    since = asked_of.ask.document.signed_on
    found = Document.objects.select_related("issuer").filter(issuer__unit_id__in=units, signed_on__gte=since)
    scope = actor.scope(VIEW)
    return found.filter(within("issuer__unit_id", scope), cancelled="", kind=asked_of.ask.what).order_by("-signed_on")
