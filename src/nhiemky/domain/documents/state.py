"""What holds of a document on a day, and which other document made it so. Pure: days and relations in, state out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.documents.kinds import AMENDS, REPEALS, REPLACES, SUPPLEMENTS

CANCELLED, NOT_YET, IN_FORCE, AMENDED, SUPPLEMENTED, PARTLY_REPEALED, REPLACED, REPEALED, ENDED = STATES = (
    "cancelled", "not_yet", "in_force", "amended", "supplemented", "partly", "replaced", "repealed", "ended",
)  # fmt: skip
HOLDING = frozenset({IN_FORCE, AMENDED, SUPPLEMENTED, PARTLY_REPEALED})
"""States in which a document, or what is left of it, is in force."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What another document does to this one from a day on; `part` empty means to the whole of it."""

    kind: str
    on: date
    by: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a document itself, as it says them: in force from `start` until the day before `end`."""

    start: date
    end: date | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The state on a day: since when, and by which documents (ids, in the order of their days)."""

    key: str
    since: date | None = None
    by: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether something of the document is in force."""
        return self.key in HOLDING


def state_on(life: Life, bearings: Sequence[Bearing], on: date) -> State:
    """The state of a document on a day.

    What ends the whole of it comes first, and of several endings the earliest: what has been replaced cannot be
    repealed afterwards. Of what leaves it in force the heaviest is named: partly repealed, amended, supplemented.
    """
    if life.cancelled:
        return State(CANCELLED)
    if over := _ended(life, bearings, on):
        return over
    if on < life.start:
        return State(NOT_YET, life.start)
    done = sorted((b for b in bearings if b.on <= on), key=lambda b: (b.on, b.by))
    for key, kinds in ((PARTLY_REPEALED, (REPEALS,)), (AMENDED, (AMENDS, REPLACES)), (SUPPLEMENTED, (SUPPLEMENTS,))):
        found = [b for b in done if b.kind in kinds]
        if found:
            return State(key, found[-1].on, tuple(b.by for b in found))
    return State(IN_FORCE, life.start)


def _ended(life: Life, bearings: Sequence[Bearing], on: date) -> State | None:
    """What ended the whole document by the day; on one day a replacement is named before a repeal, and that before the
    end that was set from the beginning."""
    whole = {REPLACES: (0, REPLACED), REPEALS: (1, REPEALED)}
    endings = [(b.on, *whole[b.kind], b.by) for b in bearings if b.kind in whole and not b.part and b.on <= on]
    if life.end is not None and life.end <= on:
        endings.append((life.end, 2, ENDED, 0))
    if not endings:
        return None
    since, _rank, key, by = min(endings)
    return State(key, since, (by,) if by else ())
