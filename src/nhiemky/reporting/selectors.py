"""Figures of a unit and year: what is asked, the answer, its shares, its parts and its trend."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import ParamSpec, TypeVar

from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.places import Places
from nhiemky.domain.organisation.structure import FOREVER, Structure
from nhiemky.domain.periods import Period, day_number, day_of, year_to
from nhiemky.domain.reporting.counting import Count, Day, Facts, Span
from nhiemky.domain.reporting.lenses import AsItWas, Lens, Restated
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import work
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.indicators import BY_KEY, INDICATORS
from nhiemky.reporting.scopes import Apart, apart
from nhiemky.reporting.targets import Goal, goals, goals_of

Key = TypeVar("Key", date, Period)
Made = TypeVar("Made", Day, Span)


@dataclass(frozen=True)
class Question:
    """What is asked: a unit (by position), a year up to a day, as it was (`structure` None) or restated."""

    unit: int
    year: int
    on: date
    structure: date | None = None

    @property
    def during(self) -> Period:
        """1 January up to and with the day."""
        return year_to(self.on)

    @property
    def before(self) -> Question:
        """The same question a year earlier."""
        day = 28 if (self.on.month, self.on.day) == (2, 29) else self.on.day
        return Question(self.unit, self.year - 1, date(self.year - 1, self.on.month, day), self.structure)

    @property
    def finished(self) -> bool:
        """Whether the whole year is asked for."""
        return (self.on.month, self.on.day) == (12, 31)

    @property
    def shape(self) -> date:
        """The day of whose structure units are shown."""
        return self.structure or self.on


@dataclass(frozen=True)
class Figure:
    """One answer.

    `value` is None where it cannot be told; `why` then says: split (it lies between `low` and `high`), no_data,
    not_founded, ended or not_in_structure. `previous_why` says the same of the year before.
    """

    indicator: Indicator
    value: int | None
    low: int
    high: int
    previous: int | None
    change: int | None
    why: str = ""
    previous_why: str = ""
    goal: Goal | None = None
    apart: Apart | None = None

    @property
    def target(self) -> int | None:
        """What the unit is asked to reach in the year."""
        return self.goal.value if self.goal else None

    @property
    def target_assumed(self) -> bool:
        """Whether no paper confirms the target."""
        return self.goal is not None and self.goal.assumed

    @property
    def short(self) -> bool:
        """Whether the target is missed; never said where figure and target do not cover the same."""
        return not self.apart and self.target is not None and self.value is not None and self.value < self.target

    @property
    def achievement(self) -> float | None:
        """Per cent of the target reached."""
        return None if not self.target or self.value is None else 100 * self.value / self.target


def question(unit: int, year: int, today: date, *, on: date | None = None, structure: date | None = None) -> Question:
    """The question for a year: up to the day asked for, at most its last day, today, and the unit's last day.

    So a unit that ended in the year is told as it was when it ended, against the same part of the year before.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    last = min(last, on if on is not None and on.year == year else last, max(today, first))
    if structure is None:
        ended = int(facts().structure.ended[unit])
        if day_number(first) < ended <= day_number(last):
            last = day_of(ended - 1)
    return Question(unit, year, last, structure)


# --- Arrays held between requests ------------------------------------------------------------------------------------


class _Held:
    """The facts of this process with the days and years last asked for; dropped when either is loaded anew."""

    KEPT = 30
    VALUES = 200_000

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.facts: Facts | None = None
        self.days: OrderedDict[date, Day] = OrderedDict()
        self.spans: OrderedDict[Period, Span] = OrderedDict()
        self.lenses: OrderedDict[date | None, Lens] = OrderedDict()
        self.first = 0
        self.values: dict[tuple[str, int, date, date | None, int], tuple[int | None, str]] = {}

    def current(self) -> Facts:
        structure, register = organisation.structure(), columns()
        with self.lock:
            held = self.facts
            if held is None or held.structure is not structure or held.columns is not register:
                same = held is not None and held.structure is structure
                still = register.same_before(held.columns) if held is not None and same else -FOREVER
                # Numbers of days before the change still hold; rows are positions in the arrays, which are new.
                self.values = {key: value for key, value in self.values.items() if day_number(key[2]) < still}
                self.facts = held = Facts(structure, register)
                self.days, self.spans, self.lenses = OrderedDict(), OrderedDict(), OrderedDict()
                self.first = _first_day(held)
            return held

    def day(self, facts: Facts, on: date) -> Day:
        with self.lock:
            return _kept(self.days, on, lambda: Day(facts, on), self.KEPT, facts)

    def span(self, facts: Facts, during: Period) -> Span:
        with self.lock:
            return _kept(self.spans, during, lambda: Span(facts, during), self.KEPT, facts)

    def lens(self, facts: Facts, structure: date | None) -> Lens:
        with self.lock:
            if structure not in self.lenses:
                self.lenses[structure] = _lens(facts, structure)
            return self.lenses[structure]


