"""Writing the ledger: every movement of a person, and its counter-entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.booking import Entry, Situation, check_entry, state_after
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.names import clean, fold, name_key
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.members import identity
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.services import seats_follow
from nhiemky.organisation import selectors as organisation

WRITE = "members.write"


@dataclass(frozen=True)
class Paper:
    """The paper an entry rests on."""

    number: str = ""
    date: date | None = None
    body: str = ""


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
    entry = Entry(kind, on, target_id, _holds_members(target, on))
    before = Situation(None, birth_date=data.birth_date)
    findings = check_entry(entry, before, today=today)
    findings += _check_dates(decided_on, admitted_on, official_on) + _check_person(data)
    refuse_if_any(findings)
    person = Person.objects.create(
        **_columns(data),
        decided_on=decided_on,
        admitted_on=admitted_on,
        official_on=official_on,
        changed=current_seq(),
    )
    _book(actor, person, entry, before, paper, place=place, official=official_on is not None)
    return person


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
    if number and (len(number) != 12 or not number.isdigit()):
        findings.append(Finding("members.identity_form", field="identity_number"))
    elif number and Person.objects.filter(identity_mark=identity.mark(number)).exists():
        findings.append(Finding("members.identity_known", field="identity_number"))
    card = data.card_number.strip()
    if card and (len(card) != 8 or not card.isdigit()):
        findings.append(Finding("members.card_form", field="card_number", value=card))
    elif card and Person.objects.filter(card_number=card).exists():
        findings.append(Finding("members.card_known", field="card_number", value=card))
    return findings


def _holds_members(place: int, on: date) -> bool:
    version = organisation.structure().version(place, on)
    return version is not None and KIND[version.kind].has_members


@service
def movement_book(
    *,
    actor: Actor,
    person_id: int,
    kind: str,
    on: date,
    paper: Paper,
    today: date,
    unit_code: str = "",
    place: str = "",
) -> Movement:
    """Book one movement of a person who is in the register: anything but the first entry.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the person, or the unit they go to, is not the actor's to change.
    """
    person = _locked(actor, person_id)
    target_id, sound = None, True
    if unit_code:
        target = organisation.position(unit_code)
        target_id, sound = int(organisation.structure().ids[target]), _holds_members(target, on)
    if kind not in MOVEMENT or not MOVEMENT[kind].typed or kind in ("admission", "transfer_in"):
        raise Refused(Finding("members.kind_not_typed", field="kind", value=kind))
    stay, before = _situation(person)
    entry = Entry(kind, on, target_id, sound)
    findings = check_entry(entry, before, today=today)
    if stay is not None:
        findings += _check_source(stay, on)
        if MOVEMENT[kind].leaves or MOVEMENT[kind].moves:
            findings += seats_follow.objections(person, target_id, on)
    refuse_if_any(findings)
    return _book(actor, person, entry, before, paper, place=place)


def _locked(actor: Actor, person_id: int) -> Person:
    """The person, locked, if the actor may change them where they last were."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.last_unit_id is None:
        raise Denied(WRITE, "no_such_person", status=404)
    actor.require(WRITE, person.last_unit_id)
    return person


def _check_source(stay: Stay, on: date) -> list[Finding]:
    """The unit a person is in must still exist the day before."""
    place = organisation.structure().index[stay.unit_id]
    if organisation.structure().version(place, on) is None:
        facts = {"unit": organisation.unit_name(place, on), "on": on}
        return [Finding("members.unit_ended", field="on", facts=facts)]
    return []


def _situation(person: Person) -> tuple[Stay | None, Situation]:
    stay = Stay.objects.filter(person=person).order_by("-during").first()
    last = person.movements.filter(reverses=None, reversed_by=None).order_by("-on", "-pk").first()
    current = stay if stay is not None and stay.during.upper is None else None
    left = last.on if last is not None and MOVEMENT[last.kind].leaves else None
    situation = Situation(
        unit_id=current.unit_id if current else None,
        standing=current.standing if current else "",
        exempt=current.exempt if current else False,
        last_entry=last.on if last else None,
        admitted_on=person.admitted_on,
        left_on=left,
        birth_date=person.birth_date,
    )
    return current, situation


