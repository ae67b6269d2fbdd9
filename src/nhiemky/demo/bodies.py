"""Committees with their terms and holders, and the yearly targets."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from nhiemky.demo.loading import copy_rows, next_ids
from nhiemky.demo.people import Book
from nhiemky.demo.registry import StayRows
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number, day_of
from nhiemky.organisation import selectors

# 954 residential cells stood in Quảng Ngãi at the end of 2022, 933 with a committee: the report's figures.
WITHOUT_COMMITTEE = 21
_CELL_TERMS = ((2017, "2017-2020"), (2020, "2020-2022"), (2022, "2022-2025"), (2025, "2025-2027"))
_COMMITTEE_TERMS = ((2015, "2015-2020"), (2020, "2020-2025"), (2025, "2025-2030"))
TARGETS = {2019: 1600, 2020: 1300, 2021: 1200, 2022: 1400, 2023: 1600, 2024: 1700, 2025: 2500, 2026: 2600}
_SEATS = {"provincial": (68, 17), "above_grassroots": (33, 11), "grassroots_committee": (15, 5)}


class _Rows:
    """Bodies, terms and seats with their numbers."""

    def __init__(self, book: Book, stays: StayRows) -> None:
        self.rng, self.stays = book.rng, stays
        self.bodies: list[tuple[object, ...]] = []
        self.terms: list[tuple[object, ...]] = []
        self.seats: list[tuple[object, ...]] = []
        order = np.argsort(stays.unit, kind="stable")
        self.order, self.sorted_units = order, stays.unit[order]

    def body(self, unit_id: int, kind: str) -> int:
        self.bodies.append((len(self.bodies) + 1, unit_id, kind))
        return len(self.bodies)

    def term(self, body: int, label: str, start: date, end: date, seats: int) -> int:
        self.terms.append((len(self.terms) + 1, body, label, f"[{start},{end})", seats))
        return len(self.terms)

    def members(self, unit: int, on: date) -> list[tuple[int, int]]:
        """People in the unit on the day who stay a while, and the day number on which they leave it."""
        low, high = np.searchsorted(self.sorted_units, [unit, unit + 1])
        rows, number = self.order[low:high], day_number(on)
        rows = rows[(self.stays.start[rows] <= number) & (self.stays.end[rows] > number + 400)]
        return [(int(self.stays.person[r]), int(self.stays.end[r])) for r in rows]

    def fill(self, term: int, people: list[tuple[int, int]], start: date, end: date, origin: str = "elected") -> None:
        """Give the seats, at most until the end of the holder's stay."""
        for place, (person, leaves) in enumerate(people):
            post = ("secretary", "deputy")[place] if place < 2 else "member"
            until = end if leaves == FOREVER else min(end, day_of(leaves))
            self.seats.append((term, person + 1, post, origin, f"[{start},{until})"))

    def one_of_each(self, cells: list[int], on: date, count: int) -> list[tuple[int, int]]:
        """So many people, one from each cell in turn."""
        found = [people[0] for cell in cells if (people := self.members(cell, on))]
        return found[:count]


def write(book: Book, stays: StayRows) -> None:
    """Every body, its terms, and who holds the seats of the terms since 2022."""
    rows = _Rows(book, stays)
    structure = selectors.structure()
    for place, code in enumerate(structure.codes):
        version = structure.versions[place][0] if structure.versions[place] else None
        if version is not None and version.kind in _SEATS:
            _committees(rows, int(structure.ids[place]), code, version.kind, place)
    _cell_committees(rows, book)
    copy_rows("organisation_body", ("id", "unit_id", "kind"), rows.bodies)
    copy_rows("organisation_term", ("id", "body_id", "label", "during", "seats"), rows.terms)
    copy_rows("members_seat", ("term_id", "person_id", "post", "origin", "during"), rows.seats)
    next_ids("organisation_body")
    next_ids("organisation_term")


