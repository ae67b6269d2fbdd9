"""How many members of each sort every unit has on any day, without looking at those who have not moved.

A count of a day is what came up to it less what went. Comings and goings are sorted by day once, and at some days
the counts of all units are kept (marks). A day is then the nearest mark and the few entries between; how many people
the register holds does not matter. All of it in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.structure import FOREVER, Ints
from nhiemky.domain.periods import day_number, day_of

COUNTED = ("total", "official", "women", "minority", "exempt", "young")
"""What is counted; "young" are those who have not had their 31st birthday."""
YOUNG_UNTIL = 31
_BIT = {name: 1 << place for place, name in enumerate(COUNTED)}
# A mark for so many entries: more of them cost memory, fewer cost time.
_APART = 400_000
# So many later entries beside the sorted ones are worth sorting anew.
_LATER = 200_000
_MANY = 10_000
Small = NDArray[np.int32]
Flags = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Entries:
    """Comings (`sign` 1) and goings (-1): on which day, in which unit, and as what: one bit for each sort counted."""

    day: Small
    unit: Small
    bits: Flags
    sign: NDArray[np.int8]

    def at(self, rows: Ints | slice) -> Entries:
        return Entries(self.day[rows], self.unit[rows], self.bits[rows], self.sign[rows])

    def turned(self) -> Entries:
        """What takes these entries back."""
        return Entries(self.day, self.unit, self.bits, -self.sign)

    def add_to(self, counts: Small, sign: int = 1) -> None:
        """Add the entries to counts by sort and unit."""
        for place in range(len(COUNTED)):
            rows = np.flatnonzero(self.bits & (1 << place))
            amounts = self.sign[rows].astype(np.int32)
            np.add.at(counts[place], self.unit[rows], amounts if sign > 0 else -amounts)


def _joined(first: Entries, second: Entries) -> Entries:
    return Entries(
        np.concatenate((first.day, second.day)),
        np.concatenate((first.unit, second.unit)),
        np.concatenate((first.bits, second.bits)),
        np.concatenate((first.sign, second.sign)),
    )


class Timeline:
    """The counts of every unit on every day, of one state of the register; `followed` brings it to a later one."""

    def __init__(self, columns: Columns, units: int) -> None:
        self.columns, self.units = columns, units
        self._sorted = _in_order(entries_of(columns, np.arange(len(columns.stays.start))))
        starts = np.flatnonzero(np.diff(self._sorted.day, prepend=np.int32(-FOREVER)))
        self._days = self._sorted.day[starts]
        self._upto = np.append(starts[1:], len(self._sorted.day))
        self._marks = self._marked()
        none = np.zeros(0, dtype=np.int32)
        self._later = Entries(none, none, none.astype(np.uint8), none.astype(np.int8))

    def _marked(self) -> list[tuple[int, Small]]:
        """Counts after so many entries, always those of whole days."""
        counts = np.zeros((len(COUNTED), self.units), dtype=np.int32)
        marks, before = [(0, counts)], 0
        for upto in self._upto.tolist():
            if upto - before >= _APART:
                counts = counts.copy()
                self._sorted.at(slice(before, upto)).add_to(counts)
                marks.append((upto, counts))
                before = upto
        return marks

    def direct(self, day: int) -> Small:
        """For each sort and unit how many belong to the unit itself at the end of the day."""
        place = int(np.searchsorted(self._days, day, side="right"))
        upto = int(self._upto[place - 1]) if place else 0
        at, kept = min(self._marks, key=lambda mark: abs(mark[0] - upto))
        counts = kept.copy()
        if at <= upto:
            self._sorted.at(slice(at, upto)).add_to(counts)
        else:
            self._sorted.at(slice(upto, at)).add_to(counts, -1)
        if len(self._later.day):
            self._later.at(np.flatnonzero(self._later.day <= day)).add_to(counts)
        return counts

    def followed(self, columns: Columns, units: int) -> Timeline:
        """The timeline of a later state: the same one with the entries of the people touched since made again."""
        touched = columns.touched_since(self.columns)
        if touched is None or units != self.units:
            return Timeline(columns, units)
        gone = entries_of(self.columns, _stays_of(self.columns, touched)).turned()
        later = _joined(self._later, _joined(gone, entries_of(columns, _stays_of(columns, touched))))
        if len(later.day) > _LATER:
            return Timeline(columns, units)
        made = object.__new__(Timeline)
        made.__dict__.update(self.__dict__)
        made.columns, made._later = columns, later
        return made


def _stays_of(columns: Columns, ids: Ints) -> Ints:
    """Positions of the stays of the people with these ids."""
    chosen = np.zeros(len(columns.people.ids), dtype=bool)
    places = np.searchsorted(columns.people.ids, ids)
    known = places < len(chosen)
    known[known] = columns.people.ids[places[known]] == ids[known]
    chosen[places[known]] = True
    return np.flatnonzero(chosen[columns.stays.person])


def entries_of(columns: Columns, rows: Ints) -> Entries:
    """The entries of these stays: one when each begins, one when it ends, one where a birthday falls into it."""
    stays, people = columns.stays, columns.people
    person = stays.person[rows]
    start, end = stays.start[rows].astype(np.int32), stays.end[rows].astype(np.int32)
    unit = stays.unit[rows].astype(np.int32)
    until = _birthdays(people.born[person], YOUNG_UNTIL)
    bits = np.full(len(rows), _BIT["total"], dtype=np.uint8)
    for name, chosen in (
        ("official", stays.official[rows]),
        ("women", people.female[person]),
        ("minority", people.ethnic_group[person] > 1),
        ("exempt", stays.exempt[rows]),
    ):
        bits[chosen] |= _BIT[name]
    young = np.uint8(_BIT["young"])
    came = bits | np.where(start < until, young, np.uint8(0))
    ends = np.flatnonzero(end < FOREVER)
    went = bits[ends] | np.where(end[ends] <= until[ends], young & came[ends], np.uint8(0))
    grew = np.flatnonzero((start < until) & (until < end))
    signs = [np.full(count, sign, dtype=np.int8) for count, sign in ((len(rows), 1), (len(ends), -1), (len(grew), -1))]
    return Entries(
        np.concatenate((start, end[ends], until[grew])),
        np.concatenate((unit, unit[ends], unit[grew])),
        np.concatenate((came, went, np.full(len(grew), young))),
        np.concatenate(signs),
    )


def _in_order(entries: Entries) -> Entries:
    """By day. Days in a span of less than 180 years fit 16 bits, and those are sorted without comparing."""
    if not len(entries.day):
        return entries
    since = entries.day - entries.day.min()
    keys = since.astype(np.uint16) if int(since.max()) < 2**16 else since
    return entries.at(np.argsort(keys, kind="stable"))


def _birthdays(born: Ints, years: int) -> Small:
    """The day number of each birthday; of 29 February the day after 28 February where the year has none."""
    if not len(born):
        return np.zeros(0, dtype=np.int32)
    # Of many people nearly all days of a century occur: looking each of them up is quicker than sorting the people.
    days = np.unique(born) if len(born) < _MANY else np.arange(born.min(), born.max() + 1)
    table = np.array([_birthday(day_of(int(day)), years) for day in days.tolist()], dtype=np.int32)
    return table[np.searchsorted(days, born) if len(born) < _MANY else born - days[0]]


def _birthday(born: date, years: int) -> int:
    try:
        return day_number(born.replace(year=born.year + years))
    except ValueError:
        return day_number(date(born.year + years, 3, 1))
