"""Spreadsheets that were handed in: what became of each, its rows as they were last judged, remembered columns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhiemky.accounts.models import User
from nhiemky.organisation.models import Unit

DRAFT, RUNNING, DONE = STATES = ("draft", "running", "done")
NEW, CHANGED, SAME, REFUSED = ROW_STATES = ("new", "changed", "same", "refused")


class Import(models.Model):
    """A spreadsheet for the register of one unit and those below it.

    `file` and `refused_file` hold people's numbers and are sealed; the file is forgotten once it is taken over.
    `columns` gives the field of each column by its number; `counts` is what the last preview said. A row that says
    "running" while nobody holds its lock was interrupted: its transaction is undone (`selectors.state_of`).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    user_name = models.CharField(max_length=150)
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    encoding = models.CharField(max_length=16, blank=True)
    columns = models.JSONField(null=True)
    day = models.DateField()
    good_rows = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default=DRAFT)
    counts = models.JSONField(default=dict)
    refused_file = models.BinaryField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-asked_at"], name="exchange_import_of_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="exchange_import_state"),
            models.CheckConstraint(condition=~Q(state=DONE) | Q(file=None), name="exchange_import_file_forgotten"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.file_name}"


class ImportRow(models.Model):
    """A row of the file as the last preview judged it. `cells`: field, state, value before, value in the file.

    `told` are findings as they are kept by `domain.findings`. Identity numbers are left out. Once the file is taken
    over, only refused rows stay.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=[(s, s) for s in ROW_STATES])
    warned = models.BooleanField()
    name = models.CharField(max_length=120, blank=True)
    cells = models.JSONField()
    told = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="exchange_row_once"),
            models.CheckConstraint(condition=Q(state__in=ROW_STATES), name="exchange_row_state"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.number} {self.state}"


class Mapping(models.Model):
    """Which field each column was, the last time a file with these headings came for this unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    headings = models.CharField(max_length=64)
    columns = models.JSONField()
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "headings"], name="exchange_mapping_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.headings[:8]}"
