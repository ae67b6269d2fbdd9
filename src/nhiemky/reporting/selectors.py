"""Figures of a unit and year, and the rows behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.periods import Period, day_of, year_to
from nhiemky.domain.reporting.counting import Count, Day, Facts, Span
from nhiemky.domain.reporting.lenses import AsItWas, Lens, Restated
from nhiemky.members.models import Movement, Person
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting.indicators import BY_KEY, INDICATORS, RATIOS, Indicator, Ratio
from nhiemky.reporting.models import Target


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


@dataclass(frozen=True)
class Figure:
    """One answer. `value` is None where it cannot be told exactly: it then lies between `low` and `high`."""

    indicator: Indicator
    value: int | None
    low: int
    high: int
    previous: int | None
    change: int | None
    target: int | None = None
    target_assumed: bool = False

    @property
    def achievement(self) -> float | None:
        """Per cent of the target reached."""
        return None if not self.target or self.value is None else 100 * self.value / self.target


@dataclass(frozen=True)
class Share:
    """A ratio: `value` in per cent, None where the whole is 0 or a part is not known exactly."""

    ratio: Ratio
    part: int | None
    whole: int | None
    value: float | None
    previous: float | None


def question(unit: int, year: int, today: date, *, on: date | None = None, structure: date | None = None) -> Question:
    """The question for a year: up to the day asked for, at most its last day and at most today."""
    last = min(date(year, 12, 31), on if on is not None and on.year == year else date(year, 12, 31))
    return Question(unit, year, min(last, max(today, date(year, 1, 1))), structure)


def facts() -> Facts:
    """The structure and the register of this moment."""
    return Facts(organisation.structure(), columns())


def lens(held: Facts, structure: date | None) -> Lens:
    """As it was, or restated under the structure of a day."""
    return AsItWas(held.structure) if structure is None else Restated(organisation.places_on(structure))


class Asked:
    """A question with the arrays it needs; every indicator is counted at most once."""

    def __init__(self, held: Facts, asked: Question) -> None:
        self.facts, self.question = held, asked
        self.lens = lens(held, asked.structure)
        self.day = Day(held, asked.on)
        self.span = Span(held, asked.during)
        self._counts: dict[tuple[str, int], Count] = {}

    def count(self, indicator: Indicator, unit: int | None = None) -> Count:
        """The count for the question's unit, or for another one on the same day."""
        place = self.question.unit if unit is None else unit
        key = (indicator.key, place)
        if key not in self._counts:
            self._counts[key] = indicator.count(self.day, self.span, place, self.lens)
        return self._counts[key]


def figures(asked: Question, keys: Iterable[str] | None = None) -> dict[str, Figure]:
    """Every figure of the unit, with the year before."""
    held = facts()
    now, before = Asked(held, asked), Asked(held, asked.before)
    targets = _targets(asked)
    chosen = INDICATORS if keys is None else [BY_KEY[key] for key in keys]
    return {i.key: _figure(i, now.count(i), before.count(i), targets.get(i.key)) for i in chosen}


def _figure(indicator: Indicator, now: Count, before: Count, target: tuple[int, bool] | None) -> Figure:
    change = None if now.value is None or before.value is None else now.value - before.value
    return Figure(indicator, now.value, now.low, now.high, before.value, change, *(target or (None, False)))


def shares(found: dict[str, Figure]) -> dict[str, Share]:
    """The ratios whose two parts are among the figures."""
    return {
        ratio.key: _share(ratio, found[ratio.part], found[ratio.whole])
        for ratio in RATIOS
        if ratio.part in found and ratio.whole in found
    }


def _share(ratio: Ratio, part: Figure, whole: Figure) -> Share:
    return Share(
        ratio,
        part.value,
        whole.value,
        _percent(part.value, whole.value),
        _percent(part.previous, whole.previous),
    )


