"""The balance of every unit at once: opening + in − out = closing.

A person who stays in the same unit while that unit comes under another parent leaves the old superiors and joins the
new ones: "en bloc with the organisation". Such entries need no row per person, they follow from the dated tree; so
they are always complete, and never counted as transfers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KEYS, MOVEMENT_KINDS
from nhiemky.domain.organisation.structure import Ints, Structure
from nhiemky.domain.periods import Period, day_number

KINDS = len(MOVEMENT_KINDS)
EN_BLOC = MOVEMENT_CODE["en_bloc"]
_IN_PLACE = np.array([kind.in_place for kind in MOVEMENT_KINDS])


@dataclass(frozen=True, slots=True)
class Balance:
    """Per unit: opening and closing; per kind of movement and unit: came in, went out."""

    during: Period
    opening: Ints
    came: Ints
    went: Ints
    closing: Ints

    @property
    def difference(self) -> Ints:
        """0 for every unit, or the ledger does not add up."""
        return self.opening + self.came.sum(axis=0) - self.went.sum(axis=0) - self.closing

    def line(self, unit: int) -> dict[str, dict[str, int]]:
        """The entries of one unit by kind, without the empty ones."""
        pairs = {
            key: {"in": int(self.came[code, unit]), "out": int(self.went[code, unit])}
            for code, key in enumerate(MOVEMENT_KEYS)
        }
        return {key: pair for key, pair in pairs.items() if pair["in"] or pair["out"]}


def balance(structure: Structure, columns: Columns, during: Period) -> Balance:
    """The balance of every unit over a closed period."""
    if during.end is None:
        raise ValueError("A balance needs a period with an end.")
    first, after = day_number(during.start), day_number(during.end)
    came, went = _person_flows(structure, columns, first, after)
    for day in structure.boundaries:
        if first <= day < after:
            _en_bloc(structure, columns, day, came, went)
    return Balance(during, stock(structure, columns, first - 1), came, went, stock(structure, columns, after - 1))


def stock(structure: Structure, columns: Columns, day: int) -> Ints:
    """Members of every unit's subtree on a day number."""
    tree = structure.tree_of(int(structure.segment(np.array([day]))[0]))
    units = columns.stays.unit[columns.stays.on(day)]
    return tree.roll_up(np.bincount(units, minlength=len(structure)))


def _paths(structure: Structure, units: Ints, days: Ints, width: int) -> Ints:
    """For each row the superiors of its unit on its day, the unit included; -1 where there is none."""
    paths = np.full((len(units), width), -1, dtype=np.int64)
    segments = structure.segment(days)
    for segment in np.unique(segments):
        ancestors = structure.tree_of(int(segment)).ancestors
        rows = (segments == segment) & (units >= 0)
        paths[rows, : ancestors.shape[1]] = ancestors[units[rows]]
    return paths


def _only_in(paths: Ints, others: Ints) -> np.ndarray:
    """Which entries of each path do not occur in the other path of the same row."""
    found = np.zeros(paths.shape, dtype=bool)
    for column in range(others.shape[1]):
        found |= paths == others[:, column : column + 1]
    return ~found & (paths >= 0)


def _book(table: Ints, kinds: Ints, paths: Ints, chosen: np.ndarray, weights: Ints | None = None) -> None:
    rows, _columns = np.nonzero(chosen)
    amounts = 1 if weights is None else weights[rows]
    np.add.at(table, (kinds[rows], paths[chosen]), amounts)


def _width(structure: Structure) -> int:
    return max(structure.tree_of(n).ancestors.shape[1] for n in range(len(structure.boundaries) + 1))


def _person_flows(structure: Structure, columns: Columns, first: int, after: int) -> tuple[Ints, Ints]:
    """Entries of people who changed their unit, came or went."""
    moves = columns.movements
    rows = moves.within(first, after)
    rows = rows[~_IN_PLACE[moves.kind[rows]]]
    width = _width(structure)
    before = _paths(structure, moves.source[rows], moves.day[rows] - 1, width)
    behind = _paths(structure, moves.target[rows], moves.day[rows], width)
    came = np.zeros((KINDS, len(structure)), dtype=np.int64)
    went = np.zeros_like(came)
    _book(came, moves.kind[rows], behind, _only_in(behind, before))
    _book(went, moves.kind[rows], before, _only_in(before, behind))
    return came, went


def _en_bloc(structure: Structure, columns: Columns, day: int, came: Ints, went: Ints) -> None:
    """Entries of people who stayed in their unit while the tree above it changed on the day."""
    units = _staying(columns, day)
    counts = np.bincount(units, minlength=len(structure))
    moved = np.flatnonzero(counts)
    width = _width(structure)
    before = _paths(structure, moved, np.full(len(moved), day - 1), width)
    behind = _paths(structure, moved, np.full(len(moved), day), width)
    kinds = np.full(len(moved), EN_BLOC)
    _book(came, kinds, behind, _only_in(behind, before), counts[moved])
    _book(went, kinds, before, _only_in(before, behind), counts[moved])


def _staying(columns: Columns, day: int) -> Ints:
    """The unit of each person who was there the day before and is in the same unit on the day."""
    stays = columns.stays
    today, before = stays.on(day), stays.on(day - 1)
    unit_before = np.full(len(columns.people.ids), -1, dtype=np.int64)
    unit_before[stays.person[before]] = stays.unit[before]
    same = unit_before[stays.person[today]] == stays.unit[today]
    return stays.unit[today][same]
