"""What directives ask units for, who owes it, what answered it, and who was reminded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhiemky.documents.models import Document
from nhiemky.domain.directives.standing import ASKED_KINDS
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.tasks.models import Programme


class Ask(models.Model):
    """A directive that asks units for a programme, a plan or a report by a day.

    `unit` asks, and follows its successor; `part` is the paragraph that says so. `last_on` is the last day in time:
    `due_on`, or the working day after it. `withdrawn` is the reason why nothing is asked any more.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="asks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="asks")
    what = models.CharField(max_length=9, choices=[(k, k) for k in ASKED_KINDS])
    text = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    last_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-asked_on"], name="directives_of_asker"),
            models.Index(fields=["-asked_on", "-id"], name="directives_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=ASKED_KINDS), name="directives_ask_what"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on"), last_on__gte=F("due_on")), name="directives_ask_days"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn="", withdrawn_on=None) | ~Q(withdrawn="") & Q(withdrawn_on__isnull=False),
                name="directives_ask_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} for {self.document_id} by {self.due_on}"


class AskedOf(models.Model):
    """One unit that is asked. `unit` is the one that was asked and stays, `owing` whoever owes the answer now.

    `answered_on` is the day on which the answer was issued. `exempt` is the reason why this unit owes nothing, from
    `exempt_on` on. `awaits` is the reorganisation that ended the unit without a whole successor: the asker decides.
    """

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="asked")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owing = models.ForeignKey(Unit, models.PROTECT, related_name="asked")
    exempt_on = models.DateField(null=True)
    exempt = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="answers")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="answers")
    answered_on = models.DateField(null=True)
    awaits = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["owing", "ask"], name="directives_of_owing")]
        constraints = [
            models.UniqueConstraint(fields=["ask", "unit"], name="directives_asked_once"),
            models.CheckConstraint(
                condition=Q(document=None, programme=None, answered_on=None)
                | Q(answered_on__isnull=False) & (Q(document__isnull=False) | Q(programme__isnull=False)),
                name="directives_answered",
            ),
            models.CheckConstraint(
                condition=Q(exempt="", exempt_on=None) | ~Q(exempt="") & Q(exempt_on__isnull=False),
                name="directives_exempt",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(exempt_on=None), name="directives_answered_or_exempt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owing_id} for {self.ask_id}"


class Reminder(models.Model):
    """A unit that was late was reminded. Append-only, by trigger."""

    asked_of = models.ForeignKey(AskedOf, models.PROTECT, related_name="reminders")
    on = models.DateField()
    by = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked_of", "on"], name="directives_reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.asked_of_id} {self.on}"


class Move(models.Model):
    """A side of an ask went to another unit with a reorganisation: the asker's (`asked_of` None) or an asked one's.

    `after` None: it waits for the asker to decide.
    """

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="moves")
    asked_of = models.ForeignKey(AskedOf, models.PROTECT, null=True, related_name="moves")
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="ask_moves")
    before = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    after = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "asked_of", "reorganisation"], name="directives_move_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.before_id} → {self.after_id}"
