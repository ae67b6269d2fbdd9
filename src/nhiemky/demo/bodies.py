"""Committees and cell committees with their terms, and who holds the seats of those since 2020."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from nhiemky.core.copying import copy_rows
from nhiemky.demo.book import Book
from nhiemky.demo.foundings import REFORM
from nhiemky.demo.ledger import Ledger, Stays
from nhiemky.demo.loading import next_ids
from nhiemky.demo.seats import COLUMNS, Holders, TermFacts
from nhiemky.domain.organisation.kinds import COMMITTEE_MINIMUM, SECTOR_CODE
from nhiemky.domain.organisation.structure import Ints
from nhiemky.domain.periods import day_number
from nhiemky.organisation import selectors
from nhiemky.organisation.models import UnitVersion

# Terms of cells and, for each, how many residential cells of the province have no committee: 954 stood in Quảng Ngãi at
# the end of 2022, 933 with a committee; so the report says.
CELL_TERMS = ((2012, "2012-2015"), (2015, "2015-2017"), (2017, "2017-2020"), (2020, "2020-2022"), (2022, "2022-2025"),
              (2025, "2025-2027"))  # fmt: skip
WITHOUT_COMMITTEE = {"51": (96, 96, 61, 33, 21, 10), "62": (88, 88, 60, 38, 25, 14)}
_CELLS = {"51": 954, "62": 702}
_LAST_TERM_ENDS = date(2027, 9, 1)
COMMITTEE_TERMS = ((2015, "2015-2020"), (2020, "2020-2025"), (2025, "2025-2030"))
_SEATS = {"provincial": (68, 17), "above_grassroots": (33, 11), "grassroots_committee": (15, 5)}
_OLDEST, _OLDEST_IN_HAMLETS = 60, 70
# Who leads comes first from where leaders work.
_LEADERS = [SECTOR_CODE[key] for key in ("agency", "police", "military", "public_service")]


@dataclass(frozen=True)
class _Life:
    """When a unit begins and ends, and the decision that ended it."""

    born: date
    ended: date | None
    by: int | None


class Bodies:
    """Gathers bodies, terms and seats as rows."""

    def __init__(self, book: Book, entries: Ledger, stays: Stays, last: date) -> None:
        self.book, self.last = book, last
        self.structure = selectors.structure()
        self.holders = Holders(stays, book, entries.kept, self.structure)
        self.bodies: list[tuple[object, ...]] = []
        self.terms: list[tuple[object, ...]] = []
        closed = UnitVersion.objects.exclude(closed_by=None).values_list("unit_id", "during", "closed_by_id")
        self.enders = {(unit_id, during.upper): by for unit_id, during, by in closed}
        self.filled = set(np.unique(entries.target[entries.reorganisation > 0]).tolist())

    def life(self, place: int) -> _Life:
        """The life of a unit."""
        versions = self.structure.versions[place]
        end = versions[-1].during.end
        by = self.enders.get((int(self.structure.ids[place]), end)) if end else None
        return _Life(versions[0].during.start, end, by)

    def body(self, place: int, kind: str) -> int:
        """A new body; its number."""
        self.bodies.append((len(self.bodies) + 1, int(self.structure.ids[place]), kind))
        return len(self.bodies)

    def term(self, body: int, label: str, start: date, planned: date, seats: int, life: _Life,
             origin: str = "elected") -> TermFacts | None:  # fmt: skip
        """A term inside the unit's life; one that a decision cut keeps the end that was planned."""
        cut = life.ended is not None and life.ended < planned
        end = life.ended if cut and life.ended else planned
        if start >= end or start > self.last:
            return None
        number = len(self.terms) + 1
        self.terms.append((number, body, label, f"[{start},{end})", seats, life.by if cut else None,
                           planned.isoformat() if cut else None))  # fmt: skip
        return TermFacts(number, day_number(start), day_number(end), day_number(planned), seats, origin)

    def save(self) -> None:
        """Write everything."""
        copy_rows("organisation_body", ("id", "unit_id", "kind"), self.bodies)
        columns = ("id", "body_id", "label", "during", "seats", "cut_by_id", "planned_until")
        copy_rows("organisation_term", columns, self.terms)
        copy_rows("members_seat", COLUMNS, self.holders.rows)
        for table in ("organisation_body", "organisation_term"):
            next_ids(table)


def write(book: Book, entries: Ledger, stays: Stays, last: date) -> None:
    """Every body, its terms until the last day, and who holds the seats."""
    made = Bodies(book, entries, stays, last)
    for place, versions in enumerate(made.structure.versions):
        if versions and versions[0].kind in _SEATS:
            _committees(made, place, versions[0].kind)
    _cell_committees(made)
    made.save()


