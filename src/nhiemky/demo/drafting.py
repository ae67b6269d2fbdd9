"""The structure as the demo's decisions leave it, one after the other, and the operations that get it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nhiemky.demo.units import Spec

Data = dict[str, object]


class Draft:
    """Plays each operation on its own copy of the units, so that the next decision starts from there."""

    def __init__(self, specs: Iterable[Spec]) -> None:
        self.units = {spec.code: spec for spec in specs}
        self.under: dict[str, list[str]] = {}
        for spec in self.units.values():
            self.under.setdefault(spec.parent, []).append(spec.code)
        self.operations: list[Data] = []

    def decision(self, number: str, day: date, effective: date, title: str, body: str) -> Data:
        """What was drafted since the last decision, with its head."""
        head = {"number": number, "date": day.isoformat(), "body": body, "effective": effective.isoformat(),
                "title": title}  # fmt: skip
        operations, self.operations = self.operations, []
        return {"decision": head, "operations": operations}

    def below(self, code: str, role: str = "", label: str = "") -> list[Spec]:
        """Units directly under one, in the order of their codes; only of a role or label if asked."""
        found = [self.units[c] for c in sorted(self.under.get(code, ()))]
        return [s for s in found if role in ("", s.role) and label in ("", s.label)]

    def found(self, spec: Spec) -> None:
        self.units[spec.code] = spec
        self.under.setdefault(spec.parent, []).append(spec.code)
        operation: Data = {"op": "found", "code": spec.code, "name": spec.name, "kind": spec.kind,
                           "sector": spec.sector, "parent": spec.parent}  # fmt: skip
        if spec.area:
            operation["area"] = spec.area
        self.operations.append(operation)

    def rename(self, code: str, name: str, *, role: str = "", label: str = "") -> None:
        """A new name; `role` and `label` are the draft's own knowledge and may change without one."""
        old = self.units[code]
        self.units[code] = replace(old, name=name, role=role or old.role, label=label or old.label)
        if name != old.name:
            self.operations.append({"op": "rename", "unit": code, "name": name})

    def move(self, code: str, parent: str) -> None:
        self._put_under(code, parent)
        self.operations.append({"op": "move", "unit": code, "parent": parent})

    def merge(self, codes: list[str], into: str) -> None:
        """Sub-units go over; members too, by the service."""
        if not codes:
            return
        for code in codes:
            for child in list(self.under.get(code, ())):
                self._put_under(child, into)
            self._end(code)
        self.operations.append({"op": "merge", "units": codes, "into": into})

    def split(self, code: str, into: list[str], assign: dict[str, str]) -> None:
        for child, target in assign.items():
            self._put_under(child, target)
        self._end(code)
        self.operations.append({"op": "split", "unit": code, "into": into, "assign": assign})

    def dissolve(self, code: str, members_to: str = "") -> None:
        self._end(code)
        operation: Data = {"op": "dissolve", "unit": code}
        if members_to:
            operation["members_to"] = members_to
        self.operations.append(operation)

    def number_parts(self, committee: str, office: str) -> None:
        """Number the cells of a committee anew and call them after the office."""
        for number, cell in enumerate(self.below(committee), start=1):
            self.rename(cell.code, f"Chi bộ {number} {office}", label=self.units[committee].label)

    def _put_under(self, code: str, parent: str) -> None:
        old = self.units[code]
        self.under[old.parent].remove(code)
        self.under.setdefault(parent, []).append(code)
        self.units[code] = replace(old, parent=parent)

    def _end(self, code: str) -> None:
        self.under[self.units.pop(code).parent].remove(code)
