"""Conferences: agenda, who was invited and came, what was instructed and pointed out, the published summary."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhiemky.documents.models import Document
from nhiemky.domain.conferences.kinds import (
    CALLED_OFF,
    CLOSED,
    EXCUSED,
    KINDS,
    NOTE_KINDS,
    OPEN,
    PLANNED,
    PRESENCE,
    ROLES,
    STATES,
)
from nhiemky.members.models import Person
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.organisation.passing import Passing
from nhiemky.tasks.models import Task


class Conference(models.Model):
    """A conference of a unit on a day.

    `reviewed_year` is the year that it reviews, if it does. `quorum_percent` is the share of those summoned who must
    be there where no rule names one (`domain.conferences.quorum`): a setting, to be confirmed. `current` is the agenda
    item that the room is at. `awaits` is the reorganisation that brought it, not yet held, from an ended unit to the
    one above, which says who holds it. `called_off` is the reason why it was not held.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="conferences")
    kind = models.CharField(max_length=16, choices=[(k, k) for k in KINDS])
    title = models.CharField(max_length=300)
    on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField(null=True)
    place = models.CharField(max_length=200)
    reviewed_year = models.PositiveSmallIntegerField(null=True)
    quorum_percent = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default=PLANNED)
    current = models.ForeignKey("AgendaItem", models.PROTECT, null=True, related_name="+")
    awaits = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    called_off = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-on"], name="conferences_of_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="conferences_kind"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="conferences_state"),
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="conferences_times"),
            models.CheckConstraint(
                condition=Q(quorum_percent=None) | Q(quorum_percent__gte=1, quorum_percent__lte=100),
                name="conferences_percent",
            ),
            models.CheckConstraint(condition=Q(current=None) | Q(state=OPEN), name="conferences_current"),
            models.CheckConstraint(
                condition=Q(state=CALLED_OFF) & ~Q(called_off="") | ~Q(state=CALLED_OFF) & Q(called_off=""),
                name="conferences_called_off",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def closed(self) -> bool:
        """Whether it is over, or will not be held: nothing is planned for it any more."""
        return self.state in (CLOSED, CALLED_OFF)


class ConferenceMove(Passing):
    """A conference not yet held came from a unit that has ended to another."""

    row = models.ForeignKey(Conference, models.PROTECT, related_name="moves")


class AgendaItem(models.Model):
    """A point of the agenda: when, how long, what, who speaks, with which papers."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="items")
    begins_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    speaker = models.CharField(max_length=200, blank=True)
    papers = models.ManyToManyField(Document, related_name="agenda_items")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="conferences_item_minutes")]

    def __str__(self) -> str:
        return self.title


class Invitee(models.Model):
    """Somebody invited: a member of the register by the post then held, or a guest by name.

    `post` and `body` are what the invitation calls them. `code` stands on the invitation and serves once: scanned or
    typed at the door it notes the presence. Who is neither noted as present nor excused nor absent is not noted yet.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="invitees")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="invitations")
    guest_name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    body = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=[(r, r) for r in ROLES])
    code = models.CharField(max_length=12, unique=True)
    presence = models.CharField(max_length=8, blank=True, choices=[(p, p) for p in PRESENCE])
    reason = models.CharField(max_length=200, blank=True)
    by_code = models.BooleanField(default=False)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "person"], name="conferences_invited_once"),
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(guest_name="") | Q(person__isnull=False, guest_name=""),
                name="conferences_invitee_named",
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="conferences_role"),
            models.CheckConstraint(condition=Q(presence__in=["", *PRESENCE]), name="conferences_presence"),
            models.CheckConstraint(condition=Q(reason="") | Q(presence=EXCUSED), name="conferences_excuse"),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.person_id or 'guest'}"

    @property
    def name(self) -> str:
        """The name of the member or guest."""
        return self.guest_name if self.person is None else self.person.full_name


class Instruction(models.Model):
    """Something instructed, or a limit pointed out, at a conference; entered as it falls.

    It becomes a task with owner and day, or somebody says why it needs none (`waived`); until then it is open.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="instructions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="instructions")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in NOTE_KINDS])
    text = models.CharField(max_length=500)
    by = models.ForeignKey(Invitee, models.PROTECT, null=True, related_name="instructions")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="instructions")
    waived = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NOTE_KINDS), name="conferences_note_kind"),
            models.CheckConstraint(condition=Q(task=None) | Q(waived=""), name="conferences_task_or_waived"),
        ]

    def __str__(self) -> str:
        return self.text


class Publication(models.Model):
    """The summary was published on a day. Append-only, by trigger.

    `numbers` are those it then told, by key: so what the records say otherwise since can be shown. No text and no name
    is kept; `digest` (SHA-256) tells whether a text in somebody's hands is the one. `document` is the notice that it
    went out as, if it took a number.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="publications")
    on = models.DateField()
    numbers = models.JSONField()
    digest = models.CharField(max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="publications")
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.conference_id} {self.on}"
