"""The register of documents: issuers, documents, how they bear on each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhiemky.domain.documents.kinds import KINDS, RELATIONS
from nhiemky.organisation.models import Unit


class Issuer(models.Model):
    """Whose documents share a sequence of numbers: a committee or office of a unit, or a body outside the register.

    `symbol` stands after the slash of the number ("TW", "TU", "BTCTU"). Several bodies may sign under one symbol (the
    centre's /TW): which one did is `Document.body`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="issuers")
    name = models.CharField(max_length=200)
    symbol = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "symbol"], name="documents_issuer_of_unit"),
            models.UniqueConstraint(fields=["symbol"], condition=Q(unit=None), name="documents_issuer_outside"),
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A document, keyed by issuer, type, number and day: numbers begin anew with each type and term.

    `withheld` marks a paper whose number is known and whose content may not be held here: no title, no file. A paper
    without a number (old minutes) has none. In force from `in_force_from` (the day of signing, if it says nothing)
    until the day before `in_force_to`; what other documents did to it is in `Relation`.
    """

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=[(k.key, k.key) for k in KINDS])
    number = models.PositiveIntegerField(null=True)
    signed_on = models.DateField()
    title = models.CharField(max_length=500, blank=True)
    folded = models.CharField(max_length=500, blank=True)
    body = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    withheld = models.BooleanField(default=False)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["issuer", "-signed_on"], name="documents_of_issuer")]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "number", "signed_on"], name="documents_key"),
            models.CheckConstraint(condition=Q(kind__in=[k.key for k in KINDS]), name="documents_kind"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="documents_number"),
            models.CheckConstraint(
                condition=Q(withheld=True, title="", folded="", number__isnull=False)
                | Q(withheld=False) & ~Q(title=""),
                name="documents_withheld",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gt=F("in_force_from")), name="documents_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.kind} {self.signed_on}"


class Relation(models.Model):
    """What one document does to another: implements, amends, supplements, replaces, repeals, cites, is guided by it.

    `on` is the day from which it does; `part` names the paragraph of the target, empty for the whole. Struck, with a
    reason, where it was entered by mistake.
    """

    source = models.ForeignKey(Document, models.PROTECT, related_name="relations")
    target = models.ForeignKey(Document, models.PROTECT, related_name="relations_to")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in RELATIONS])
    on = models.DateField()
    part = models.CharField(max_length=200, blank=True)
    struck = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind", "part"], condition=Q(struck=""), name="documents_relation_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=RELATIONS), name="documents_relation_kind"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="documents_relation_other"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
