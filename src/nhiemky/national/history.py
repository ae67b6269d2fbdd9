"""What happened to the members of the nation from 2015 to the eve of the reform, year by year and all people at once.

Whoever is official has at most one entry in a year; who is admitted has the recognition in the year after as the next
one. So entries of a person never fall on one day, and each follows from the one before. Names, papers and everything
else that nobody counts are as simple as can be; only what figures are made of is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints
from nhiemky.domain.periods import day_number
from nhiemky.national.units import Units

Small = NDArray[np.int32]
UnitsOf = NDArray[np.int32] | Ints | None
MEMBERS = 5_600_000
FIRST, LAST = date(2015, 1, 1), date(2025, 6, 30)
ADMITTED_A_YEAR = 170_000
_OPENING = 0.85
_TRANSFER_IN = 0.0035
# Of 100,000 official members, in a year; who is 68 or older dies more often, and may be exempt.
_OFTEN = {"transfer_out": 400, "striking_off": 180, "expulsion": 30, "leaving": 50, "transfer_within": 900}
_DEATHS = ((0, 150), (55, 900), (68, 3_800))
_EXEMPTIONS = {"exemption_on": 1_500, "exemption_off": 800}
_OLD, _BASE = 68, 100_000
_YEAR = 365.25
_CODE = MOVEMENT_CODE


@dataclass
class Book:
    """People by number, and their entries in the order in which they were made.

    An entry is a row of `entries`: person, kind, day, source, target, official after it, exempt after it.
    """

    rng: np.random.Generator
    unit: Small
    born: Small
    admitted: Small
    official_on: Small
    female: Bools
    minority: Bools
    official: Bools
    exempt: Bools
    present: Bools
    busy: NDArray[np.int16]
    count: int = 0
    entries: list[tuple[Small, Small, Small, Small, Small, Bools, Bools]] = field(default_factory=list)

    def note(self, kind: str, people: Ints, days: Ints, source: UnitsOf, target: UnitsOf) -> None:
        """Write an entry for each of the people as they now are."""
        none = np.full(len(people), -1)
        self.entries.append((
            people.astype(np.int32), np.full(len(people), _CODE[kind], dtype=np.int32), days.astype(np.int32),
            (none if source is None else source).astype(np.int32),
            (none if target is None else target).astype(np.int32),
            self.official[people], self.exempt[people],
        ))  # fmt: skip


@dataclass(frozen=True)
class History:
    """The ledger by person and day, persons numbered without gaps; `people` holds a row of facts for each."""

    person: Small
    kind: Small
    day: Small
    source: Small
    target: Small
    official: Bools
    exempt: Bools
    book: Book

    @property
    def people(self) -> int:
        return self.book.count


def history(units: Units, rng: np.random.Generator, scale: float) -> History:
    """Entries of everybody, so many people that exactly the wanted number is left on the last day."""
    wanted = round(MEMBERS * scale)
    opening = round(wanted * _OPENING)
    room = opening + round(wanted * 0.55) + 20
    book = _empty(rng, room)
    cells = _Cells(units, rng)
    _open(book, cells, opening, scale)
    for year in range(FIRST.year, LAST.year + 1):
        _leave_and_move(book, cells, year)
        _recognise(book, year)
        _come(book, cells, year)
        _admit(book, cells, year, round(ADMITTED_A_YEAR * scale * _part(year)))
    return _settled(book, wanted, opening)


class _Cells:
    """Draws cells by their weights, in the whole country or in somebody's province."""

    def __init__(self, units: Units, rng: np.random.Generator) -> None:
        self.rng = rng
        self.numbers, weights, provinces = units.cells()
        self.upto = np.cumsum(weights)
        self.of_unit = np.array(units.province, dtype=np.int32)
        self.first = np.searchsorted(provinces, np.arange(len(units)))
        self.after = np.searchsorted(provinces, np.arange(len(units)), side="right")

    def anywhere(self, count: int) -> Small:
        drawn = self.rng.integers(0, self.upto[-1], size=count)
        return self.numbers[np.searchsorted(self.upto, drawn, side="right")].astype(np.int32)

    def in_province_of(self, units: Small) -> Small:
        province = self.of_unit[units]
        before = np.concatenate(([0], self.upto))
        low, high = before[self.first[province]], before[self.after[province]]
        drawn = low + (self.rng.random(len(units)) * (high - low)).astype(np.int64)
        return self.numbers[np.searchsorted(self.upto, drawn, side="right")].astype(np.int32)


