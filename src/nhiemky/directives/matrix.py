"""The matrix of units by asks: for each unit how it stands with each ask, with the paper, and the sums both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhiemky.directives import selectors
from nhiemky.directives.models import Ask, AskedOf, Move
from nhiemky.domain.access import Actor
from nhiemky.domain.directives.standing import COUNTED, EXEMPT, ISSUED, LATE
from nhiemky.organisation import selectors as organisation

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which asks: of a year, for a kind of paper ("" for all), of an asking unit (None for all)."""

    year: int | None = None
    what: str = ""
    asker: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit: how often it stands in each state over the asks, and its rows by ask."""

    unit_id: int
    counts: Counts
    cells: Mapping[int, Sequence[AskedOf]]

    @property
    def late(self) -> int:
        return self.counts.get(LATE, 0)

    @property
    def issued(self) -> int:
        return sum(self.counts.get(state, 0) for state in ISSUED)

    @property
    def total(self) -> int:
        """How many papers it was asked for; who is exempt owes none."""
        return sum(self.counts.get(state, 0) for state in COUNTED if state != EXEMPT)


def years(actor: Actor) -> list[int]:
    """Years in which something was asked, the latest first."""
    found = selectors.asks(actor).filter(withdrawn_on=None)
    return list(found.order_by("-asked_on__year").values_list("asked_on__year", flat=True).distinct())


def chosen_asks(actor: Actor, chosen: Chosen, on: date) -> QuerySet[Ask]:
    """Asks by the day that are not withdrawn, the latest first."""
    found = selectors.asks(actor).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), asked_on__lte=on)
    if chosen.year is not None:
        found = found.filter(asked_on__year=chosen.year)
    if chosen.what:
        found = found.filter(what=chosen.what)
    if chosen.asker is not None:
        found = found.filter(unit_id=chosen.asker)
    return found.order_by("-asked_on", "-pk")


def column_counts(actor: Actor, asks: Sequence[Ask], on: date) -> dict[int, dict[str, int]]:
    """For each ask how many of the units that the actor may see stand in each state."""
    return _by_ask(asks, _rows(actor, asks, on))


def counts_of(asks: Sequence[Ask], on: date) -> dict[int, dict[str, int]]:
    """For each ask how many of all asked units stand in each state: for papers of whoever asked."""
    rows = AskedOf.objects.filter(ask__in=[ask.pk for ask in asks])
    return _by_ask(asks, selectors.with_state(rows, on))


def asked_by(unit_id: int) -> QuerySet[Ask]:
    """What a unit itself asked for: not what came to it from one that ended; also what went on without it."""
    sides = Move.objects.filter(ask=OuterRef("pk"), asked_of=None)
    began = Q(unit=unit_id) | Exists(sides.filter(before=unit_id))
    return Ask.objects.filter(began, ~Exists(sides.filter(after=unit_id)), withdrawn_on=None)


def _by_ask(asks: Sequence[Ask], rows: QuerySet[AskedOf]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {ask.pk: {} for ask in asks}
    for ask_id, state, count in _counted(rows, "ask_id"):
        found[ask_id][state] = count
    return found


def lines(actor: Actor, asks: Sequence[Ask], on: date) -> list[Line]:
    """Every unit that was asked, those late most often first, then in the order of organisations; without cells."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, state, count in _counted(_rows(actor, asks, on), "owing_id"):
        counts[unit_id][state] = count
    held = organisation.structure()
    found = [Line(unit_id, numbers, {}) for unit_id, numbers in counts.items()]
    return sorted(found, key=lambda one: (-one.late, organisation.rank(held, held.index[one.unit_id], on)))


def with_cells(actor: Actor, shown: Sequence[Line], asks: Sequence[Ask], on: date) -> list[Line]:
    """The lines with the rows of each of their cells, in one question."""
    rows = _rows(actor, asks, on).filter(owing_id__in=[one.unit_id for one in shown])
    cells: dict[tuple[int, int], list[AskedOf]] = defaultdict(list)
    for row in rows.order_by("pk"):
        cells[row.owing_id, row.ask_id].append(row)
    return [
        Line(one.unit_id, one.counts, {ask.pk: cells.get((one.unit_id, ask.pk), []) for ask in asks}) for one in shown
    ]


def _rows(actor: Actor, asks: Sequence[Ask], on: date) -> QuerySet[AskedOf]:
    return selectors.with_state(selectors.asked(actor).filter(ask__in=[ask.pk for ask in asks]), on)


def _counted(rows: QuerySet[AskedOf], by: str) -> QuerySet[AskedOf, tuple[int, str, int]]:
    found = rows.select_related(None).order_by().values(by, "state").annotate(n=Count("pk"))
    return found.values_list(by, "state", "n")
