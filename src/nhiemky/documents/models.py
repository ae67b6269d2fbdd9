"""The register of documents: issuers, numbers given out, documents, how they bear on each other, their files."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from nhiemky.domain.documents.authority import ORGANS
from nhiemky.domain.documents.kinds import KINDS, RELATIONS
from nhiemky.domain.documents.opinions import STANCES
from nhiemky.domain.documents.relating import CHANGES
from nhiemky.organisation.models import Reorganisation, Term, Unit
from nhiemky.organisation.passing import Passing

COMMITTEE, OFFICE, CONGRESS, CENTRAL, STATE = SORTS = ("committee", "office", "congress", "central", "state")
OUTSIDE = (CENTRAL, STATE)


class Issuer(models.Model):
    """Whose documents share a sequence of numbers: a committee or office of a unit, or a body outside the register.

    `symbol` stands after the slash of the number ("TW", "TU", "BTCTU"). Several bodies may sign under one symbol (the
    centre's /TW): which one did is `Document.body`. `sort` tells a committee from an office of it and from a congress,
    and among bodies outside the register Party bodies of the centre from state bodies, who write numbers differently.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="issuers")
    name = models.CharField(max_length=200)
    symbol = models.CharField(max_length=24)
    sort = models.CharField(max_length=10, choices=[(s, s) for s in SORTS], default=COMMITTEE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, sort__in=OUTSIDE)
                | Q(unit__isnull=False) & Q(sort__in=[s for s in SORTS if s not in OUTSIDE]),
                name="documents_issuer_sort",
            ),
            models.UniqueConstraint(fields=["unit", "symbol"], name="documents_issuer_of_unit"),
            models.UniqueConstraint(fields=["symbol"], condition=Q(unit=None), name="documents_issuer_outside"),
        ]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The numbers of an issuer for one type in one term of its committee; of a congress for all types ("" as kind).

    `first` is the number from which this system gives them out (what the paper book gave before is entered by hand),
    `last` the latest one given. Every number between them is in the register, a cancelled one as cancelled.
    """

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="series")
    kind = models.CharField(max_length=12, blank=True, choices=[(k.key, k.key) for k in KINDS])
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=40)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "term"], name="documents_series_of_term"),
            models.UniqueConstraint(
                fields=["issuer", "kind", "label"], condition=Q(term=None), name="documents_series_of_congress"
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first") - 1), name="documents_series_numbers"
            ),
            models.CheckConstraint(condition=Q(kind="", term=None) | ~Q(kind="") & Q(term__isnull=False),
                                   name="documents_series_kind"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.issuer_id} {self.kind} {self.label}: {self.first}-{self.last}"


class Document(models.Model):
    """A document, keyed by issuer, type, number and day: numbers begin anew with each type and term.

    `withheld` marks a paper whose number is known and whose content may not be held here: no title, no file. A paper
    without a number (old minutes) has none. `series` is set where this system gave the number; such a paper may still
    lack its title. `cancelled` is the reason why a number given was not used, or an entry was a mistake. `organ` says
    which organ of the unit issued it, `unverified` what of the entry no source confirms yet. In force from
    `in_force_from` (the day of signing, if it says nothing) until the day before `in_force_to`; what other documents
    did to it is in `Relation`.
    """

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=[(k.key, k.key) for k in KINDS])
    number = models.PositiveIntegerField(null=True)
    signed_on = models.DateField()
    title = models.CharField(max_length=500, blank=True)
    folded = models.CharField(max_length=700, blank=True)
    organ = models.CharField(max_length=12, blank=True, choices=[(o, o) for o in ORGANS])
    body = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    withheld = models.BooleanField(default=False)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="documents")
    cancelled = models.CharField(max_length=300, blank=True)
    unverified = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["issuer", "-signed_on"], name="documents_of_issuer"),
            models.Index(fields=["-signed_on", "-id"], name="documents_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind", "number", "signed_on"],
                condition=Q(cancelled="") | Q(series__isnull=False),
                name="documents_key",
            ),
            models.UniqueConstraint(fields=["series", "number"], name="documents_given_once"),
            models.CheckConstraint(condition=Q(series=None) | Q(number__isnull=False), name="documents_given"),
            models.CheckConstraint(condition=Q(kind__in=[k.key for k in KINDS]), name="documents_kind"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="documents_number"),
            models.CheckConstraint(
                condition=Q(withheld=True, title="", number__isnull=False)
                | Q(withheld=False) & (~Q(title="") | Q(series__isnull=False)),
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
        indexes = [
            models.Index(fields=["target", "on", "kind", "source", "part"], name="documents_relation_changing",
                         condition=Q(struck="", kind__in=CHANGES)),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind", "part"], condition=Q(struck=""), name="documents_relation_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=RELATIONS), name="documents_relation_kind"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="documents_relation_other"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class File(models.Model):
    """A file of a document in one version; a file of the same name handed in again is the next version.

    `content` is sealed where `sealed` says so; of such a file no text is kept. `text` is what could be read in it,
    empty for a scanned paper; `folded` in `words` is what the search looks through.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=4, choices=[("docx", "docx"), ("pdf", "pdf")])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BooleanField(default=False)
    content = models.BinaryField()
    text = models.TextField(blank=True)
    words = SearchVectorField(null=True)
    user_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="documents_file_words")]
        constraints = [
            models.UniqueConstraint(fields=["document", "name", "version"], name="documents_file_version"),
            models.CheckConstraint(condition=Q(sealed=False) | Q(sealed=True, text="", words=None),
                                   name="documents_file_sealed"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document_id} {self.name} {self.version}"


class Draft(models.Model):
    """A paper in the making: its texts, and what bodies said of them. What it is made for points to it.

    `closed_on` is the day from which nothing is written or answered any more.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="drafts")
    title = models.CharField(max_length=300)
    closed_on = models.DateField(null=True)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return self.title


class DraftText(models.Model):
    """One version of a draft's text. Append-only, by trigger."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="texts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    user_name = models.CharField(max_length=150)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="documents_draft_version")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.version}"


class Opinion(models.Model):
    """A body asked for its opinion on a version of a draft, until `due_on`, and what it answered.

    `body` names an office of the unit ("" for the unit itself): commissions are no units of the register. `awaits` is
    the reorganisation that ended the unit without a whole successor: who asked says who answers, or, in `struck`, why
    nobody does.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    body = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    stance = models.CharField(max_length=9, blank=True, choices=[(s, s) for s in STANCES])
    text = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    user_name = models.CharField(max_length=150, blank=True)
    awaits = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    struck = models.CharField(max_length=300, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "due_on"], condition=Q(answered_on=None), name="documents_opinion_waits")
        ]
        constraints = [
            models.UniqueConstraint(fields=["draft", "version", "unit", "body"], name="documents_opinion_once"),
            models.CheckConstraint(
                condition=Q(answered_on=None, stance="", text="", user_name="")
                | Q(answered_on__gte=F("asked_on"), stance__in=STANCES),
                name="documents_opinion_answer",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="documents_opinion_days"),
            models.CheckConstraint(condition=Q(struck="") | Q(answered_on=None), name="documents_opinion_struck"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.body} on {self.draft_id}"


class OpinionMove(Passing):
    """An opinion that was asked of a unit which has ended, and who was to give it then."""

    row = models.ForeignKey(Opinion, models.PROTECT, related_name="moves")
