"""Planning a reorganisation: a decision and the structure go in; changes, or all objections at once, come out.

The operations are played on a copy of the day's tree in the order given. Nothing is refused at the first fault: an
operation that cannot be played is skipped and named, so that one preview shows everything that stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from nhiemky.domain.findings import Finding
from nhiemky.domain.names import text_key
from nhiemky.domain.organisation.decision import Decision, Operation
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.organisation.structure import Link, Placement, Structure, Version
from nhiemky.domain.periods import DAY, Period


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit is and where it stands, while the operations are played."""

    name: str
    kind: str
    sector: str
    parent: int | None
    area: str = ""
    area_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """What a decision changes. Units are positions; founded ones are numbered on from the structure's length."""

    decision: Decision
    findings: tuple[Finding, ...]
    before: Mapping[int, Standing]
    after: Mapping[int, Standing]
    founded: Mapping[int, str]
    links: tuple[Link, ...]
    en_bloc: Mapping[int, int]

    @property
    def ended(self) -> list[int]:
        """Units that no longer exist from the day on."""
        return [unit for unit in self.before if unit not in self.after]

    @property
    def moved(self) -> list[int]:
        """Units that live on under another parent."""
        return [u for u, s in self.after.items() if u in self.before and self.before[u].parent != s.parent]

    @property
    def changed(self) -> list[int]:
        """Units that live on with another name, kind or sector."""
        return [u for u, s in self.after.items() if u in self.before and _face(self.before[u]) != _face(s)]

    @property
    def touched(self) -> list[int]:
        """Every unit the decision founds, ends, moves or changes."""
        return sorted({*self.ended, *self.moved, *self.changed, *self.founded})


def _face(standing: Standing) -> tuple[str, str, str]:
    return standing.name, standing.kind, standing.sector


def plan(structure: Structure, decision: Decision, members: Mapping[int, int]) -> Plan:
    """Play the decision on the day it takes effect.

    `members` tells how many people belong directly to a unit on that day; units without any may be missing.
    """
    play = _Play(structure, decision, members)
    for operation in decision.operations:
        play.run(operation)
    play.check()
    return Plan(
        decision=decision,
        findings=tuple(play.findings),
        before={unit: play.before[unit] for unit in sorted(play.touched) if unit in play.before},
        after={unit: play.now[unit] for unit in sorted(play.touched) if unit in play.now},
        founded=dict(play.founded),
        links=tuple(play.links),
        en_bloc=dict(play.en_bloc),
    )


