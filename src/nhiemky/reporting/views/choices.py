"""What a page is asked: unit, year, day and structure, from the address and the bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from nhiemky.core.components import Link
from nhiemky.core.days import parse_year
from nhiemky.core.pages import PageRequest
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.periods import EARLIEST, LATEST
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import asking, selectors, services
from nhiemky.reporting.selectors import Question

PERMISSION = "reporting.view"


def language() -> str:
    """The language of the page: vi or en."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


@dataclass(frozen=True)
class Option:
    """A unit or year that can be chosen instead; `depth` indents units below the present one."""

    value: str
    label: str
    current: bool = False
    depth: int = 0


@lru_cache(maxsize=2048)
def _address(name: str, *args: object) -> str:
    """A page of figures names some hundred addresses, the same ones on every call."""
    return reverse(name, args=args)


@dataclass(frozen=True)
class Choice:
    """The question with what the page says about it."""

    asked: Question
    code: str
    name: str
    actor: Actor
    today: date
    explicit_day: bool

    @property
    def query(self) -> dict[str, str]:
        """The same question as a query, for links to other pages."""
        pairs = {"unit": self.code, "year": str(self.asked.year)}
        if self.explicit_day:
            pairs["on"] = self.asked.on.isoformat()
        if self.asked.structure:
            pairs["structure"] = self.asked.structure.isoformat()
        return pairs

    def go(self, name: str, *args: object, **more: object) -> str:
        """The address of a page of figures for the same question; empty for a unit outside today's grants."""
        held, code = selectors.facts().structure, more.get("unit")
        if isinstance(code, str) and int(held.ids[held.by_code[code]]) not in self.actor.scope(PERMISSION):
            return ""
        return f"{_address(f'reporting:{name}', *args)}?{urlencode({**self.query, **more})}"

    def to_review(self, kind: str = "") -> str:
        """The review of the unit and year, or a file of it."""
        name = "reporting:review_file" if kind else "reporting:review"
        args = [self.code, self.asked.year, *([kind] if kind else [])]
        kept = {key: value for key, value in self.query.items() if key in ("on", "structure")}
        return reverse(name, args=args) + (f"?{urlencode(kept)}" if kept else "")

    @property
    def units(self) -> list[Option]:
        """Superiors the actor may see, the unit itself, and the units directly below."""
        held, shape = selectors.facts().structure, self.asked.shape
        scope = self.actor.scope(PERMISSION)
        path = held.tree(shape).path(self.asked.unit) or [self.asked.unit]
        above = [p for p in path[:-1] if int(held.ids[p]) in scope]
        places = [(p, 0) for p in above] + [(self.asked.unit, 0)]
        places += [(p, 1) for p in selectors.below(self.asked)]
        return [
            Option(held.codes[p], selectors.name_of(held, p, shape), p == self.asked.unit, depth) for p, depth in places
        ]

    @property
    def years(self) -> list[Option]:
        """The years there are figures for, latest first."""
        years = set(selectors.years_known(self.today)) | {self.asked.year}
        return [Option(str(y), str(y), y == self.asked.year) for y in sorted(years, reverse=True)]

    def crumb(self, *more: Link) -> tuple[Link, ...]:
        """The path to the unit, superiors outside the actor's rights without a link."""
        held, shape = selectors.facts().structure, self.asked.shape
        steps = []
        for place in held.tree(shape).path(self.asked.unit) or [self.asked.unit]:
            url = self.go("figures", unit=held.codes[place])
            steps.append(Link(selectors.name_of(held, place, shape), url))
        return (*steps, *more)

    def context(self, *more: Link) -> dict[str, object]:
        """What every page of figures shows. `on` makes the bar say the day the figures are of."""
        return {
            "choice": self,
            "asked": self.asked,
            "on": self.asked.on,
            "crumb": self.crumb(*more),
            "restated": self.asked.structure,
            "part_year": not self.asked.finished,
            "figures_url": self.go("figures"),
            "targets_url": self.go("targets"),
            "review_url": self.to_review(),
        }

    def addresses(self, key: str) -> dict[str, str]:
        """The pages of one figure."""
        names = ("figure", "rows", "rows_file")
        return {f"{name}_url": self.go(name, key) for name in names}


def chosen(request: PageRequest, code: str = "", year: int | None = None) -> Choice:
    """The question of a request: a day in the address is stronger than a year.

    Raises:
        Denied: 404 outside the actor's subtree; 403 without the right to figures, or restated over others' units.
    """
    place = _place(request, code or request.GET.get("unit", "").strip())
    if year is not None and not EARLIEST.year < year <= LATEST.year:
        raise Denied(PERMISSION, "no_such_year", status=404)
    explicit = bool(request.GET.get("on"))
    wanted = request.on.year if explicit else year or _year(request)
    wanted = min(wanted, request.today.year)
    on = min(request.on, request.today) if explicit else None
    asked = selectors.question(place, wanted, request.today, on=on, structure=request.structure)
    held = selectors.facts().structure
    name = selectors.name_of(held, place, asked.shape)
    return Choice(asked, held.codes[place], name, request.actor, request.today, explicit)


def _place(request: PageRequest, code: str) -> int:
    """The unit asked for, or the actor's own, if it may be seen as it is asked for."""
    if code:
        return asking.visible_unit(request.actor, code, request.structure)
    own = asking.own_unit(request.actor, request.today)
    if own is None:
        raise Denied(PERMISSION, "permission_missing", status=403)
    organisation.require_as_asked(request.actor, own, request.structure, PERMISSION)
    return own


def _year(request: PageRequest) -> int:
    return parse_year(request.GET.get("year", ""), request.today.year)


def exported(request: PageRequest, choice: Choice, what: str, rows: int | None = None) -> None:
    """Have it noted that a spreadsheet with people is taken along."""
    facts = {"unit": choice.code, "year": choice.asked.year, "on": choice.asked.on, "structure": choice.asked.structure}
    unit_id = int(selectors.facts().structure.ids[choice.asked.unit])
    services.exported(actor=request.actor, what=what, unit_id=unit_id, facts={**facts, "rows": rows})
