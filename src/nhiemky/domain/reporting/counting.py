"""Counting one indicator for one unit: which rows belong to it, seen through a lens.

An indicator names candidate rows of a day or a period, and for each row where it stood. Counting asks the lens
which of them lie in the unit's subtree. The rows are the result; their number is the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.kinds import BODY_KINDS, CELL_KINDS, KIND_CODE, SECTOR, SECTOR_CODE
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints, Structure
from nhiemky.domain.periods import Period, day_number, years_before
from nhiemky.domain.reporting.lenses import Inside, Lens

NONE = np.zeros(0, dtype=np.int64)
DayPick = Callable[["Day"], Bools]
SpanPick = Callable[["Span"], Bools]


@dataclass(frozen=True)
class Facts:
    """Everything figures are counted from."""

    structure: Structure
    columns: Columns


class Day:
    """The people and units of one day; each array is made once and shared by all indicators."""

    def __init__(self, facts: Facts, on: date) -> None:
        self.facts, self.on, self.number = facts, on, day_number(on)
        self._picked: dict[DayPick, Bools] = {}
        self._inside: tuple[int, Lens, Inside] | None = None

    def picked(self, pick: DayPick) -> Bools:
        """The choice of an indicator, made once for all units that are asked about."""
        if pick not in self._picked:
            self._picked[pick] = pick(self)
        return self._picked[pick]

    def inside(self, unit: int, lens: Lens) -> Inside:
        """Which people stand in the unit. All rows share one day, so the lens is asked once per unit, not per row."""
        held = self._inside
        if held is None or held[0] != unit or held[1] is not lens:
            count = len(self.facts.structure)
            of_units = lens.inside(unit, np.arange(count), np.full(count, self.number, dtype=np.int64))
            held = (unit, lens, Inside(of_units.certain[self.units], of_units.possible[self.units]))
            self._inside = held
        return held[2]

    @cached_property
    def stays(self) -> Ints:
        """Positions of the stays of the day."""
        return self.facts.columns.stays.on(self.number)

    @cached_property
    def people(self) -> Ints:
        """Positions of the people, one per stay of the day."""
        return self.facts.columns.stays.person[self.stays]

    @cached_property
    def units(self) -> Ints:
        """Where they stand."""
        return self.facts.columns.stays.unit[self.stays]

    @cached_property
    def official(self) -> Bools:
        return self.facts.columns.stays.official[self.stays]

    @cached_property
    def exempt(self) -> Bools:
        return self.facts.columns.stays.exempt[self.stays]

    @cached_property
    def female(self) -> Bools:
        return self.facts.columns.people.female[self.people]

    @cached_property
    def minority(self) -> Bools:
        return self.facts.columns.people.ethnic_group[self.people] > 1

    @cached_property
    def born(self) -> Ints:
        return self.facts.columns.people.born[self.people]

    def younger_than(self, years: int) -> Bools:
        """Who has not yet had that birthday."""
        return self.born > day_number(years_before(self.on, years))

    @cached_property
    def unit_kinds(self) -> Ints:
        return self.facts.structure.kinds(self.on)

    @cached_property
    def unit_sectors(self) -> Ints:
        return self.facts.structure.sectors(self.on)

    @cached_property
    def residential_cells(self) -> Bools:
        """Cells of hamlets and street groups that exist on the day."""
        kinds = np.isin(self.unit_kinds, [KIND_CODE[kind] for kind in CELL_KINDS])
        return kinds & (self.unit_sectors == SECTOR_CODE["residential"])

    def with_body(self, body: str) -> Bools:
        """Units whose body has a term in force on the day."""
        terms = self.facts.columns.terms
        current = (terms.body == BODY_KINDS.index(body)) & (terms.start <= self.number) & (self.number < terms.end)
        mask = np.zeros(len(self.facts.structure), dtype=bool)
        mask[terms.unit[current]] = True
        return mask


class Span:
    """The movements and unit changes of one period."""

    def __init__(self, facts: Facts, during: Period) -> None:
        self.facts, self.during = facts, during
        self.first = day_number(during.start)
        self.after = FOREVER if during.end is None else day_number(during.end)

    @cached_property
    def movements(self) -> Ints:
        """Positions of the movements of the period."""
        return self.facts.columns.movements.within(self.first, self.after)

    @cached_property
    def kinds(self) -> Ints:
        return self.facts.columns.movements.kind[self.movements]

    @cached_property
    def days(self) -> Ints:
        return self.facts.columns.movements.day[self.movements]

    @cached_property
    def sources(self) -> Ints:
        return self.facts.columns.movements.source[self.movements]

    @cached_property
    def targets(self) -> Ints:
        return self.facts.columns.movements.target[self.movements]

    def of(self, *kinds: str) -> Bools:
        """Which movements are of one of the kinds."""
        chosen = np.zeros(len(MOVEMENT_CODE), dtype=bool)
        chosen[[MOVEMENT_CODE[kind] for kind in kinds]] = True
        return chosen[self.kinds]

    @cached_property
    def begun(self) -> Bools:
        """Units whose first day lies in the period."""
        born = self.facts.structure.born
        return (born >= self.first) & (born < self.after)

    @cached_property
    def over(self) -> Bools:
        """Units whose end lies in the period."""
        ended = self.facts.structure.ended
        return (ended >= self.first) & (ended < self.after)

    @cached_property
    def founded(self) -> Bools:
        """Units begun in the period that did not come out of another unit."""
        return self.begun & ~self.facts.structure.came_from_others

    @cached_property
    def formed(self) -> Bools:
        """Units begun in the period that came out of others: by a merger or a split."""
        return self.begun & self.facts.structure.came_from_others

    @cached_property
    def dissolved(self) -> Bools:
        """Units ended in the period that did not go into another unit."""
        return self.over & ~self.facts.structure.went_into_others

    @cached_property
    def merged(self) -> Bools:
        """Units ended in the period that went into others."""
        return self.over & self.facts.structure.went_into_others

    def first_versions(self, attribute: str) -> Ints:
        """Kind or sector codes of every unit on its first day."""
        return self.facts.structure.first_codes[attribute != "kind"]

    def last_versions(self, attribute: str) -> Ints:
        """Kind or sector codes of every unit on its last day."""
        return self.facts.structure.last_codes[attribute != "kind"]


NON_STATE_CODES = [SECTOR_CODE[key] for key, sector in SECTOR.items() if not sector.state]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its rows.

    `rows` are positions in the table the indicator counts (people, movements or units) of what certainly belongs;
    `doubtful` of what may belong. `value` is None where something is doubtful: then it lies between `low` and `high`.
    """

    rows: Ints
    doubtful: Ints

    @property
    def low(self) -> int:
        return len(self.rows)

    @property
    def high(self) -> int:
        return len(self.rows) + len(self.doubtful)

    @property
    def value(self) -> int | None:
        return self.low if self.low == self.high else None


