"""Who comes into the register: admitted, or by transfer from outside the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.members.booking import Entry, Situation, check_entry
from nhiemky.domain.names import clean, fold, name_key
from nhiemky.members import identity, selectors
from nhiemky.members.models import Person
from nhiemky.members.services import en_bloc
from nhiemky.members.services.ledger import WRITE, Paper, book_entry
from nhiemky.organisation import selectors as organisation


@dataclass(frozen=True)
class PersonData:
    """What the register keeps of a person. `identity_number` is sealed at once."""

    full_name: str
    sex: str
    birth_date: date
    ethnic_group: int
    card_number: str = ""
    file_number: str = ""
    identity_number: str = ""


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
    findings += _check_dates(decided_on, admitted_on, official_on) + _check_person(data)
    if entry.target_sound:
        findings += en_bloc.objections(target_id, on)
    refuse_if_any(findings)
    person = _taken_back(data) or Person()
    values = {**_columns(data), "decided_on": decided_on, "admitted_on": admitted_on, "official_on": official_on}
    for name, value in values.items():
        setattr(person, name, value)
    person.changed = current_seq()
    person.save()
    book_entry(actor, person, entry, before, paper, today=today, place=place, official=official_on is not None)
    return person


def _taken_back(data: PersonData) -> Person | None:
    """Somebody of this number whose every entry was taken back: the corrected entry belongs to the same person."""
    for found in _same_numbers(data):
        if not _in_ledger(found):
            return Person.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return None


def _same_numbers(data: PersonData) -> list[Person]:
    number, card = data.identity_number.strip(), data.card_number.strip()
    found = list(Person.objects.filter(identity_mark=identity.mark(number))) if number else []
    return found + (list(Person.objects.filter(card_number=card)) if card else [])


def _in_ledger(person: Person) -> bool:
    """Whether some entry of the person still counts."""
    return selectors.that_count(person).exists()


def _columns(data: PersonData) -> dict[str, object]:
    name = clean(data.full_name)
    number = data.identity_number.strip()
    return {
        "full_name": name,
        "name_key": name_key(name),
        "folded": fold(name),
        "sex": data.sex,
        "birth_date": data.birth_date,
        "ethnic_group": data.ethnic_group,
        "card_number": data.card_number.strip(),
        "file_number": data.file_number.strip(),
        "identity_sealed": identity.seal(number) if number else None,
        "identity_mark": identity.mark(number) if number else None,
    }


def _check_dates(decided_on: date, admitted_on: date, official_on: date | None) -> list[Finding]:
    findings = []
    if decided_on > admitted_on:
        facts = {"decided": decided_on, "admitted": admitted_on}
        findings.append(Finding("members.ceremony_before_decision", field="admitted_on", facts=facts))
    if official_on is not None and official_on < admitted_on:
        facts = {"official": official_on, "admitted": admitted_on}
        findings.append(Finding("members.official_before_ceremony", field="official_on", facts=facts))
    return findings


def _check_person(data: PersonData) -> list[Finding]:
    findings = []
    if not clean(data.full_name):
        findings.append(Finding("members.no_name", field="full_name"))
    number = data.identity_number.strip()
    if number and (len(number) != 12 or not (number.isascii() and number.isdecimal())):
        findings.append(Finding("members.identity_form", field="identity_number"))
    elif number and any(_in_ledger(p) for p in Person.objects.filter(identity_mark=identity.mark(number))):
        findings.append(Finding("members.identity_known", field="identity_number"))
    card = data.card_number.strip()
    if card and (len(card) != 8 or not (card.isascii() and card.isdecimal())):
        findings.append(Finding("members.card_form", field="card_number", value=card))
    elif card and any(_in_ledger(p) for p in Person.objects.filter(card_number=card)):
        findings.append(Finding("members.card_known", field="card_number", value=card))
    return findings
