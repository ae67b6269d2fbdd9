"""The ledger of a unit and year, and the rows behind each of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link, Tab
from nhiemky.core.days import parse_year, write_day
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.members.kinds import MOVEMENT, MOVEMENT_KEYS
from nhiemky.domain.periods import DAY, Period
from nhiemky.domain.reporting.ledger import Balance
from nhiemky.members import selectors
from nhiemky.members.entries import Entries
from nhiemky.members.forms import PeriodForm
from nhiemky.members.views.common import Seen, crumb, go, seen_unit

_FIRST_YEAR = 2010
RIGHT = "members.view"


@dataclass(frozen=True)
class Asked:
    """The period of a ledger: a year up to the day looked at, or any days (`first`, `last`)."""

    during: Period
    year: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def label(self) -> str:
        """2025, or the first and the last day."""
        return str(self.year) if self.year else f"{write_day(self.first)}–{write_day(self.last)}"  # type: ignore[arg-type]

    @property
    def query(self) -> dict[str, object]:
        """The same period for an address."""
        return {"year": self.year} if self.year else {"from": self.first, "until": self.last}


def asked_period(request: PageRequest, form: PeriodForm) -> Asked:
    """The days asked for if they make a period that has begun; else the year asked for, or the day's own."""
    if form.is_valid() and (days := form.days()) is not None and days[0] <= request.on:
        first, last = days[0], min(days[1], request.on)
        return Asked(Period(first, last + DAY), first=first, last=last)
    asked = parse_year(request.GET.get("year", ""), request.on.year)
    year = asked if _FIRST_YEAR <= asked <= request.on.year else request.on.year
    end = request.on + DAY if year == request.on.year else date(year + 1, 1, 1)
    return Asked(Period(date(year, 1, 1), end), year=year)


@dataclass(frozen=True)
class Child:
    """A sub-unit's own ledger. Not `below_then` or not `below_now`: it stood elsewhere at the beginning or the end.

    Outside today's grants (`url` empty) only what it held while it stood here is told; the rest is None.
    """

    code: str
    name: str
    url: str
    opening: int | None
    came: int | None
    went: int | None
    closing: int | None
    below_then: bool
    below_now: bool


@page(RIGHT)
def ledger(request: PageRequest, code: str) -> HttpResponse:
    """Opening + in − out = closing, by kind and by sub-unit."""
    seen = seen_unit(request, code, RIGHT)
    form = PeriodForm(request.GET)
    asked = asked_period(request, form)
    during, place = asked.during, seen.place
    made = seen.view.balance(during)
    children = _children(request, seen, during, made)
    last = (during.end or request.on) - DAY
    context: dict[str, Any] = {
        "seen": seen,
        "crumb": crumb(request, seen, Link(_("Ledger %(year)s") % {"year": asked.label})),
        "asked": asked,
        "form": form,
        "last": last,
        "eve": during.start - timedelta(days=1),
        "years": [Tab(str(y), go(request, "members:ledger", code, year=y), y == asked.year) for y in _years(request)],
        "lines": [(key, pair["in"], pair["out"]) for key, pair in made.line(place).items()],
        **_totals(made, place),
        "balanced": selectors.balance_finding(seen.view, place, during),
        "children": children,
        "sums": _sums(children, made, place),
    }
    return show(request, "members/ledger.html", context)


def _totals(made: Balance, place: int) -> dict[str, int]:
    return {
        "opening": int(made.opening[place]),
        "came": int(made.came[:, place].sum()),
        "went": int(made.went[:, place].sum()),
        "closing": int(made.closing[place]),
    }


def _years(request: PageRequest) -> list[int]:
    return list(range(request.on.year, request.on.year - 8, -1))


def _children(request: PageRequest, seen: Seen, during: Period, made: Balance) -> list[Child]:
    """Units that stood below at the beginning or at the end of the period."""
    held = seen.view.structure
    assert during.end is not None
    days = (during.start - DAY, during.end - DAY)
    places = {place for day in days for place in held.children(seen.place, day)}
    ordered = sorted(places, key=lambda p: held.rank(p, days[1]))
    return [_child(request, seen, made, p, [held.parent(p, day) == seen.place for day in days]) for p in ordered]


def _child(request: PageRequest, seen: Seen, made: Balance, place: int, below: list[bool]) -> Child:
    held, then, now = seen.view.structure, below[0], below[1]
    own = int(held.ids[place]) in request.actor.scope(RIGHT)
    return Child(
        held.codes[place],
        held.name(place, (made.during.end or request.on) - DAY),
        go(request, "members:ledger", held.codes[place], year=made.during.start.year) if own else "",
        int(made.opening[place]) if own or then else None,
        int(made.came[:, place].sum()) if own or (then and now) else None,
        int(made.went[:, place].sum()) if own or (then and now) else None,
        int(made.closing[place]) if own or now else None,
        below_then=then,
        below_now=now,
    )


def _sums(children: list[Child], made: Balance, place: int) -> dict[str, Any] | None:
    """Whether the sub-units' openings and closings add up to the unit's own."""
    if not children:
        return None
    opening = sum(c.opening or 0 for c in children if c.below_then)
    closing = sum(c.closing or 0 for c in children if c.below_now)
    equal = opening == int(made.opening[place]) and closing == int(made.closing[place])
    elsewhere = any(not (c.below_then and c.below_now) for c in children)
    return {"opening": opening, "closing": closing, "equal": equal, "elsewhere": elsewhere}


def _booked(seen: Seen, during: Period, kind: str, way: str) -> int:
    """What the ledger says that the rows must number."""
    booked = seen.view.balance(during)
    flow = booked.came if way == "in" else booked.went
    codes = [MOVEMENT_KEYS.index(kind)] if kind else range(len(MOVEMENT_KEYS))
    return int(sum(flow[code, seen.place] for code in codes))


@page(RIGHT)
def entries(request: PageRequest, code: str) -> HttpResponse:
    """The rows behind one number of the ledger."""
    kind, way = request.GET.get("kind", ""), request.GET.get("way", "")
    if (kind and kind not in MOVEMENT) or way not in ("in", "out"):
        raise Denied(RIGHT, "no_such_entries", status=404)
    seen = seen_unit(request, code, RIGHT)
    asked = asked_period(request, PeriodForm(request.GET))
    found = Entries(seen.view, seen.place, asked.during)
    table = found.rows(kind, way)
    paged = Paginator(range(len(table)), 50).get_page(request.GET.get("page"))
    scope = request.actor.scope(RIGHT)
    part = table[np.array(list(paged.object_list), dtype=np.int64)] if len(table) else table
    to = go(request, "members:ledger", code, **asked.query)
    back = Link(_("Ledger %(year)s") % {"year": asked.label}, to)
    context = {
        "seen": seen,
        "kind": kind,
        "way": way,
        "year": asked.label,
        "page": paged,
        "rows": found.shown(part, None if scope.everything else scope.unit_ids),
        "agrees": len(table) == _booked(seen, asked.during, kind, way),
        "crumb": crumb(request, seen, back, Link(_("Rows"))),
    }
    return show(request, "members/entries.html", context)
