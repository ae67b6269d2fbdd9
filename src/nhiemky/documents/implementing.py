"""What carries a document out: programmes, plans, tasks, answers. Parts above this one tell it (`IMPLEMENTERS`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor


@dataclass(frozen=True, slots=True)
class Carried:
    """One line: who or what carries the document out, where it is, how it stands."""

    text: str
    url: str
    state: str | Promise = ""
    tone: str = "off"
    on: date | None = None


Implementer = Callable[[Actor, Document, date], Iterable[Carried]]
"""Given who asks, the document and the day: what one part knows, of the actor's own subtree only."""


def carried_out_by(actor: Actor, document: Document, on: date) -> list[Carried]:
    """What carries the document out, by day."""
    parts = (cast(Implementer, import_string(path)) for path in settings.NHIEMKY_IMPLEMENTERS)
    found = [one for part in parts for one in part(actor, document, on)]
    return sorted(found, key=lambda one: one.on or date.max)
