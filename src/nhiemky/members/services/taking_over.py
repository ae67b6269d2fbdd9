"""A register taken over from elsewhere: many people entered at once by entries of kind "opening".

Every rule of entering holds as it does for one person; what is written in bulk is written by COPY.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.core.copying import as_text, copy_rows, copy_text, take_ids
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.members.booking import Entry, Situation, check_entry, state_after
from nhiemky.domain.members.particulars import PARTICULAR, PARTICULARS, UNIQUE, check_value
from nhiemky.domain.names import fold, name_key
from nhiemky.members import identity
from nhiemky.members.models import Person
from nhiemky.members.services import en_bloc, particulars
from nhiemky.members.services.entering import check_dates
from nhiemky.members.services.ledger import WRITE, Paper, book_entry
from nhiemky.members.ways import Ways
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import EnBloc

KIND = "opening"
_REQUIRED = tuple(particular.key for particular in PARTICULARS if particular.required)
_DAYS = ("decided_on", "admitted_on", "official_on")
_TEXTS = ("religion", "home_place", "residence", "phone", "occupation", "general_education", "qualification",
          "academic_title", "political_theory", "card_number", "file_number")  # fmt: skip
_PERSON = ("id", "full_name", "name_key", "folded", "sex", "birth_date", "birth_year_only", "ethnic_group", *_TEXTS,
           "identity_sealed", "identity_mark", "decided_on", "admitted_on", "official_on", "last_unit_id",
           "changed")  # fmt: skip
_MOVEMENT = ("id", "person_id", "kind", "on", "from_unit_id", "to_unit_id", "paper_number", "paper_date", "paper_body",
             "place", "reason", "reorganisation_id", "seq")  # fmt: skip
_STAY = ("id", "person_id", "unit_id", "standing", "exempt", "during", "opened_by_id", "closed_by_id")


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody to be taken over: clean particulars by key, the unit, and how they stand there.

    `person_id` names somebody who is in the register with every entry taken back: they are entered again.
    """

    values: Mapping[str, object]
    unit_id: int
    official: bool
    admitted_on: date | None = None
    official_on: date | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Checked:
    """What stands against openings, by their place in the list, as of the last event before number `seq`."""

    openings: Sequence[Opening]
    on: date
    seq: int
    against: Mapping[int, list[Finding]]


def check(
    openings: Sequence[Opening], on: date, today: date, seq: int, known: Mapping[str, Mapping[str, int]] | None = None
) -> Checked:
    """Every objection against entering each of these people on the day, and against all of them together.

    `known` tells for each field of `UNIQUE` who has the numbers, where the caller has asked already.
    """
    against: dict[int, list[Finding]] = {}
    ways = Ways(on)
    by_unit = {unit_id: _of_unit(unit_id, on, today, ways) for unit_id in {one.unit_id for one in openings}}
    looked_at = {n for n, one in enumerate(openings) if by_unit[one.unit_id]}
    for number in sorted(looked_at | _with_objections(openings, on, today)):
        opening = openings[number]
        found = [*by_unit[opening.unit_id], *_of_person(opening, on, today)]
        if found:
            against[number] = found
    for number, finding in _of_numbers(openings, known or {}):
        against.setdefault(number, []).append(finding)
    return Checked(openings, on, seq, against)


def _with_objections(openings: Sequence[Opening], on: date, today: date) -> set[int]:
    """Places of openings against which something stands: column by column, each distinct value judged once."""
    found: set[int] = set()
    for key in PARTICULAR:
        values = [one.values.get(key) for one in openings]
        wrong = {value for value in set(values) if check_value(key, value, today)}
        if wrong:
            found.update(n for n, value in enumerate(values) if value in wrong)
    days = [(one.values.get("decided_on"), one.admitted_on, one.official_on) for one in openings]
    wrong_days = {three for three in set(days) if _of_days(three, on)}
    if wrong_days:
        found.update(n for n, three in enumerate(days) if three in wrong_days)
    return found


