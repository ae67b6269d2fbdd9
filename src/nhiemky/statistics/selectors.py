"""What is asked of the forms, and the counts that answer it, kept until the register changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.structure import FOREVER, Structure
from nhiemky.domain.periods import DAY, EARLIEST, Period, day_number, day_of
from nhiemky.domain.statistics.checks import checks
from nhiemky.domain.statistics.counting import Count
from nhiemky.domain.statistics.people import Facts
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors as organisation
from nhiemky.statistics.snapshot import SNAPSHOT

_KEPT = 40
_HALF = 7
"""The month with which the second half of a year begins."""


@dataclass(frozen=True)
class Asked:
    """A unit (by position), a year or a half of it up to a day, as it was (`structure` None) or restated."""

    unit: int
    year: int
    half: int
    on: date
    structure: date | None = None

    @property
    def first(self) -> date:
        """The first day of the period."""
        return date(self.year, _HALF if self.half == 2 else 1, 1)

    @property
    def during(self) -> Period:
        """From the first day up to and with the day."""
        return Period(self.first, self.on + DAY)

    @property
    def last(self) -> date:
        """The last day of the whole period."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> Asked:
        """The period of the same length that ends where this one begins."""
        half = {0: 0, 1: 2, 2: 1}[self.half]
        year = self.year if self.half == 2 else self.year - 1
        return Asked(self.unit, year, half, self.first - DAY, self.structure)

    @property
    def shape(self) -> date:
        """The day of whose structure units are shown."""
        return self.structure or self.on


def asked(
    unit: int, year: int, half: int, today: date, *, on: date | None = None, structure: date | None = None
) -> Asked:
    """The question for a period, up to the day asked for, today, and the unit's last day.

    Raises:
        Refused: the period has not begun, lies before the records, or the unit was not there.
    """
    held = organisation.structure()
    wanted = Asked(unit, year, half, date(year, 12, 31), structure)
    if on is not None and not wanted.first <= on <= wanted.last:
        facts = {"on": on, "first": wanted.first, "last": wanted.last}
        raise Refused(Finding("statistics.day_outside", field="on", facts=facts))
    last = min(wanted.last, on or wanted.last, today)
    if not EARLIEST.year < year <= today.year or last < wanted.first:
        raise Refused(Finding("statistics.not_begun", field="year", facts={"on": wanted.first, "today": today}))
    ended = int(held.ended[unit])
    if structure is None and day_number(wanted.first) < ended <= day_number(last):
        last = day_of(ended - 1)
    found = Asked(unit, year, half, last, structure)
    _there(found)
    return found


def _there(wanted: Asked) -> None:
    """Refuse a unit that did not exist, and days before the records begin."""
    held = organisation.structure()
    if held.version(wanted.unit, wanted.shape) is None:
        facts = {"unit": held.name(wanted.unit, wanted.shape), "on": wanted.shape, **_life(held, wanted.unit)}
        raise Refused(Finding("statistics.unit_not_there", field="unit", facts=facts))
    first = first_day()
    if wanted.on < first:
        raise Refused(Finding("statistics.before_the_records", field="year", facts={"on": wanted.on, "first": first}))


def _life(held: Structure, unit: int) -> dict[str, object]:
    ended = int(held.ended[unit])
    return {"start": day_of(int(held.born[unit])), "end": "…" if ended == FOREVER else day_of(ended - 1)}


def facts() -> Facts:
    """The structure, the register and its particulars of this moment."""
    register = columns()
    return Facts(organisation.structure(), register, SNAPSHOT.particulars(register))


def first_day() -> date:
    """The day from which the records tell anything: that of the opening list, or of the first unit."""
    held, structure = columns(), organisation.structure()
    opening = held.movements.day[held.movements.kind == MOVEMENT_CODE["opening"]]
    first = opening if len(opening) else structure.born
    return day_of(int(first.min())) if len(first) else EARLIEST


class _Counts:
    """Counts of this process, dropped when structure or register are loaded anew."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.facts: Facts | None = None
        self.known: OrderedDict[Asked, Count] = OrderedDict()
        self.checked: dict[Asked, list[Finding]] = {}

    def of(self, wanted: Asked) -> Count:
        now = facts()
        with self.lock:
            held = self.facts
            if held is None or held.structure is not now.structure or held.columns is not now.columns:
                self.facts, self.known, self.checked = now, OrderedDict(), {}
            if wanted not in self.known:
                assert self.facts is not None
                places = None if wanted.structure is None else organisation.places_on(wanted.structure)
                self.known[wanted] = Count(self.facts, wanted.unit, wanted.during, places)
            self.known.move_to_end(wanted)
            while len(self.known) > _KEPT:
                self.checked.pop(self.known.popitem(last=False)[0], None)
            return self.known[wanted]


_counts = _Counts()


def count(wanted: Asked) -> Count:
    """The forms of a unit and period."""
    return _counts.of(wanted)


def checked(wanted: Asked) -> list[Finding]:
    """The cross-checks of the forms."""
    made = count(wanted)
    found = _counts.checked.get(wanted)
    if found is None:
        found = _counts.checked[wanted] = checks(made, count(wanted.before))
    return found


class Goal(Protocol):
    """A target as the part that keeps targets tells it."""

    @property
    def value(self) -> int: ...
    @property
    def assumed(self) -> bool: ...


def target(wanted: Asked) -> Goal | None:
    """The target of admissions for the whole year, if the unit has one."""
    goals = import_string(settings.NHIEMKY_TARGETS)
    places = None if wanted.structure is None else organisation.places_on(wanted.structure)
    found = goals(organisation.structure(), wanted.unit, wanted.year, wanted.on, places)
    return cast("Goal | None", found.get("members.admitted"))
