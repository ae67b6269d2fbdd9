"""Opinions that were asked of a unit, in a reorganisation: its whole successor gives them, or who asked decides."""

from __future__ import annotations

from django.db.models import Q

from nhiemky.audit.services import current_seq
from nhiemky.documents.models import Opinion, OpinionMove
from nhiemky.domain.access import Actor
from nhiemky.organisation.passing import Passed, Passer


def _noted(actor: Actor, passed: Passed) -> None:
    passed.row.seq = current_seq()
    passed.row.save(update_fields=["seq"])


def _taken(one: Opinion, unit_id: int) -> bool:
    """The unit was asked about this version itself."""
    same = Opinion.objects.filter(draft=one.draft_id, version=one.version, body=one.body, unit=unit_id)
    return same.exclude(pk=one.pk).exists()


FOLLOWER = Passer(
    "documents", Opinion, OpinionMove, Q(answered_on=None, struck="", draft__closed_on=None), _noted,
    above=False, taken=_taken, named=lambda one: one.draft.title,
)  # fmt: skip
