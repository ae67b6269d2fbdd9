"""Reading proposals: only of the actor's own units and below; those asked for an opinion see the draft alone."""

from __future__ import annotations

from django.db.models import QuerySet

from nhiemky.documents.selectors import VIEW, WRITE
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.organisation.passing import STEPS
from nhiemky.proposals.models import Condition, Proposal, ProposalStep


def proposals(actor: Actor, permission: str = VIEW) -> QuerySet[Proposal]:
    """Proposals of the actor's units: what a superior has not decided yet is nobody's below."""
    scope, found = actor.scope(permission), Proposal.objects.all()
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)


def visible_proposal(actor: Actor, proposal_id: int, permission: str = VIEW) -> Proposal:
    """The proposal, if the actor may see it.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    seen = proposals(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=proposal_id)
    found = seen.select_related("draft", "document__issuer", "submission__issuer").first()
    if found is None:
        raise Denied(permission, "no_such_proposal", status=404)
    if not actor.may(permission) or (permission == WRITE and found.unit_id not in actor.scope(WRITE)):
        raise Denied(permission, "permission_missing", status=403)
    return found


def last_step(proposal: Proposal) -> ProposalStep:
    """The step before the next one; that it passed to another unit is none of its own."""
    return proposal.steps.exclude(act__in=STEPS).latest("seq", "pk")


def conditions(proposal: Proposal) -> list[Condition]:
    """What the decision asked for, by due day."""
    return list(proposal.conditions.select_related("task").order_by("task__due_on", "pk"))
