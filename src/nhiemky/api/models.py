"""Tokens by which other systems come in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from nhiemky.organisation.models import Unit, not_empty

PERMISSIONS = ("organisation.view", "members.view", "members.write", "reporting.view")


class Token(models.Model):
    """A token for one system and one purpose, over the subtree of a unit, for a time.

    Of the secret only the hash is kept. What the token may do is never more than what its owner may do on the day.
    """

    name = models.CharField(max_length=60, unique=True)
    purpose = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    permissions = ArrayField(models.CharField(max_length=30))
    during = DateRangeField()
    withdrawn_on = models.DateField(null=True)
    secret_hash = models.BinaryField(unique=True)
    last_used = models.DateField(null=True)

    class Meta:
        constraints = [
            not_empty("api_token_not_empty"),
            models.CheckConstraint(condition=Q(during__endswith__isnull=False), name="api_token_ends"),
            models.CheckConstraint(
                condition=Q(permissions__contained_by=list(PERMISSIONS)) & Q(permissions__len__gt=0),
                name="api_token_permissions",
            ),
        ]

    def __str__(self) -> str:
        return self.name
