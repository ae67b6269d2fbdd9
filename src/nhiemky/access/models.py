"""Who may do what, where, and during which days."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from nhiemky.domain.access import ROLES
from nhiemky.organisation.models import Unit, not_empty


class Grant(models.Model):
    """A role over the subtree of a unit during a period. It is ended, never deleted.

    `withdrawn`: taken back before it came into force, or on its first day. Such a grant holds on no day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    during = DateRangeField()
    withdrawn = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            not_empty("access_grant_not_empty"),
            models.CheckConstraint(condition=Q(role__in=tuple(ROLES)), name="access_grant_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} over {self.unit_id}"