def _empty(rng: np.random.Generator, room: int) -> Book:
    def days() -> Small:
        return np.zeros(room, dtype=np.int32)

    def flags() -> Bools:
        return np.zeros(room, dtype=bool)

    forever = np.full(room, FOREVER, dtype=np.int32)
    busy = np.zeros(room, dtype=np.int16)
    return Book(rng, days(), days(), days(), forever, flags(), flags(), flags(), flags(), flags(), busy)


def _part(year: int) -> float:
    """How much of the year the records hold."""
    return (min(date(year, 12, 31), LAST) - date(year, 1, 1)).days / 365


def _days(book: Book, year: int, count: int) -> Ints:
    """Days of the year that leave room for what comes a year later."""
    first, last = day_number(date(year, 1, 4)), day_number(min(date(year, 12, 10), LAST))
    return book.rng.integers(first, last, size=count)


def _add(book: Book, cells: _Cells, ages: NDArray[np.float64], days: Ints, admitted: Ints) -> Ints:
    """New people of these ages on their days."""
    people = np.arange(book.count, book.count + len(days))
    book.count += len(days)
    book.unit[people] = cells.anywhere(len(days))
    book.born[people] = days - (ages * _YEAR).astype(np.int64)
    book.admitted[people] = admitted
    book.female[people] = book.rng.random(len(days)) < 0.36
    book.minority[people] = book.rng.random(len(days)) < 0.13
    book.present[people] = True
    return people


def _joined(book: Book, days: Ints, ages: NDArray[np.float64]) -> Ints:
    """When somebody joined who has been official for a while: at 18½ to 34, at least 400 days ago."""
    latest = np.minimum(ages - 400 / _YEAR, 34)
    at = 18.6 + (latest - 18.6) * book.rng.random(len(ages))
    return days - ((ages - at) * _YEAR).astype(np.int64)


def _open(book: Book, cells: _Cells, count: int, scale: float) -> None:
    """Who was there when the records begin; those admitted in the year before are on probation."""
    days = np.full(count, day_number(FIRST))
    ages = book.rng.triangular(20.5, 42, 88, size=count)
    people = _add(book, cells, ages, days, _joined(book, days, ages))
    fresh = people[: min(count, round(ADMITTED_A_YEAR * scale))]
    book.admitted[fresh] = _days(book, FIRST.year - 1, len(fresh))
    book.born[fresh] = book.admitted[fresh] - book.rng.integers(7_000, 12_500, size=len(fresh))
    book.busy[fresh] = FIRST.year - 1
    others = people[len(fresh) :]
    book.official[others] = True
    book.official_on[others] = book.admitted[others] + 366
    old = days[others] - book.born[others] > _OLD * _YEAR
    book.exempt[others[old & (book.rng.random(len(others)) < 0.15)]] = True
    book.note("opening", people, days, None, book.unit[people])


def _leave_and_move(book: Book, cells: _Cells, year: int) -> None:
    """What befalls official members: each has one lot in the year."""
    people = np.flatnonzero(book.official & book.present)
    lot = book.rng.integers(0, _BASE, size=len(people))
    age = ((day_number(date(year, 7, 1)) - book.born[people]) / _YEAR).astype(np.int64)
    upto = np.zeros(len(people), dtype=np.int64)

    def drawn(rate: Ints) -> Ints:
        nonlocal upto
        chosen = (lot >= upto) & (lot < upto + rate)
        upto = upto + rate
        return people[chosen]

    part = _part(year)
    deaths = np.zeros(len(people), dtype=np.int64)
    for since, rate in _DEATHS:
        deaths[age >= since] = round(rate * part)
    _leave(book, "death", drawn(deaths), year)
    for kind, rate in _OFTEN.items():
        found = drawn(np.full(len(people), round(rate * part)))
        if kind == "transfer_within":
            _move(book, cells, found, year)
        else:
            _leave(book, kind, found, year)
    on, off = (round(rate * part) for rate in _EXEMPTIONS.values())
    exempt = book.exempt[people]
    _exempt(book, "exemption_on", drawn(np.where((age >= _OLD) & ~exempt, on, 0)), year)
    _exempt(book, "exemption_off", drawn(np.where(exempt, off, 0)), year)


