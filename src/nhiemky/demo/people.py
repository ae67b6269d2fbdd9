"""The people's history from 2015 to October 2026, as arrays: who came, moved, was recognised, left.

Year by year and in that order, so that every entry follows from the one before. A person has at most one entry a
year besides the recognition, and none on the day of a reorganisation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nhiemky.demo.units import Spec
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number

Ints = NDArray[np.int64]
FIRST, LAST = date(2015, 1, 1), date(2026, 10, 15)
TARGET, TARGET_DAY = 91_788, date(2025, 9, 15)
NO_ENTRIES = [day_number(day) for day in (date(2025, 2, 3), date(2025, 7, 1))]
# Admissions of each province and year; 2021 and 2022 of Quảng Ngãi are the figures of the report.
ADMITTED = {
    "51": (1905, 1852, 1781, 1704, 1623, 1302, 1148, 1666, 1702, 1751, 1722, 1310),
    "62": (1012, 985, 961, 930, 902, 744, 688, 872, 915, 934, 921, 702),
}
SHARE = {"51": 0.665, "62": 0.335}
RATES = {"death": 0.0095, "transfer_out": 0.004, "striking_off": 0.0022, "expulsion": 0.0003, "leaving": 0.0005}
TRANSFER_IN, TRANSFER_WITHIN, EXEMPTION = 0.0035, 0.012, 0.004
_YEAR = 365


@dataclass
class Book:
    """Everybody, one entry per person, and the ledger as growing columns."""

    rng: np.random.Generator
    scale: float
    specs: list[Spec]
    born: list[Ints] = field(default_factory=list)
    unit: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    entered: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    official: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    left: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    exempt: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    birth: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    opening: int = 0
    moves: list[Ints] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = np.array([n for n, s in enumerate(self.specs) if s.holds], dtype=np.int64)
        self.start = np.array([day_number(s.start) for s in self.specs], dtype=np.int64)
        self.weight = np.array([s.weight if s.holds else 0.0 for s in self.specs])
        self.province = np.array([s.province for s in self.specs])

    # Tools

    def draw_cells(self, count: int, province: str, day: int) -> Ints:
        """Cells for so many people, by weight, among those that exist on the day."""
        weights = self.weight * (self.province == province) * (self.start < day)
        return self.rng.choice(len(weights), size=count, p=weights / weights.sum())

    def draw_days(self, count: int, first: date, last: date) -> Ints:
        """Days of a period on which nothing is reorganised."""
        days = self.rng.integers(day_number(first), day_number(last) + 1, size=count)
        return np.where(np.isin(days, NO_ENTRIES), days - 1, days)

    def note(self, kind: str, people: Ints, days: Ints, source: Ints, target: Ints) -> None:
        """Append movements."""
        code = np.full(len(people), MOVEMENT_CODE[kind])
        self.moves.append(np.column_stack([people, code, days, source, target]))

    def add_people(self, units: Ints, entered: Ints, official: Ints, birth: Ints) -> Ints:
        """New people; their numbers."""
        numbers = np.arange(len(self.unit), len(self.unit) + len(units))
        self.unit = np.concatenate([self.unit, units])
        self.entered = np.concatenate([self.entered, entered])
        self.official = np.concatenate([self.official, official])
        self.birth = np.concatenate([self.birth, birth])
        self.left = np.concatenate([self.left, np.full(len(units), FOREVER)])
        self.exempt = np.concatenate([self.exempt, np.zeros(len(units), dtype=bool)])
        return numbers

    def settled(self, year: int, province: str) -> Ints:
        """People of the province who were official before the year and are still there."""
        first = day_number(date(year, 1, 1))
        there = (self.official < first) & (self.left == FOREVER) & (self.province[self.unit] == province)
        return np.flatnonzero(there)


def write_history(book: Book) -> None:
    """Fill the book: first what happens in each year, with an opening that makes the total come out."""
    for province in ADMITTED:
        _open(book, province, _opening_size(book, province))
    for year in range(FIRST.year, LAST.year + 1):
        last = min(date(year, 12, 31), LAST)
        for province, admitted in ADMITTED.items():
            _leave(book, province, year, last)
            _within(book, province, year, last)
            _exemptions(book, province, year, last)
            _come(book, province, year, last)
            count = admitted[year - FIRST.year]
            _admit(book, province, year, last, count if book.scale == 1 else max(1, round(count * book.scale)))
        _found_cells(book, year)
        _recognise(book, year, last)
    _settle_total(book)


def _opening_size(book: Book, province: str) -> int:
    """A first guess, a little above what is needed; `_settle_total` takes the rest away."""
    return round(92_600 * 0.87 * SHARE[province] * book.scale)


def _open(book: Book, province: str, count: int) -> None:
    units = book.draw_cells(count, province, day_number(FIRST))
    entered = np.full(count, day_number(FIRST))
    ages = np.clip(book.rng.gamma(7.5, 5.6, size=count) + 8, 21, 88)
    birth = entered - (ages * 365.25).astype(np.int64)
    people = book.add_people(units, entered, entered - 1, birth)
    book.opening += count
    book.note("opening", people, entered, np.full(count, -1), units)


def _leave(book: Book, province: str, year: int, last: date) -> None:
    first = date(year, 1, 2)
    share = (day_number(last) - day_number(first)) / _YEAR
    for kind, rate in RATES.items():
        people = book.settled(year, province)
        count = int(book.rng.poisson(len(people) * rate * share))
        weights = np.ones(len(people))
        if kind == "death":
            age = (day_number(first) - book.birth[people]) / 365.25
            weights = np.exp((age - 60) / 9)
        chosen = book.rng.choice(people, size=min(count, len(people)), replace=False, p=weights / weights.sum())
        days = book.draw_days(len(chosen), first, last)
        book.note(kind, chosen, days, book.unit[chosen], np.full(len(chosen), -1))
        book.left[chosen] = days


def _busy(book: Book, year: int) -> Ints:
    """People who have an entry in the year already."""
    first = day_number(date(year, 1, 1))
    recent = [m[m[:, 2] >= first, 0] for m in book.moves[-60:]]
    return np.unique(np.concatenate(recent)) if recent else np.zeros(0, dtype=np.int64)


def _within(book: Book, province: str, year: int, last: date) -> None:
    people = np.setdiff1d(book.settled(year, province), _busy(book, year))
    chosen = book.rng.choice(people, size=int(len(people) * TRANSFER_WITHIN), replace=False)
    target = book.draw_cells(len(chosen), province, day_number(date(year, 1, 1)))
    differs = target != book.unit[chosen]
    chosen, target = chosen[differs], target[differs]
    days = book.draw_days(len(chosen), date(year, 1, 2), last)
    book.note("transfer_within", chosen, days, book.unit[chosen], target)
    book.unit[chosen] = target


def _exemptions(book: Book, province: str, year: int, last: date) -> None:
    people = np.setdiff1d(book.settled(year, province), _busy(book, year))
    old = (day_number(date(year, 1, 1)) - book.birth[people]) / 365.25 > 68
    for kind, pool, count in (
        ("exemption_on", people[old & ~book.exempt[people]], int(len(people) * EXEMPTION)),
        ("exemption_off", people[book.exempt[people]], int(len(people) * EXEMPTION / 40)),
    ):
        chosen = book.rng.choice(pool, size=min(count, len(pool)), replace=False)
        days = book.draw_days(len(chosen), date(year, 1, 2), last)
        book.note(kind, chosen, days, book.unit[chosen], book.unit[chosen])
        book.exempt[chosen] = kind == "exemption_on"


def _come(book: Book, province: str, year: int, last: date) -> None:
    """Transfers from outside; all of them official members."""
    count = int(len(book.settled(year, province)) * TRANSFER_IN)
    units = book.draw_cells(count, province, day_number(date(year, 1, 1)))
    days = book.draw_days(count, date(year, 1, 2), last)
    birth = days - (book.rng.uniform(26, 56, size=count) * 365.25).astype(np.int64)
    people = book.add_people(units, days, days - 1, birth)
    book.note("transfer_in", people, days, np.full(count, -1), units)


def _admit(book: Book, province: str, year: int, last: date, count: int) -> None:
    units = book.draw_cells(count, province, day_number(date(year, 1, 1)))
    days = book.draw_days(count, date(year, 1, 2), last)
    ages = np.clip(19 + book.rng.gamma(2.6, 3.4, size=count), 18.3, 55)
    people = book.add_people(units, days, np.full(count, FOREVER), days - (ages * 365.25).astype(np.int64))
    book.note("admission", people, days, np.full(count, -1), units)


def _recognise(book: Book, year: int, last: date) -> None:
    """Twelve months after the ceremony; one in a hundred is struck off instead."""
    due = _a_year_after(book.entered)
    there = (book.official == FOREVER) & (book.left == FOREVER)
    now = there & (due >= day_number(date(year, 1, 1))) & (due <= day_number(last))
    people = np.flatnonzero(now)
    days = np.where(np.isin(due[people], NO_ENTRIES), due[people] + 1, due[people])
    fails = book.rng.random(len(people)) < 0.01
    good, bad = people[~fails], people[fails]
    book.note("official_recognition", good, days[~fails], book.unit[good], book.unit[good])
    book.official[good] = days[~fails]
    book.note("striking_off", bad, days[fails], book.unit[bad], np.full(len(bad), -1))
    book.left[bad] = days[fails]


def _a_year_after(days: Ints) -> Ints:
    """The same day a year later; 1 March after 29 February."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    later = (months + np.timedelta64(12, "M")).astype("datetime64[D]") + (dates - months)
    return later.astype(np.int64)


