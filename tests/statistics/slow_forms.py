"""The four forms counted once more, slowly: person by person in plain Python, straight from the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from nhiemky.members.models import Movement, Person, PersonChange, Stay
from nhiemky.organisation.models import Placement, Unit, UnitVersion

DAY = timedelta(days=1)
LEAVING = {"transfer_out", "striking_off", "expulsion", "leaving", "death"}
MOVING = {"transfer_within", "en_bloc"}
IN_PLACE = {"official_recognition", "exemption_on", "exemption_off"}
AGES = (31, 36, 41, 46, 51, 56, 61)
PARTY_AGES = (10, 20, 30, 40, 50, 60)
Cells = dict[str, dict[str, int]]
"""By line, then by column: "" for the unit itself, "women" and "probationary" of it, codes of parts."""


def holds(day: date, during: Any) -> bool:
    return bool(during.lower <= day and (during.upper is None or day < during.upper))


@dataclass
class Slow:
    """All rows, and the forms of one unit and period as it was."""

    code: str
    first: date
    on: date
    units: dict[int, str] = field(default_factory=lambda: dict(Unit.objects.values_list("pk", "code")))
    placements: list[Any] = field(default_factory=lambda: list(Placement.objects.all()))
    versions: list[Any] = field(default_factory=lambda: list(UnitVersion.objects.all()))
    people: dict[int, Any] = field(default_factory=lambda: {p.pk: p for p in Person.objects.all()})
    stays: list[Any] = field(default_factory=lambda: list(Stay.objects.all()))
    changes: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    movements: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        undone = set(Movement.objects.filter(reverses__isnull=False).values_list("reverses_id", flat=True))
        self.movements = [m for m in Movement.objects.filter(reverses__isnull=True) if m.pk not in undone]
        for change in PersonChange.objects.order_by("seq", "pk"):
            self.changes[change.person_id].append(change)

    def column(self, unit: int | None, day: date) -> str | None:
        """The part in which a unit stands on the day; None outside."""
        above, path = unit, []
        while above is not None:
            path.append(self.units[above])
            above = next((p.parent_id for p in self.placements if p.unit_id == above and holds(day, p.during)), None)
        if self.code not in path:
            return None
        if path[0] == self.code:
            return "-own"
        branch = path[path.index(self.code) - 1]
        return branch if self._is_below(branch) else "-former"

    def _is_below(self, code: str) -> bool:
        places = [p for p in self.placements if self.units[p.unit_id] == code and holds(self.on, p.during)]
        return any(p.parent_id and self.units[p.parent_id] == self.code for p in places)

    def value(self, person: int, name: str, day: date) -> str:
        """A particular on the day: walked back from today's value."""
        now = getattr(self.people[person], name)
        held = "" if now is None else now.isoformat() if isinstance(now, date) else str(now)
        for change in reversed(self.changes[person]):
            if change.field == name and change.since is not None and change.since > day:
                held = change.before
        return held

    def forms(self) -> dict[int, Cells]:
        """Every form: lines on which there is nobody are left out."""
        closing = [(s.person_id, self.on, s) for s in self._stock(self.on)]
        admitted = [(m.person_id, m.on, m) for m in self._moved() if m.kind == "admission"]
        three = ("standing", "sex", "age", "party_age", "general_education", "qualification", "academic_title",
                 "political_theory", "occupation")  # fmt: skip
        two = ("sex", "age", "minority", "religion", "general_education", "qualification", "political_theory",
               "occupation", "sector")  # fmt: skip
        return {
            1: self._ledger(closing),
            2: self._broken_down(admitted, two),
            3: self._broken_down(closing, three),
            4: self._broken_down(closing, ("ethnic_group", "religion")),
        }

    def _stock(self, day: date) -> list[Any]:
        return [s for s in self.stays if holds(day, s.during) and self.column(s.unit_id, day)]

    def _moved(self) -> list[Any]:
        return [m for m in self.movements if self.first <= m.on <= self.on]

    def _ledger(self, closing: list[Any]) -> Cells:
        found: Cells = defaultdict(Counter)
        for day, line in ((self.first - DAY, "opening"), (self.on, "closing")):
            for stay in self._stock(day):
                self._add(found, line, self.column(stay.unit_id, day))
        for move in self._moved():
            if move.kind not in IN_PLACE:
                was = self.column(move.from_unit_id, move.on - DAY) if move.from_unit_id else None
                now = self.column(move.to_unit_id, move.on) if move.to_unit_id else None
                self._cross(found, move.kind, was, now)
        day = self.first
        while day <= self.on:
            self._followed(found, day)
            day += DAY
        told = self._broken_down(closing, ("standing", "sex", "minority", "exempt"))
        shown = ("standing.official", "standing.probationary", "sex.female", "minority.minority", "exempt.exempt")
        return found | {line: told[line] for line in shown if line in told}

    def _followed(self, found: Cells, day: date) -> None:
        """Who stayed in a unit that came elsewhere on the day; only days on which a placement begins can be such."""
        if not any(p.during.lower == day for p in self.placements):
            return
        for stay in self.stays:
            if holds(day, stay.during) and holds(day - DAY, stay.during):
                self._cross(found, "en_bloc", self.column(stay.unit_id, day - DAY), self.column(stay.unit_id, day))

    def _cross(self, found: Cells, kind: str, was: str | None, now: str | None) -> None:
        if was == now:
            return
        for way, column, inside in (("in", now, was is None), ("out", was, now is None)):
            if column is not None:
                for line in (f"{way}.{kind}", f"{way}.total"):
                    found[line][column] += 1
                    found[line][""] += inside

    def _add(self, found: Cells, line: str, column: str | None) -> None:
        if column is not None:
            found[line][""] += 1
            found[line][column] += 1

    def _broken_down(self, group: list[Any], keys: tuple[str, ...]) -> Cells:
        found: Cells = defaultdict(Counter)
        for person, day, row in group:
            unit = row.unit_id if isinstance(row, Stay) else row.to_unit_id
            official = isinstance(row, Stay) and row.standing == "official"
            column = self.column(unit, day)
            if column is None:
                continue
            for line in ("total", *(f"{key}.{self._line(key, person, day, row, unit, official)}" for key in keys)):
                self._add(found, line, column)
                found[line]["women"] += self.value(person, "sex", day) == "female"
                found[line]["probationary"] += not official
        return found

    def _line(self, key: str, person: int, day: date, row: Any, unit: int, official: bool) -> str:
        if key == "standing":
            return "official" if official else "probationary"
        if key == "exempt":
            return "exempt" if row.exempt else "not_exempt"
        if key == "minority":
            return "kinh" if self.value(person, "ethnic_group", day) == "1" else "minority"
        if key == "sector":
            return next(str(v.sector) for v in self.versions if v.unit_id == unit and holds(day, v.during))
        if key == "party_age" and not official:
            return "probationary"
        if key in ("age", "party_age"):
            since = date.fromisoformat(self.value(person, "birth_date" if key == "age" else "decided_on", day))
            years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
            return _band(AGES if key == "age" else PARTY_AGES, years)
        return self.value(person, key, day) or "unknown"


def _band(starts: tuple[int, ...], years: int) -> str:
    if years < starts[0]:
        return f"to_{starts[0] - 1}"
    if years >= starts[-1]:
        return f"from_{starts[-1]}"
    low = max(start for start in starts if start <= years)
    return f"{low}_{min(start for start in starts if start > years) - 1}"
