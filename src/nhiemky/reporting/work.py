"""The records of work that figures count: each table held as pieces of time, in step with what is written."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from contextvars import ContextVar
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from nhiemky.audit.selectors import last_seq
from nhiemky.audit.services import recorded
from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.reporting.lives import Lives, Placed, Source, Told

Tables = dict[str, Placed]


class _Held:
    """One process's copy of every table. A write of a part makes it read the part's tables anew when next asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: dict[str, tuple[Structure, Lives, Placed]] = {}

    def placed(self, table: str, structure: Structure) -> Placed:
        """The table as of the last committed event, its units found in the structure."""
        with self._lock:
            held, source = self._tables.get(table), source_of(table)
            if held is not None and held[0] is structure and recorded():
                return held[2]
            last_seq(*_apps())  # all at once: a page that counts one table mostly counts them all
            seq = last_seq(*source.apps)
            if held is None or held[2].seq != seq:
                lives = source.lives()
            elif held[0] is structure:
                return held[2]
            else:
                lives = held[1]
            placed = Placed.within(lives, structure, seq)
            self._tables[table] = (structure, lives, placed)
            return placed

    def forget(self) -> None:
        """Start again from nothing: after a restore, and between tests."""
        with self._lock:
            self._tables = {}


HELD = _Held()
moment: ContextVar[Tables | None] = ContextVar("nhiemky_reporting_work", default=None)
"""The tables that the page or document under way has read already: all its figures are of one moment."""


def source_of(table: str) -> Source:
    """Whom the wiring names for the table."""
    return cast(Source, import_string(settings.NHIEMKY_COUNTED[table]))


def _apps() -> list[str]:
    return sorted({app for table in settings.NHIEMKY_COUNTED for app in source_of(table).apps})


def placed(table: str, structure: Structure) -> Placed:
    """The table; within `selectors.at_one_moment` always the same."""
    tables = moment.get()
    if tables is None:
        return HELD.placed(table, structure)
    if table not in tables:
        tables[table] = HELD.placed(table, structure)
    return tables[table]


def told(table: str, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
    """How records of the table are shown to the actor."""
    return source_of(table).told(ids, actor)
