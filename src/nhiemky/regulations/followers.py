"""Regulations in a reorganisation: the whole successor of their unit owns them, or the unit above says who does."""

from __future__ import annotations

from django.db.models import Q

from nhiemky.audit.services import current_seq
from nhiemky.documents.models import Draft
from nhiemky.domain.access import Actor
from nhiemky.organisation.passing import Passed, Passer
from nhiemky.regulations.models import Regulation, RegulationMove, RegulationStep


def _noted(actor: Actor, passed: Passed) -> None:
    """The step beside it; its drafts go along."""
    held: Regulation = passed.row
    Draft.objects.filter(revision__regulation=held).update(unit=held.unit_id)
    RegulationStep.objects.create(
        regulation=held, act=passed.step, on=passed.on, text=passed.number, user_name=actor.name, seq=current_seq()
    )


FOLLOWER = Passer("regulations", Regulation, RegulationMove, Q(), _noted)
