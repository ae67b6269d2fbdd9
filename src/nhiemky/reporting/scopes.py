"""Whether a figure and its target cover the same: the same days, and the same organisations.

A target is given for a whole year to an organisation as it then is. Where the organisation began or ended in the year,
or others joined or left it by a reorganisation, a share can be told but not whether the target was reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.organisation.kinds import CELL_KINDS, KIND_CODE
from nhiemky.domain.organisation.structure import FOREVER, Bools, Structure
from nhiemky.domain.periods import Period, day_number, day_of

_CELLS = [KIND_CODE[kind] for kind in CELL_KINDS]
_NEGLIGIBLE = 20
"""One cell in so many may come or go by a reorganisation before figure and target count as different things."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Why figure and target do not cover the same: founded, ended, scope or since; and from which day."""

    why: str
    on: date


def apart(structure: Structure, unit: int, during: Period, since: date | None) -> Apart | None:
    """None where the target, given for the time from `since` (None: the whole year), covers what the figure counts."""
    first, born = day_number(during.start), int(structure.born[unit])
    begins = day_number(since) if since is not None else first
    if born > max(begins, first):
        return Apart("founded", day_of(born))
    if begins > max(born, first):
        return Apart("since", day_of(begins))
    after = FOREVER if during.end is None else day_number(during.end)
    if int(structure.ended[unit]) == after and day_of(after).month != 1:
        return Apart("ended", day_of(after))
    days = [day for day in structure.boundaries if max(first, born) < day < after]
    changed = next((day for day in days if _changed(structure, unit, day)), None)
    return None if changed is None else Apart("scope", day_of(changed))


def founded_in(structure: Structure, unit: int, year: int) -> date | None:
    """The first day of a unit that began in the course of the year."""
    born = int(structure.born[unit])
    return day_of(born) if day_number(date(year, 1, 1)) < born <= day_number(date(year, 12, 31)) else None


def _changed(structure: Structure, unit: int, day: int) -> bool:
    """Whether more than a few cells came into the subtree on the day from elsewhere, or went elsewhere."""
    before, now = _cells(structure, unit, day - 1), _cells(structure, unit, day)
    stayed = structure.alive(day_of(day - 1)) & structure.alive(day_of(day))
    return bool(_NEGLIGIBLE * int(((before != now) & stayed).sum()) > int(before.sum()))


def _cells(structure: Structure, unit: int, day: int) -> Bools:
    on = day_of(day)
    return structure.tree(on).inside(unit) & np.isin(structure.kinds(on), _CELLS)