def _percent(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole


def _targets(asked: Question) -> dict[str, tuple[int, bool]]:
    """Targets set for the unit and year. Under another structure a target holds only for a unit that had one."""
    unit_id = int(organisation.structure().ids[asked.unit])
    rows = Target.objects.filter(unit_id=unit_id, year=asked.year)
    return {row.indicator: (row.value, row.assumed) for row in rows}


def children(asked: Question, indicator: Indicator) -> list[tuple[int, Count]]:
    """The figure of each unit directly below, under the structure the question looks through."""
    held = facts()
    now = Asked(held, asked)
    shape = asked.structure or asked.on
    below = held.structure.children(asked.unit, shape)
    below.sort(key=lambda place: organisation.sort_key(place, shape))
    return [(place, now.count(indicator, place)) for place in below]


def trend(
    unit: int, keys: Iterable[str], years: Iterable[int], today: date, structure: date | None = None
) -> dict[str, dict[int, int | None]]:
    """Values of some indicators over years."""
    held = facts()
    result: dict[str, dict[int, int | None]] = {key: {} for key in keys}
    for year in years:
        now = Asked(held, question(unit, year, today, structure=structure))
        for key in result:
            result[key][year] = now.count(BY_KEY[key]).value
    return result


@dataclass(frozen=True)
class Row:
    """A row behind a figure, of a person, a movement or a unit. Empty fields do not apply."""

    name: str
    unit_code: str
    unit_name: str
    on: date | None = None
    kind: str = ""
    paper: str = ""
    person_id: int | None = None
    birth_date: date | None = None
    sex: str = ""
    code: str = ""
    doubtful: bool = False


def rows(
    actor: Actor, asked: Question, indicator: Indicator, *, start: int = 0, limit: int | None = None
) -> tuple[Count, list[Row]]:
    """The count, and a page of its rows in their order: people by name, movements by day, units by name.

    Raises:
        Denied: the rows are people and the actor may not see members of the unit.
    """
    held = facts()
    if indicator.table != "units":
        actor.require("members.view", int(held.structure.ids[asked.unit]))
    count = Asked(held, asked).count(indicator)
    positions = np.concatenate([count.rows, count.doubtful])
    stop = None if limit is None else start + limit
    make = {"people": _people_rows, "movements": _movement_rows, "units": _unit_rows}[indicator.table]
    return count, make(held, asked, positions, slice(start, stop))


def _people_rows(held: Facts, asked: Question, positions: np.ndarray, part: slice) -> list[Row]:  # type: ignore[type-arg]
    ids = held.columns.people.ids[positions]
    day = Day(held, asked.on)
    unit_of = dict(zip(held.columns.people.ids[day.people].tolist(), day.units.tolist(), strict=True))
    found = Person.objects.filter(pk__in=ids.tolist()).order_by("name_key", "pk")
    return [
        Row(
            name=person.full_name,
            unit_code=held.structure.codes[unit_of[person.pk]],
            unit_name=organisation.unit_name(unit_of[person.pk], asked.on),
            person_id=person.pk,
            birth_date=person.birth_date,
            sex=person.sex,
        )
        for person in found[part]
    ]


def _movement_rows(held: Facts, asked: Question, positions: np.ndarray, part: slice) -> list[Row]:  # type: ignore[type-arg]
    ids = held.columns.movements.ids[positions]
    found = Movement.objects.filter(pk__in=ids.tolist()).select_related("person").order_by("on", "pk")
    result = []
    for movement in found[part]:
        place = held.structure.index[movement.to_unit_id or movement.from_unit_id or 0]
        result.append(
            Row(
                name=movement.person.full_name,
                unit_code=held.structure.codes[place],
                unit_name=organisation.unit_name(place, movement.on),
                on=movement.on,
                kind=movement.kind,
                paper=movement.paper_number,
                person_id=movement.person_id,
                birth_date=movement.person.birth_date,
                sex=movement.person.sex,
            )
        )
    return result


def _unit_rows(held: Facts, asked: Question, positions: np.ndarray, part: slice) -> list[Row]:  # type: ignore[type-arg]
    structure = held.structure
    chosen = sorted((int(p) for p in positions), key=lambda place: organisation.sort_key(place, asked.on))
    result = []
    for place in chosen[part]:
        version = structure.last_version(place, asked.on)
        above = structure.parent(place, asked.on)
        result.append(
            Row(
                name=version.name if version else "",
                code=structure.codes[place],
                unit_code=structure.codes[above] if above is not None else "",
                unit_name=organisation.unit_name(above, asked.on) if above is not None else "",
                on=day_of(int(structure.born[place])),
                kind=version.kind if version else "",
            )
        )
    return result


def visible_unit(actor: Actor, code: str) -> int:
    """The unit a figure is asked for.

    Raises:
        Denied: 404 outside the actor's subtree, 403 without the right to figures.
    """
    return organisation.visible_position(actor, code, "reporting.view")


def indicator_called(key: str) -> Indicator:
    """The indicator with the key.

    Raises:
        Denied: 404, there is none.
    """
    if key not in BY_KEY:
        raise Denied("reporting.view", "no_such_indicator", status=404)
    return BY_KEY[key]
