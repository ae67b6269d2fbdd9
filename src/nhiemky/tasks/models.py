"""Programmes and plans, the tasks they hold, and every step of a task."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from nhiemky.accounts.models import User
from nhiemky.documents.models import Document
from nhiemky.domain.tasks.kinds import (
    ACTS,
    ASKED,
    CANCELLED,
    DONE,
    MEASURES,
    OPEN,
    PERIODS,
    PROGRAMME_KINDS,
    STATES,
    SUBMITTED,
    TIME_STATES,
)
from nhiemky.organisation.models import Reorganisation, Unit, not_empty


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


class Recurrence(models.Model):
    """A task that comes again every month, quarter or year, until the day before `stops_on`."""

    every = models.CharField(max_length=9, choices=[(p, p) for p in PERIODS])
    stops_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(every__in=PERIODS), name="tasks_recurrence_every")]

    def __str__(self) -> str:
        return self.every


class Task(models.Model):
    """One thing to do: by which unit and whom, from when to when, to deliver what, measured how.

    `giver` is the unit that assigned it and accepts the result; `parent` is the task it was delegated from, so the
    chain stays, and `required` tells that the parent cannot be done without it. `key_year` and `key_rank` place it
    among the ten key tasks of the giver's year. `indicator` and `target` measure it where deliverables do not.
    `last_on` is the last day in time: `due_on`, or the working day after it. `handed_on` is when the result was handed
    in that now waits, `done_on` when the one was that was then accepted. `awaits` is the reorganisation that ended the
    doing unit without a whole successor: the giver must decide.
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
    last_on = models.DateField()
    deliverable = models.CharField(max_length=300)
    measure = models.CharField(max_length=12, choices=[(m, m) for m in MEASURES])
    indicator = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    key_year = models.PositiveSmallIntegerField(null=True)
    key_rank = models.PositiveSmallIntegerField(null=True)
    required = models.BooleanField(default=True)
    recurrence = models.ForeignKey(Recurrence, models.PROTECT, null=True, related_name="tasks")
    instance = models.PositiveSmallIntegerField(null=True)
    awaits = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES])
    handed_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="tasks_of_unit"),
            models.Index(fields=["giver", "state", "due_on"], name="tasks_of_giver"),
            models.Index(fields=["assignee", "state", "due_on"], name="tasks_of_assignee"),
            models.Index(fields=["due_on"], name="tasks_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="tasks_state"),
            models.CheckConstraint(condition=Q(due_on__gte=F("start_on"), last_on__gte=F("due_on")), name="tasks_days"),
            models.CheckConstraint(
                condition=Q(state=SUBMITTED, handed_on__isnull=False) | ~Q(state=SUBMITTED) & Q(handed_on=None),
                name="tasks_handed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_on=None) | ~Q(state__in=OPEN) & Q(closed_on__isnull=False),
                name="tasks_closed",
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="tasks_not_own_parent"),
            models.CheckConstraint(
                condition=Q(recurrence=None, instance=None) | Q(recurrence__isnull=False, instance__isnull=False),
                name="tasks_instance",
            ),
            models.UniqueConstraint(fields=["recurrence", "instance"], name="tasks_instance_once"),
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
            models.UniqueConstraint(
                fields=["giver", "key_year", "key_rank"], condition=~Q(state=CANCELLED), name="tasks_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """Something was done with a task, by whom and on which day. Append-only, by trigger; `seq` is the audit event.

    `unit` is the unit it went to, where it went to one.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=[(a, a) for a in ACTS])
    on = models.DateField()
    text = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["task", "seq"], name="tasks_step_of_task")]
        constraints = [models.CheckConstraint(condition=Q(act__in=ACTS), name="tasks_step_act")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.act}"


class Coordinator(models.Model):
    """A unit that works along with the one that leads a task: it sees the task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="coordinators")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="tasks_coordinator_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} at {self.task_id}"


class Deliverable(models.Model):
    """Something to be handed in: a document of the register, a file, or what `note` says of it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="deliverables")
    title = models.CharField(max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    handed_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(handed_on__isnull=False, accepted_on__gte=F("handed_on")),
                name="tasks_deliverable_days",
            ),
            models.CheckConstraint(
                condition=Q(file=None, file_name="") | Q(file__isnull=False) & ~Q(file_name=""),
                name="tasks_deliverable_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MoreTime(models.Model):
    """A request of the doing unit for more time; the giver decides. `before` is the due day that it would replace.

    `last_before` is the last day in time that goes with it.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="more_time")
    before = models.DateField()
    last_before = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=[(s, s) for s in TIME_STATES], default=ASKED)
    decided_on = models.DateField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state=ASKED), name="tasks_time_asked_once"),
            models.CheckConstraint(condition=Q(state__in=TIME_STATES), name="tasks_time_state"),
            models.CheckConstraint(condition=Q(until__gt=F("before")), name="tasks_time_later"),
            models.CheckConstraint(
                condition=Q(state=ASKED, decided_on=None) | ~Q(state=ASKED) & Q(decided_on__isnull=False),
                name="tasks_time_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} until {self.until}"


class Move(models.Model):
    """A side of a task went to another unit with a reorganisation; `after` None: it waits for the giver to decide.

    Of a coordinating unit ("along") None means that it left. `key_year` and `key_rank` are what a task gave up among
    the key tasks because the new giver had that rank already.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="moves")
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="task_moves")
    side = models.CharField(max_length=5, choices=[(s, s) for s in ("doer", "giver", "along")])
    before = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    after = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    key_year = models.PositiveSmallIntegerField(null=True)
    key_rank = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "reorganisation", "side", "before"], name="tasks_move_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.side} {self.before_id} → {self.after_id}"


class Subscription(models.Model):
    """How a user is told of tasks outside the pages: a calendar feed under a secret address, a daily e-mail.

    Only the hash of the address's secret is kept. `mailed_on` is the day of the last digest, so that none goes twice.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="task_subscription")
    feed_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - null is not unique
    email = models.EmailField(blank=True)
    mailed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}"
