"""Accounts of members, what they ask for and what comes of it, and whose data were shredded by which decision."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nhiemky.accounts.models import User
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.domain.rights.requests import GRANTED, KINDS, MADE, OPEN, REFUSED, STATES
from nhiemky.members.models import Person, PersonChange
from nhiemky.organisation.models import Unit


class Holder(models.Model):
    """A user who is one person of the register and may open that person's own page, until it is withdrawn."""

    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holders")
    withdrawn = models.BooleanField(default=False)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(withdrawn=False), name="rights_holder_one"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.person_id}"


class Request(models.Model):
    """What a member asks of the office that keeps their record.

    A correction names the `field` and the value it should have (`particulars.written`; none for a sealed field: the
    office types the number from the card it is shown) and from which day, if the old one was ever right; the others say
    what they are `about`. `due_on` is the day by which the office owes its next step, empty once nothing is owed.
    `entered_by` is empty where the member asked through the own page. `before` is what the register said then (nothing
    for a sealed field). `change` is what granting a correction changed, if it had to change anything.

    An open request lies with `addressed_unit`, or where none is named with whatever unit the member belongs to: it goes
    along. A closed one stays with `answered_unit`: who keeps the record next does not read what was said to it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in KINDS])
    field = models.CharField(max_length=24, blank=True, choices=[(p.key, p.key) for p in PARTICULARS])
    value = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    about = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=1000)
    made_on = models.DateField()
    entered_by = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default=MADE)
    due_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=300, blank=True)
    before = models.CharField(max_length=200, blank=True, db_default="")
    addressed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    answered_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    change = models.ForeignKey(PersonChange, models.PROTECT, null=True, related_name="requests")
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="rights_request_open")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="rights_request_kind"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="rights_request_state"),
            models.CheckConstraint(
                condition=Q(kind="correction") & ~Q(field="") | ~Q(kind="correction") & Q(field="", value=""),
                name="rights_request_field",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False) | ~Q(state__in=OPEN) & Q(due_on__isnull=True),
                name="rights_request_due",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(GRANTED, REFUSED), answered_on__isnull=False)
                | ~Q(state__in=(GRANTED, REFUSED)) & Q(answered_on__isnull=True),
                name="rights_request_answered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, answered_unit__isnull=True)
                | ~Q(state__in=OPEN) & Q(answered_unit__isnull=False),
                name="rights_request_answered_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "field"], condition=Q(state__in=OPEN, kind="correction"), name="rights_request_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"

    @property
    def desk_id(self) -> int | None:
        """The unit whose office, with those above it, has the request before it or answered it."""
        return self.answered_unit_id or self.addressed_unit_id or self.person.last_unit_id


class RequestStep(models.Model):
    """One step of a request: who did what, when and with which words. Append-only, by trigger."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=[(s, s) for s in STATES])
    on = models.DateField()
    text = models.CharField(max_length=1400, blank=True)
    user_name = models.CharField(max_length=150)
    by_member = models.BooleanField()
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.act}"


class Shredding(models.Model):
    """A decision to shred the data of people who left long ago: listed by one, carried out by another.

    `people` are their ids. `xact` is the database's number of the transaction in which it was carried out: the triggers
    write it, and let nothing else of a list change but its state (migration 0002).
    """

    PREPARED, DONE, DROPPED = STATES = ("prepared", "done", "dropped")

    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    body = models.CharField(max_length=200)
    people = ArrayField(models.BigIntegerField())
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=PREPARED)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_name = models.CharField(max_length=150)
    done_name = models.CharField(max_length=150, blank=True)
    done_on = models.DateField(null=True)
    xact = models.BigIntegerField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("prepared", "done", "dropped")), name="rights_shredding_state"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) & ~Q(done_name="") & ~Q(done_name=F("prepared_name"))
                | ~Q(state="done") & Q(done_on__isnull=True),
                name="rights_shredding_done",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Shredded(models.Model):
    """A person whose data were shredded by the decision. Append-only; opens the triggers' door for this person."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="shredded")
    shredding = models.ForeignKey(Shredding, models.PROTECT, related_name="shredded")
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.person_id}"
