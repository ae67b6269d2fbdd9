"""Today's work with proposals: sessions that were held, and drafts whose days to answer are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.documents.drafts import AWAITED
from nhiemky.documents.models import Opinion
from nhiemky.documents.selectors import WRITE
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.proposals.life import OPINIONS, SUBMITTED
from nhiemky.proposals.models import Proposal


def due(actor: Actor, today: date) -> Iterator[Due]:
    """Lines of the units the actor was granted: three questions."""
    if not actor.may(WRITE) or actor.user_id is None:
        return
    own = actor.granted.get(WRITE, ())
    asked = Opinion.objects.filter(AWAITED, draft=OuterRef("draft"), due_on__gte=today)
    held, ready = Q(state=SUBMITTED, session_on__lt=today), Q(state=OPINIONS) & ~Q(Exists(asked))
    told = Proposal.objects.filter(unit_id__in=own).aggregate(
        to_note=Count("pk", filter=held), first=Min("session_on", filter=held), to_submit=Count("pk", filter=ready)
    )
    for code, state, on in (("to_note", SUBMITTED, told["first"]), ("to_submit", OPINIONS, None)):
        if told[code]:
            finding = Finding(f"proposals.{code}", facts={"count": told[code]}, blocks=on is not None)
            yield Due(finding, f"{reverse('proposals:list')}?state={state}&own=on", on, on is not None, told[code])
    if count := Proposal.objects.filter(unit_id__in=own, awaits__isnull=False).count():
        finding = Finding("proposals.to_hand_over", facts={"count": count}, blocks=False)
        yield Due(finding, f"{reverse('proposals:list')}?state=left&own=on", count=count)
