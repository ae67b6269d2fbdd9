"""Rows of the dated organisation. Every row that was true for a time carries `during`, `[from, to)`."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from nhiemky.domain.organisation.kinds import BODY_KINDS, KIND_KEYS, SECTOR_KEYS


def one_at_a_time(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows that agree in all the columns overlap in time."""
    if len(columns) == 1:
        expressions: list[tuple[Func | str, str]] = [(_as_box(columns[0]), RangeOperators.OVERLAPS)]
    else:
        expressions = [(_as_range(column), RangeOperators.OVERLAPS) for column in columns]
        expressions.append(("during", RangeOperators.OVERLAPS))
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)


def _as_range(column: str) -> Func:
    """A range of one id stands in for btree_gist, an extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


_SPAN = (
    "(COALESCE(lower(%(expressions)s) - DATE '2000-01-01', -2147483647))",
    "(COALESCE(upper(%(expressions)s) - DATE '2000-01-01', 2147483647) - 1)",
)


def _as_box(column: str) -> Func:
    """A line in the plane of ids and days: two of them touch where the id is the same and a day is in both.

    Ids up to 2^53 and all days are exact as coordinates. An index of boxes takes a third of the time that one of two
    ranges takes, row by row and built over all rows.
    """
    corners = [
        Func(F(column), Func(F("during"), template=span, output_field=models.IntegerField()), function="point",
             output_field=models.Field())
        for span in _SPAN
    ]  # fmt: skip
    return Func(*corners, function="box", output_field=models.Field())


def not_empty(name: str) -> models.CheckConstraint:
    """A period has at least one day and a known beginning."""
    return models.CheckConstraint(condition=Q(during__isempty=False) & Q(during__lower_inf=False), name=name)


class AdminArea(models.Model):
    """An administrative unit of the state, from one of two code lists (2024, 2025)."""

    code_list = models.CharField(max_length=4)
    level = models.CharField(max_length=10, choices=[(k, k) for k in ("province", "district", "commune")])
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=40)
    parent_code = models.CharField(max_length=10, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code_list", "level", "code"], name="organisation_area_unique")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code_list}-{self.code})"


class Unit(models.Model):
    """A Party organisation; what it is called and where it stands is told by its versions and placements."""

    code = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.code


class Reorganisation(models.Model):
    """One dated decision with its operations, as given. `applied_seq` and `undone_seq` are audit event numbers.

    `concerns` are the units that it touched or named: who may see one of them may see the decision, also once undone.
    """

    DRAFT, APPLIED, UNDONE = "draft", "applied", "undone"

    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    body = models.CharField(max_length=200)
    effective_on = models.DateField()
    title = models.CharField(max_length=300, blank=True)
    operations = models.JSONField()
    status = models.CharField(max_length=8, choices=[(s, s) for s in (DRAFT, APPLIED, UNDONE)], default=DRAFT)
    concerns = ArrayField(models.BigIntegerField(), default=list)
    applied_seq = models.BigIntegerField(null=True)
    undone_seq = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "decided_on", "body"],
                condition=~Q(status="undone"),
                name="organisation_decision_unique",
            )
        ]
        indexes = [GinIndex(fields=["concerns"], name="organisation_decision_concerns")]

    def __str__(self) -> str:
        return f"{self.number} ({self.decided_on:%d/%m/%Y})"


class UnitVersion(models.Model):
    """Name, kind, sector and area of a unit during a period."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=400)
    folded = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=[(k, k) for k in KIND_KEYS])
    sector = models.CharField(max_length=24, choices=[(k, k) for k in SECTOR_KEYS])
    area = models.ForeignKey(AdminArea, models.PROTECT, null=True, related_name="+")
    during = DateRangeField()
    opened_by = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="versions_opened")
    closed_by = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="versions_closed")

    class Meta:
        constraints = [
            one_at_a_time("organisation_version_no_overlap", "unit_id"),
            not_empty("organisation_version_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=KIND_KEYS), name="organisation_version_kind"),
            models.CheckConstraint(condition=Q(sector__in=SECTOR_KEYS), name="organisation_version_sector"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.during}"


class Placement(models.Model):
    """A unit stands under a parent during a period. A trigger keeps circles out on every day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="placements_below")
    during = DateRangeField()
    opened_by = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="placements_opened")
    closed_by = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="placements_closed")

    class Meta:
        constraints = [
            one_at_a_time("organisation_placement_no_overlap", "unit_id"),
            not_empty("organisation_placement_not_empty"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="organisation_not_own_parent"
            ),
        ]
        indexes = [
            GistIndex(
                _as_range("parent_id"),
                F("during"),
                name="organisation_placement_below",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id} {self.during}"


class Succession(models.Model):
    """A unit came out of another in a reorganisation; `whole` if all of the predecessor went there."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    on = models.DateField()
    whole = models.BooleanField()
    how = models.CharField(max_length=10, choices=[(h, h) for h in ("merge", "split", "dissolve")])
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="organisation_succession_unique"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="organisation_succession_distinct"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} {self.on}"


class EnBloc(models.Model):
    """Where everybody of a unit goes by a reorganisation: who is entered later for an earlier day follows too."""

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="en_bloc")
    source = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    target = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "source"], name="organisation_en_bloc_unique"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="organisation_en_bloc_distinct"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Body(models.Model):
    """A committee, standing committee or cell committee of a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in BODY_KINDS])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], name="organisation_body_unique")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"


class Term(models.Model):
    """A body in one term of office: from, to, and how many seats it has. Who holds them: `members.Seat`.

    A reorganisation that ends the unit cuts its terms short, and an early congress ends one; `planned_until` keeps the
    end that was planned. The paper is the one that the term rests on.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms")
    label = models.CharField(max_length=20)
    during = DateRangeField()
    seats = models.PositiveSmallIntegerField()
    cut_by = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="terms_cut")
    planned_until = models.DateField(null=True)
    paper_number = models.CharField(max_length=60, blank=True, db_default="")
    paper_date = models.DateField(null=True)
    paper_body = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            one_at_a_time("organisation_term_no_overlap", "body_id"),
            not_empty("organisation_term_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.label}"
