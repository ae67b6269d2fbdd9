"""Reading papers in the making: who sees them, their texts, how the opinions on them stand, what waits on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.documents.models import Draft, DraftText, Opinion
from nhiemky.documents.selectors import VIEW, WRITE
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.documents.opinions import check_enough
from nhiemky.domain.findings import Finding

AWAITED = Q(answered_on=None, struck="", awaits=None)
"""Opinions that somebody may still give: nobody has to decide first who does."""


def drafts(actor: Actor, permission: str = VIEW) -> QuerySet[Draft]:
    """Drafts of the actor's units, and those that a unit of theirs was asked about."""
    scope, found = actor.scope(permission), Draft.objects.all()
    if scope.everything:
        return found
    asked = Opinion.objects.filter(unit_id__in=scope.unit_ids).values("draft_id")
    return found.filter(Q(unit_id__in=scope.unit_ids) | Q(pk__in=asked))


def visible_draft(actor: Actor, draft_id: int) -> Draft:
    """The draft, if the actor may see it.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    found = drafts(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=draft_id).first()
    if found is None:
        raise Denied(VIEW, "no_such_draft", status=404)
    if not actor.may(VIEW):
        raise Denied(VIEW, "permission_missing", status=403)
    return found


def visible_text(actor: Actor, text_id: int) -> DraftText:
    """One version of a draft's text.

    Raises:
        Denied: as for `visible_draft`.
    """
    found = DraftText.objects.select_related("draft").filter(pk=text_id).first()
    if found is None:
        raise Denied(VIEW, "no_such_draft", status=404)
    visible_draft(actor, found.draft_id)
    return found


def answerable(actor: Actor, opinion_id: int) -> Opinion:
    """The question, for whoever writes for the unit that was asked.

    Raises:
        Denied: 404 where the actor may not see the draft, 403 where they do not speak for the unit.
    """
    found = Opinion.objects.select_related("draft").filter(pk=opinion_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_draft", status=404)
    visible_draft(actor, found.draft_id)
    if found.unit_id not in actor.scope(WRITE):
        raise Denied(WRITE, "permission_missing", status=403)
    return found


def asked_by(actor: Actor, opinion_id: int) -> Opinion:
    """The question, for whoever writes for the unit that asked it.

    Raises:
        Denied: 404 where the actor may not see the draft, 403 where they do not write for its unit.
    """
    found = Opinion.objects.select_related("draft").filter(pk=opinion_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_draft", status=404)
    visible_draft(actor, found.draft_id)
    if found.draft.unit_id not in actor.scope(WRITE):
        raise Denied(WRITE, "permission_missing", status=403)
    return found


def texts(draft: Draft) -> list[DraftText]:
    """All versions, the latest first."""
    return list(draft.texts.order_by("-version"))


def latest(draft: Draft) -> DraftText | None:
    """The text as it stands."""
    return draft.texts.order_by("-version").first()


def opinions_of(draft: Draft) -> list[Opinion]:
    """What was asked and answered, the latest version first, of each the missing ones first."""
    return list(draft.opinions.order_by("-version", "answered_on", "due_on", "pk"))


def enough(draft: Draft, on: date) -> Iterator[Finding]:
    """What stands against going on with the draft: answers on its latest text that may still come in time."""
    newest = draft.opinions.aggregate(version=Max("version"))["version"]
    waiting = draft.opinions.filter(AWAITED, version=newest).aggregate(count=Count("pk"), last=Max("due_on"))
    return check_enough(waiting["count"], waiting["last"], on)


def to_answer(actor: Actor, today: date) -> QuerySet[Opinion]:
    """Opinions that the units the actor was granted are asked for and have not given."""
    if actor.user_id is None:
        return Opinion.objects.none()
    own = actor.granted.get(WRITE, ())
    return Opinion.objects.filter(AWAITED, unit_id__in=own, draft__closed_on=None)


def to_decide(actor: Actor, today: date) -> QuerySet[Opinion]:
    """Opinions that the actor's own units asked of bodies that have ended: they say who gives them."""
    if actor.user_id is None:
        return Opinion.objects.none()
    own = actor.granted.get(WRITE, ())
    return Opinion.objects.filter(draft__unit_id__in=own, draft__closed_on=None, awaits__isnull=False)


def due(actor: Actor, today: date) -> Iterator[Due]:
    """The opinions that wait for the actor's own units, and those that they must find another body for."""
    if not actor.may(WRITE):
        return
    late = Q(due_on__lt=today)
    told = to_answer(actor, today).aggregate(
        late=Count("pk", filter=late), first_late=Min("due_on", filter=late),
        open=Count("pk", filter=~late), first_open=Min("due_on", filter=~late),
    )  # fmt: skip
    for name, overdue in (("late", True), ("open", False)):
        if told[name]:
            finding = Finding(f"documents.opinions_{name}", facts={"count": told[name]}, blocks=overdue)
            yield Due(finding, reverse("documents:opinions"), told[f"first_{name}"], overdue, told[name])
    if count := to_decide(actor, today).count():
        url = f"{reverse('documents:opinions')}?list=to_decide"
        yield Due(Finding("documents.opinions_to_decide", facts={"count": count}, blocks=False), url, count=count)
