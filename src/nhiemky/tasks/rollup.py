"""The honest roll-up: how the tasks of a unit, a programme or any other choice stood on a day, with their rows.

A task is counted once, at the unit that does it, in the year of the due day that held: so a unit's numbers are its own
and those of the units below added up. What the year took over from earlier ones is counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from nhiemky.domain.periods import day_number, day_of
from nhiemky.domain.tasks.days import year_bounds
from nhiemky.domain.tasks.kinds import (
    CANCELLED,
    DONE,
    DROPPED,
    GRANTED,
    LATE,
    NOT_DUE,
    ON_TIME,
    OUTCOMES,
    OVERDUE,
)
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.models import MoreTime, Step, Task

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """The ids of the tasks of each outcome; `not_due` are the open ones that are not late."""

    done_on_time: Ids = ()
    done_late: Ids = ()
    overdue: Ids = ()
    not_due: Ids = ()
    cancelled: Ids = ()

    def counts(self) -> dict[str, int]:
        """How many of each outcome."""
        return {one.name: len(getattr(self, one.name)) for one in fields(self)}

    @property
    def total(self) -> int:
        return sum(self.counts().values())

    @property
    def ids(self) -> Ids:
        """All of them, in the order of the outcomes."""
        return tuple(number for one in fields(self) for number in getattr(self, one.name))


def rollup(unit_id: int, year: int, today: date, *, on: date | None = None, carried: bool = False) -> RollUp:
    """How the year's tasks of a unit and the units below stand today, or stood on an earlier day.

    With `carried` those of earlier years that the year took over unfinished.
    """
    day = on or today
    return of(in_year(of_unit(Task.objects.all(), unit_id, day), year, day, today, carried=carried), day, today)


def of(found: QuerySet[Task], day: date, today: date) -> RollUp:
    """The roll-up of a choice of tasks on a day."""
    sorted_out: dict[str, list[int]] = {name: [] for name in OUTCOMES}
    for number, name in standing(found, day, today).order_by("pk").values_list("pk", "outcome"):
        sorted_out[name].append(number)
    return RollUp(**{name: tuple(ids) for name, ids in sorted_out.items()})


def counts(found: QuerySet[Task], day: date, today: date) -> Mapping[str, int]:
    """Only the numbers, counted in the database."""
    told = standing(found, day, today).order_by().values_list("outcome").annotate(Count("pk"))
    return dict.fromkeys(OUTCOMES, 0) | dict(told)


def delegated(found: QuerySet[Task]) -> QuerySet[Task]:
    """Parts of tasks that the same choice counts, too: the same work at two levels."""
    return found.filter(parent_id__in=found.order_by().values("pk"))


def extended(found: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks whose due day is not the first one: more time was granted."""
    return found.filter(Exists(MoreTime.objects.filter(task=OuterRef("pk"), state=GRANTED)))


OF_WHICH = {"delegated": delegated, "extended": extended}
"""What the numbers of a roll-up hold and do not show by themselves."""


def of_which(found: QuerySet[Task]) -> Mapping[str, int]:
    """How many of the choice are parts of others in it, and how many were given more time."""
    return {name: chosen(found).count() for name, chosen in OF_WHICH.items()}


def standing(found: QuerySet[Task], day: date, today: date) -> QuerySet[Any]:
    """With `outcome` on the day: `domain.tasks.standing.outcome` said in SQL. What was given later is not there."""
    found = found.filter(given_on__lte=day)
    if day >= today:
        return found.annotate(outcome=_outcome(Q(), F("last_on"), Coalesce("handed_on", Value(day))))
    handings = Step.objects.filter(task=OuterRef("pk"), act__in=("submit", "return"), on__lte=day).order_by("-seq")
    handed = Subquery(handings.values("on")[:1])
    found = found.annotate(
        last_act=Subquery(handings.values("act")[:1]),
        last_then=Coalesce(Subquery(_granted_after(day).values("last_before")[:1]), F("last_on")),
    )
    until = Case(When(last_act="submit", then=handed), default=Value(day), output_field=DateField())
    return found.annotate(until=until).annotate(outcome=_outcome(Q(closed_on__lte=day), F("last_then"), F("until")))


def _outcome(closed: Q, last: Expression | F, until: Expression | F) -> Case:
    return Case(
        When(closed & Q(state=CANCELLED), then=Value(DROPPED)),
        When(closed & Q(state=DONE, done_on__lte=F("last_on")), then=Value(ON_TIME)),
        When(closed & Q(state=DONE), then=Value(LATE)),
        When(LessThan(last, until), then=Value(OVERDUE)),
        default=Value(NOT_DUE),
        output_field=CharField(),
    )


def _granted_after(day: date) -> QuerySet[MoreTime]:
    """More time that was granted only after the day: the first such request tells the due day of the day."""
    later = MoreTime.objects.filter(task=OuterRef("pk"), state=GRANTED, decided_on__gt=day)
    return later.order_by("decided_on", "seq")


def in_year(found: QuerySet[Task], year: int, day: date, today: date, *, carried: bool = False) -> QuerySet[Task]:
    """Tasks due in the year by the due day that held on the day; or what the year took over unfinished."""
    first, after = year_bounds(year)
    if day >= today:
        due: Expression | F = F("due_on")
    else:
        due = Coalesce(Subquery(_granted_after(day).values("before")[:1]), F("due_on"))
    found = found.annotate(due_then=due)
    if carried:
        return found.filter(Q(closed_on=None) | Q(closed_on__gte=first), due_then__lt=first, given_on__lt=first)
    return found.filter(due_then__gte=first, due_then__lt=after)


def of_unit(found: QuerySet[Task], unit_id: int, day: date) -> QuerySet[Task]:
    """Tasks that the unit does, or any unit that stands under it on the day."""
    ids = units_below(unit_id, day)
    return found if ids is None else found.filter(unit_id__in=ids)


def units_below(unit_id: int, day: date) -> list[int] | None:
    """The unit and all that certainly belongs to it on the day, ended units among it; None for everything there is.

    A unit that has ended is looked at on its last day.
    """
    held = organisation.structure()
    place = held.index[unit_id]
    last = int(held.ended[place]) - 1
    shape = min(day, day_of(last)) if last < day_number(day) else day
    inside = organisation.places_on(shape).certain(place)
    if held.roots(shape) == [place]:
        return None
    return sorted({*held.ids[np.flatnonzero(inside)].tolist(), unit_id})