def _of_unit(unit_id: int, on: date, today: date, ways: Ways) -> list[Finding]:
    sound = en_bloc.holds_members(organisation.structure().index[unit_id], on)
    findings = check_entry(Entry(KIND, on, unit_id, sound), Situation(None), today=today)
    return findings + (en_bloc.objections(unit_id, on, ways) if sound else [])


def _of_person(opening: Opening, on: date, today: date) -> list[Finding]:
    """The rules for single values, then the order of the days."""
    findings = [found for key, value in opening.values.items() for found in check_value(key, value, today)]
    for key in _REQUIRED:
        if key not in opening.values:
            findings += check_value(key, None, today)
    return findings + _of_days((opening.values.get("decided_on"), opening.admitted_on, opening.official_on), on)


def _of_days(three: tuple[object, date | None, date | None], on: date) -> list[Finding]:
    decided, admitted_on, official_on = three
    days = (decided if isinstance(decided, date) else None, admitted_on, official_on)
    return check_dates(*days) + [
        Finding("members.taken_over_before", field=key, facts={"day": day, "on": on})
        for key, day in zip(_DAYS, days, strict=True)
        if day is not None and day > on
    ]


def _of_numbers(openings: Sequence[Opening], asked: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[int, Finding]]:
    """Numbers that somebody else has, or that stand twice here."""
    for key in UNIQUE:
        given = [(n, str(number)) for n, one in enumerate(openings) if (number := one.values.get(key))]
        times = Counter(number for _n, number in given)
        known = asked[key] if key in asked else particulars.known(key, list(times))
        for n, number in given:
            if times[number] > 1 or known.get(number, openings[n].person_id) != openings[n].person_id:
                yield n, particulars.known_number(key, number)


@service
def people_take_over(
    *,
    actor: Actor,
    checked: Checked,
    paper: Paper,
    today: date,
    progress: Callable[[float], None] = lambda part: None,
) -> int:
    """Enter all of them, or none; answers their number. What was checked before another write is checked anew.

    Raises:
        Refused: something stands against one of them; `row` of a finding is the place in the list.
        Denied: a unit is not the actor's to write in.
    """
    openings, on = checked.openings, checked.on
    for unit_id in {opening.unit_id for opening in openings}:
        actor.require(WRITE, unit_id)
    if checked.seq != current_seq():
        checked = check(openings, on, today, current_seq())
    refuse_if_any(_rows(checked.against))
    for opening in openings:
        if opening.person_id is not None:
            _enter_again(actor, opening, on, paper, today)
    _Copy([one for one in openings if one.person_id is None], on, paper, today).write(progress)
    units = sorted({opening.unit_id for opening in openings})
    facts = {"people": len(openings), "on": on, "paper": paper.number, "file": paper.body}
    record("members.people_taken_over", actor=actor, subject=paper.number, units=units, facts=facts)
    return len(openings)


def _rows(against: Mapping[int, list[Finding]]) -> Iterator[Finding]:
    for number, findings in against.items():
        for one in findings:
            yield Finding(one.code, facts=one.facts, cites=one.cites, row=number, field=one.field, value=one.value)


