"""One figure split so that its parts add up to it: the units directly below, those that were, and the unit itself.

As it was, each row is told from where it stood on its own day, so no row is in two parts and none is lost: of a unit
founded in the year only what came after its founding, and what came under units that are no longer directly below
stands in a line of its own. A part may therefore be less than the figure of that unit for the whole year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nhiemky.domain.organisation.structure import Ints
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting.counting import NONE, Count, branches, within, without
from nhiemky.reporting import selectors
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.scopes import Apart
from nhiemky.reporting.selectors import Asked, Question
from nhiemky.reporting.targets import Goal, goals_of

# Lines that are no unit directly below, by the mark that stands in addresses instead of a unit's code.
ENDED, EARLIER, MOVED, OWN = "-ended", "-earlier", "-moved", "-own"


@dataclass(frozen=True)
class Slice:
    """A part: of a unit directly below (`mark` is its code), or a line of units that were below, or the unit's own.

    `previous` is the same part of the year before; `previous_why` says why there is none: no_data, not_founded, or
    elsewhere, if the unit stood under another one then.
    """

    mark: str
    name: str
    count: Count
    why: str
    previous: int | None
    previous_why: str
    goal: Goal | None = None
    apart: Apart | None = None

    @property
    def is_unit(self) -> bool:
        """Whether it is a unit directly below."""
        return not self.mark.startswith("-")

    @property
    def value(self) -> int | None:
        """The number; None where there are no data or it is not known exactly."""
        return None if self.why else self.count.value

    @property
    def short(self) -> bool:
        """Whether a target that covers the same is missed."""
        return bool(self.goal and not self.apart and self.value is not None and self.value < self.goal.value)


def split(asked: Question, indicator: Indicator) -> list[Slice]:
    """The parts of a figure; empty where nothing is below. They add up to it wherever all are known exactly."""
    held, places = selectors.facts(), selectors.below(asked)
    if not places:
        return []
    now, before = Asked(held, asked), Asked(held, asked.before)
    counts, then = _counts(asked, now, indicator, places), _counts(asked, before, indicator, places)
    why, previous_why = now.why_none(indicator), before.why_none(indicator)
    goals = _goals(asked, indicator, places)
    found = []
    for place in places:
        code, name = held.structure.codes[place], selectors.name_of(held.structure, place, asked.shape)
        mine = previous_why or _absent(before, place)
        previous = None if mine else then.get(code, _NOTHING).value
        goal = goals.get(place, {}).get(indicator.key)
        count = counts.get(code, _NOTHING)
        split_why = why or ("split" if count.value is None else "")
        found.append(Slice(code, name, count, split_why, previous, mine, goal, selectors.apart_of(asked, place, goal)))
    for mark in (ENDED, EARLIER, MOVED, OWN):
        count, past = counts.get(mark, _NOTHING), then.get(mark, _NOTHING)
        if count.high or past.high:
            found.append(Slice(mark, "", count, why, None if previous_why else past.value, previous_why))
    return found


def part(asked: Question, indicator: Indicator, mark: str) -> Count:
    """The rows of one part; none where there is no such part."""
    now = Asked(selectors.facts(), asked)
    if now.why_none(indicator):
        return _NOTHING
    return _counts(asked, now, indicator, selectors.below(asked)).get(mark, _NOTHING)


_NOTHING = Count(NONE, NONE)


def _goals(asked: Question, indicator: Indicator, places: list[int]) -> Mapping[int, Mapping[str, Goal]]:
    if not indicator.has_target:
        return {}
    return goals_of(selectors.facts().structure, places, asked.year, asked.on, selectors.places_of(asked))


def _absent(before: Asked, place: int) -> str:
    """Why a unit that is directly below now was no part of the unit above in the period before."""
    if before.question.structure is not None:
        return ""
    structure, asked = before.facts.structure, before.question
    if structure.born[place] > day_number(asked.on):
        return "not_founded"
    columns = structure.placements[place]
    under = any(p.parent == asked.unit and p.during.overlaps(asked.during) for p in columns)
    return "" if under else "elsewhere"


def _counts(asked: Question, now: Asked, indicator: Indicator, places: list[int]) -> dict[str, Count]:
    """The parts of a period, which may be that before the one asked for: the lines stay those of the question."""
    if now.why_none(indicator):
        return {}
    if asked.structure is not None:
        return _restated(now, indicator, places)
    return _as_it_was(asked, now, indicator, places)


def _as_it_was(asked: Question, now: Asked, indicator: Indicator, places: list[int]) -> dict[str, Count]:
    """Rows by the unit directly below under which each stood on its own day."""
    structure, unit = now.facts.structure, now.question.unit
    rows = now.count(indicator).rows
    stood = branches(structure, unit, *indicator.stood(now.day, now.span, rows))
    held: dict[str, list[Ints]] = defaultdict(list)
    present = set(places)
    for branch in np.unique(stood).tolist():
        mark = structure.codes[branch] if branch in present else OWN if branch == unit else _mark(asked, branch)
        held[mark].append(rows[stood == branch])
    return {mark: Count(np.concatenate(pieces), NONE) for mark, pieces in held.items()}


def _mark(asked: Question, place: int) -> str:
    ended = int(selectors.facts().structure.ended[place])
    if ended > day_number(asked.on):
        return MOVED
    return ENDED if ended > day_number(asked.during.start) else EARLIER


def _restated(now: Asked, indicator: Indicator, places: list[int]) -> dict[str, Count]:
    """What counts for each unit below as well as for the unit; the rest, if certain, is the unit's own."""
    whole, found = now.count(indicator), {}
    for place in places:
        count = now.count(indicator, place)
        found[now.facts.structure.codes[place]] = count if indicator.additive else within(count, whole)
    return {**found, OWN: without(whole, found.values())}
