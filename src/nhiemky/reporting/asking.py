"""What may be asked: the units an actor may have figures of, and the indicators there are."""

from __future__ import annotations

from datetime import date

import numpy as np

from nhiemky.domain.access import Actor, Denied
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.selectors import facts


def visible_unit(actor: Actor, code: str, structure_day: date | None = None) -> int:
    """The unit a figure is asked for, as it was or restated.

    Raises:
        Denied: 404 outside the actor's subtree; 403 without the right to figures, or where the unit under the
            structure of that day took in organisations outside the scope.
    """
    structure = facts().structure
    place = structure.by_code.get(code)
    if place is None:
        raise Denied("reporting.view", "no_such_unit", status=404)
    organisation.require_as_asked(actor, place, structure_day, "reporting.view")
    return place


def own_unit(actor: Actor, on: date) -> int | None:
    """The highest unit whose figures the actor may see on the day; the largest where there are several."""
    held, scope = facts().structure, actor.scope("reporting.view")
    alive, tree = held.alive(on), held.tree(on)
    seen = [p for p in np.flatnonzero(alive).tolist() if int(held.ids[p]) in scope]
    return min(seen, key=lambda p: (tree.depth[p], tree.first[p] - tree.last[p], held.codes[p]), default=None)


def indicator_called(key: str) -> Indicator:
    """The indicator with the key.

    Raises:
        Denied: 404, there is none.
    """
    if key not in BY_KEY:
        raise Denied("reporting.view", "no_such_indicator", status=404)
    return BY_KEY[key]
