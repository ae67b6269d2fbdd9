"""Who holds the seats of a term: people of the unit who are fit for it, as long as they stay and the term lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nhiemky.demo.book import YEAR, Book, Ints
from nhiemky.demo.ledger import Stays
from nhiemky.demo.loading import day
from nhiemky.domain.organisation.structure import Structure

_POSTS = ("secretary", "deputy")


@dataclass(frozen=True)
class TermFacts:
    """A term by its number: from, to, the end that was planned if it was cut, and its seats."""

    number: int
    start: int
    end: int
    planned: int
    seats: int
    origin: str = "elected"
    oldest: int = 60


@dataclass(frozen=True)
class Candidate:
    """A person with the day on which they leave the unit, by which movement."""

    person: int
    until: int
    closed: int


class Holders:
    """Chooses people for seats and writes them down."""

    def __init__(self, stays: Stays, book: Book, kept: Ints, structure: Structure) -> None:
        self.stays, self.structure, self.rng = stays, structure, book.rng
        self.birth, self.female = book.birth[kept], book.female[kept]
        self.order = np.argsort(stays.unit, kind="stable")
        self.sorted_units = stays.unit[self.order]
        self.rows: list[tuple[object, ...]] = []
        same = (stays.person[1:] == stays.person[:-1]) & (stays.end[:-1] == stays.start[1:])
        self.goes_on = np.append(same, False)
        ends = np.flatnonzero(~np.append(same & (stays.unit[1:] == stays.unit[:-1]), False))
        self.run_end = ends[np.searchsorted(ends, np.arange(len(stays.person)))]

    def officials(self, number: int) -> Ints:
        """How many official members each unit has on the day."""
        rows = (self.stays.start <= number) & (self.stays.end > number) & self.stays.official
        return np.bincount(self.stays.unit[rows], minlength=len(self.structure))

    def fit(self, unit: int, number: int, oldest: int) -> Ints:
        """Stays of people in a cell who are official, not exempt and not too old on the day, in a drawn order."""
        low, high = np.searchsorted(self.sorted_units, [unit, unit + 1])
        rows, held = self.order[low:high], self.stays
        rows = rows[(held.start[rows] <= number) & (held.end[rows] > number) & held.official[rows]]
        age = (number - self.birth[held.person[rows]]) / YEAR
        rows = rows[~held.exempt[rows] & (age < oldest)]
        # Who stays longest comes first, as a term begins with people who can see it through.
        early = np.minimum(held.end[self.run_end[rows]], number + 1000)
        # Fewer women than among the members: this is what figures of committees are for.
        turn = self.rng.exponential(size=len(rows)) / np.where(self.female[held.person[rows]], 0.45, 1.0)
        chosen: Ints = rows[np.lexsort((turn, -early))]
        return chosen

    def of_cell(self, unit: int, number: int, oldest: int) -> list[Candidate]:
        """Candidates for the committee of a cell: they leave it with the last stay there in a row."""
        rows = self.fit(unit, number, oldest)
        last = self.run_end[rows]
        held = self.stays
        return [Candidate(*facts) for facts in zip(held.person[rows].tolist(), held.end[last].tolist(),
                                                   held.closed[last].tolist(), strict=True)]  # fmt: skip

    def of_subtree(self, unit: int, cells: Iterable[int], number: int, count: int) -> list[Candidate]:
        """So many candidates for a committee: one from each cell in turn, then the next one of each."""
        found = [self.fit(cell, number, 60)[:3] for cell in cells]
        rows = [int(rows[turn]) for turn in range(3) for rows in found if len(rows) > turn]
        return [self._inside(unit, row) for row in rows[:count]]

    def _inside(self, unit: int, row: int) -> Candidate:
        """Follow somebody from cell to cell until they leave the unit."""
        held = self.stays
        while self.goes_on[row]:
            tree = self.structure.tree_of(int(self.structure.segment(held.start[row + 1 : row + 2])[0]))
            if not tree.first[unit] <= tree.first[held.unit[row + 1]] < tree.last[unit]:
                break
            row += 1
        return Candidate(int(held.person[row]), int(held.end[row]), int(held.closed[row]))

    def fill(self, term: TermFacts, people: list[Candidate]) -> None:
        """Give the seats; the first is the secretary's, and somebody else follows one who leaves."""
        for place, person in enumerate(people[: term.seats]):
            self._seat(term, person, _POSTS[place] if place < 2 else "member", term.start, term.origin)
        if people and people[0].until < term.end:
            since = people[0].until
            others = [p for p in people[term.seats :] if p.until >= term.end]
            others = [p for p in others if (since - self.birth[p.person]) / YEAR < term.oldest]
            if others:
                self._seat(term, others[0], "secretary", since, "added")

    def _seat(self, term: TermFacts, person: Candidate, post: str, start: int, origin: str) -> None:
        until, closed, planned = term.end, None, None
        if person.until < term.end:
            until, closed, planned = person.until, person.closed + 1, day(term.planned)
        elif term.planned > term.end:
            planned = day(term.planned)
        period = f"[{day(start)},{day(until)})"
        self.rows.append((term.number, person.person + 1, post, origin, period, planned, closed))


COLUMNS = ("term_id", "person_id", "post", "origin", "during", "planned_until", "closed_by_id")
