"""What people decided about the register's quality: exceptions, lists confirmed, who is two, who was merged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhiemky.domain.quality.rules import RULES
from nhiemky.members.models import Person
from nhiemky.organisation.models import Unit


class Deed(models.Model):
    """Who decided it, when and why, and who took it back."""

    reason = models.CharField(max_length=300)
    user_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    seq = models.BigIntegerField()
    undone_by = models.CharField(max_length=150, blank=True, db_default="")
    undone_at = models.DateTimeField(null=True)
    undone_seq = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Accepted(Deed):
    """A finding about a person that is right as it is. It holds until it is taken back or the particulars change."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40, choices=[(rule.key, rule.key) for rule in RULES])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule"], condition=Q(undone_seq=None), name="quality_accepted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.rule}"


class NotSame(Deed):
    """Two people who look like one are two."""

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="quality_not_same_ordered"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_seq=None), name="quality_not_same_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class Merge(Deed):
    """Somebody who was in the register twice. The dropped person's entries were taken back; nothing is deleted.

    `taken` are the ids of the entries taken back, the first one first, with the standing that each gave (`entries` of
    `members.services.rebooking`); `copied` says which particulars the kept person got and what they were before;
    a sealed number is only named. `days` are the dropped person's three dates. `carried` tells by part what went along
    (`members.carrying.Rows`).
    """

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    dropped = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken = models.JSONField()
    copied = models.JSONField()
    days = models.JSONField()
    carried = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("dropped")), name="quality_merge_two"),
            models.UniqueConstraint(
                fields=["dropped"], condition=Q(undone_seq=None), name="quality_merge_dropped_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dropped_id} into {self.kept_id}"


class Confirmation(models.Model):
    """A unit's list of members was matched for a quarter, named by its first day: so many it had on that day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    quarter = models.DateField()
    on = models.DateField()
    members = models.PositiveIntegerField()
    official = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    user_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "quarter"], name="quality_confirmation_once"),
            models.CheckConstraint(condition=Q(official__lte=F("members")), name="quality_confirmation_parts"),
            models.CheckConstraint(condition=Q(on__gte=F("quarter")), name="quality_confirmation_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.quarter}"


class Score(models.Model):
    """How many of a unit's members had no open finding on a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    members = models.PositiveIntegerField()
    fine = models.PositiveIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "on"], name="quality_score_once_a_day"),
            models.CheckConstraint(condition=Q(fine__lte=F("members")), name="quality_score_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}: {self.fine} of {self.members}"