def stands(day: Day, span: Span, rows: Ints, how: str) -> tuple[Ints, Ints]:
    """For each row of a count the unit it stood in, and the day number of the tree in which that is looked at.

    `how` is "person" or "unit" for stocks, "to", "in", "from", "out" for movements, "born" and "ended" for units that
    begin and end: the same days that the counting functions below look at.
    """
    if how == "person":
        at = np.full(len(day.facts.columns.people.ids), -1, dtype=np.int64)
        at[day.people] = day.units
        return at[rows], np.full(len(rows), day.number, dtype=np.int64)
    if how in ("unit", "born", "ended"):
        structure = day.facts.structure
        days = np.full(len(rows), day.number, dtype=np.int64)
        return rows, {"unit": days, "born": structure.born[rows], "ended": structure.ended[rows] - 1}[how]
    moves = span.facts.columns.movements
    if how in ("to", "in"):
        return moves.target[rows], moves.day[rows]
    return moves.source[rows], moves.day[rows] - 1


def branches(structure: Structure, unit: int, places: Ints, days: Ints) -> Ints:
    """For each place in the unit's subtree on its day the unit directly below in which it stood; itself: the unit."""
    found = np.full(len(places), -1, dtype=np.int64)
    segments = structure.segment(days)
    for segment in np.unique(segments):
        tree, rows = structure.tree_of(int(segment)), segments == segment
        below = int(tree.depth[unit]) + 1
        if below < tree.ancestors.shape[1]:
            found[rows] = tree.ancestors[places[rows], below]
    return np.where(found < 0, unit, found)


def within(count: Count, other: Count) -> Count:
    """What both counts hold: certain where both are certain."""
    rows = count.rows[_among(count.rows, other.rows)]
    mine, theirs = (np.append(each.rows, each.doubtful) for each in (count, other))
    either = mine[_among(mine, theirs)]
    return Count(rows, either[~_among(either, rows)])


def without(count: Count, others: Iterable[Count]) -> Count:
    """What a count holds that may be in none of the others."""
    taken = np.concatenate([NONE, *(piece for other in others for piece in (other.rows, other.doubtful))])
    return Count(count.rows[~_among(count.rows, taken)], count.doubtful[~_among(count.doubtful, taken)])


def _among(rows: Ints, others: Ints) -> Bools:
    """Positions are small numbers without gaps: a table is much faster than sorting."""
    return np.isin(rows, others, kind="table") if len(rows) and len(others) else np.zeros(len(rows), dtype=bool)


def _count(positions: Ints, inside: Inside) -> Count:
    return Count(positions[inside.certain], positions[inside.possible & ~inside.certain])


def count_people(day: Day, pick: DayPick, unit: int, lens: Lens) -> Count:
    """People on a day. Rows are positions of people."""
    chosen, inside = day.picked(pick), day.inside(unit, lens)
    certain = chosen & inside.certain
    doubtful = chosen & inside.possible & ~inside.certain
    return Count(day.people[certain], day.people[doubtful])


def count_units(day: Day, pick: DayPick, unit: int, lens: Lens) -> Count:
    """Units on a day. Rows are positions of units."""
    chosen = np.flatnonzero(pick(day))
    inside = lens.inside(unit, chosen, np.full(len(chosen), day.number, dtype=np.int64))
    return _count(chosen, inside)


def count_unit_changes(span: Span, pick: SpanPick, unit: int, lens: Lens, *, ends: bool) -> Count:
    """Units founded (on their first day) or dissolved (on their last). Rows are positions of units."""
    chosen = np.flatnonzero(pick(span))
    structure = span.facts.structure
    days = structure.ended[chosen] - 1 if ends else structure.born[chosen]
    return _count(chosen, lens.inside(unit, chosen, days))


def count_movements(span: Span, pick: SpanPick, unit: int, lens: Lens, *, flow: str) -> Count:
    """Movements of a period. Rows are positions of movements.

    `flow`: "to" counts where the target is inside; "from" where the source is; "in" and "out" only what crosses the
    border of the subtree. The source is looked at on the day before, the target on the day itself.
    """
    chosen = pick(span)
    days = span.days[chosen]

    def target() -> Inside:
        return lens.inside(unit, span.targets[chosen], days)

    def source() -> Inside:
        return lens.inside(unit, span.sources[chosen], days - 1)

    if flow == "to":
        inside = target()
    elif flow == "from":
        inside = source()
    else:
        inside = target() & ~source() if flow == "in" else source() & ~target()
    return _count(span.movements[chosen], inside)
