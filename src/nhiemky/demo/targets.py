"""Yearly targets of admissions: assumed figures of the province, shared out downward by the members of each unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nhiemky.core.copying import copy_rows
from nhiemky.demo.foundings import REFORM
from nhiemky.demo.loading import next_ids
from nhiemky.domain.organisation.kinds import CELL_KINDS
from nhiemky.domain.organisation.structure import Ints
from nhiemky.domain.periods import Period, day_number, year
from nhiemky.domain.reporting.ledger import stock
from nhiemky.members import snapshot
from nhiemky.organisation import selectors

# From 2015 on. The target of 2022 in Quảng Ngãi is assumed: the report only says that it was exceeded. That of 2025
# covers old Quảng Ngãi's whole year and Kon Tum's second half; Kon Tum's own covers its first.
TARGETS = {
    "T-51": (1800, 1800, 1750, 1700, 1600, 1300, 1200, 1400, 1600, 1700, 2050, 2450),
    "T-62": (950, 950, 930, 900, 880, 750, 720, 750, 850, 900, 390),
}
_SOURCE = "giả định, chờ xác nhận"
# Communes and grassroots organisations have their own since this year, where they are large enough for one.
_LOWER_SINCE, _SMALLEST, _LEAST = 2020, 5, 4


def write(scale: float, last: date) -> None:
    """Targets of every year until the last day, for the provinces and for two levels below."""
    shares = Shares()
    rows = [
        row
        for code, totals in TARGETS.items()
        for number, total in enumerate(totals, start=2015)
        if number <= last.year
        for row in shares.rows(code, number, round(total * min(scale, 1)))
    ]
    copy_rows("reporting_target", ("unit_id", "indicator", "year", "value", "assumed", "source", "since"), rows)
    next_ids("reporting_target")


class Shares:
    """Shares targets out. A unit weighs what it has in members on its first day of the year, for the days it stands
    there; what stays through the reform weighs anew from then on.
    """

    def __init__(self) -> None:
        self.structure, columns = selectors.structure(), snapshot.columns()
        self.stock = cache(lambda number: stock(self.structure, columns, number))

    def rows(self, code: str, number: int, total: int) -> Iterator[tuple[object, ...]]:
        """The targets of a province and of what stood below it in the year."""
        root = self.structure.by_code[code]
        yield self._row(root, number, total)
        for unit, value in self.below(root, number, total, _LEAST).items():
            yield self._row(unit, number, value)
            if number >= _LOWER_SINCE:
                whole = self._weight(unit, root, number)
                for lower in self._committees(unit):
                    part = round(value * self._weight(lower, unit, number) / whole)
                    if part >= _SMALLEST:
                        yield self._row(lower, number, part)

    def below(self, parent: int, number: int, total: int, least: int) -> dict[int, int]:
        """Whole shares for every committee directly under a province in the year; they add up to the total."""
        found = [(unit, self._weight(unit, parent, number)) for unit in self._committees(parent)]
        weighty = [(unit, weight) for unit, weight in found if weight]
        if not weighty:
            return {}
        units, weights = zip(*weighty, strict=True)
        least = min(least, total // (2 * len(units)))
        shares = rounded(np.array(weights), total, least).tolist()
        return {unit: share for unit, share in zip(units, shares, strict=True) if share}

    def _committees(self, parent: int) -> list[int]:
        placed = self.structure.placement_columns
        units = np.unique(placed[0][placed[1] == parent]).tolist()
        return [unit for unit in units if self.structure.versions[unit][-1].kind not in CELL_KINDS]

    def _weight(self, unit: int, parent: int, number: int) -> float:
        whole = year(number)
        assert whole.end is not None
        for placement in self.structure.placements[unit]:
            if placement.parent == parent and placement.during.overlaps(whole):
                start = max(placement.during.start, whole.start)
                end = min(placement.during.end or whole.end, whole.end)
                edges = [start, REFORM, end] if start < REFORM < end else [start, end]
                return sum(
                    float(self.stock(day_number(first))[unit]) * (last - first).days for first, last in pairwise(edges)
                )
        return 0.0

    def _row(self, unit: int, number: int, value: int) -> tuple[object, ...]:
        """A target since the first day of a unit that was founded in the year."""
        born = self.structure.versions[unit][0].during.start
        since = born.isoformat() if born in Period(date(number, 1, 2), date(number + 1, 1, 1)) else None
        return int(self.structure.ids[unit]), "members.admitted", number, value, True, _SOURCE, since


def rounded(weights: NDArray[np.float64], total: int, least: int) -> Ints:
    """Whole numbers in proportion to the weights, none below the least, that add up to the total."""
    exact = weights / weights.sum() * total
    whole = np.maximum(np.floor(exact), least).astype(np.int64)
    while whole.sum() < total:
        whole[int(np.argmax(exact - whole))] += 1
    while whole.sum() > total:
        whole[int(np.argmax(np.where(whole > least, whole / exact, -np.inf)))] -= 1
    return whole
