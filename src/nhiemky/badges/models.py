"""Special cases of a round, the decision that gives the badges, and the badges given."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhiemky.domain.badges.rules import BASES, SPECIAL
from nhiemky.members.models import Person
from nhiemky.organisation.models import Unit


class SpecialCase(models.Model):
    """Somebody gets the badge of a round outside the count of the day, or is held back; with the reason and the paper.

    It belongs to the day, whichever organisation then decides for the person's.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="badge_cases")
    day = models.DateField()
    years = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=10, choices=[(b, b) for b in SPECIAL])
    reason = models.CharField(max_length=300)
    paper_number = models.CharField(max_length=60, blank=True)
    paper_date = models.DateField(null=True)
    paper_body = models.CharField(max_length=200, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="badges_one_case_a_round"),
            models.CheckConstraint(condition=Q(basis__in=SPECIAL), name="badges_case_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.basis}"


class BadgeDecision(models.Model):
    """A competent body gives the badges of a round to people of an organisation and everything below it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    body = models.CharField(max_length=200)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="badges_decision_day")]
        constraints = [models.UniqueConstraint(fields=["unit", "number", "decided_on"], name="badges_decision_once")]

    def __str__(self) -> str:
        return self.number


class Badge(models.Model):
    """A badge given. One that was recorded in error is withdrawn and stays, with the reason."""

    decision = models.ForeignKey(BadgeDecision, models.PROTECT, related_name="badges")
    person = models.ForeignKey(Person, models.PROTECT, related_name="badges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    years = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=10, choices=[(b, b) for b in BASES])
    withdrawn_seq = models.BigIntegerField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "years"], condition=Q(withdrawn_seq__isnull=True), name="badges_once_a_level"
            ),
            models.CheckConstraint(condition=Q(basis__in=BASES), name="badges_basis"),
            models.CheckConstraint(
                condition=Q(withdrawn_seq__isnull=True, withdrawn_reason="")
                | Q(withdrawn_seq__isnull=False) & ~Q(withdrawn_reason=""),
                name="badges_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.years}"
