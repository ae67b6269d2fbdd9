"""Before and after a reorganisation: what happens to each unit, two trees of the touched branches, and sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from nhiemky.domain.access import Scope
from nhiemky.domain.organisation.kinds import KIND_KEYS
from nhiemky.domain.organisation.plans import Plan, applied
from nhiemky.domain.organisation.structure import Ints, Link, Structure, Version
from nhiemky.domain.periods import DAY
from nhiemky.organisation.followers import followers
from nhiemky.organisation.models import Reorganisation
from nhiemky.organisation.selectors import structure

# From this many units that only follow their superior, they are told in one line.
_FOLDED_FROM = 3
# A tree of more lines begins closed.
_OPEN_UP_TO = 80


@dataclass(frozen=True)
class Side:
    """The organisation on the day before, or on the day."""

    structure: Structure
    on: date
    direct: Ints

    @cached_property
    def members(self) -> Ints:
        """Members of each unit's subtree."""
        return self.structure.tree(self.on).roll_up(self.direct)

    def version(self, unit: int) -> Version | None:
        """The unit, if it exists on this side."""
        return self.structure.version(unit, self.on) if unit < len(self.structure) else None

    def name(self, unit: int | None) -> str:
        """Name on this side, or the nearest one it has."""
        if unit is None:
            return ""
        version = self.structure.last_version(unit, self.on)
        return version.name if version else self.structure.codes[unit]


@dataclass(frozen=True)
class Change:
    """What happens to one unit. Members are None where the reader may not see members."""

    unit: int
    code: str
    name: str
    was: Version | None
    becomes: Version | None
    old_parent: int | None
    new_parent: int | None
    what: tuple[str, ...]
    members_before: int | None
    members_after: int | None


@dataclass
class Node:
    """One line of a tree: a unit, or several that go the same way (`folded` of them, `way` to or from where)."""

    unit: int
    code: str
    name: str
    kind: str
    members: int | None
    what: tuple[str, ...] = ()
    folded: int = 0
    way: list[str] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)
    open: bool = True


@dataclass(frozen=True)
class Sum:
    """A figure before and after; `kind` is empty for the members."""

    kind: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


class Comparison:
    """Two sides and the units that differ between them."""

    def __init__(
        self, before: Side, after: Side, touched: Iterable[int], links: Iterable[Link], scope: Scope, counted: Scope
    ) -> None:
        self.before, self.after, self.scope, self.counted = before, after, scope, counted
        self.links = tuple(links)
        self.changes = {change.unit: change for unit in touched if (change := self._change(unit)) is not None}

    def _seen(self, unit: int) -> bool:
        old = self.before.structure
        return self.scope.everything or unit >= len(old) or int(old.ids[unit]) in self.scope

    def _members(self, side: Side, unit: int) -> int | None:
        """Members of the unit's subtree, for who may see members there; of one only planned, of the planner's own."""
        old = self.before.structure
        open_ = bool(self.counted) if unit >= len(old) else int(old.ids[unit]) in self.counted
        return int(side.members[unit]) if open_ else None

    def _change(self, unit: int) -> Change | None:
        was, becomes = self.before.version(unit), self.after.version(unit)
        if not self._seen(unit) or (was is None and becomes is None):
            return None
        old = self.before.structure.parent(unit, self.before.on) if was else None
        new = self.after.structure.parent(unit, self.after.on) if becomes else None
        name = becomes.name if becomes else was.name if was else ""
        return Change(
            unit, self.after.structure.codes[unit], name, was, becomes, old, new,
            what=_what(was, becomes, moved=old != new),
            members_before=self._members(self.before, unit) if was else 0,
            members_after=self._members(self.after, unit) if becomes else 0,
        )  # fmt: skip

    def ordered(self) -> list[Change]:
        """The changes: superiors before what stands below them."""
        return sorted(self.changes.values(), key=lambda c: (sort_key_of(c), c.code))

    def sums(self) -> list[Sum]:
        """Members, where they may be seen, then units by kind, before and after, over what the actor may see."""
        result = [Sum("", self._total(self.before), self._total(self.after))] if self.counted else []
        before, after = self._kinds(self.before), self._kinds(self.after)
        both = [Sum(kind, before[n], after[n]) for n, kind in enumerate(KIND_KEYS)]
        return result + [row for row in both if row.before or row.after]

    def _visible(self, side: Side) -> Ints:
        """Positions that exist on the side and may be seen."""
        alive = np.flatnonzero(side.structure.alive(side.on))
        if self.scope.everything:
            return alive
        return np.array([unit for unit in alive if self._seen(int(unit))], dtype=np.int64)

    def _total(self, side: Side) -> int:
        counted = [unit for unit in self._visible(side).tolist() if self._members(side, unit) is not None]
        return int(side.direct[counted].sum())

    def _kinds(self, side: Side) -> list[int]:
        kinds = side.structure.kinds(side.on)[self._visible(side)]
        return np.bincount(kinds, minlength=len(KIND_KEYS)).tolist()

    def trees(self) -> tuple[list[Node], list[Node]]:
        """The touched branches as they were and as they become."""
        return self._tree(self.before, old=True), self._tree(self.after, old=False)

    def _tree(self, side: Side, *, old: bool) -> list[Node]:
        shape = side.structure.tree(side.on)
        folded = self._folded()
        shown = {c.unit for c in self.changes.values() if (c.was if old else c.becomes) and c.unit not in folded}
        groups: dict[tuple[int, int], list[Change]] = {}
        for unit in folded:
            change = self.changes[unit]
            assert change.old_parent is not None
            assert change.new_parent is not None
            here, there = (change.old_parent, change.new_parent) if old else (change.new_parent, change.old_parent)
            groups.setdefault((here, there), []).append(change)
            shown.add(here)
        for unit in list(shown):
            shown.update(shape.path(unit))
        nodes = {unit: self._node(unit, side, old=old, wide=len(shown) > _OPEN_UP_TO) for unit in shown}
        roots: list[Node] = []
        for unit in sorted(nodes, key=lambda u: _order(side, u)):
            above = int(shape.parent[unit])
            (nodes[above].below if above in nodes else roots).append(nodes[unit])
        other = self.after if old else self.before
        for (here, there), group in groups.items():
            nodes[here].below.append(_group(group, other.name(there), old=old))
        return roots

    def _folded(self) -> set[int]:
        """Units to which nothing happens but that they follow when their superior ends; told in groups."""
        followed: dict[tuple[int, int], list[int]] = {}
        parents = {c.old_parent for c in self.changes.values()} | {c.new_parent for c in self.changes.values()}
        for change in self.changes.values():
            if change.what != ("moved",) or change.old_parent is None or change.new_parent is None:
                continue
            above = self.changes.get(change.old_parent)
            if above is not None and above.becomes is None and change.unit not in parents:
                followed.setdefault((change.old_parent, change.new_parent), []).append(change.unit)
        return {unit for units in followed.values() if len(units) >= _FOLDED_FROM for unit in units}

    def _node(self, unit: int, side: Side, *, old: bool, wide: bool) -> Node:
        version, change = side.version(unit), self.changes.get(unit)
        what = change.what if change else ()
        ways = self._ways(unit, old=old) if change and ("ended" in what or "founded" in what) else []
        if change and "moved" in what:
            ways.append(self.after.name(change.new_parent) if old else self.before.name(change.old_parent))
        top = int(side.structure.tree(side.on).depth[unit]) == 0
        return Node(
            unit, side.structure.codes[unit], side.name(unit), version.kind if version else "",
            self._members(side, unit), what, way=ways, open=top or not wide,
        )  # fmt: skip

    @cached_property
    def _next(self) -> dict[int, list[int]]:
        result: dict[int, list[int]] = {}
        for link in self.links:
            result.setdefault(link.predecessor, []).append(link.successor)
        return result

    @cached_property
    def _previous(self) -> dict[int, list[int]]:
        result: dict[int, list[int]] = {}
        for link in self.links:
            result.setdefault(link.successor, []).append(link.predecessor)
        return result

    def _ways(self, unit: int, *, old: bool) -> list[str]:
        related, side = (self._next, self.after) if old else (self._previous, self.before)
        return [side.name(other) for other in related.get(unit, ())]


