"""The year of probation: most are recognised, some weeks late; a few die, move, go away or are struck off before."""

from __future__ import annotations

import numpy as np

from nhiemky.demo.book import Book, Ints
from nhiemky.domain.organisation.structure import FOREVER

_LATE, _LATEST = 0.24, 58
# What else may come of it, as parts of all; the rest is recognised.
_DIES, _GOES, _STRUCK, _MOVES = 0.0015, 0.009, 0.012, 0.01


def begin(book: Book, people: Ints) -> None:
    """Settle how the probation ends of people who were just admitted; until then they are not official."""
    book.official[people] = FOREVER
    due = _a_year_after(book.admitted[people])
    late = np.where(book.rng.random(len(people)) < _LATE, _LATEST * book.rng.beta(1, 2.6, size=len(people)), 0)
    due = book.calendar.working(due + late.astype(np.int64))
    chance = book.rng.random(len(people))
    start = np.maximum(book.admitted[people], book.entered[people]) + 5
    between = book.calendar.working(
        start + (book.rng.random(len(people)) * np.maximum(due - start - 20, 1)).astype(int)
    )
    low = 0.0
    for kind, part in (("death", _DIES), ("transfer_out", _GOES)):
        rows = (chance >= low) & (chance < low + part)
        book.leave(kind, people[rows], between[rows])
        low += part
    rows = (chance >= low) & (chance < low + _STRUCK)
    book.leave("striking_off", people[rows], due[rows])
    low += _STRUCK
    rows = (chance >= low) & (chance < low + _MOVES) & (due - start > 60)
    _move(book, people[rows], between[rows])
    stay = chance >= low
    _recognise(book, people[stay], due[stay])


def _move(book: Book, people: Ints, days: Ints) -> None:
    """To another cell of the same kind of place; recognition follows there."""
    target = book.unit[people].copy()
    for row, unit in enumerate(target.tolist()):
        alike = (book.sector == book.sector[unit]) * book.weight
        target[row] = book.draw(alike, 1, str(book.province[unit]), int(days[row]) - 400)[0]
    book.move(people, days, target)


def _recognise(book: Book, people: Ints, days: Ints) -> None:
    book.note("official_recognition", people, days, book.unit[people], book.unit[people])
    book.official[people] = days


def _a_year_after(days: Ints) -> Ints:
    """The same day a year later; 1 March after 29 February."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    later = (months + np.timedelta64(12, "M")).astype("datetime64[D]") + (dates - months)
    return later.astype(np.int64)
