"""Today's work: each part tells what it has on somebody's desk. The first page asks all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Due:
    """One line of somebody's work: what it is, where it is done, by which day, and how many cases it stands for.

    The finding's `facts` carry the numbers; `on` is the first day by which something must be done, None where no rule
    names one.
    """

    finding: Finding
    url: str
    on: date | None = None
    overdue: bool = False
    count: int = 1


Provider = Callable[[Actor, date], Iterable[Due]]
"""Given who asks and today: the lines of one part, of the actor's own subtree only."""


def work_of(actor: Actor, today: date) -> list[Due]:
    """Everything on the actor's desk: what is overdue first, then by day."""
    providers = (cast(Provider, import_string(path)) for path in settings.NHIEMKY_DESKS)
    found = [due for provider in providers for due in provider(actor, today)]
    return sorted(found, key=lambda due: (not due.overdue, due.on or date.max))
