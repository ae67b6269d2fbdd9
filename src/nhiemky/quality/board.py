"""What the workbench of a unit shows: its share, the open cases by rule, and the backlog of what stands below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.structure import Bools
from nhiemky.domain.periods import Period
from nhiemky.domain.quality.rules import KINDS, RULES, URGENCY, Rule
from nhiemky.organisation.models import AdminArea
from nhiemky.quality import selectors
from nhiemky.quality.looking import Look, Share
from nhiemky.quality.models import Score


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with the cases open in the unit."""

    rule: Rule
    count: int
    cites: str
    confirmed: bool
    needs: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A sub-unit's backlog: its share, open cases by kind, lists confirmed this quarter, and its scores over time."""

    code: str
    name: str
    share: Share
    kinds: tuple[int, ...]
    lists: int
    confirmed: int
    scores: tuple[float, ...] = ()

    @property
    def percent(self) -> float | None:
        """The share of members without open findings."""
        return self.share.percent

    @property
    def tone(self) -> int:
        """0 nothing open, 1 under 2 %, 2 under 4 %, 3 more."""
        open_share = 100 - (self.share.percent if self.share.percent is not None else 100)
        return 0 if not self.share.open else 1 if open_share < 2 else 2 if open_share < 4 else 3


def rule_lines(seen: Look, unit: int, on: date) -> list[RuleLine]:
    """Rules with open cases in the unit's subtree, the worst kind first and there the most cases first."""
    lines = []
    for number, rule in enumerate(RULES):
        count = int(seen.by_rule[number, unit])
        if count:
            step = rule.rule.at(on)
            lines.append(RuleLine(rule, count, step.cites, step.confirmed, step.value))
    return sorted(lines, key=lambda line: (URGENCY.index(line.rule.kind), -line.count))


def unit_lines(seen: Look, unit: int, quarter: Period) -> list[UnitLine]:
    """The units directly below that have members, the largest backlog first."""
    view = seen.view
    children = [child for child in view.children(unit) if seen.members[child]]
    ids = {child: int(view.structure.ids[child]) for child in children}
    over_time = selectors.scores(list(ids.values()), view.on)
    done = np.isin(view.structure.ids, list(selectors.confirmed_units(quarter)))
    lists = seen.rolled_units(seen.holding)
    confirmed = seen.rolled_units(seen.holding & done)
    lines = [
        UnitLine(
            code=view.structure.codes[child],
            name=view.structure.name(child, view.on),
            share=seen.share(child),
            kinds=tuple(int(row[child]) for row in seen.by_kind),
            lists=int(lists[child]),
            confirmed=int(confirmed[child]),
            scores=_percents(over_time.get(ids[child], [])),
        )
        for child in children
    ]
    return sorted(lines, key=lambda line: -line.share.open)


def _percents(rows: Sequence[Score]) -> tuple[float, ...]:
    return tuple(100 * row.fine / row.members for row in rows if row.members)


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit on the map: where, how large its circle, how much is open."""

    line: UnitLine
    x: float
    y: float
    r: float


def spots(seen: Look, unit: int, lines: Sequence[UnitLine]) -> list[Spot]:
    """Sub-units at the place of their administrative area; empty where they have none. Within 100 by 100."""
    view, held = seen.view, seen.view.structure
    versions = {line.code: held.version(held.by_code[line.code], view.on) for line in lines}
    areas = {code: v.area_id for code, v in versions.items() if v is not None and v.area_id is not None}
    rows = AdminArea.objects.filter(pk__in=areas.values()).values_list("pk", "lat", "lon")
    at = {pk: (lat, lon) for pk, lat, lon in rows if lat is not None and lon is not None}
    known = [(line, *at[areas[line.code]]) for line in lines if areas.get(line.code) in at]
    if len(known) < 2:
        return []
    south, north = min(lat for _l, lat, _o in known), max(lat for _l, lat, _o in known)
    west, east = min(lon for _l, _a, lon in known), max(lon for _l, _a, lon in known)
    scale = 88 / max(east - west, north - south, 0.001)
    most = max(line.share.open for line, _lat, _lon in known) or 1
    return [
        Spot(line, 6 + (lon - west) * scale, 6 + (north - lat) * scale, 0.9 + 2.6 * (line.share.open / most) ** 0.5)
        for line, lat, lon in known
    ]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Over everything an actor may write: members with open findings, cases by kind, lists not confirmed."""

    open: int
    kinds: dict[str, int]
    lists: tuple[int, ...]


def backlog(seen: Look, actor: Actor, quarter: Period) -> Backlog:
    """What is on the actor's desk."""
    inside: Bools = selectors.in_scope(seen.view, actor, selectors.WRITE)
    kinds, people = seen.over(inside)
    lists = selectors.unconfirmed(seen, inside, quarter)
    return Backlog(people, dict(zip(KINDS, map(int, kinds), strict=True)), tuple(lists))