@dataclass
class _Play:
    structure: Structure
    decision: Decision
    members: Mapping[int, int]
    findings: list[Finding] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    en_bloc: dict[int, int] = field(default_factory=dict)
    touched: dict[int, int] = field(default_factory=dict)
    founded: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = _standings(self.structure, self.decision.effective_on)
        self.now = dict(self.before)
        self.codes = dict(self.structure.by_code)
        self.below: dict[int, set[int]] = {}
        for unit, standing in self.now.items():
            if standing.parent is not None:
                self.below.setdefault(standing.parent, set()).add(unit)

    # Tools

    def object_to(self, operation: Operation, code: str, field_name: str, value: str, **facts: object) -> None:
        self.findings.append(
            Finding(f"reorganisation.{code}", row=operation.row, field=field_name, value=value, facts=facts)
        )

    def known(self, operation: Operation, field_name: str, code: str) -> int | None:
        """The living unit with the code, or None with an objection."""
        unit = self.codes.get(code)
        if unit is None:
            self.object_to(operation, "unknown_unit", field_name, code)
        elif unit not in self.now:
            self.object_to(operation, "not_alive", field_name, code, on=self.decision.effective_on)
        else:
            return unit
        return None

    def put(self, operation: Operation, unit: int, standing: Standing) -> None:
        self.touched.setdefault(unit, operation.row)
        old = self.now.get(unit)
        if old is not None and old.parent is not None:
            self.below.get(old.parent, set()).discard(unit)
        self.now[unit] = standing
        if standing.parent is not None:
            self.below.setdefault(standing.parent, set()).add(unit)

    def end(self, operation: Operation, unit: int) -> None:
        self.touched.setdefault(unit, operation.row)
        parent = self.now.pop(unit).parent
        if parent is not None:
            self.below.get(parent, set()).discard(unit)

    def move_units(self, operation: Operation, units: list[int], target: int) -> None:
        for unit in units:
            if unit != target:
                self.put(operation, unit, replace(self.now[unit], parent=target))

    def move_members(self, operation: Operation, unit: int, target: int) -> None:
        """Everybody of the unit goes to the target, and whoever was to come to the unit goes on there."""
        if not self.members.get(unit):
            return
        if not KIND[self.now[target].kind].has_members:
            self.object_to(operation, "target_holds_no_members", "into", self.code(target), members=self.members[unit])
            return
        self.en_bloc[unit] = target

    def code(self, unit: int) -> str:
        return self.founded.get(unit) or self.structure.codes[unit]

    def run(self, operation: Operation) -> None:
        plays: dict[str, Callable[[Operation], None]] = {
            "found": self.found,
            "rename": self.change,
            "convert": self.change,
            "move": self.move,
            "merge": self.merge,
            "split": self.split,
            "dissolve": self.dissolve,
        }
        plays[operation.op](operation)

    # Operations

    def found(self, operation: Operation) -> None:
        parent = self.known(operation, "parent", operation.parent) if operation.parent else None
        held = self.codes.get(operation.code)
        unused = held is not None and held < len(self.structure) and not self.structure.versions[held]
        if held is not None and not unused:
            self.object_to(operation, "duplicate_code", "code", operation.code)
            return
        if operation.parent and parent is None:
            return
        unit = held if held is not None else len(self.structure) + len(self.founded)
        self.codes[operation.code] = unit
        self.founded[unit] = operation.code
        self.put(operation, unit, Standing(operation.name, operation.kind, operation.sector, parent, operation.area))

    def change(self, operation: Operation) -> None:
        unit = self.known(operation, "unit", operation.unit)
        if unit is None:
            return
        old = self.now[unit]
        new = replace(
            old,
            name=operation.name or old.name,
            kind=operation.kind or old.kind,
            sector=operation.sector or old.sector,
        )
        if self.members.get(unit) and not KIND[new.kind].has_members:
            self.object_to(operation, "still_has_members", "kind", new.kind, members=self.members[unit])
            return
        self.put(operation, unit, new)

    def move(self, operation: Operation) -> None:
        unit = self.known(operation, "unit", operation.unit)
        parent = self.known(operation, "parent", operation.parent)
        if unit is not None and parent is not None:
            self.put(operation, unit, replace(self.now[unit], parent=parent))

    def merge(self, operation: Operation) -> None:
        target = self.known(operation, "into", operation.into[0])
        if len(operation.into) > 1:
            self.object_to(operation, "one_target", "into", ", ".join(operation.into))
            return
        sources = [self.known(operation, "units", code) for code in operation.units]
        if target is None:
            return
        for source in sources:
            if source is None:
                continue
            if source == target:
                self.object_to(operation, "into_itself", "units", self.code(source))
                continue
            self.move_units(operation, sorted(self.below.get(source, ())), target)
            self.move_members(operation, source, target)
            self.end(operation, source)
            self.links.append(Link(source, target, self.decision.effective_on, whole=True, how="merge"))

    def split(self, operation: Operation) -> None:
        source = self.known(operation, "unit", operation.unit)
        targets = {code: self.known(operation, "into", code) for code in operation.into}
        if source is None or None in targets.values():
            return
        if not self.assigned(operation, source, targets):
            return
        for code, target_code in operation.assign.items():
            target = targets[target_code]
            assert target is not None
            self.move_units(operation, [self.codes[code]], target)
        if operation.members_to and (receiver := targets.get(operation.members_to)) is not None:
            self.move_members(operation, source, receiver)
        lives_on = source in targets.values()
        if not lives_on:
            self.end(operation, source)
        for target in targets.values():
            if target is not None and target != source:
                link = Link(source, target, self.decision.effective_on, whole=len(targets) == 1, how="split")
                self.links.append(link)

    def assigned(self, operation: Operation, source: int, targets: Mapping[str, int | None]) -> bool:
        """Whether every sub-unit, and the members, have a place among the targets."""
        sound = True
        below = {self.code(unit) for unit in self.below.get(source, ())}
        for code in sorted(below - set(operation.assign)):
            self.object_to(operation, "unassigned_unit", "assign", code)
            sound = False
        for code, target in operation.assign.items():
            if code not in below:
                self.object_to(operation, "not_a_sub_unit", "assign", code, unit=operation.unit)
                sound = False
            if target not in targets:
                self.object_to(operation, "assigned_elsewhere", "assign", target, unit=code)
                sound = False
        if self.members.get(source) and operation.members_to not in targets:
            count = self.members[source]
            self.object_to(operation, "members_unassigned", "members_to", operation.members_to, members=count)
            sound = False
        return sound

    def dissolve(self, operation: Operation) -> None:
        unit = self.known(operation, "unit", operation.unit)
        if unit is None:
            return
        below, count = sorted(self.below.get(unit, ())), self.members.get(unit, 0)
        units_to = self.known(operation, "units_to", operation.units_to) if operation.units_to else None
        members_to = self.known(operation, "members_to", operation.members_to) if operation.members_to else None
        if below and units_to is None:
            codes = ", ".join(self.code(u) for u in below[:10])
            self.object_to(operation, "still_has_units", "unit", operation.unit, count=len(below), units=codes)
        if count and members_to is None:
            self.object_to(operation, "still_has_members", "unit", operation.unit, members=count)
        if (below and units_to is None) or (count and members_to is None):
            return
        if units_to is not None:
            self.move_units(operation, below, units_to)
        if members_to is not None:
            self.move_members(operation, unit, members_to)
        self.end(operation, unit)

    # What can only be known at the end

    def check(self) -> None:
        for unit, row in self.touched.items():
            self._check_later(unit, row)
            if unit in self.now:
                self._check_place(unit, row)
        for unit, target in list(self.en_bloc.items()):
            self.en_bloc[unit] = self._last_place(target)

    def _last_place(self, unit: int) -> int:
        """Where people end up who were sent to a unit that was itself merged later in the same decision."""
        for _ in range(len(self.en_bloc) + 1):
            if unit not in self.en_bloc:
                return unit
            unit = self.en_bloc[unit]
        return unit

    def _check_later(self, unit: int, row: int) -> None:
        """Nothing about the unit may already be dated on the day or after it."""
        day = self.decision.effective_on
        if unit >= len(self.structure) or not self.structure.versions[unit]:
            return
        periods = [v.during for v in self.structure.versions[unit]]
        periods += [p.during for p in self.structure.placements[unit]]
        later = [p.start for p in periods if p.start >= day]
        later += [p.end for p in periods if p.end is not None and p.end > day]
        if later:
            facts = {"on": day, "later": min(later)}
            self.findings.append(
                Finding("reorganisation.later_change", row=row, field="unit", value=self.code(unit), facts=facts)
            )

    def _check_place(self, unit: int, row: int) -> None:
        seen = {unit}
        parent = self.now[unit].parent
        while parent is not None:
            if parent in seen:
                finding = Finding("reorganisation.circle", row=row, field="parent", value=self.code(unit))
                self.findings.append(finding)
                return
            seen.add(parent)
            if parent not in self.now:
                facts = {"parent": self.code(parent)}
                self.findings.append(
                    Finding("reorganisation.parent_ends", row=row, field="parent", value=self.code(unit), facts=facts)
                )
                return
            parent = self.now[parent].parent


