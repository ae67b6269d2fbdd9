"""Who comes into the register: admitted, or by transfer from outside the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from nhiemky.audit.services import current_seq, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.members.booking import Entry, Situation, check_entry
from nhiemky.domain.members.particulars import UNIQUE, check_particulars, cleaned
from nhiemky.members import identity, selectors
from nhiemky.members.models import Person
from nhiemky.members.services import en_bloc, particulars
from nhiemky.members.services.ledger import WRITE, Paper, book_entry
from nhiemky.organisation import selectors as organisation


@dataclass(frozen=True)
class PersonData:
    """What the register keeps of a person: the fields of `domain.members.particulars`, one by one."""

    full_name: str
    sex: str
    birth_date: date
    ethnic_group: int
    card_number: str = ""
    file_number: str = ""
    identity_number: str = ""
    birth_year_only: bool = False
    religion: str = ""
    home_place: str = ""
    residence: str = ""
    phone: str = ""
    occupation: str = ""
    general_education: str = ""
    qualification: str = ""
    academic_title: str = ""
    political_theory: str = ""

    def values(self) -> dict[str, object]:
        """By key, in the form in which they are kept."""
        return cleaned(asdict(self))


@service
def person_admit(
    *, actor: Actor, person: PersonData, unit_code: str, decided_on: date, admitted_on: date, paper: Paper, today: date
) -> Person:
    """Enter a newly admitted person: the ceremony's day is the day of the entry.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the unit lies outside the actor's subtree, or the right is missing there.
    """
    return _enter(
        actor, person, "admission", unit_code, admitted_on, paper, today, decided_on=decided_on, admitted_on=admitted_on
    )


@service
def person_receive(
    *,
    actor: Actor,
    person: PersonData,
    unit_code: str,
    on: date,
    place: str,
    paper: Paper,
    today: date,
    decided_on: date,
    admitted_on: date,
    official_on: date | None,
) -> Person:
    """Enter a member who comes by transfer from outside the system; `place` says from where."""
    return _enter(
        actor,
        person,
        "transfer_in",
        unit_code,
        on,
        paper,
        today,
        decided_on=decided_on,
        admitted_on=admitted_on,
        official_on=official_on,
        place=place,
    )


def _enter(
    actor: Actor,
    data: PersonData,
    kind: str,
    unit_code: str,
    on: date,
    paper: Paper,
    today: date,
    *,
    decided_on: date,
    admitted_on: date,
    official_on: date | None = None,
    place: str = "",
) -> Person:
    target = organisation.visible_position(actor, unit_code, WRITE)
    target_id = int(organisation.structure().ids[target])
    entry = Entry(kind, on, target_id, en_bloc.holds_members(target, on))
    before = Situation(None, birth_date=data.birth_date)
    findings = check_entry(entry, before, today=today)
    values = data.values()
    findings += check_dates(decided_on, admitted_on, official_on)
    findings += check_particulars(values, today=today) + _check_numbers(values)
    if entry.target_sound:
        findings += en_bloc.objections(target_id, on)
    refuse_if_any(findings)
    person = _taken_back(values) or Person()
    particulars.set_values(person, values)
    person.decided_on, person.admitted_on, person.official_on = decided_on, admitted_on, official_on
    person.changed = current_seq()
    person.save()
    book_entry(actor, person, entry, before, paper, today=today, place=place, official=official_on is not None)
    return person


def _taken_back(values: Mapping[str, object]) -> Person | None:
    """Somebody of this number whose every entry was taken back: the corrected entry belongs to the same person."""
    for found in _same_numbers(values):
        if not selectors.that_count(found).exists():
            return Person.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return None


def _same_numbers(values: Mapping[str, object]) -> list[Person]:
    number, card = str(values["identity_number"]), str(values["card_number"])
    found = list(Person.objects.filter(identity_mark=identity.mark(number))) if number else []
    return found + (list(Person.objects.filter(card_number=card)) if card else [])


def _check_numbers(values: Mapping[str, object]) -> list[Finding]:
    """Numbers that somebody else in the ledger holds."""
    given = {key: str(values[key]) for key in UNIQUE if values[key]}
    known = [key for key, number in given.items() if particulars.holders(key, [number])]
    return [particulars.known_number(key, given[key]) for key in known]


def check_dates(decided_on: date | None, admitted_on: date | None, official_on: date | None) -> list[Finding]:
    """The order of the three days, as far as they are known."""
    findings = []
    if decided_on is not None and admitted_on is not None and decided_on > admitted_on:
        facts = {"decided": decided_on, "admitted": admitted_on}
        findings.append(Finding("members.ceremony_before_decision", field="admitted_on", facts=facts))
    if official_on is not None and admitted_on is not None and official_on < admitted_on:
        facts = {"official": official_on, "admitted": admitted_on}
        findings.append(Finding("members.official_before_ceremony", field="official_on", facts=facts))
    return findings
