"""On which days the steps of the demo's cases were taken, and how the votes went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from nhiemky.demo.book import Book, Ints
from nhiemky.demo.ledger import Stays, Way
from nhiemky.domain.admissions.rules import CELL_MAJORITY
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import day_of

_WIDE = 2**24
Votes = tuple[Ints, Ints, Ints, Ints]
_NONE: tuple[None, ...] = (None,) * 5


@dataclass(frozen=True)
class Written:
    """One step of many cases: numbers of the cases, days, the ballots (base, present, for, against) and the outcome."""

    key: str
    cases: Ints
    on: Ints
    votes: Votes | None = None
    outcomes: Sequence[str] | str = ""

    def rows(self) -> Iterator[tuple[int, int, tuple[int | None, ...], str]]:
        """Case, day, counts with the blank votes, outcome."""
        cases, days = self.cases.tolist(), self.on.tolist()
        outcomes = [self.outcomes] * len(cases) if isinstance(self.outcomes, str) else self.outcomes
        if self.votes is None:
            yield from ((case, on, _NONE, outcome) for case, on, outcome in zip(cases, days, outcomes, strict=True))
            return
        columns = [column.tolist() for column in self.votes]
        for case, on, outcome, base, present, yes, no in zip(cases, days, outcomes, *columns, strict=True):
            yield case, on, (base, present, yes, no, present - yes - no), outcome


class Paths:
    """What days and votes are drawn from: the calendar, the official members of every cell, where cells came from."""

    def __init__(
        self, rng: np.random.Generator, book: Book, stays: Stays, structure: Structure, ways: Sequence[Way], last: int
    ) -> None:
        self.rng, self.calendar, self.structure, self.last = rng, book.calendar, structure, last
        self.ways, self.start = sorted(ways, key=lambda way: -way.day), structure.born
        official = np.flatnonzero(stays.official)
        self.begins = np.sort(stays.unit[official] * _WIDE + stays.start[official])
        self.ends = np.sort(stays.unit[official] * _WIDE + np.minimum(stays.end[official], _WIDE - 1))
        order = official[np.lexsort((stays.start[official], stays.unit[official]))]
        self.people, self.units = stays.person[order], stays.unit[order]
        self.since, self.until = stays.start[order], stays.end[order]
        self.voted: dict[int, int] = {}

    def officials(self, units: Ints, days: Ints) -> Ints:
        """Official members of each cell on its day."""
        low = units * _WIDE
        begun = np.searchsorted(self.begins, low + days, side="right") - np.searchsorted(self.begins, low)
        ended = np.searchsorted(self.ends, low + days, side="right") - np.searchsorted(self.ends, low)
        return begun - ended

    def longest(self, unit: int, on: int) -> list[int]:
        """The official members who have been longest in the cell on the day."""
        low, high = np.searchsorted(self.units, [unit, unit + 1]).tolist()
        there = (self.since[low:high] <= on) & (self.until[low:high] > on)
        found: list[int] = self.people[low:high][there][:3].tolist()
        return found

    def between(self, low: int, high: int, count: int) -> Ints:
        """So many numbers of days."""
        return self.rng.integers(low, high + 1, size=count)

    def earlier(self, later: Ints, low: int, high: int) -> Ints:
        """A working day so many days before each day, never after it."""
        return np.minimum(self.calendar.working(later - self.between(low, high, len(later))), later)

    def cell_on(self, cell: Ints, joined: Ints, days: Ints) -> Ints:
        """The cell on an earlier day: where the people of a cell came from that was not there yet."""
        found = cell.copy()
        for way in self.ways:
            first = np.full(len(self.structure), -1, dtype=np.int64)
            first[way.target[::-1]] = way.source[::-1]
            rows = (way.day <= joined) & (days < way.day) & (self.start[found] > days) & (first[found] >= 0)
            found[rows] = first[found[rows]]
        return found

    def under_committee(self, units: Ints, days: Ints) -> np.ndarray:
        """Whether a grassroots committee stands above each cell on its day."""
        return np.array([self._above(unit, on) for unit, on in zip(units.tolist(), days.tolist(), strict=True)])

    @cache  # noqa: B019  one object per demo
    def _above(self, unit: int, on: int) -> bool:
        tree, day = self.structure.tree(day_of(on)), day_of(on)
        path = tree.path(unit)[:-1]
        kinds = [version.kind for place in path if (version := self.structure.version(place, day))]
        return "grassroots_committee" in kinds

    def ballot(self, units: Ints, days: Ints, against: np.ndarray | None = None) -> Votes:
        """A ballot of the cells that has its majority, for or, where told, against."""
        base = np.maximum(self.officials(units, days), 1)
        rule = CELL_MAJORITY.at(date(2020, 1, 1)).value
        needed = -(-base * rule.part // rule.whole)
        present = np.maximum(needed, base - self.between(0, 2, len(base)))
        most = np.maximum(needed, present - (self.rng.random(len(base)) < 0.2))
        least = present - most
        if against is None:
            return base, present, most, least
        return base, present, np.where(against, least, most), np.where(against, most, least)

    def committee(self, count: int) -> Votes:
        """A ballot of committees of 9 to 15, nearly always of one mind."""
        base = self.between(9, 15, count)
        present = base - (self.rng.random(count) < 0.3)
        yes = present - (self.rng.random(count) < 0.05)
        return base, present, yes, present - yes


def before_ceremony(paths: Paths, decided: Ints, ceremony: Ints, cell: Ints) -> tuple[Ints, list[Written]]:
    """The cell in which each case began, and the steps up to the ceremony, counted back from the decision."""
    number = np.arange(len(decided))
    grassroots = paths.earlier(decided, 4, 22)
    vote = paths.earlier(grassroots, 4, 22)
    there = paths.cell_on(cell, ceremony, vote)
    taken, noted = _file(paths, number, vote, paths.start[paths.cell_on(cell, ceremony, vote - 600)])
    under = paths.under_committee(there, vote)
    paths.voted |= dict(zip(number.tolist(), vote.tolist(), strict=True))
    taken += [
        Written("cell_vote", number, vote, paths.ballot(there, vote)),
        Written("grassroots", number[under], grassroots[under], paths.committee(int(under.sum()))),
        Written("decision", number, decided, paths.committee(len(number)), "admit"),
        Written("ceremony", number, ceremony),
    ]
    return paths.cell_on(cell, ceremony, noted), taken


def _file(paths: Paths, number: Ints, vote: Ints, least: Ints) -> tuple[list[Written], Ints]:
    """The steps that make the file, before a day of the vote and not before the cell was there; and the first day."""
    days = {"opinions": paths.earlier(vote, 5, 25)}
    days["background"] = paths.earlier(days["opinions"], 0, 60)
    days["recommendation"] = paths.earlier(days["background"], 0, 30)
    days["application"] = paths.earlier(days["recommendation"], 3, 40)
    days["course"] = paths.earlier(days["application"], 15, 240)
    days["noted"] = paths.earlier(days["course"], 30, 330)
    days = {key: np.minimum(np.maximum(on, least), vote) for key, on in days.items()}
    return [Written(key, number, on) for key, on in days.items()], days["noted"]


def probation(paths: Paths, ceremony: Ints, decided: Ints, left: Ints, cell: Ints, struck: np.ndarray) -> list[Written]:
    """The steps of probation, as far as they were taken before the last decision, the leaving, or today."""
    number, count = np.arange(len(ceremony)), len(ceremony)
    over = decided >= 0
    ends = ceremony + 366
    until = np.where(over, decided, np.minimum(left - 1, paths.last))
    days = {"member_course": paths.calendar.working(ceremony + paths.between(60, 250, count))}
    days["reviews"] = paths.calendar.working(ends - paths.between(14, 45, count))
    days["official_opinions"] = paths.calendar.working(days["reviews"] + paths.between(2, 8, count))
    taken = []
    for key, on in days.items():
        on = np.where(over, np.minimum(on, decided), on)
        rows = on <= until
        taken.append(Written(key, number[rows], on[rows]))
    voted = _votes(paths, number[over], ceremony[over], decided[over], cell[over], struck[over])
    return [*taken, *voted]


def _votes(paths: Paths, number: Ints, ceremony: Ints, decided: Ints, cell: Ints, struck: np.ndarray) -> list[Written]:
    """The cell's ballot on the official status, what the committees made of it."""
    over = np.minimum(ceremony + 366, decided)
    grassroots = np.maximum(paths.earlier(decided, 2, 12), over)
    vote = np.maximum(paths.earlier(grassroots, 2, 12), over)
    under = paths.under_committee(cell, vote)
    outcomes = np.where(struck, "strike_off", "recognise").tolist()
    return [
        Written("official_vote", number, vote, paths.ballot(cell, vote, struck)),
        Written("official_grassroots", number[under], grassroots[under], paths.committee(int(under.sum()))),
        Written("official_decision", number, decided, paths.committee(len(number)), outcomes),
    ]