def _what(was: Version | None, becomes: Version | None, *, moved: bool) -> tuple[str, ...]:
    if was is None:
        return ("founded",)
    if becomes is None:
        return ("ended",)
    found = (
        ("renamed", was.name != becomes.name),
        ("converted", (was.kind, was.sector) != (becomes.kind, becomes.sector)),
        ("moved", moved),
    )
    return tuple(word for word, happened in found if happened)


def _order(side: Side, unit: int) -> tuple[int, str]:
    version = side.structure.last_version(unit, side.on)
    return (KIND_KEYS.index(version.kind), version.name_key) if version else (99, "")


def sort_key_of(change: Change) -> tuple[int, str]:
    """Larger kinds first, then by name."""
    version = change.becomes or change.was
    return (KIND_KEYS.index(version.kind), version.name_key) if version else (99, "")


def _group(group: list[Change], where: str, *, old: bool) -> Node:
    each = [c.members_before if old else c.members_after for c in group]
    members = None if None in each else sum(count or 0 for count in each)
    return Node(group[0].unit, "", "", "", members, ("moved",), folded=len(group), way=[where])


def _direct(held: Structure, on: date) -> Ints:
    counts = np.zeros(len(held), dtype=np.int64)
    for follower in followers():
        for unit_id, count in follower.members(on).items():
            counts[held.index[unit_id]] += count
    return counts


def of_plan(held: Structure, made: Plan, scope: Scope, counted: Scope) -> Comparison:
    """What a decision would change: units within the one scope, their members within the other."""
    day = made.decision.effective_on
    becomes = applied(held, made)
    before = _direct(held, day)
    after = np.zeros(len(becomes), dtype=np.int64)
    after[: len(held)] = before
    for source, target in made.en_bloc.items():
        after[target] += before[source]
        after[source] = 0
    sides = Side(held, day - DAY, before), Side(becomes, day, after)
    return Comparison(*sides, made.touched, made.links, scope, counted)


def of_applied(done: Reorganisation, scope: Scope, counted: Scope) -> Comparison:
    """What an applied decision changed: units within the one scope, their members within the other."""
    held, day = structure(), done.effective_on
    rows = (done.versions_opened, done.versions_closed, done.placements_opened, done.placements_closed)
    ids = {unit_id for found in rows for unit_id in found.values_list("unit_id", flat=True)}
    links = [
        Link(held.index[old], held.index[new], day, whole)
        for old, new, whole in done.successions.order_by("id").values_list("predecessor_id", "successor_id", "whole")
    ]
    sides = [Side(held, on, _direct(held, on)) for on in (day - DAY, day)]
    return Comparison(sides[0], sides[1], sorted(held.index[i] for i in ids), links, scope, counted)


def names_of(codes: Iterable[str], on: date, scope: Scope) -> Mapping[str, str]:
    """Names for the codes of a decision, as far as such units exist and may be seen: a code alone tells nothing."""
    held = structure()
    found = {}
    for code in codes:
        place = held.by_code.get(code)
        seen = place is not None and int(held.ids[place]) in scope
        version = held.last_version(place, on) if place is not None and seen else None
        if version is not None:
            found[code] = version.name
    return found
