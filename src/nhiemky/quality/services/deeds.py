"""Steps that the services share: who decided, and taking a decision back."""

from __future__ import annotations

from django.db.models.functions import Now

from nhiemky.audit.services import current_seq
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean
from nhiemky.quality.models import Deed


def said(reason: str) -> str:
    """The reason, which must not be empty.

    Raises:
        Refused: nothing was said.
    """
    if not clean(reason):
        raise Refused(Finding("quality.reason_missing", field="reason"))
    return clean(reason)


def undo(actor: Actor, deed: Deed) -> None:
    """Mark the decision as taken back. It stays.

    Raises:
        Refused: it has been taken back already.
    """
    if deed.undone_seq is not None:
        raise Refused(Finding("quality.undone_already"))
    deed.undone_by, deed.undone_seq = actor.name, current_seq()
    deed.undone_at = Now()
    deed.save(update_fields=["undone_by", "undone_seq", "undone_at"])
