"""What a unit is asked to reach in a year."""

from __future__ import annotations

from django.db import models

from nhiemky.organisation.models import Unit


class Target(models.Model):
    """The target of a unit for an indicator and year. `assumed` marks a value that no paper confirms.

    `since` is the first day it is given for: a unit founded in the year may have one for the rest of it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    assumed = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "year"], name="reporting_target_unique")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"