def _book(
    actor: Actor,
    person: Person,
    entry: Entry,
    before: Situation,
    paper: Paper,
    *,
    place: str = "",
    official: bool = False,
) -> Movement:
    """Write the movement, close the stay before and open the one after, and stamp the person."""
    kind = MOVEMENT[entry.kind]
    target_id = None if kind.leaves else (before.unit_id if kind.in_place else entry.target_id)
    movement = Movement.objects.create(
        person=person,
        kind=entry.kind,
        on=entry.on,
        from_unit_id=before.unit_id,
        to_unit_id=target_id,
        paper_number=clean(paper.number),
        paper_date=paper.date,
        paper_body=clean(paper.body),
        place=clean(place),
        seq=current_seq(),
    )
    if before.unit_id is not None:
        _close(person, movement)
    if kind.leaves or kind.moves:
        seats_follow.end_with(movement, person)
    after = state_after(entry, before, official_on_entry=official)
    if after is not None:
        _open(movement, *after)
    _stamp(person, entry, target_id)
    unit_id = target_id or before.unit_id
    facts = {"kind": entry.kind, "on": entry.on, "paper": movement.paper_number, "person": person.pk}
    record("members.movement_booked", actor=actor, subject=person.pk, unit_id=unit_id, facts=facts)
    return movement


def _close(person: Person, movement: Movement) -> None:
    stay = Stay.objects.get(person=person, during__upper_inf=True)
    stay.during, stay.closed_by = DateRange(stay.during.lower, movement.on), movement
    stay.save()


def _open(movement: Movement, standing: str, exempt: bool) -> None:
    assert movement.to_unit_id is not None
    Stay.objects.create(
        person_id=movement.person_id,
        unit_id=movement.to_unit_id,
        standing=standing,
        exempt=exempt,
        during=DateRange(movement.on, None),
        opened_by=movement,
    )


def _stamp(person: Person, entry: Entry, target_id: int | None) -> None:
    person.changed = current_seq()
    if target_id is not None:
        person.last_unit_id = target_id
    if entry.kind == "official_recognition":
        person.official_on = entry.on
    if entry.kind == "readmission":
        person.admitted_on, person.official_on = entry.on, None
    person.save()


@service
def movement_reverse(*, actor: Actor, movement_id: int, reason: str) -> Movement:
    """Correct a mistake: a counter-entry takes the person's last movement back. Nothing is edited away.

    Raises:
        Refused: it is not the person's last entry, is itself a counter-entry, or belongs to a reorganisation.
    """
    wrong = Movement.objects.select_related("person").filter(pk=movement_id).first()
    if wrong is None:
        raise Denied(WRITE, "no_such_movement", status=404)
    person = _locked(actor, wrong.person_id)
    refuse_if_any([*_check_reversible(wrong, person, clean(reason)), *seats_follow.objections_to_reverse(wrong)])
    counter = Movement.objects.create(
        person=person,
        kind=wrong.kind,
        on=wrong.on,
        from_unit_id=wrong.from_unit_id,
        to_unit_id=wrong.to_unit_id,
        paper_number=wrong.paper_number,
        reverses=wrong,
        reason=clean(reason),
        seq=current_seq(),
    )
    Stay.objects.filter(opened_by=wrong).delete()
    reopened = Stay.objects.filter(closed_by=wrong).first()
    if reopened is not None:
        reopened.during, reopened.closed_by = DateRange(reopened.during.lower, None), None
        reopened.save()
    seats_follow.reopen(wrong)
    _unstamp(person, wrong)
    facts = {"kind": wrong.kind, "on": wrong.on, "reason": counter.reason, "person": person.pk}
    record(
        "members.movement_reversed",
        actor=actor,
        subject=person.pk,
        unit_id=wrong.to_unit_id or wrong.from_unit_id,
        facts=facts,
    )
    return counter


def _check_reversible(wrong: Movement, person: Person, reason: str) -> list[Finding]:
    findings = []
    last = person.movements.filter(reverses=None, reversed_by=None).order_by("-on", "-pk").first()
    if wrong.reverses_id is not None or last is None or last.pk != wrong.pk:
        findings.append(Finding("members.not_the_last_entry", field="movement", facts={"on": wrong.on}))
    if wrong.reorganisation_id is not None:
        findings.append(Finding("members.belongs_to_reorganisation", field="movement"))
    if not reason:
        findings.append(Finding("members.reason_missing", field="reason"))
    return findings


def _unstamp(person: Person, wrong: Movement) -> None:
    person.changed = current_seq()
    if wrong.from_unit_id is not None:
        person.last_unit_id = wrong.from_unit_id
    if wrong.kind == "official_recognition":
        person.official_on = None
    person.save()
