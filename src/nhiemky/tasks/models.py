"""Programmes and plans, the tasks they hold, and every step of a task."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from nhiemky.accounts.models import User
from nhiemky.documents.models import Document
from nhiemky.domain.tasks.kinds import DONE, MEASURES, PROGRAMME_KINDS, STATES
from nhiemky.organisation.models import Unit, not_empty


class Programme(models.Model):
    """What a unit set itself to do over a time: a work programme of a term or a year, a programme or a plan.

    `document` is the paper it was issued by, `implements` the directive it carries out and `part` the paragraph of
    that; `parent` is the programme that holds it, of the same unit or of one above.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    kind = models.CharField(max_length=16, choices=[(k, k) for k in PROGRAMME_KINDS])
    title = models.CharField(max_length=300)
    during = DateRangeField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="programmes")
    implements = models.ForeignKey(Document, models.PROTECT, null=True, related_name="implemented_by")
    part = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            not_empty("tasks_programme_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=PROGRAMME_KINDS), name="tasks_programme_kind"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="tasks_programme_parent"),
        ]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """One thing to do: by which unit and whom, from when to when, to deliver what, measured how.

    `giver` is the unit that assigned it and accepts the result; `parent` is the task it was delegated from, so the
    chain stays. `key_year` and `key_rank` place it among the ten key tasks of the giver's year. `indicator` and
    `target` measure it where deliverables do not. `done_on` is the day on which the result was handed in that was then
    accepted.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_given")
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="tasks")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="tasks")
    part = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    given_on = models.DateField()
    start_on = models.DateField()
    due_on = models.DateField()
    deliverable = models.CharField(max_length=300)
    measure = models.CharField(max_length=12, choices=[(m, m) for m in MEASURES])
    indicator = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    key_year = models.PositiveSmallIntegerField(null=True)
    key_rank = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES])
    done_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="tasks_of_unit"),
            models.Index(fields=["giver", "state", "due_on"], name="tasks_of_giver"),
            models.Index(fields=["assignee", "state", "due_on"], name="tasks_of_assignee"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="tasks_state"),
            models.CheckConstraint(condition=Q(due_on__gte=F("start_on")), name="tasks_days"),
            models.CheckConstraint(
                condition=Q(state=DONE, done_on__isnull=False) | ~Q(state=DONE) & Q(done_on=None), name="tasks_done"
            ),
            models.CheckConstraint(
                condition=Q(measure="deliverables", indicator="", target=None)
                | Q(measure="indicator", target__isnull=False) & ~Q(indicator=""),
                name="tasks_measure",
            ),
            models.CheckConstraint(
                condition=Q(key_year=None, key_rank=None) | Q(key_year__isnull=False, key_rank__isnull=False),
                name="tasks_key",
            ),
            models.UniqueConstraint(fields=["giver", "key_year", "key_rank"], name="tasks_key_once"),
        ]

    def __str__(self) -> str:
        return self.title
