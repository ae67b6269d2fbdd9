"""Transfers under way and done, every step of each, and who stays somewhere as a guest."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from nhiemky.domain.transfers.kinds import ACTS, KIND, OPEN, PURPOSES, RECEIVED, STATES
from nhiemky.members.models import Movement, Person
from nhiemky.organisation.models import Unit, not_empty, one_at_a_time


class Transfer(models.Model):
    """A person is introduced by one office to another.

    `source_unit` is where the person was when the letter was sent; who sends is the office of the unit they are in
    (`Person.last_unit`), so a reorganisation carries the sender's side along. `target_unit` is the addressed
    organisation, a cell or what stands above it; empty where the letter goes out of the system, to `place`. `until` is
    the planned end of a temporary stay, or the expected return from abroad. `movement` is the ledger's entry that the
    receipt booked, `return_movement` the one that a return from abroad booked. `seq` is the audit event of the last
    sending: the sender's recorded consent.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in KIND])
    purpose = models.CharField(max_length=8, blank=True, choices=[(p, p) for p in PURPOSES])
    source_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    target_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    letter_number = models.CharField(max_length=60)
    letter_on = models.DateField()
    letter_body = models.CharField(max_length=200)
    until = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES])
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=150)
    received_on = models.DateField(null=True)
    movement = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="transfer")
    return_movement = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="transfer_back")
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["state", "letter_on"], name="transfers_state_letter")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=OPEN), name="transfers_one_open"),
            models.CheckConstraint(condition=Q(kind__in=tuple(KIND)), name="transfers_kind"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="transfers_state"),
            models.CheckConstraint(
                condition=Q(target_unit__isnull=False, place="") | Q(target_unit__isnull=True) & ~Q(place=""),
                name="transfers_one_destination",
            ),
            models.CheckConstraint(
                condition=Q(state=RECEIVED, received_on__isnull=False)
                | ~Q(state=RECEIVED) & Q(received_on__isnull=True),
                name="transfers_received_on",
            ),
            models.CheckConstraint(
                condition=Q(state=RECEIVED, movement__isnull=False) & ~Q(kind="temporary")
                | Q(movement__isnull=True) & (~Q(state=RECEIVED) | Q(kind="temporary")),
                name="transfers_received_moves",
            ),
            models.CheckConstraint(
                condition=Q(return_movement__isnull=True) | Q(kind="abroad", state=RECEIVED),
                name="transfers_returned_from_abroad",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.letter_number} {self.person_id}"


class TransferStep(models.Model):
    """Something was done to a transfer. Append-only, by trigger; `seq` is the audit event."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=[(a, a) for a in ACTS])
    on = models.DateField()
    target_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=300, blank=True)
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(act__in=ACTS), name="transfers_step_act")]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.act}"


class GuestStay(models.Model):
    """A member takes part in another organisation's life for a time, and stays counted at home.

    `during` ends with the planned day from the beginning on; a stay that is ended before is cut. `unit` is empty for a
    stay outside the system.
    """

    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="stay")
    person = models.ForeignKey(Person, models.PROTECT, related_name="guest_stays")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    during = DateRangeField()

    class Meta:
        constraints = [
            one_at_a_time("transfers_guest_one_at_a_time", "person_id"),
            not_empty("transfers_guest_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} guest of {self.unit_id} {self.during}"
