"""What an import would do with each line: enter somebody new, change particulars, nothing, or refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhiemky.domain.access import Actor
from nhiemky.domain.exchange.rows import Line
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.kinds import OFFICIAL, PROBATIONARY
from nhiemky.domain.members.particulars import PARTICULAR, written
from nhiemky.domain.names import name_key
from nhiemky.exchange.finding_people import Finder, Register, known
from nhiemky.exchange.models import CHANGED, NEW, REFUSED, SAME
from nhiemky.exchange.units import Units
from nhiemky.members.models import Person
from nhiemky.members.services import particulars, taking_over
from nhiemky.members.services.ledger import WRITE
from nhiemky.members.services.taking_over import Checked, Opening
from nhiemky.members.ways import Ways
from nhiemky.organisation import selectors as organisation

IDENTITY = "members.identity"


@dataclass(slots=True)
class Judged:
    """A line and what becomes of it. `changes`: field, value before, value after."""

    line: Line
    person: Person | None = None
    opening: Opening | None = None
    changes: list[tuple[str, object, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False

    @property
    def state(self) -> str:
        if self.refused:
            return REFUSED
        return NEW if self.opening is not None else CHANGED if self.changes else SAME

    def tell(self, *findings: Finding) -> None:
        """Add findings; one that blocks refuses the line."""
        self.findings.extend(findings)
        self.refused = self.refused or any(finding.blocks for finding in findings)


@dataclass(frozen=True)
class Judgement:
    """All lines judged against the register as it is before event number `seq`, and the openings as checked."""

    lines: Sequence[Judged]
    checked: Checked

    def counts(self) -> dict[str, int]:
        counts = dict.fromkeys(("rows", NEW, CHANGED, SAME, REFUSED, "warning"), 0)
        for judged in self.lines:
            counts["rows"] += 1
            counts[judged.state] += 1
            counts["warning"] += bool(judged.findings) and not judged.refused
        return counts


class Judge:
    """Judges the lines of one file for one unit and day."""

    def __init__(self, actor: Actor, units: Units, fields: frozenset[str], on: date, today: date) -> None:
        self.actor, self.units, self.fields, self.on, self.today = actor, units, fields, on, today
        self.ways, self.ends = Ways(on), dict[int, int]()

    def judge(self, lines: Sequence[Line], seq: int) -> Judgement:
        """Every line, and what stands against all of them together."""
        register = known(lines)
        finder = Finder(self.actor, register)
        judged = [self._line(line, finder, register) for line in lines]
        _twice(judged)
        self._check_changes(judged)
        entering = [one for one in judged if one.opening is not None and not one.refused]
        checked = taking_over.check(_openings(entering), self.on, self.today, seq, register.by_number)
        if checked.against:
            for number, findings in checked.against.items():
                entering[number].tell(*findings)
            # Nothing new stands against fewer people.
            checked = Checked(_openings(entering), self.on, seq, {})
        return Judgement(judged, checked)

    def _line(self, line: Line, finder: Finder, register: Register) -> Judged:
        judged = Judged(line)
        judged.tell(*line.findings)
        get = line.values.get
        unit_id, wrong = self.units.of(get("unit_code", ""), get("unit_name", ""), line.section)
        match = finder.find(line, self._today(unit_id))
        if match.finding is not None:
            judged.tell(match.finding)
        elif match.person is None or match.person.pk not in register.counting:
            if wrong is not None:
                judged.tell(wrong)
            self._new(judged, unit_id, match.person)
        else:
            judged.person = match.person
            self._known(judged, register, unit_id, wrong)
        return judged

    def _today(self, unit_id: int | None) -> int | None:
        """Where somebody who was in the unit on the day of the list is today."""
        if unit_id is None:
            return None
        if unit_id not in self.ends:
            ways = [w for w in self.ways.of(unit_id) if w.reorganisation.effective_on <= self.today]
            self.ends[unit_id] = ways[-1].target_id if ways else unit_id
        return self.ends[unit_id]

    # Somebody new

    def _new(self, judged: Judged, unit_id: int | None, person: Person | None) -> None:
        values = judged.line.values
        standing, official_on = values.get("standing"), values.get("official_on")
        if standing == PROBATIONARY and official_on is not None:
            judged.tell(Finding("exchange.standing_contradicts", field="standing", facts={"on": official_on}))
        elif standing is None and official_on is None and "official_on" not in self.fields:
            judged.tell(Finding("exchange.standing_missing", field="standing"))
        if "decided_on" in self.fields and "decided_on" not in values:
            judged.tell(Finding("exchange.no_decision_day", field="decided_on", blocks=False))
        if unit_id is None:
            judged.refused = True
            return
        judged.opening = Opening(
            values={key: value for key, value in values.items() if key in PARTICULAR},
            unit_id=unit_id,
            official=standing == OFFICIAL or official_on is not None,
            admitted_on=values.get("admitted_on"),
            official_on=official_on,
            person_id=person.pk if person else None,
        )

    # Somebody known

    def _known(self, judged: Judged, register: Register, unit_id: int | None, wrong: Finding | None) -> None:
        person, values = judged.person, judged.line.values
        assert person is not None
        stay = register.stays.get(person.pk)
        if stay is None:
            judged.tell(Finding("exchange.has_left", field="full_name", facts={"name": person.full_name}))
            return
        if (person.last_unit_id or 0) not in self.actor.scope(WRITE):
            judged.tell(Finding("exchange.not_yours", field="full_name"))
            return
        judged.tell(*self._of_the_ledger(person, stay.standing, values, self._today(unit_id), wrong))
        given = {key: value for key, value in values.items() if key in PARTICULAR}
        if given.get("birth_year_only") and _known_closer(person, given):
            given = {key: value for key, value in given.items() if key not in ("birth_date", "birth_year_only")}
        judged.changes = particulars.set_values(person, given)
        if any(key == "identity_number" for key, *_rest in judged.changes):
            self._identity_right(judged, person)

    def _identity_right(self, judged: Judged, person: Person) -> None:
        if (person.last_unit_id or 0) not in self.actor.scope(IDENTITY):
            judged.changes = [change for change in judged.changes if change[0] != "identity_number"]
            judged.tell(Finding("exchange.identity_right", field="identity_number", blocks=False))

    def _of_the_ledger(
        self, person: Person, standing: str, values: Mapping[str, Any], unit_id: int | None, wrong: Finding | None
    ) -> list[Finding]:
        """Only entries of the ledger change where and how somebody stands: what differs is told and left."""
        found = []
        for key, before in (
            ("admitted_on", person.admitted_on), ("official_on", person.official_on), ("standing", standing)
        ):  # fmt: skip
            if key in values and values[key] != before:
                facts = {"before": before or "–", "after": values[key]}
                found.append(Finding("exchange.ledger_differs", field=key, facts=facts, blocks=False))
        named = "unit_code" in values or "unit_name" in values
        if named and wrong is None and unit_id != person.last_unit_id and person.last_unit_id is not None:
            place = organisation.structure().index[person.last_unit_id]
            facts = {"unit": organisation.unit_name(place, self.today)}
            found.append(Finding("exchange.other_unit", field="unit_name", facts=facts, blocks=False))
        elif named and wrong is not None:
            found.append(Finding(wrong.code, field=wrong.field, value=wrong.value, facts=wrong.facts, blocks=False))
        return found

    def _check_changes(self, judged: Sequence[Judged]) -> None:
        """The register's rules for changes of particulars, over all changed lines at once."""
        changed = {one.person.pk: one for one in judged if one.person is not None and one.changes and not one.refused}
        people = {person_id: one.person for person_id, one in changed.items() if one.person is not None}
        given = {pk: {key: after for key, _before, after in one.changes} for pk, one in changed.items()}
        for finding in particulars.objections(people, given, self.today):
            person_id = finding.row if finding.row is not None else next(iter(changed))
            changed[person_id].tell(finding)


def _openings(judged: Sequence[Judged]) -> list[Opening]:
    return [one.opening for one in judged if one.opening is not None and not one.refused]


def _known_closer(person: Person, given: Mapping[str, Any]) -> bool:
    """Whether the register knows the day where the file knows the year."""
    born = given.get("birth_date")
    return isinstance(born, date) and born.year == person.birth_date.year and not person.birth_year_only


def _twice(judged: Sequence[Judged]) -> None:
    """The same person on two lines: the first stands, the others are refused."""
    seen: dict[object, int] = {}
    for one in judged:
        key = _identity_of(one)
        if key is None or one.refused:
            continue
        if key in seen:
            one.tell(Finding("exchange.twice", field="full_name", facts={"first_row": seen[key]}))
        seen.setdefault(key, one.line.at + 1)


def _identity_of(one: Judged) -> object:
    if one.person is not None:
        return one.person.pk
    values = one.line.values
    numbers = (values.get("identity_number"), values.get("card_number"))
    if one.opening is None or any(numbers):
        return None  # numbers that stand twice are found by the register's own rule
    return name_key(str(values.get("full_name", ""))), written(values.get("birth_date")), one.opening.unit_id
