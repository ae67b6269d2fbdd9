"""Proposals of commissions to committees, each sitting they came before, every step, and the tasks that followed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhiemky.documents.models import Document, Draft
from nhiemky.domain.proposals.life import ACTS, DECIDED, DRAFTING, ENDS, OUTCOMES, STAGES, STATES, SUBMITTED
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.organisation.passing import Passing
from nhiemky.tasks.models import Task


class Proposal(models.Model):
    """What a body of a unit puts before the unit's committee.

    `body` is the commission that advises ("" for the unit's own bureau), `session_on` the day of the session it is
    submitted to. `outcome` is that of the last decision, `document` the paper it was issued by, where there is one.
    `awaits` is the reorganisation that brought it from an ended unit to the one above, which says who takes it over.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    body = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="proposal")
    submission = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    session_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=DRAFTING)
    outcome = models.CharField(max_length=12, blank=True, choices=[(o, o) for o in OUTCOMES])
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="proposals")
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    awaits = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "session_on"], name="proposals_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=STAGES, closed_on=None) | Q(state__in=ENDS, closed_on__isnull=False),
                name="proposals_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SUBMITTED, DECIDED)) | Q(session_on__isnull=False), name="proposals_session"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None, document=None)
                | Q(outcome__in=OUTCOMES, decided_on__isnull=False),
                name="proposals_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=DECIDED) | Q(outcome__in=[o for o in OUTCOMES if o != "returned"]),
                name="proposals_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalMove(Passing):
    """A proposal came from a unit that has ended to another."""

    row = models.ForeignKey(Proposal, models.PROTECT, related_name="moves")


class ProposalStep(models.Model):
    """Something was done with a proposal, on which day and by whom. Append-only, by trigger."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=9, choices=[(a, a) for a in ACTS])
    on = models.DateField()
    text = models.CharField(max_length=500, blank=True)
    version = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(o, o) for o in OUTCOMES])
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["proposal", "seq"], name="proposals_steps")]
        constraints = [models.CheckConstraint(condition=Q(act__in=ACTS), name="proposals_step_act")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.act}"


class Condition(models.Model):
    """What a decision asks for, as a task: whether it is met is the state of the task, kept nowhere else."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="conditions")
    task = models.OneToOneField(Task, models.PROTECT, related_name="condition")

    def __str__(self) -> str:
        return f"{self.task_id} of {self.proposal_id}"