def _kept(table: OrderedDict[Key, Made], key: Key, make: Callable[[], Made], most: int, held: Facts) -> Made:
    found = table.get(key)
    if found is None or found.facts is not held:
        found = table[key] = make()
    table.move_to_end(key)
    while len(table) > most:
        table.popitem(last=False)
    return found


_held = _Held()


_moment: ContextVar[Facts | None] = ContextVar("nhiemky_reporting_moment", default=None)
Params = ParamSpec("Params")
Answer = TypeVar("Answer")


def facts() -> Facts:
    """The structure and the register of this moment; within `at_one_moment`, of the moment it began."""
    return _moment.get() or _held.current()


def at_one_moment(function: Callable[Params, Answer]) -> Callable[Params, Answer]:
    """Everything a page or document counts is of one moment, and whether that is current is asked once."""

    @functools.wraps(function)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Answer:
        token, tables = _moment.set(_held.current()), work.moment.set({})
        try:
            return function(*args, **kwargs)
        finally:
            _moment.reset(token)
            work.moment.reset(tables)

    return run


def _lens(held: Facts, structure: date | None) -> Lens:
    return AsItWas(held.structure) if structure is None else Restated(organisation.places_on(structure))


class Asked:
    """A question with the arrays it needs; every indicator is counted at most once."""

    def __init__(self, held: Facts, asked: Question) -> None:
        self.facts, self.question = held, asked
        self.lens = _held.lens(held, asked.structure)
        self.day = _held.day(held, asked.on)
        self.span = _held.span(held, asked.during)
        self._counts: dict[tuple[str, int], Count] = {}

    def count(self, indicator: Indicator, unit: int | None = None) -> Count:
        """The count for the question's unit, or for another one on the same day."""
        place = self.question.unit if unit is None else unit
        key = (indicator.key, place)
        if key not in self._counts:
            self._counts[key] = indicator.count(self.day, self.span, place, self.lens)
        return self._counts[key]

    def why_none(self, indicator: Indicator, unit: int | None = None) -> str:
        """Why there can be no number: no data yet, or the unit was not there. Empty where it can be counted."""
        place = self.question.unit if unit is None else unit
        return self._existence(place, indicator.stock) or ("no_data" if self._unrecorded(indicator) else "")

    def _unrecorded(self, indicator: Indicator) -> bool:
        """Whether the records begin later. The first year of a register of work is told as far as it was recorded."""
        if indicator.is_work:
            first = work.placed(indicator.table, self.facts.structure).lives.first
            return day_number(self.question.on) < first
        return day_number(self.question.on if indicator.stock else self.question.during.start) < _held.first

    def _existence(self, place: int, stock: bool) -> str:
        structure, asked = self.facts.structure, self.question
        if asked.structure is not None:
            return "" if structure.version(place, asked.structure) else "not_in_structure"
        if structure.born[place] > day_number(asked.on):
            return "not_founded"
        last = day_number(asked.on if stock else asked.during.start)
        return "ended" if structure.ended[place] <= last else ""

    def value(self, indicator: Indicator, unit: int | None = None) -> tuple[int | None, str]:
        """The number, or None and why there is none. Numbers, unlike rows, are small: they are remembered."""
        place = self.question.unit if unit is None else unit
        seq = work.placed(indicator.table, self.facts.structure).seq if indicator.is_work else 0
        key = (indicator.key, place, self.question.on, self.question.structure, seq)
        held = _held.values
        if key not in held:
            why = self.why_none(indicator, place)
            found = None if why else self.count(indicator, place).value
            if len(held) > _Held.VALUES:
                held.clear()
            held[key] = (found, why or ("" if found is not None else "split"))
        return held[key]


