"""What a page of forms is asked: unit, period, day and structure, from the address and the bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link, Tab
from nhiemky.core.days import parse_year
from nhiemky.core.pages import PageRequest
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.statistics.forms import FORMS, NAMES
from nhiemky.organisation import selectors as organisation
from nhiemky.statistics import selectors
from nhiemky.statistics.rows import Wanted, may_list
from nhiemky.statistics.selectors import Asked
from nhiemky.statistics.tables import said

PERMISSION = "reporting.view"
HALVES = (0, 1, 2)


@dataclass(frozen=True)
class Option:
    """A unit or year that can be chosen instead; `depth` indents units below the present one."""

    value: str
    label: str
    current: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Choice:
    """The question of a request before it is known whether there is an answer: a unit, a year or half, a day."""

    actor: Actor
    unit: int
    year: int
    half: int
    today: date
    day: date | None
    structure: date | None

    @property
    def asked(self) -> Asked:
        """The question; `Refused` where nothing can be told."""
        return selectors.asked(
            self.unit, self.year, self.half, self.today, on=self.day, structure=self.structure
        )  # fmt: skip

    @property
    def shape(self) -> date:
        """The day of whose structure the unit is named."""
        return self.structure or self.day or min(date(self.year, 12, 31), self.today)

    @property
    def code(self) -> str:
        return organisation.structure().codes[self.unit]

    @property
    def name(self) -> str:
        return organisation.structure().name(self.unit, self.shape)

    def go(self, name: str = "forms", /, **more: object) -> str:
        """The address of a page for the same question; empty values are left out."""
        pairs: dict[str, object] = {"unit": self.code, "year": self.year, "half": self.half or ""}
        pairs |= {"on": self.day or "", "structure": self.structure or ""} | more
        kept = {key: value for key, value in pairs.items() if value != ""}
        return f"{reverse(f'statistics:{name}')}?{urlencode(kept)}"

    def restated_today(self, form: int) -> str:
        """The same under today's structure; empty where the unit is not in it, or that is what was asked for."""
        alive = organisation.structure().version(self.unit, self.today) is not None
        return self.go(form=form, structure=self.today) if alive and self.structure is None else ""

    def rows(self, asked: Asked, wanted_form: int) -> Address:
        """The addresses of the rows of a form; empty for who may not list them."""
        return Address(self, wanted_form, may_list(self.actor, asked))

    @property
    def units(self) -> list[Option]:
        """Superiors the actor may see, the unit itself, and the units directly below."""
        held, shape, scope = organisation.structure(), self.shape, self.actor.scope(PERMISSION)
        path = held.tree(shape).path(self.unit)[:-1]
        above = [place for place in path if int(held.ids[place]) in scope]
        below = sorted(held.children(self.unit, shape), key=lambda place: held.rank(place, shape))
        places = [*((place, 0) for place in (*above, self.unit)), *((place, 1) for place in below)]
        return [Option(held.codes[p], held.name(p, shape), p == self.unit, depth) for p, depth in places]

    @property
    def years(self) -> list[Option]:
        """The years there are records of, latest first."""
        years = {self.year, *range(max(selectors.first_day().year, self.today.year - 40), self.today.year + 1)}
        return [Option(str(year), str(year), year == self.year) for year in sorted(years, reverse=True)]

    def periods(self, form: int, **more: str) -> list[Tab]:
        """The whole year and its halves."""
        names = (_("Whole year"), _("First half"), _("Second half"))
        return [
            Tab(name, self.go(half=half or "", form=form, on="", **more), half == self.half)
            for half, name in zip(HALVES, names, strict=True)
        ]

    def tabs(self, form: int, **more: str) -> list[Tab]:
        """The four forms."""
        return [Tab(f"{n}-TCTW · {said(NAMES[n])}", self.go(form=n, **more), n == form) for n in FORMS]

    def crumb(self, *more: Link) -> tuple[Link, ...]:
        """The path to the unit, superiors outside the actor's rights without a link."""
        held, scope = organisation.structure(), self.actor.scope(PERMISSION)
        steps = []
        for place in held.tree(self.shape).path(self.unit) or [self.unit]:
            seen = int(held.ids[place]) in scope
            steps.append(Link(held.name(place, self.shape), self.go(unit=held.codes[place]) if seen else ""))
        return (*steps, *more)


@dataclass(frozen=True)
class Address:
    """Makes the addresses of rows."""

    choice: Choice
    form: int
    allowed: bool

    def __call__(self, line: str, *, part: str = "", only: str = "") -> str:
        if not self.allowed:
            return ""
        return self.choice.go("rows", form=self.form, line=line, part=part, only=only)


def chosen(request: PageRequest) -> Choice:
    """The question of a request: a day in the address is stronger than a year.

    Raises:
        Denied: 404 outside the actor's subtree; 403 without the right to figures, or restated over others' units.
    """
    code = request.GET.get("unit", "").strip()
    unit = organisation.position(code) if code else _own(request)
    organisation.require_as_asked(request.actor, unit, request.structure, PERMISSION)
    explicit = bool(request.GET.get("on"))
    on = min(request.on, request.today)
    year = on.year if explicit else min(parse_year(request.GET.get("year", ""), on.year), request.today.year)
    half = int(text) if (text := request.GET.get("half", "")) in ("1", "2") else 0
    if explicit and half:
        half = 1 if on.month <= 6 else 2
    return Choice(request.actor, unit, year, half, request.today, on if explicit else None, request.structure)


def form_of(request: PageRequest) -> int:
    """The number of the form asked for; the first where none is."""
    text = request.GET.get("form", "1")
    return int(text) if text in {str(n) for n in FORMS} else 1


def wanted_of(request: PageRequest) -> Wanted:
    """The number whose rows are asked for."""
    asked = {name: request.GET.get(name, "") for name in ("line", "part", "only")}
    return Wanted(form_of(request), asked["line"] or ("closing" if form_of(request) == 1 else "total"),
                  asked["part"], asked["only"])  # fmt: skip


def _own(request: PageRequest) -> int:
    """The highest unit whose figures the actor may see today; the largest where there are several."""
    held, scope, on = organisation.structure(), request.actor.scope(PERMISSION), request.today
    alive, tree = held.alive(on), held.tree(on)
    seen = [p for p in np.flatnonzero(alive).tolist() if int(held.ids[p]) in scope]
    own = min(seen, key=lambda p: (tree.depth[p], tree.first[p] - tree.last[p], held.codes[p]), default=None)
    if own is None:
        raise Denied(PERMISSION, "permission_missing", status=403)
    return own