def _enter_again(actor: Actor, opening: Opening, on: date, paper: Paper, today: date) -> None:
    """The corrected entry belongs to the same person."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=opening.person_id or 0)
    particulars.set_values(person, opening.values)
    person.admitted_on, person.official_on = opening.admitted_on, opening.official_on
    book_entry(
        actor, person, Entry(KIND, on, opening.unit_id), Situation(None), paper, today=today, official=opening.official
    )


class _Copy:
    """The rows of people, entries and stays, with the entries of every reorganisation that moves them on since."""

    def __init__(self, openings: Sequence[Opening], on: date, paper: Paper, today: date) -> None:
        self.openings, self.on, self.paper, self.today, self.seq = openings, on, paper, today, current_seq()
        ways = Ways(on)
        self.ways = {unit_id: ways.of(unit_id) for unit_id in {one.unit_id for one in openings}}
        self.people = take_ids("members_person", len(openings))
        steps = sum(1 + len(self.ways[one.unit_id]) for one in openings)
        self.movements = take_ids("members_movement", steps)
        self.stays = take_ids("members_stay", steps)

    def write(self, progress: Callable[[float], None]) -> None:
        """Stays first, which keep the database busy: meanwhile the people's numbers are sealed and their names keyed.

        Links are checked at the end of the transaction, so the order is free.
        """
        if not self.people:
            return
        steps, count = len(self.stays), len(self.people)
        with ThreadPoolExecutor(max_workers=1) as aside:
            people = aside.submit(as_text, self._people())
            copy_rows("members_stay", _STAY, self._stays(), lambda n: progress(min(n / steps, 1) * 0.6))
            copy_rows("members_movement", _MOVEMENT, self._movements())
            copy_text("members_person", _PERSON, people.result(), lambda n: progress(0.6 + min(n / count, 1) * 0.4))

    def _people(self) -> Iterator[tuple[object, ...]]:
        last = {unit_id: self._today(unit_id, ways) for unit_id, ways in self.ways.items()}
        for person_id, opening in zip(self.people, self.openings, strict=True):
            get, name = opening.values.get, str(opening.values["full_name"])
            number = str(get("identity_number") or "")
            yield (
                person_id, name, name_key(name), fold(name), get("sex"), get("birth_date"),
                bool(get("birth_year_only")), get("ethnic_group"), *[get(key) or "" for key in _TEXTS],
                identity.seal(number) if number else None, identity.mark(number) if number else None,
                get("decided_on"), opening.admitted_on, opening.official_on, last[opening.unit_id], self.seq,
            )  # fmt: skip

    def _today(self, unit_id: int, ways: Sequence[EnBloc]) -> int:
        """Where somebody entered here is today."""
        passed = [way.target_id for way in ways if way.reorganisation.effective_on <= self.today]
        return passed[-1] if passed else unit_id

    def _movements(self) -> Iterator[tuple[object, ...]]:
        ids, paper = iter(self.movements), self.paper
        for person_id, opening in zip(self.people, self.openings, strict=True):
            yield (
                next(ids), person_id, KIND, self.on, None, opening.unit_id, paper.number, paper.date, paper.body, "",
                "", None, self.seq,
            )  # fmt: skip
            for way in self.ways[opening.unit_id]:
                by = way.reorganisation
                yield (
                    next(ids), person_id, "en_bloc", by.effective_on, way.source_id, way.target_id, by.number,
                    by.decided_on, by.body, "", "", by.pk, self.seq,
                )  # fmt: skip

    def _stays(self) -> Iterator[tuple[object, ...]]:
        ids, at = iter(self.stays), 0
        spans = {unit_id: self._spans(unit_id, ways) for unit_id, ways in self.ways.items()}
        after = {official: self._standing(official) for official in (True, False)}
        for person_id, opening in zip(self.people, self.openings, strict=True):
            standing, exempt = after[opening.official]
            mine = spans[opening.unit_id]
            for step, (unit_id, during) in enumerate(mine):
                closed_by = self.movements[at + 1] if step + 1 < len(mine) else None
                yield next(ids), person_id, unit_id, standing, exempt, during, self.movements[at], closed_by
                at += 1

    def _standing(self, official: bool) -> tuple[str, bool]:
        after = state_after(Entry(KIND, self.on), Situation(None), official_on_entry=official)
        assert after is not None
        return after

    def _spans(self, unit_id: int, ways: Sequence[EnBloc]) -> list[tuple[int, str]]:
        units = [unit_id, *(way.target_id for way in ways)]
        days: list[date] = [self.on, *(way.reorganisation.effective_on for way in ways)]
        ends = [*days[1:], ""]
        return [(unit, f"[{start},{end})") for unit, start, end in zip(units, days, ends, strict=True)]
