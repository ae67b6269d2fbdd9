"""The chain. Triggers of the first migration keep rows from being changed or deleted."""

from __future__ import annotations

from django.db import models


class ChainHead(models.Model):
    """The single row that every write locks first: it gives the event its number and the hash before it."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.seq}"


class Event(models.Model):
    """One write. `facts` says what was decided; it never holds an identity number, a password or a ballot."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150)
    app = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    unit_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["app", "seq"], name="audit_event_app"),
            models.Index(fields=["unit_id", "seq"], name="audit_event_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"
