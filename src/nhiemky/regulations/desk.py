"""Today's work with regulations: reviews that are due, and drafts whose days to answer are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.documents.drafts import AWAITED
from nhiemky.documents.models import Opinion
from nhiemky.documents.selectors import WRITE
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.regulations.life import OPINIONS
from nhiemky.regulations import selectors
from nhiemky.regulations.models import Regulation, Revision


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines of the units the actor was granted: four questions."""
    if not actor.may(WRITE) or actor.user_id is None:
        return
    own = actor.granted.get(WRITE, ())
    waiting = selectors.review_due(Regulation.objects.filter(unit_id__in=own), today)
    told = waiting.aggregate(count=Count("pk"), first=Min("next_review_on"))
    if told["count"]:
        yield _line("reviews_due", told["count"], "due", told["first"])
    if count := Regulation.objects.filter(unit_id__in=own, awaits__isnull=False).count():
        yield _line("to_hand_over", count, "left", None)
    asked = Opinion.objects.filter(AWAITED, draft=OuterRef("draft"), due_on__gte=today)
    ready = Revision.objects.filter(regulation__unit_id__in=own, state=OPINIONS).exclude(Exists(asked))
    if count := ready.count():
        yield _line("opinions_over", count, OPINIONS, None)


def _line(code: str, count: int, state: str, on: date | None) -> Due:
    finding = Finding(f"regulations.{code}", facts={"count": count}, blocks=on is not None)
    return Due(finding, f"{reverse('regulations:list')}?state={state}&own=on", on, on is not None, count)
