"""Planning a reorganisation: a decision and the structure go in; changes, or all objections at once, come out.

The operations are played on a copy of the day's tree in the order given. Nothing is refused at the first fault: an
operation that cannot be played is skipped and named, so that one preview shows everything that stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.decision import Decision, Operation
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.organisation.plans import Plan, Standing, applied, standings
from nhiemky.domain.organisation.soundness import unsound
from nhiemky.domain.organisation.structure import Link, Structure


def plan(structure: Structure, decision: Decision, members: Mapping[int, int]) -> Plan:
    """Play the decision on the day it takes effect.

    `members` tells how many people belong directly to a unit on that day; units without any may be missing.
    """
    play = _Play(structure, decision, members)
    for operation in decision.operations:
        play.run(operation)
    play.check()
    made = _made(play, decision)
    if made.findings:
        return made
    # Only what no operation shows by itself: a later decision and this one together.
    return replace(made, findings=tuple(unsound(applied(structure, made), decision.effective_on)))


def _made(play: _Play, decision: Decision) -> Plan:
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
    moved_by: dict[int, int] = field(default_factory=dict)
    founded: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = standings(self.structure, self.decision.effective_on)
        self.now = dict(self.before)
        self.held = dict(self.members)
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
        if unit in self.founded:
            self.object_to(operation, "founded_and_ended", "unit", self.code(unit))
        self.touched.setdefault(unit, operation.row)
        parent = self.now.pop(unit).parent
        if parent is not None:
            self.below.get(parent, set()).discard(unit)

    def move_units(self, operation: Operation, units: list[int], target: int) -> None:
        for unit in units:
            if unit != target:
                self.put(operation, unit, replace(self.now[unit], parent=target))

    def move_members(self, operation: Operation, unit: int, target: int) -> None:
        """Everybody of the unit goes to the target, also who is entered later for a day before.

        So the way is kept for cells without anybody too.
        """
        count = self.held.get(unit, 0)
        if unit == target or not (count or KIND[self.now[unit].kind].has_members):
            return
        if not KIND[self.now[target].kind].has_members:
            if count:
                self.object_to(operation, "target_holds_no_members", "into", self.code(target), members=count)
            return
        self.en_bloc[unit], self.moved_by[unit] = target, operation.row
        self.held[target] = self.held.get(target, 0) + self.held.pop(unit, 0)

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
        if (new.name, new.kind, new.sector) == (old.name, old.kind, old.sector):
            self.object_to(operation, "changes_nothing", "unit", operation.unit)
            return
        if self.held.get(unit) and not KIND[new.kind].has_members:
            self.object_to(operation, "still_has_members", "kind", new.kind, members=self.held[unit])
            return
        self.put(operation, unit, new)

    def move(self, operation: Operation) -> None:
        unit = self.known(operation, "unit", operation.unit)
        parent = self.known(operation, "parent", operation.parent)
        if unit is None or parent is None:
            return
        if self.now[unit].parent == parent:
            self.object_to(operation, "changes_nothing", "unit", operation.unit)
            return
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
        if self.held.get(source) and operation.members_to not in targets:
            count = self.held[source]
            self.object_to(operation, "members_unassigned", "members_to", operation.members_to, members=count)
            sound = False
        return sound

    def dissolve(self, operation: Operation) -> None:
        unit = self.known(operation, "unit", operation.unit)
        if unit is None:
            return
        below, count = sorted(self.below.get(unit, ())), self.held.get(unit, 0)
        units_to = self.known(operation, "units_to", operation.units_to) if operation.units_to else None
        members_to = self.known(operation, "members_to", operation.members_to) if operation.members_to else None
        if below and units_to is None:
            codes = ", ".join(self.code(u) for u in below[:10])
            self.object_to(operation, "still_has_units", "unit", operation.unit, count=len(below), units=codes)
        if count and members_to is None:
            self.object_to(operation, "still_has_members", "unit", operation.unit, members=count)
        if unit in (units_to, members_to):
            self.object_to(operation, "into_itself", "unit", operation.unit)
            return
        if (below and units_to is None) or (count and members_to is None):
            return
        if units_to is not None:
            self.move_units(operation, below, units_to)
        if members_to is not None:
            self.move_members(operation, unit, members_to)
        self.end(operation, unit)
        self.leave_to(unit, units_to if below else None, members_to)

    def leave_to(self, unit: int, units_to: int | None, members_to: int | None) -> None:
        """Remember where a dissolved unit's people and sub-units went, so that its past can be restated."""
        heirs = {heir for heir in (units_to, members_to) if heir is not None}
        for heir in sorted(heirs):
            day = self.decision.effective_on
            self.links.append(Link(unit, heir, day, whole=len(heirs) == 1, how="dissolve"))

    # What can only be known at the end

    def check(self) -> None:
        self._check_changes()
        for unit, row in self.touched.items():
            self._check_later(unit, row)
            if unit in self.now:
                self._check_place(unit, row)
        self._check_below_ended()
        for unit, target in list(self.en_bloc.items()):
            self.en_bloc[unit] = self._last_place(target)
            self._check_heir(unit)

    def _check_changes(self) -> None:
        """A decision that takes back each of its own steps would leave no trace of having been applied."""
        if all(self.now.get(unit) == self.before.get(unit) for unit in self.touched):
            for unit, row in self.touched.items():
                self.findings.append(
                    Finding("reorganisation.changes_nothing", row=row, field="unit", value=self.code(unit))
                )

    def _last_place(self, unit: int) -> int:
        """Where people end up who were sent to a unit that was itself merged later in the same decision."""
        for _ in range(len(self.en_bloc) + 1):
            if unit not in self.en_bloc:
                return unit
            unit = self.en_bloc[unit]
        return unit

    def _check_heir(self, unit: int) -> None:
        """People end in a cell that lives on as one: no later decision may concern it."""
        heir, row = self.en_bloc[unit], self.moved_by[unit]
        if heir not in self.now or not KIND[self.now[heir].kind].has_members:
            facts = {"unit": self.code(unit)}
            finding = Finding("reorganisation.heir_ends", row=row, field="into", value=self.code(heir), facts=facts)
            self.findings.append(finding)
        elif heir not in self.touched:
            self._check_later(heir, row)

    def _check_later(self, unit: int, row: int) -> None:
        """Nothing about the unit may already be dated on the day or after it."""
        if unit >= len(self.structure) or not self.structure.versions[unit]:
            return
        periods = [v.during for v in self.structure.versions[unit]]
        periods += [p.during for p in self.structure.placements[unit]]
        day = self.decision.effective_on
        later = [p.start for p in periods if p.start >= day]
        later += [p.end for p in periods if p.end is not None and p.end > day]
        if later:
            self._object_to_later(unit, row, min(later))

    def _object_to_later(self, unit: int, row: int, later: date) -> None:
        facts = {"on": self.decision.effective_on, "later": later}
        self.findings.append(
            Finding("reorganisation.later_change", row=row, field="unit", value=self.code(unit), facts=facts)
        )

    def _check_below_ended(self) -> None:
        """No later decision may already place a unit under one that now ends."""
        ended = {unit for unit in self.touched if unit in self.before and unit not in self.now}
        for unit, placements in enumerate(self.structure.placements):
            later = [p for p in placements if p.during.start > self.decision.effective_on and p.parent in ended]
            if later and unit not in self.touched:
                assert later[0].parent is not None
                self._object_to_later(unit, self.touched[later[0].parent], later[0].during.start)

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