def _committees(rows: _Rows, unit_id: int, code: str, kind: str, place: int) -> None:
    """Committee and standing committee of a level with one; a unit that ended had its last term cut."""
    structure = selectors.structure()
    life = structure.versions[place]
    born, ended = life[0].during.start, life[-1].during.end
    cells = _cells_below(rows, place)
    for body_kind, seats in zip(("committee", "standing_committee"), _SEATS[kind], strict=True):
        body = rows.body(unit_id, body_kind)
        for year, label in _COMMITTEE_TERMS:
            if born > date(2025, 1, 1) and year != 2025:
                continue
            start = born if born > date(2025, 1, 1) else max(date(year, 8, 1), born)
            end = date(year + 5, 8, 1) if ended is None else min(date(year + 5, 8, 1), ended)
            if start < end:
                term = rows.term(body, label, start, end, seats)
                if year >= 2020:
                    origin = "designated" if start == born else "elected"
                    rows.fill(term, rows.one_of_each(cells, start, seats), start, end, origin)


def _cells_below(rows: _Rows, place: int) -> list[int]:
    """Cells that stood under the unit at the end of its first segment and have people, in their order."""
    structure = selectors.structure()
    life = structure.versions[place]
    on = date(2024, 12, 31) if life[0].during.start < date(2025, 1, 1) else date(2025, 7, 1)
    inside = structure.tree(on).inside(place)
    below = np.flatnonzero(inside)
    return [int(cell) for cell in below if cell <= rows.sorted_units[-1]]


def _cell_committees(rows: _Rows, book: Book) -> None:
    residential = [n for n, s in enumerate(book.specs) if s.holds and s.sector == "residential"]
    own = [n for n in residential if book.specs[n].province == "51"]
    scale = len(own) / 954
    without = set(book.rng.choice(own, size=max(1, round(WITHOUT_COMMITTEE * scale)), replace=False).tolist())
    for number, spec in enumerate(book.specs):
        if not spec.holds or (spec.sector != "residential" and spec.weight < 0.5):
            continue
        body = rows.body(number + 1, "cell_committee")
        _cell_terms(rows, body, number, spec.start, skips_2022=number in without)


def _cell_terms(rows: _Rows, body: int, unit: int, born: date, *, skips_2022: bool) -> None:
    shift = int(rows.rng.integers(0, 120))
    days = [date(year, 3, 1) + timedelta(days=shift) for year, _label in _CELL_TERMS]
    days.append(date(2027, 12, 31))
    for (year, label), start, end in zip(_CELL_TERMS, days, days[1:], strict=False):
        if (skips_2022 and year == 2022) or start <= born:
            continue
        term = rows.term(body, label, start, end, 3)
        if year >= 2022:
            rows.fill(term, rows.members(unit, start)[:3], start, end)


def write_targets(book: Book) -> None:
    """Targets of admissions: the province's, and shares of it for what stood directly below."""
    structure = selectors.structure()
    rows: list[tuple[object, ...]] = []
    for year, total in TARGETS.items():
        wanted = max(1, round(total * (book.scale if book.scale < 1 else 1)))
        root = structure.by_code["T-51"]
        assumed = "giả định, chờ xác nhận"
        rows.append((int(structure.ids[root]), "members.admitted", year, wanted, True, assumed))
        below = structure.children(root, date(year, 12, 31))
        weights = np.array([_people_below(book, structure.codes[c]) for c in below], dtype=float) + 1
        shares = np.floor(weights / weights.sum() * wanted).astype(int)
        shares[: wanted - int(shares.sum())] += 1
        rows += [
            (int(structure.ids[child]), "members.admitted", year, int(share), True, assumed)
            for child, share in zip(below, shares, strict=True)
            if share
        ]
    copy_rows("reporting_target", ("unit_id", "indicator", "year", "value", "assumed", "source"), rows)
    next_ids("reporting_target")


def _people_below(book: Book, code: str) -> float:
    """A rough size of a unit: the weights of the cells in it today or before the reform."""
    structure = selectors.structure()
    on = date(2025, 7, 1) if code.startswith("X25") else date(2022, 12, 31)
    inside = structure.tree(on).inside(structure.by_code[code])[: len(book.specs)]
    return float(book.weight[inside].sum())
