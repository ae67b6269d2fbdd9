"""Records of work as pieces of time, and counting them: tasks, papers asked for, programmes, regulations, remedies.

A piece says what a record was (its `sort`) from a day until before another, with which unit it stood and by which day
a year counts it. So any figure of work as of any day is a choice among pieces, none of which was written later than
that day, and each record is chosen at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints, Structure
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting.counting import NONE, Count, Day, Span
from nhiemky.domain.reporting.lenses import Lens


class Piece(NamedTuple):
    """What one record was from day `start` until before day `end`; days are day numbers, `unit` is a unit's id.

    `day` is the one by which a year counts it, `begun` the first of the record, `group` what several records share.
    """

    id: int
    unit: int
    sort: int
    start: int
    end: int
    day: int
    begun: int
    group: int = 0


_COLUMNS = ("ids", *Piece._fields[1:])
What = TypeVar("What")


def stretches(
    begun: date, turns: Iterable[date | None], tell: Callable[[date], What]
) -> Iterator[tuple[int, int, What]]:
    """What `tell` says from `begun` on: first day number, the one after the last, and what.

    `turns` are the days on which it may change; days on which it does not are passed over.
    """
    days = [begun, *sorted({day for day in turns if day is not None and day > begun})]
    for what, same in groupby(zip(days, [*days[1:], None], strict=True), key=lambda pair: tell(pair[0])):
        pairs = list(same)
        after = pairs[-1][1]
        yield day_number(pairs[0][0]), FOREVER if after is None else day_number(after), what


@dataclass(frozen=True)
class Lives:
    """The pieces of all records of a table, one line each; `sorts` names them, those in `still` may change yet.

    What may change yet is looked at on the day asked for, what is settled on the day on which it was settled.
    """

    sorts: tuple[str, ...]
    still: frozenset[str]
    ids: Ints
    unit: Ints
    sort: Ints
    start: Ints
    end: Ints
    day: Ints
    begun: Ints
    group: Ints

    @classmethod
    def of(cls, sorts: Sequence[str], still: Iterable[str], pieces: Iterable[Piece]) -> Lives:
        """Out of single pieces."""
        lines = np.array(list(pieces), dtype=np.int64).reshape(-1, len(Piece._fields))
        return cls(tuple(sorts), frozenset(still), *lines.T)

    def __add__(self, other: Lives) -> Lives:
        """Both tables as one."""
        assert self.sorts == other.sorts
        joined = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _COLUMNS}
        return Lives(self.sorts, self.still, **joined)

    def where(self, rows: Bools | Ints) -> Lives:
        """Only some of the pieces."""
        return Lives(self.sorts, self.still, **{name: getattr(self, name)[rows] for name in _COLUMNS})

    @cached_property
    def first(self) -> int:
        """Day number of the first thing recorded; `FOREVER` where there is nothing."""
        return int(self.begun.min()) if len(self.begun) else FOREVER

    def codes(self, sorts: Iterable[str]) -> list[int]:
        """The codes of sorts."""
        return [self.sorts.index(name) for name in sorts]

    @cached_property
    def changing(self) -> Bools:
        """Pieces whose sort may change yet."""
        return np.isin(self.sort, self.codes(self.still))


@dataclass(frozen=True)
class Placed:
    """Pieces with the positions of their units in a structure; what belongs to no unit of it is left out."""

    lives: Lives
    places: Ints
    seq: int = 0
    _on: dict[int, Ints] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def within(cls, lives: Lives, structure: Structure, seq: int = 0) -> Placed:
        """Where the units of the pieces stand among those of the structure."""
        known = np.isin(lives.unit, structure.ids)
        lives = lives if known.all() else lives.where(known)
        order = np.argsort(structure.ids, kind="stable")
        return cls(lives, order[np.searchsorted(structure.ids, lives.unit, sorter=order)], seq)

    def on(self, number: int) -> Ints:
        """The pieces that hold on the day: of each record at most one. Kept, as many figures ask for the same day."""
        if number not in self._on:
            if len(self._on) >= _DAYS_KEPT:
                self._on.clear()
            self._on[number] = np.flatnonzero((self.lives.start <= number) & (number < self.lives.end))
        return self._on[number]

    def days(self, rows: Ints, number: int, structure: Structure) -> Ints:
        """For each piece the day in whose tree it is looked at, never outside the life of its unit."""
        lives, places = self.lives, self.places[rows]
        days = np.where(lives.changing[rows], number, lives.start[rows])
        return np.maximum(np.minimum(days, structure.ended[places] - 1), structure.born[places])

    def standing(self, day: Day, rows: Ints) -> tuple[Ints, Ints]:
        """As `counting.stands`: the unit each piece stood in, and the day of the tree in which that is looked at."""
        return self.places[rows], self.days(rows, day.number, day.facts.structure)


_DAYS_KEPT = 40
Pick = Callable[[Placed, int, Span], Ints]
"""Which pieces a figure counts: of the table, on a day number, in a period that ends with it."""


def due_in_year(*sorts: str) -> Pick:
    """What the whole year of the period counts and was so on the day."""

    def pick(placed: Placed, number: int, span: Span) -> Ints:
        rows = _was(placed, number, sorts)
        after, day = day_number(date(span.during.start.year + 1, 1, 1)), placed.lives.day[rows]
        return rows[(day >= span.first) & (day < after)]

    return pick


def taken_over(*sorts: str) -> Pick:
    """What earlier years should have brought and the year took over: begun before it and not settled then."""

    def pick(placed: Placed, number: int, span: Span) -> Ints:
        rows, lives = _was(placed, number, sorts), placed.lives
        before = (lives.day[rows] < span.first) & (lives.begun[rows] < span.first)
        return rows[before & (lives.changing[rows] | (lives.start[rows] >= span.first))]

    return pick


def on_the_day(*sorts: str) -> Pick:
    """What was so on the day, whenever it began."""
    return lambda placed, number, span: _was(placed, number, sorts)


def under_way(*settled: str) -> Pick:
    """What was still under way on some day of the period, or was settled in it as one of `settled`."""

    def pick(placed: Placed, number: int, span: Span) -> Ints:
        lives = placed.lives
        unsettled = lives.changing & (lives.start <= number) & (lives.end > span.first)
        came = np.isin(lives.sort, lives.codes(settled)) & (lives.start >= span.first) & (lives.start <= number)
        return np.flatnonzero(unsettled | came)

    return pick


def _was(placed: Placed, number: int, sorts: tuple[str, ...]) -> Ints:
    rows = placed.on(number)
    return rows[np.isin(placed.lives.sort[rows], placed.lives.codes(sorts))]


def count_pieces(placed: Placed, pick: Pick, day: Day, span: Span, unit: int, lens: Lens) -> Count:
    """Pieces of the unit and those below it. Rows are positions of pieces."""
    chosen = pick(placed, day.number, span)
    if not len(chosen):
        return Count(NONE, NONE)
    inside = lens.inside(unit, placed.places[chosen], placed.days(chosen, day.number, day.facts.structure))
    return Count(chosen[inside.certain], chosen[inside.possible & ~inside.certain])


def count_own(placed: Placed, pick: Pick, day: Day, span: Span, unit: int, *, grouped: bool) -> Count:
    """Pieces of the unit itself, whatever stands below it; `grouped`: what records share is counted once."""
    chosen = pick(placed, day.number, span)
    chosen = chosen[placed.places[chosen] == unit]
    if grouped:
        chosen = chosen[np.unique(placed.lives.group[chosen], return_index=True)[1]]
    return Count(chosen, NONE)


class Told(NamedTuple):
    """How a record is shown among the rows of a figure: `url` is empty where the reader may not open it."""

    title: str
    paper: str = ""
    url: str = ""


class Source(Protocol):
    """What a part hands in to be counted: named in config/wiring.py, so that figures need not know the part."""

    apps: tuple[str, ...]
    """Whose audit events may change the lives."""

    def lives(self) -> Lives:
        """All records, read as of now; units by their ids."""

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        """How records are shown to the actor; whom the actor may not see is left out."""