# By stage: the steps taken last, and how many days ago at the most; a few are older than their limit.
_LAST = {"source": ("noted", 200), "file": ("application", 120), "cell": ("opinions", 80),
         "committees": ("cell_vote", 58), "ceremony": ("decision", 58)}  # fmt: skip
_ORDER = ("noted", "course", "application", "recommendation", "background", "opinions", "cell_vote", "grassroots",
          "decision")  # fmt: skip


def open_days(paths: Paths, units: Ints, stages: np.ndarray, begun: int) -> list[Written]:
    """The steps of cases that are under way today."""
    taken: list[Written] = []
    for stage, (key, most) in _LAST.items():
        rows = np.flatnonzero(stages == stage)
        anchor = paths.last - paths.between(1, most, len(rows))
        taken += _until(paths, begun + rows, units[rows], key, anchor)
        paths.voted |= dict(zip((begun + rows).tolist(), [paths.last] * len(rows), strict=True))
    return taken


def _until(paths: Paths, number: Ints, cell: Ints, key: str, anchor: Ints) -> list[Written]:
    """Steps up to and with the last one taken, counted back from its day."""
    days, on = {}, anchor
    for step in reversed(_ORDER[: _ORDER.index(key) + 1]):
        days[step] = np.maximum(on, np.minimum(paths.start[cell], anchor))
        on = paths.earlier(on, 2, {"course": 240, "application": 60}.get(step, 24))
    under = paths.under_committee(cell, anchor)
    taken = []
    for step, when in days.items():
        if step == "cell_vote":
            taken.append(Written(step, number, when, paths.ballot(cell, when)))
        elif step == "grassroots":
            taken.append(Written(step, number[under], when[under], paths.committee(int(under.sum()))))
        elif step == "decision":
            taken.append(Written(step, number, when, paths.committee(len(number)), "admit"))
        else:
            taken.append(Written(step, number, when))
    return taken
