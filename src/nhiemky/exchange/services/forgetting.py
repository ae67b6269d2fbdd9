"""Files that were handed in are kept no longer than somebody works with them, and not of who was shredded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.names import fold
from nhiemky.exchange.models import DONE, Import, ImportRow
from nhiemky.jobs.services import files_forget
from nhiemky.members.models import Person

KEPT = timedelta(days=30)
"""After that a draft nobody took over goes, and refused rows nobody mended."""


def overdue(today: date) -> QuerySet[Import]:
    """Drafts, and imports with refused rows, of so long ago that they go."""
    limit = today - KEPT
    refused = Q(state=DONE, ended_at__date__lt=limit) & (Q(refused_file__isnull=False) | Q(rows__isnull=False))
    return Import.objects.filter(~Q(state=DONE) & Q(asked_at__date__lt=limit) | refused).distinct()


@service
def imports_expire(*, actor: Actor, today: date) -> int:
    """Drop what is overdue; answers how many imports it was of. Call it only when there are some."""
    count = _drop(list(overdue(today).values_list("pk", flat=True)))
    record("exchange.files_expired", actor=actor, facts={"count": count, "days": KEPT.days})
    return count


def _drop(import_ids: Collection[int]) -> int:
    """Drafts go whole; of what was taken over the counts stay."""
    found = Import.objects.filter(pk__in=import_ids)
    ImportRow.objects.filter(of__in=found).delete()
    found.filter(state=DONE).update(refused_file=None)
    found.exclude(state=DONE).delete()
    return len(import_ids)


def forget(actor: Actor, people: Collection[Person]) -> None:
    """Drop every file that names one of these people, and all that long work made.

    (`rights.services.shredding.Forgetter`.) What no preview was made of yet cannot be searched; it goes after `KEPT`.
    """
    names = {person.folded for person in people}
    rows = ImportRow.objects.values_list("of_id", "name").iterator()
    named = {import_id for import_id, name in rows if fold(name) in names}
    for held in Import.objects.defer("file", "refused_file").iterator():
        if any(name in fold(held.file_name) for name in names):
            named.add(held.pk)
            Import.objects.filter(pk=held.pk).update(file_name="tep")
    _drop(named)
    files_forget(actor=actor)
