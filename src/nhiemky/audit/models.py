"""The chain. Triggers of the first migration keep rows from being changed or deleted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ChainHead(models.Model):
    """The single row that every write locks first: it gives the event its number and the hash before it."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.seq}"


class Event(models.Model):
    """One write. `facts` says what was decided; it never holds an identity number, a password or a ballot.

    `unit_ids` are all units it concerns: their auditors may read it. Events of before that list existed have `unit_id`.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150)
    app = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    unit_id = models.BigIntegerField(null=True)
    unit_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["app", "seq"], name="audit_event_app"),
            models.Index(fields=["unit_id", "seq"], name="audit_event_unit"),
            GinIndex(fields=["unit_ids"], name="audit_event_units"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"
