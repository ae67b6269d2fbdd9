"""The people's history from 2015 to the end of 2026: who came, moved, was recognised, retired, left.

Year by year and in that order, so that every entry follows from the one before. A person who is official has at most
one entry a year, and none on the day of a reorganisation. What comes after the day on which the demo is made is
left out when the ledger is written, so that the same seed gives the same past on every day.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from nhiemky.demo import probation
from nhiemky.demo.book import YEAR, Book, Floats, Ints
from nhiemky.demo.profiles import RESIDENTIAL, draw_admitted, draw_ages, draw_newcomers, retirement_age
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number

FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)
TARGET, TARGET_DAY = 91_788, date(2025, 9, 15)
# Admissions of each province and year, from 2014 on (of whom the last probationary members stood at the opening); 2021
# and 2022 of Quảng Ngãi are the figures of the report.
ADMITTED = {
    "51": (1950, 1905, 1852, 1781, 1704, 1623, 1302, 1148, 1666, 1702, 1751, 1722, 1655),
    "62": (1040, 1012, 985, 961, 930, 902, 744, 688, 872, 915, 934, 921, 890),
}
SHARE = {"51": 0.665, "62": 0.335}
RATES = {"death": 0.0095, "transfer_out": 0.004, "striking_off": 0.0018, "expulsion": 0.0003, "leaving": 0.0005}
TRANSFER_IN, TRANSFER_WITHIN = 0.0035, 0.009
EXEMPT_BEFORE, EXEMPTION, EXEMPTION_ENDS = 0.145, 0.0019, 0.008
READMITTED = {"51": (2, 5), "62": (1, 3)}
_OPENING = 0.905
_FIVE = 5


def write_history(book: Book) -> None:
    """Fill the book: an opening that makes the total come out, and then what happens in each year."""
    for province in ADMITTED:
        _open(book, province)
    for year in range(FIRST.year, LAST.year + 1):
        _found_cells(book, year)
        for province in ADMITTED:
            _retire(book, province, year)
            _leave(book, province, year)
            _within(book, province, year)
            _exemptions(book, province, year)
            _come(book, province, year)
            _admit(book, province, year)
            _readmit(book, province, year)
    _settle_total(book)


def _scaled(book: Book, count: float) -> int:
    return round(count) if book.scale == 1 else max(1, round(count * book.scale))


def _open(book: Book, province: str) -> None:
    """Who was there when the records begin: some exempt already, and those admitted in 2014 still on probation."""
    count = round(TARGET * _OPENING * SHARE[province] * book.scale)
    units = book.draw(book.early, count, province, day_number(FIRST))
    entered = np.full(count, day_number(FIRST))
    ages = draw_ages(book.rng, book.sector[units])
    people = book.add_people(units, entered, _joined_before(book, entered, ages), ages)
    _keep_at_work(book, people)
    old = people[book.ages(people, day_number(FIRST)) > 68]
    exempt = book.pick(old, round(len(old) * EXEMPT_BEFORE))
    book.exempt[exempt] = book.exempt_at_opening[exempt] = True
    book.official_at_opening[people] = True
    fresh = _fresh(book, province)
    people = np.concatenate([people, fresh])
    book.opening = len(book.unit)
    book.note("opening", people, book.entered[people], np.full(len(people), -1), book.unit[people])
    probation.begin(book, fresh)


def _fresh(book: Book, province: str) -> Ints:
    count = _scaled(book, ADMITTED[province][0])
    units = book.draw(book.admits, count, province, day_number(FIRST))
    entered = np.full(count, day_number(FIRST))
    admitted = book.days(count, FIRST.year - 1, "ceremony")
    ages = draw_admitted(book.rng, book.sector[units]) + (entered - admitted) / YEAR
    return book.add_people(units, entered, admitted, ages)


def _joined_before(book: Book, entered: Ints, ages: Floats) -> Ints:
    """When somebody joined who has been official for a while: at some age from 18½ on, at least 400 days ago."""
    latest = np.minimum(ages - 400 / YEAR, 34)
    at = 18.6 + (latest - 18.6) * book.rng.beta(1.6, 2.0, size=len(ages))
    joined: Ints = entered - ((ages - at) * YEAR).astype(np.int64)
    return joined


def _keep_at_work(book: Book, people: Ints) -> None:
    """Nobody at work is past the age of retirement on the first day: such people are younger."""
    limit = retirement_age(book.sector[book.unit[people]], book.female[people], FIRST.year)
    day = day_number(FIRST)
    late = people[(book.ages(people, day) >= limit) & (book.sector[book.unit[people]] != RESIDENTIAL)]
    ages = book.rng.uniform(30, 50, size=len(late))
    book.birth[late] = day - (ages * YEAR).astype(np.int64)
    book.admitted[late] = _joined_before(book, book.entered[late], ages)


def _found_cells(book: Book, year: int) -> None:
    """A new cell gets its first members from its surroundings, on the day it is founded."""
    for number in np.flatnonzero((book.weight > 0) & (book.start > day_number(FIRST))):
        spec = book.specs[number]
        if spec.start.year != year:
            continue
        people = book.free(year, spec.province)
        people = people[(book.ages(people, day_number(FIRST)) < 50 - (year - 2015))]
        people = people[np.isin(book.sector[book.unit[people]], (RESIDENTIAL, book.sector[number]))]
        near = people[book.district[book.unit[people]] == spec.district]
        chosen = book.take(year, book.pick(near if len(near) >= 40 else people, _FIVE))
        book.move(chosen, np.full(len(chosen), day_number(spec.start)), np.full(len(chosen), number))


def _retire(book: Book, province: str, year: int) -> None:
    """Who reaches the age goes over to a hamlet cell, of the same district where there is one."""
    people = book.free(year, province)
    people = people[book.sector[book.unit[people]] != RESIDENTIAL]
    limit = retirement_age(book.sector[book.unit[people]], book.female[people], year)
    reached = book.birth[people] + (limit * YEAR).astype(np.int64)
    now = reached <= day_number(date(year, 11, 16))
    people, reached = people[now], np.maximum(reached[now], day_number(date(year, 1, 4)))
    days = book.calendar.working(reached + book.rng.integers(0, 28, size=len(people)))
    book.move(book.take(year, people), days, _homes(book, people, province))


def _homes(book: Book, people: Ints, province: str) -> Ints:
    district = book.district[book.unit[people]]
    weights = book.weight * (book.sector == RESIDENTIAL)
    homes = book.draw(weights, len(people), province, day_number(FIRST))
    for code in np.unique(district[district != ""]).tolist():
        rows = np.flatnonzero(district == code)
        homes[rows] = book.draw(weights * (book.district == code), len(rows), province, day_number(FIRST))
    return homes


def _leave(book: Book, province: str, year: int) -> None:
    middle = day_number(date(year, 7, 1))
    for kind, rate in RATES.items():
        people = book.free(year, province)
        count = int(book.rng.poisson(len(people) * rate))
        age = book.ages(people, middle)
        weights = np.exp((age - 60) / 9) if kind == "death" else np.where(age < 60, 1.0, 0.15)
        chosen = book.take(year, book.pick(people, count, weights))
        book.leave(kind, chosen, book.days(len(chosen), year, "any_day" if kind == "death" else "office"))


def _within(book: Book, province: str, year: int) -> None:
    """Transfers within the province: to another cell of the same kind of place."""
    people = book.free(year, province)
    chosen = book.take(year, book.pick(people, int(len(people) * TRANSFER_WITHIN)))
    target = book.unit[chosen].copy()
    sectors = book.sector[target]
    for sector in np.unique(sectors).tolist():
        rows = np.flatnonzero(sectors == sector)
        first = day_number(date(year, 1, 1))
        target[rows] = book.draw(book.weight * (book.sector == sector), len(rows), province, first)
    book.move(chosen, book.days(len(chosen), year), target)


def _exemptions(book: Book, province: str, year: int) -> None:
    people = book.free(year, province)
    old = book.ages(people, day_number(date(year, 1, 1))) > 68
    for kind, pool, count in (
        ("exemption_on", people[old & ~book.exempt[people]], round(len(people) * EXEMPTION)),
        ("exemption_off", people[book.exempt[people]], round(book.exempt[people].sum() * EXEMPTION_ENDS)),
    ):
        chosen = book.take(year, book.pick(pool, count))
        days = book.days(len(chosen), year)
        book.note(kind, chosen, days, book.unit[chosen], book.unit[chosen])
        book.exempt[chosen] = kind == "exemption_on"


def _come(book: Book, province: str, year: int) -> None:
    """Transfers from outside; all of them official members."""
    count = int(len(book.free(year, province)) * TRANSFER_IN)
    units = book.draw(book.weight, count, province, day_number(date(year, 1, 1)))
    days, ages = book.days(count, year), draw_newcomers(book.rng, book.sector[units])
    people = book.add_people(units, days, _joined_before(book, days, ages), ages)
    book.note("transfer_in", people, days, np.full(count, -1), units)


def _admit(book: Book, province: str, year: int) -> None:
    count = _scaled(book, ADMITTED[province][year - FIRST.year + 1])
    units = book.draw(book.admits, count, province, day_number(date(year, 1, 1)))
    days = book.days(count, year, "ceremony")
    people = book.add_people(units, days, days, draw_admitted(book.rng, book.sector[units]))
    book.note("admission", people, days, np.full(count, -1), units)
    probation.begin(book, people)


def _readmit(book: Book, province: str, year: int) -> None:
    """Some who were struck off or had left are admitted again after three years, once, and begin a new probation."""
    gone = [m[np.isin(m[:, 1], [MOVEMENT_CODE["striking_off"], MOVEMENT_CODE["leaving"]])] for m in book.moves]
    rows = np.concatenate(gone)
    rows = rows[(rows[:, 2] < day_number(date(year - 3, 1, 1))) & (rows[:, 0] < book.opening)]
    people, at = np.unique(rows[:, 0], return_index=True)
    ready = (book.left[people] != FOREVER) & (book.official[people] <= day_number(FIRST))
    ready &= (book.province[book.unit[people]] == province) & (book.ages(people, day_number(date(year, 1, 1))) < 54)
    pool = people[ready & (rows[at, 2] == book.left[people])]
    low, high = READMITTED[province]
    count = int(book.rng.integers(low, high + 1)) if book.scale == 1 else int(book.rng.random() < 0.25)
    chosen = book.pick(pool, count)
    # Before the earliest day on which the demo may be made: a person has one day of joining.
    days = book.calendar.draw(book.rng, len(chosen), date(year, 1, 2), date(year, 10, 15), "ceremony")
    book.note("readmission", chosen, days, np.full(len(chosen), -1), book.unit[chosen])
    book.admitted[chosen], book.left[chosen], book.exempt[chosen] = days, FOREVER, False
    probation.begin(book, chosen)


def _settle_total(book: Book) -> None:
    """Take from the opening whoever is too many on the target day: people of whom nothing but the opening is known."""
    day = day_number(TARGET_DAY)
    wanted = TARGET if book.scale == 1 else round(TARGET * book.scale)
    moves = np.concatenate(book.moves)
    until = moves[moves[:, 2] <= day]
    present = int((until[:, 3] < 0).sum() - (until[:, 4] < 0).sum())
    surplus = present - wanted
    if surplus < 0:
        raise AssertionError(f"the opening is {-surplus} people too small")
    silent = np.flatnonzero(np.bincount(moves[:, 0], minlength=len(book.unit)) == 1)
    sizes = np.bincount(book.unit[book.left > day], minlength=len(book.specs))
    silent = silent[(silent < book.opening) & (sizes[book.unit[silent]] > 11)]
    book.left[book.pick(silent, surplus)] = -1