def _found_cells(book: Book, year: int) -> None:
    """A new cell gets its first members from its surroundings, on the day it is founded."""
    for number in np.flatnonzero(book.weight > 0):
        spec = book.specs[number]
        if spec.start.year != year:
            continue
        people = np.setdiff1d(book.settled(year, spec.province), _busy(book, year))
        near = people[[book.specs[u].parent == spec.parent for u in book.unit[people]]]
        chosen = book.rng.choice(near if len(near) >= 8 else people, size=5, replace=False)
        book.note("transfer_within", chosen, np.full(5, day_number(spec.start)), book.unit[chosen], np.full(5, number))
        book.unit[chosen] = number


def _settle_total(book: Book) -> None:
    """Take from the opening whoever is too many on the target day: people of whom nothing but the opening is known."""
    day = day_number(TARGET_DAY)
    wanted = TARGET if book.scale == 1 else round(TARGET * book.scale)
    present = int(((book.entered <= day) & (book.left > day)).sum())
    surplus = present - wanted
    if surplus < 0:
        raise AssertionError(f"the opening is {-surplus} people too small")
    entries = np.concatenate([m[:, 0] for m in book.moves])
    silent = np.flatnonzero(np.bincount(entries, minlength=len(book.unit)) == 1)
    silent = silent[silent < book.opening]
    gone = book.rng.choice(silent, size=surplus, replace=False)
    book.left[gone] = -1


def ledger(book: Book) -> tuple[Ints, Ints]:
    """The people who are kept (in order), and all their movements by person and day, persons renumbered."""
    kept = np.flatnonzero(book.left != -1)
    renumbered = np.full(len(book.unit), -1)
    renumbered[kept] = np.arange(len(kept))
    moves = np.concatenate(book.moves)
    moves[:, 0] = renumbered[moves[:, 0]]
    moves = moves[moves[:, 0] >= 0]
    return kept, moves[np.lexsort((moves[:, 2], moves[:, 0]))]