def _first_day(held: Facts) -> int:
    """Day number from which the records tell anything: that of the opening list.

    Units may be recorded with earlier days than that, but not all that existed then. A register that was not begun with
    an opening list is as old as the organisation.
    """
    moves = held.columns.movements
    opening = moves.day[moves.kind == MOVEMENT_CODE["opening"]]
    if len(opening):
        return int(opening.min())
    return int(held.structure.born.min()) if len(held.structure) else 0


# --- Answers ---------------------------------------------------------------------------------------------------------


def figures(asked: Question, keys: Iterable[str] | None = None) -> dict[str, Figure]:
    """Every figure of the unit, with the year before."""
    held = facts()
    now, before = Asked(held, asked), Asked(held, asked.before)
    targets = goals(held.structure, asked.unit, asked.year, asked.on, places_of(asked))
    chosen = INDICATORS if keys is None else [BY_KEY[key] for key in keys]
    return {i.key: _figure(i, now, before, targets.get(i.key)) for i in chosen}


def apart_of(asked: Question, unit: int, goal: Goal | None) -> Apart | None:
    """Why figure and target of a unit do not cover the same; a restated figure covers whole years by construction."""
    if goal is None or asked.structure is not None:
        return None
    return apart(facts().structure, unit, asked.during, goal.since)


def places_of(asked: Question) -> Places | None:
    """Where units stand under the structure asked for; None as it was."""
    return None if asked.structure is None else organisation.places_on(asked.structure)


def _figure(indicator: Indicator, now: Asked, before: Asked, target: Goal | None) -> Figure:
    value, why = now.value(indicator)
    previous, previous_why = before.value(indicator)
    bounds = now.count(indicator) if why in ("", "split") else None
    return Figure(
        indicator,
        value,
        bounds.low if bounds else 0,
        bounds.high if bounds else 0,
        previous,
        None if value is None or previous is None else value - previous,
        why,
        previous_why,
        target,
        apart_of(now.question, now.question.unit, target),
    )


@dataclass(frozen=True)
class Part:
    """The figure of one unit directly below."""

    place: int
    code: str
    name: str
    value: int | None
    low: int
    high: int
    why: str
    goal: Goal | None = None
    apart: Apart | None = None

    @property
    def target(self) -> int | None:
        """What the unit is asked to reach in the year."""
        return self.goal.value if self.goal else None


def below(asked: Question) -> list[int]:
    """The units directly below, under the structure the question looks through, larger kinds first."""
    structure = facts().structure
    found = structure.children(asked.unit, asked.shape)
    return sorted(found, key=lambda place: organisation.rank(structure, place, asked.shape))


def name_of(structure: Structure, place: int, on: date) -> str:
    """What the unit was called on the day, in a structure that is at hand already."""
    version = structure.last_version(place, on)
    return version.name if version else structure.codes[place]


def parts(asked: Question, indicator: Indicator) -> list[Part]:
    """Each unit directly below with its own figure and target. `splitting.split` tells what adds up to the whole."""
    held = facts()
    now, places = Asked(held, asked), below(asked)
    targets = goals_of(held.structure, places, asked.year, asked.on, places_of(asked)) if indicator.has_target else {}
    found = []
    for place in places:
        value, why = now.value(indicator, place)
        count = now.count(indicator, place) if why in ("", "split") else None
        goal = targets.get(place, {}).get(indicator.key)
        found.append(
            Part(
                place,
                held.structure.codes[place],
                name_of(held.structure, place, asked.shape),
                value,
                count.low if count else 0,
                count.high if count else 0,
                why,
                goal,
                apart_of(asked, place, goal),
            )
        )
    return found


def years_known(today: date) -> range:
    """The years from which figures can be told."""
    facts()
    return range(max(day_of(_held.first).year, today.year - 40), today.year + 1)
