"""Proposals in a reorganisation: the whole successor goes on with them, or the unit above says who does."""

from __future__ import annotations

from django.db.models import Q

from nhiemky.audit.services import current_seq
from nhiemky.documents.models import Draft
from nhiemky.domain.access import Actor
from nhiemky.organisation.passing import Passed, Passer
from nhiemky.proposals.models import Proposal, ProposalMove, ProposalStep


def _noted(actor: Actor, passed: Passed) -> None:
    """The step beside it; its draft goes along."""
    held: Proposal = passed.row
    Draft.objects.filter(pk=held.draft_id).update(unit=held.unit_id)
    ProposalStep.objects.create(
        proposal=held, act=passed.step, on=passed.on, text=passed.number, user_name=actor.name, seq=current_seq()
    )


FOLLOWER = Passer("proposals", Proposal, ProposalMove, Q(closed_on=None), _noted)
