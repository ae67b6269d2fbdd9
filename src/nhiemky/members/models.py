"""The register of people and its ledger. Movements are never changed or deleted: a mistake gets a counter-entry."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from nhiemky.domain.members.grounds import OF_KIND
from nhiemky.domain.members.kinds import LEAVING, MOVEMENT_KEYS, SEXES, STANDINGS
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.organisation.models import Reorganisation, Term, Unit, not_empty, one_at_a_time

_NOTHING_TELLS = Q(
    full_name=FORGOTTEN, birth_year_only=True, home_place="", residence="", phone="", card_number="", file_number="",
    identity_sealed=None, identity_mark=None,
)  # fmt: skip


class Person(models.Model):
    """A person in the register.

    `name_key` orders lists, `folded` serves search. The three dates of an admission are three fields: `decided_on`
    (Party age counts from it), `admitted_on` (the ceremony: "ngày vào Đảng"), `official_on`; a readmission begins the
    second and third anew. The other fields are those of `domain.members.particulars`; what they were before stands in
    `PersonChange`. `last_unit` is where the person is today, or was last: who may see that unit may see the
    person; `services.turning` keeps it in step where a reorganisation takes effect after the day it was applied.
    `changed` is the number of the audit event that last touched the person, a stay or a movement of theirs; `forgotten`
    that of the event by which their data were shredded: nothing of the person is written again.
    """

    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=240)
    folded = models.CharField(max_length=120)
    sex = models.CharField(max_length=6, choices=[(s, s) for s in SEXES])
    birth_date = models.DateField()
    birth_year_only = models.BooleanField(default=False, db_default=False)
    ethnic_group = models.PositiveSmallIntegerField()
    religion = models.CharField(max_length=24, blank=True, db_default="")
    home_place = models.CharField(max_length=200, blank=True, db_default="")
    residence = models.CharField(max_length=200, blank=True, db_default="")
    phone = models.CharField(max_length=15, blank=True, db_default="")
    occupation = models.CharField(max_length=24, blank=True, db_default="")
    general_education = models.CharField(max_length=24, blank=True, db_default="")
    qualification = models.CharField(max_length=24, blank=True, db_default="")
    academic_title = models.CharField(max_length=24, blank=True, db_default="")
    political_theory = models.CharField(max_length=24, blank=True, db_default="")
    card_number = models.CharField(max_length=8, blank=True)
    file_number = models.CharField(max_length=9, blank=True)
    identity_sealed = models.BinaryField(null=True)
    identity_mark = models.BinaryField(null=True, unique=True)
    decided_on = models.DateField(null=True)
    admitted_on = models.DateField(null=True)
    official_on = models.DateField(null=True)
    last_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    changed = models.BigIntegerField(db_index=True)
    forgotten = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_key"], name="members_person_name"),
            models.Index(fields=["last_unit", "name_key"], name="members_person_unit"),
            GinIndex(SearchVector("folded", config="simple"), name="members_person_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=SEXES), name="members_person_sex"),
            models.CheckConstraint(
                condition=Q(ethnic_group__gte=1) & Q(ethnic_group__lte=56), name="members_person_ethnic_group"
            ),
            models.UniqueConstraint(fields=["card_number"], condition=~Q(card_number=""), name="members_card_unique"),
            models.CheckConstraint(condition=Q(forgotten=None) | _NOTHING_TELLS, name="members_person_forgotten"),
        ]

    def __str__(self) -> str:
        return self.full_name


def _ground_of_its_kind() -> Q:
    """A ground stands only with a kind of entry that has it."""
    allowed = Q(ground="")
    for kind, grounds in OF_KIND.items():
        allowed |= Q(kind=kind, ground__in=grounds)
    return allowed


class Movement(models.Model):
    """One entry of the ledger, effective on a day.

    `from_unit` is empty for who comes into the system, `to_unit` for who leaves it; in-place entries carry the same
    unit twice. A counter-entry points to what it `reverses` and repeats its kind, day and units; neither of the two is
    counted. `stamps_before` are the person's three dates where the entry changed them: a counter-entry gives them
    back. `ground` says why, in the words of the rule (`domain.members.grounds`); empty where nobody recorded it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=24, choices=[(k, k) for k in MOVEMENT_KEYS])
    on = models.DateField()
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    paper_number = models.CharField(max_length=60, blank=True)
    paper_date = models.DateField(null=True)
    paper_body = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="movements")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(max_length=300, blank=True)
    stamps_before = models.JSONField(null=True)
    ground = models.CharField(max_length=24, blank=True, db_default="")
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["on"], name="members_movement_day"),
            models.Index(fields=["on"], name="members_movement_leaving", condition=Q(kind__in=LEAVING)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MOVEMENT_KEYS), name="members_movement_kind"),
            models.CheckConstraint(
                condition=Q(from_unit__isnull=False) | Q(to_unit__isnull=False),
                name="members_movement_has_unit",
            ),
            models.CheckConstraint(condition=_ground_of_its_kind(), name="members_movement_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.person_id}"


class Stay(models.Model):
    """A person's time in one unit with one standing. A person has at most one stay on any day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="stays")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    standing = models.CharField(max_length=12, choices=[(s, s) for s in STANDINGS])
    exempt = models.BooleanField(default=False)
    during = DateRangeField()
    opened_by = models.OneToOneField(Movement, models.PROTECT, related_name="stay_opened")
    closed_by = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="stay_closed")

    class Meta:
        constraints = [
            one_at_a_time("members_stay_no_overlap", "person_id"),
            not_empty("members_stay_not_empty"),
            models.CheckConstraint(condition=Q(standing__in=STANDINGS), name="members_stay_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.unit_id} {self.during}"


class Seat(models.Model):
    """A person holds a seat of a body during part of its term.

    A seat that ends early keeps the end that was planned in `planned_until`: because the term was cut short, by a
    decision (its paper), or because the person left the organisation by the entry `closed_by`.
    """

    ORIGINS = ("elected", "added", "designated")
    POSTS = ("secretary", "deputy", "member")

    term = models.ForeignKey(Term, models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    post = models.CharField(max_length=12, choices=[(p, p) for p in POSTS])
    origin = models.CharField(max_length=12, choices=[(o, o) for o in ORIGINS])
    during = DateRangeField()
    planned_until = models.DateField(null=True)
    closed_by = models.ForeignKey(Movement, models.PROTECT, null=True, related_name="seats_closed")
    paper_number = models.CharField(max_length=60, blank=True, db_default="")
    paper_date = models.DateField(null=True)
    paper_body = models.CharField(max_length=200, blank=True, db_default="")
    end_paper = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        constraints = [
            not_empty("members_seat_not_empty"),
            one_at_a_time("members_seat_once_a_person", "term_id", "person_id"),
            one_at_a_time("members_seat_one_secretary", "term_id", condition=Q(post="secretary")),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.post} {self.during}"


CHANGE_SOURCES = ("form", "import", "request", "merge", "admission", "api")


class PersonChange(models.Model):
    """A particular of a person was changed. Append-only, by trigger.

    `since` is the day from which the new value holds; empty where the old one was never right (a correction). Values
    of sealed fields are left out. `seq` is the audit event of the change.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=24)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=12, choices=[(s, s) for s in CHANGE_SOURCES])
    user_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(source__in=CHANGE_SOURCES), name="members_change_source")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.field}"


class Reading(models.Model):
    """Somebody opened a person's page. Append-only, by trigger; outside the audit chain so that reading never waits."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150)
    what = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user_name} read {self.person_id}"