def _standings(structure: Structure, on: date) -> dict[int, Standing]:
    """Every unit that exists on the eve of the day and on the day."""
    result = {}
    for unit, versions in enumerate(structure.versions):
        version = next((v for v in versions if on in v.during or on - DAY in v.during), None)
        if version is None or (version.during.end is not None and version.during.end <= on):
            continue
        parent = structure.parent(unit, max(on, version.during.start))
        result[unit] = Standing(version.name, version.kind, version.sector, parent, "", version.area_id)
    return result


def applied(structure: Structure, made: Plan) -> Structure:
    """The structure as it would be if the plan were carried out: for previews and their figures."""
    day = made.decision.effective_on
    new_units = [unit for unit in sorted(made.founded) if unit >= len(structure)]
    top = int(structure.ids[-1]) if len(structure) else 0
    ids = [int(i) for i in structure.ids] + [top + n for n, _ in enumerate(new_units, start=1)]
    codes = structure.codes + [made.founded[unit] for unit in new_units]
    versions = [_cut(v, day, v.unit in made.ended or v.unit in made.changed) for vs in structure.versions for v in vs]
    placements = [_cut(p, day, p.unit in made.ended or p.unit in made.moved) for ps in structure.placements for p in ps]
    fresh = {*made.changed, *made.founded}
    versions += [
        Version(u, s.name, s.kind, s.sector, Period(day), s.area_id, text_key(s.name))
        for u, s in made.after.items()
        if u in fresh
    ]
    placed = {*made.moved, *made.founded}
    placements += [Placement(u, s.parent, Period(day)) for u, s in made.after.items() if u in placed]
    return Structure(ids, codes, versions, placements, (*structure.links, *made.links))


Dated = TypeVar("Dated", Version, Placement)


def _cut(row: Dated, day: date, ends: bool) -> Dated:
    """The row, closed with the day if it ends."""
    if not ends or day not in row.during:
        return row
    return replace(row, during=Period(row.during.start, day))