def _leave(book: Book, kind: str, people: Ints, year: int) -> None:
    book.note(kind, people, _days(book, year, len(people)), book.unit[people], None)
    book.present[people] = False


def _move(book: Book, cells: _Cells, people: Ints, year: int) -> None:
    source, target = book.unit[people], cells.in_province_of(book.unit[people])
    far = book.rng.random(len(people)) < 0.1
    target[far] = cells.anywhere(int(far.sum()))
    moves = source != target
    people, source, target = people[moves], source[moves], target[moves]
    book.note("transfer_within", people, _days(book, year, len(people)), source, target)
    book.unit[people] = target


def _exempt(book: Book, kind: str, people: Ints, year: int) -> None:
    book.exempt[people] = kind == "exemption_on"
    book.note(kind, people, _days(book, year, len(people)), book.unit[people], book.unit[people])


def _recognise(book: Book, year: int) -> None:
    """Those admitted the year before, a year and some days later, if the records go so far."""
    people = np.flatnonzero((book.busy[: book.count] == year - 1) & ~book.official[: book.count])
    days = book.admitted[people].astype(np.int64) + 366 + people % 14
    known = days <= day_number(LAST)
    people, days = people[known], days[known]
    book.official[people] = True
    book.official_on[people] = days
    book.note("official_recognition", people, days, book.unit[people], book.unit[people])


def _come(book: Book, cells: _Cells, year: int) -> None:
    """Official members who were abroad or in the army's own organisation come in."""
    count = round(int(book.present.sum()) * _TRANSFER_IN * _part(year))
    ages, days = book.rng.uniform(24, 55, size=count), _days(book, year, count)
    people = _add(book, cells, ages, days, _joined(book, days, ages))
    book.official[people] = True
    book.official_on[people] = book.admitted[people] + 366
    book.note("transfer_in", people, days, None, book.unit[people])


def _admit(book: Book, cells: _Cells, year: int, count: int) -> None:
    days = _days(book, year, count)
    people = _add(book, cells, book.rng.triangular(18.7, 25, 45, size=count), days, days)
    book.busy[people] = year
    book.note("admission", people, days, None, book.unit[people])


def _settled(book: Book, wanted: int, opening: int) -> History:
    """Leave out as many as are too many on the last day, of whom nothing but the opening is known."""
    columns = [np.concatenate(pieces) for pieces in zip(*book.entries, strict=True)]
    book.entries.clear()
    surplus = int(book.present.sum()) - wanted
    if surplus < 0:
        raise AssertionError(f"the opening is {-surplus} people too small")
    silent = np.flatnonzero(np.bincount(columns[0], minlength=book.count)[:opening] == 1)
    silent = silent[book.official[silent]]
    kept = np.ones(book.count, dtype=bool)
    kept[book.rng.choice(silent, surplus, replace=False)] = False
    for name in ("unit", "born", "admitted", "official_on", "female", "minority", "present"):
        setattr(book, name, getattr(book, name)[: book.count][kept])
    rows = np.flatnonzero(kept[columns[0]])
    number = (np.cumsum(kept) - 1).astype(np.int32)
    columns = [number[columns[0][rows]], *(column[rows] for column in columns[1:])]
    order = np.argsort(columns[0].astype(np.int64) * 100_000 + columns[2], kind="stable")
    book.count = int(kept.sum())
    person, kind, day, source, target, official, exempt = (column[order] for column in columns)
    return History(person, kind, day, source, target, official, exempt, book)
