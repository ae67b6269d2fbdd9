"""Cases of admission and the steps that were taken. Where a case stands is worked out, never stored."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhiemky.domain.admissions.facts import ADMIT, RECOGNISE, REFUSE, STRIKE_OFF
from nhiemky.domain.admissions.steps import STEP_KEYS
from nhiemky.domain.members.kinds import SEXES
from nhiemky.members.models import Movement, Person
from nhiemky.organisation.models import Unit

END_KINDS = ("withdrawn", "refused")
OUTCOMES = (ADMIT, REFUSE, RECOGNISE, STRIKE_OFF)


class Case(models.Model):
    """Somebody on the way from a first note to an official member.

    `unit` is the cell in which the case was begun; where it is now follows from the reorganisations since, and from the
    ceremony on from the person (`places`). Until the ceremony the particulars stand here; `admission` and `outcome` are
    the entries of the ledger that the ceremony and the last decision made: what they say counts only as long as they
    are not taken back. `changed` is the number of the audit event that last touched the case.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=240)
    folded = models.CharField(max_length=120)
    sex = models.CharField(max_length=6, choices=[(s, s) for s in SEXES])
    birth_date = models.DateField()
    ethnic_group = models.PositiveSmallIntegerField()
    home_place = models.CharField(max_length=200, blank=True)
    residence = models.CharField(max_length=200, blank=True)
    occupation = models.CharField(max_length=24, blank=True)
    general_education = models.CharField(max_length=24, blank=True)
    union = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="admission_cases")
    admission = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="admission_case")
    outcome = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="admission_case_ended")
    end_kind = models.CharField(max_length=12, blank=True, choices=[(k, k) for k in END_KINDS])
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    changed = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=SEXES), name="admissions_case_sex"),
            models.CheckConstraint(
                condition=Q(ethnic_group__gte=1) & Q(ethnic_group__lte=56), name="admissions_case_ethnic_group"
            ),
            models.CheckConstraint(condition=Q(end_kind__in=["", *END_KINDS]), name="admissions_case_end_kind"),
            models.CheckConstraint(
                condition=Q(end_kind="", ended_on__isnull=True, end_reason="")
                | (~Q(end_kind="") & Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="admissions_case_end_whole",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, admission__isnull=True, outcome__isnull=True)
                | Q(person__isnull=False, admission__isnull=False),
                name="admissions_case_links_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(end_kind="", outcome=None), name="admissions_case_open"),
        ]

    def __str__(self) -> str:
        return self.full_name


class StepTaken(models.Model):
    """A step of a case with its day, its paper and, where one was held, its ballot.

    Rows are not deleted: one that was wrong is `struck` with a reason and stays to be seen. `base` is the number of
    those whose share counts on the day: the official members of the cell by the ledger, or the committee's members.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    key = models.CharField(max_length=24, choices=[(k, k) for k in STEP_KEYS])
    on = models.DateField()
    received_on = models.DateField(null=True)
    paper_number = models.CharField(max_length=60, blank=True)
    paper_body = models.CharField(max_length=200, blank=True)
    base = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    in_favour = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    blank = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(o, o) for o in OUTCOMES])
    note = models.CharField(max_length=1000, blank=True)
    struck = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key__in=STEP_KEYS), name="admissions_step_key"),
            models.CheckConstraint(condition=Q(outcome__in=["", *OUTCOMES]), name="admissions_step_outcome"),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("on")), name="admissions_step_received"
            ),
            models.CheckConstraint(
                condition=Q(base=None, present=None, in_favour=None, against=None, blank=None)
                | Q(
                    base__isnull=False,
                    in_favour__isnull=False,
                    against__isnull=False,
                    blank__isnull=False,
                    present__lte=F("base"),
                    present=F("in_favour") + F("against") + F("blank"),
                ),
                name="admissions_step_ballot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key} {self.on}"


class Sponsor(models.Model):
    """A member who stands by the case: the helper assigned to it, or one who recommends the person.

    `since` is the day from which the two have worked together.
    """

    HELPER, RECOMMENDER = "helper", "recommender"
    ROLES = (HELPER, RECOMMENDER)

    case = models.ForeignKey(Case, models.PROTECT, related_name="sponsors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=[(r, r) for r in ROLES])
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person", "role"], name="admissions_sponsor_once"),
            models.CheckConstraint(condition=Q(role__in=("helper", "recommender")), name="admissions_sponsor_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} of {self.case_id}"