def _committees(made: Bodies, place: int, kind: str) -> None:
    """Committee and standing committee of a level; those of a new unit are designated until their first congress."""
    life = made.life(place)
    bodies = [made.body(place, "committee"), made.body(place, "standing_committee")]
    for year, label in COMMITTEE_TERMS:
        start, end = _begins(kind, year), _begins(kind, year + 5)
        if end <= life.born or (life.ended is not None and life.ended.year == start.year == 2025):
            continue
        first = max(start, life.born)
        origin = "designated" if life.born > start or life.born.year == year else "elected"
        terms = [
            made.term(body, label, first, end, seats, life, origin)
            for body, seats in zip(bodies, _SEATS[kind], strict=True)
        ]
        if year >= 2020 and terms[0] is not None:
            cells = _cells_below(made, place, first)
            people = made.holders.of_subtree(place, cells, terms[0].start, _SEATS[kind][0] + 4)
            for term in terms:
                if term is not None:
                    made.holders.fill(term, people)


def _begins(kind: str, year: int) -> date:
    """The congresses of a round go from the bottom to the top."""
    month, day_ = {"provincial": (9, 17), "above_grassroots": (8, 5)}.get(kind, (5, 20))
    return date(year, month, day_)


def _cells_below(made: Bodies, place: int, on: date) -> list[int]:
    """Cells under the unit on the day: first those where leaders work."""
    inside = made.structure.tree(on).inside(place) & made.structure.alive(on)
    below = np.flatnonzero(inside[: len(made.book.specs)] & (made.book.weight > 0))
    return sorted(below.tolist(), key=lambda cell: (made.book.sector[cell] not in _LEADERS, cell))


def _cell_committees(made: Bodies) -> None:
    sizes = {
        year: made.holders.officials(day_number(max(date(year, 3, 1), date(2015, 1, 1)))) for year, _ in CELL_TERMS
    }
    after = made.holders.officials(day_number(REFORM)) if made.last >= REFORM else sizes[2025]
    without = _without(made, sizes)
    for place in np.flatnonzero(made.book.weight > 0).tolist():
        if not made.structure.versions[place]:
            continue
        residential = made.book.sector[place] == SECTOR_CODE["residential"]
        joined = place in made.filled and not residential
        covered = []
        for year, _label in CELL_TERMS:
            size = after if joined and year == 2025 else sizes[year]
            large = size[place] >= COMMITTEE_MINIMUM.at(REFORM).value
            covered.append((place not in without[year]) if residential else bool(large))
        _cell_terms(made, place, covered, joined=joined)


def _without(made: Bodies, sizes: dict[int, Ints]) -> dict[int, set[int]]:
    """The smallest residential cells, which have no committee in a term."""
    found: dict[int, set[int]] = {year: set() for year, _label in CELL_TERMS}
    for province, counts in WITHOUT_COMMITTEE.items():
        cells = np.flatnonzero((made.book.province == province) & (made.book.weight > 0)
                               & (made.book.sector == SECTOR_CODE["residential"]))  # fmt: skip
        for (year, _label), count in zip(CELL_TERMS, counts, strict=True):
            part = max(1, round(count * len(cells) / _CELLS[province]))
            smallest = cells[np.argsort(sizes[year][cells], kind="stable")][:part]
            found[year] |= set(smallest.tolist())
    return found


def _cell_terms(made: Bodies, place: int, covered: list[bool], *, joined: bool) -> None:
    """The terms of one cell. A cell that others joined in the reform has its committee designated on that day."""
    if not any(covered):
        return
    shift = timedelta(days=int(made.book.rng.integers(0, 118)))
    days = [date(year, 3, 1) + shift for year, _label in CELL_TERMS] + [_LAST_TERM_ENDS + shift]
    if joined:
        days[-2] = REFORM
    life = made.life(place)
    body = None
    for number, (year, label) in enumerate(CELL_TERMS):
        if not covered[number] or days[number] <= life.born:
            continue
        body = body or made.body(place, "cell_committee")
        origin = "designated" if joined and year == 2025 else "elected"
        term = made.term(body, label, days[number], days[number + 1], 3, life, origin)
        if term is not None and year >= 2020:
            oldest = _OLDEST_IN_HAMLETS if made.book.sector[place] == SECTOR_CODE["residential"] else _OLDEST
            people = made.holders.of_cell(place, term.start, oldest)
            made.holders.fill(replace(term, oldest=oldest), people)
