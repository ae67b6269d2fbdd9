"""Who signs an entry of the ledger: the committee that had the power over the cell on that day."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import day_of

Ints = NDArray[np.int64]
# Nobody decides these; an exemption is the cell's own resolution.
WITHOUT_PAPER = [MOVEMENT_CODE["opening"], MOVEMENT_CODE["death"]]
BY_THE_CELL = [MOVEMENT_CODE["exemption_on"], MOVEMENT_CODE["exemption_off"]]
# A letter introduces whoever moves.
KIND_OF_PAPER = {MOVEMENT_CODE[kind]: "GT" for kind in ("transfer_in", "transfer_out", "transfer_within")}
_COMMITTEES = (
    ("Đảng bộ huyện ", "Ban Thường vụ Huyện ủy ", "HU"),
    ("Đảng bộ thị xã ", "Ban Thường vụ Thị ủy ", "ThU"),
    ("Đảng bộ thành phố ", "Ban Thường vụ Thành ủy ", "ThU"),
    ("Đảng bộ tỉnh ", "Ban Thường vụ Tỉnh ủy ", "TU"),
    ("Đảng bộ Khối ", "Ban Thường vụ Đảng ủy Khối ", "ĐUK"),
    ("Đảng bộ ", "Ban Thường vụ Đảng ủy ", "ĐU"),
)


def committee_of(organisation: str) -> tuple[str, str]:
    """The body that signs for an organisation, and the ending of its numbers: ("Huyện ủy Ba Tơ", "HU")."""
    for beginning, body, symbol in _COMMITTEES:
        if organisation.startswith(beginning):
            return body + organisation.removeprefix(beginning), symbol
    raise ValueError(organisation)


def competent(structure: Structure, units: Ints, days: Ints) -> Ints:
    """The organisation directly below the province in which each cell stood on its day."""
    found = np.empty(len(units), dtype=np.int64)
    segments = structure.segment(days)
    for segment in np.unique(segments).tolist():
        rows = segments == segment
        tree = structure.tree_of(segment)
        found[rows] = _second_level(tree.parent)[units[rows]]
    return found


def _second_level(parent: Ints) -> Ints:
    """For each unit its ancestor directly below the root."""
    top = np.arange(len(parent))
    while True:
        above = parent[top]
        climbs = (above >= 0) & (parent[np.maximum(above, 0)] >= 0)
        if not climbs.any():
            return top
        top = np.where(climbs, above, top)


class Signers:
    """Bodies and number endings by organisation and day; a name is looked up once for each shape of the tree."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self._known: dict[tuple[int, int], tuple[str, str]] = {}

    def of(self, organisation: int, number: int) -> tuple[str, str]:
        """The signing body and the ending of its numbers."""
        key = (organisation, bisect_right(self.structure.boundaries, number))
        if key not in self._known:
            self._known[key] = committee_of(self.structure.name(organisation, day_of(number)))
        return self._known[key]
