"""What came into a unit and its parts and went out of them in a period: booked entries, and what followed a move of a
whole unit in the tree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KINDS
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.statistics.parts import Parts
from nhiemky.domain.statistics.people import Facts

EN_BLOC = MOVEMENT_CODE["en_bloc"]
_IN_PLACE = np.array([kind.in_place for kind in MOVEMENT_KINDS])


@dataclass(frozen=True, slots=True)
class Flows:
    """One entry per person and move. `before` and `after` are the classes of the places they left and reached; `booked`
    is the movement's position, -1 where the move follows from the dated tree alone."""

    kind: Ints
    day: Ints
    person: Ints
    source: Ints
    target: Ints
    before: Ints
    after: Ints
    booked: Ints

    def crossing(self, parts: Parts, kind: str, *, into: bool) -> tuple[Ints, Ints]:
        """For each column how many entries of a kind certainly and how many possibly crossed its border."""
        rows = self.kind == MOVEMENT_CODE[kind]
        size = len(parts.certain)
        pairs, counts = np.unique(self.before[rows] * size + self.after[rows], return_counts=True)
        certain, possible = _crossed(parts.certain, parts.possible, pairs // size, pairs % size, into=into)
        return counts @ certain, counts @ possible

    def crosses(self, parts: Parts, column: int, *, into: bool) -> tuple[Bools, Bools]:
        """Which entries certainly and which possibly crossed the border of one column."""
        tables = parts.certain[:, column], parts.possible[:, column]
        return _crossed(*tables, self.before, self.after, into=into)


def _crossed(certain: Bools, possible: Bools, before: Ints, after: Ints, *, into: bool) -> tuple[Bools, Bools]:
    """Reached inside and left outside, or the other way round."""
    inner, outer = (after, before) if into else (before, after)
    return certain[inner] & ~possible[outer], possible[inner] & ~certain[outer]


def flows(facts: Facts, parts: Parts, first: int, after: int, *, structural: bool) -> Flows:
    """Every move between two classes of places from the first day number up to, but without, `after`.

    `structural`: as it was, a unit that comes under another one takes its people with it.
    """
    tables = [_booked(facts, parts, first, after)]
    if structural:
        days = [day for day in facts.structure.boundaries if first <= day < after]
        tables += [_followed(facts, parts, day) for day in days]
    table = np.concatenate(tables)
    # Nobody is counted who neither came from nor went to a place in question, or who stayed in one column.
    sure = parts.certain.sum(axis=1) == parts.possible.sum(axis=1)
    stayed = (table[:, 5] == table[:, 6]) & sure[table[:, 5]]
    return Flows(*table[~stayed].T)


def _booked(facts: Facts, parts: Parts, first: int, after: int) -> Ints:
    moves = facts.columns.movements
    rows = moves.within(first, after)
    rows = rows[~_IN_PLACE[moves.kind[rows]]]
    before = parts.classes(moves.source[rows], moves.day[rows] - 1)
    behind = parts.classes(moves.target[rows], moves.day[rows])
    columns = (moves.kind, moves.day, moves.person, moves.source, moves.target)
    return np.stack([*(column[rows] for column in columns), before, behind, rows], axis=1)


def _followed(facts: Facts, parts: Parts, day: int) -> Ints:
    """People who stayed in their unit while it came into another column on the day."""
    stays = facts.columns.stays
    segments = facts.structure.segment(np.array([day - 1, day]))
    before, behind = (parts.of_segment(int(segment)) for segment in segments)
    today, eve = stays.on(day), stays.on(day - 1)
    today = today[(before != behind)[stays.unit[today]]]
    unit_before = np.full(len(facts.columns.people.ids), -1, dtype=np.int64)
    unit_before[stays.person[eve]] = stays.unit[eve]
    today = today[unit_before[stays.person[today]] == stays.unit[today]]
    unit, size = stays.unit[today], len(today)
    constant = (np.full(size, EN_BLOC), np.full(size, day), stays.person[today])
    return np.stack([*constant, unit, unit, before[unit], behind[unit], np.full(size, -1)], axis=1)
