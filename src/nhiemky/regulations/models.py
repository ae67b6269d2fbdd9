"""Regulations under care, every change of them under way or done, and each step of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhiemky.documents.models import Document, Draft
from nhiemky.domain.regulations.life import ACTS, CHANGES, ISSUED, NEW, OUTCOMES, STAGES, STATES
from nhiemky.domain.rulebook import ACTS as WORDS
from nhiemky.domain.rulebook import CONFIRM, SUPERSEDE, WITHDRAW
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.organisation.passing import Passing

_CHANGES = (NEW, *CHANGES)


class Regulation(models.Model):
    """What a unit regulates, by which document, and when it is looked at again.

    What holds of it on a day is the state of `document` in the register; None until the first is issued. `awaits` is
    the reorganisation that brought it from an ended unit to the one above, which says who takes it over.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="regulations")
    subject = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="regulation")
    next_review_on = models.DateField(null=True)
    awaits = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "next_review_on"], name="regulations_review_due")]

    def __str__(self) -> str:
        return self.subject


class RegulationMove(Passing):
    """A regulation came from a unit that has ended to another."""

    row = models.ForeignKey(Regulation, models.PROTECT, related_name="moves")


class Revision(models.Model):
    """One round of review and change: its stage while it is under way, its outcome afterwards.

    `issued` is the document it ended in, `change` what that did to the one in force before.
    """

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="revisions")
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="revision")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES])
    began_on = models.DateField()
    closed_on = models.DateField(null=True)
    issued = models.ForeignKey(Document, models.PROTECT, null=True, related_name="revisions")
    change = models.CharField(max_length=12, blank=True, choices=[(c, c) for c in _CHANGES])
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation"], condition=Q(closed_on=None), name="regulations_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=STAGES, closed_on=None) | Q(state__in=OUTCOMES, closed_on__isnull=False),
                name="regulations_revision_closed",
            ),
            models.CheckConstraint(
                condition=Q(state=ISSUED, issued__isnull=False, change__in=_CHANGES)
                | ~Q(state=ISSUED) & Q(issued=None, change=""),
                name="regulations_revision_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.state}"


class RegulationStep(models.Model):
    """Something was done with a regulation, on which day and by whom. Append-only, by trigger.

    `version` is that of the draft's text, `document` what was issued or is taken under care.
    """

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="steps")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="steps")
    act = models.CharField(max_length=10, choices=[(a, a) for a in ACTS])
    on = models.DateField()
    text = models.CharField(max_length=500, blank=True)
    version = models.PositiveSmallIntegerField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["regulation", "seq"], name="regulations_steps")]
        constraints = [models.CheckConstraint(condition=Q(act__in=ACTS), name="regulations_step_act")]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.act}"


class RuleWord(models.Model):
    """What an authorised office said of a rule of the system. Append-only, by trigger.

    It confirms the step of the day `start`, gives a `value` from that day on, or takes the word `of` back; `document`
    is what it rests on, `point` the place there.
    """

    rule = models.CharField(max_length=60)
    act = models.CharField(max_length=9, choices=[(a, a) for a in WORDS])
    start = models.DateField()
    value = models.CharField(max_length=40, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="rule_words")
    point = models.CharField(max_length=120, blank=True)
    of = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back")
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["rule", "seq"], name="regulations_rule_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(act=CONFIRM, of=None, value="", document__isnull=False)
                | Q(act=SUPERSEDE, of=None, document__isnull=False) & ~Q(value="")
                | Q(act=WITHDRAW, of__isnull=False, value="", document=None) & ~Q(reason=""),
                name="regulations_rule_word",
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.rule} {self.start}"
