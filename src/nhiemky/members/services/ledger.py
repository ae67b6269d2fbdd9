"""Writing the ledger: every movement of a person, and its counter-entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.booking import Entry, Situation, check_entry, state_after
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.names import clean
from nhiemky.members import selectors
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.members.services import en_bloc, seats_follow
from nhiemky.members.services.forgetting import refuse_forgotten
from nhiemky.organisation import selectors as organisation

WRITE = "members.write"
_STAMPS = ("decided_on", "admitted_on", "official_on")


@dataclass(frozen=True)
class Paper:
    """The paper an entry rests on."""

    number: str = ""
    date: date | None = None
    body: str = ""


@dataclass(frozen=True)
class Consent:
    """The sending office's recorded word that a person may go: whose it was, and the audit event that records it.

    It stands for the right over the unit the person comes from. Only a service that has recorded such a word and
    still finds it standing may hand it on.
    """

    by: str
    seq: int


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
    ground: str = "",
    consent: Consent | None = None,
) -> Movement:
    """Book one movement of a person who is in the register: anything but the first entry.

    With the `consent` of the office the person comes from, the actor needs the right over the unit they go to alone.
    It may be dated before reorganisations that moved the person since: those entries are taken back and made again.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the person, or the unit they go to, is not the actor's to change.
    """
    person = _locked(actor, person_id, consent)
    if kind not in MOVEMENT or not MOVEMENT[kind].typed or kind == "admission":
        raise Refused(Finding("members.kind_not_typed", field="kind", value=kind))
    entry = Entry(kind, on, *_target(actor, unit_code, on), ground)
    en_bloc.set_aside(person, on)
    stay, before = _situation(person)
    findings = check_entry(entry, before, today=today) + _check_paper(kind, paper)
    if entry.target_id is not None and entry.target_sound:
        findings += en_bloc.objections(entry.target_id, on)
    if stay is not None:
        findings += _check_source(stay, on)
        if MOVEMENT[kind].leaves or MOVEMENT[kind].moves:
            findings += seats_follow.objections(person, entry.target_id, on)
    refuse_if_any(findings)
    return book_entry(
        actor, person, entry, before, paper, today=today, place=place, official=person.official_on is not None,
        consent=consent,
    )  # fmt: skip


def _check_paper(kind: str, paper: Paper) -> list[Finding]:
    """Every entry rests on a paper; only a death may be booked before there is one."""
    if kind == "death" or (clean(paper.number) and paper.date is not None):
        return []
    return [Finding("members.paper_missing", field="paper_number")]


def _target(actor: Actor, unit_code: str, on: date) -> tuple[int | None, bool]:
    """The unit the person goes to, and whether it can hold members on the day."""
    if not unit_code:
        return None, True
    target = organisation.visible_position(actor, unit_code, WRITE)
    return int(organisation.structure().ids[target]), en_bloc.holds_members(target, on)


def _locked(actor: Actor, person_id: int, consent: Consent | None = None) -> Person:
    """The person, locked, if the actor may change them where they last were, or that side has agreed."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.last_unit_id is None:
        raise Denied(WRITE, "no_such_person", status=404)
    if consent is None:
        actor.require(WRITE, person.last_unit_id)
    refuse_forgotten(person)
    return person


def _check_source(stay: Stay, on: date) -> list[Finding]:
    """The unit a person is in must still exist on the day."""
    place = organisation.structure().index[stay.unit_id]
    if organisation.structure().version(place, on) is None:
        facts = {"unit": organisation.unit_name(place, on), "on": on}
        return [Finding("members.unit_ended", field="on", facts=facts)]
    return []


def _situation(person: Person) -> tuple[Stay | None, Situation]:
    stay = Stay.objects.filter(person=person).order_by("-during").first()
    last = selectors.last_that_counts(person)
    current = stay if stay is not None and stay.during.upper is None else None
    gone = last is not None and MOVEMENT[last.kind].leaves
    situation = Situation(
        unit_id=current.unit_id if current else None,
        standing=current.standing if current else "",
        exempt=current.exempt if current else False,
        last_entry=last.on if last else None,
        admitted_on=person.admitted_on,
        left_on=last.on if last is not None and gone else None,
        left_by=last.kind if last is not None and gone else "",
        left_ground=last.ground if last is not None and gone else "",
        readmitted=selectors.that_count(person).filter(kind="readmission").count(),
        birth_date=person.birth_date,
    )
    return current, situation


def book_entry(
    actor: Actor,
    person: Person,
    entry: Entry,
    before: Situation,
    paper: Paper,
    *,
    today: date,
    place: str = "",
    official: bool = False,
    consent: Consent | None = None,
) -> Movement:
    """Write the movement, close the stay before and open the one after, and stamp the person."""
    kind = MOVEMENT[entry.kind]
    target_id = None if kind.leaves else (before.unit_id if kind.in_place else entry.target_id)
    stamps = _stamp(person, entry)
    movement = Movement.objects.create(
        person=person, kind=entry.kind, on=entry.on, from_unit_id=before.unit_id, to_unit_id=target_id,
        paper_number=clean(paper.number), paper_date=paper.date, paper_body=clean(paper.body), place=clean(place),
        stamps_before=stamps, ground=entry.ground, seq=current_seq(),
    )  # fmt: skip
    if before.unit_id is not None:
        en_bloc.close_stay(movement)
    if kind.leaves or kind.moves:
        seats_follow.end_with(movement, person)
    after = state_after(entry, before, official_on_entry=official)
    if after is not None:
        en_bloc.open_stay(movement, *after)
        en_bloc.follow(person)
    en_bloc.place_today(person, today)
    person.changed = current_seq()
    person.save()
    facts = {"kind": entry.kind, "on": entry.on, "paper": movement.paper_number, "person": person.pk}
    if consent is not None:
        facts |= {"agreed_by": consent.by, "agreed_seq": consent.seq}
    record("members.movement_booked", actor=actor, subject=person.pk, units=_both_sides(movement), facts=facts)
    return movement


def _both_sides(movement: Movement) -> list[int]:
    """The units of an entry: who loses somebody sees it as well as who gains."""
    return [unit_id for unit_id in (movement.from_unit_id, movement.to_unit_id) if unit_id is not None]


def _stamp(person: Person, entry: Entry) -> dict[str, str | None] | None:
    """Change the dates that the entry decides; answers what they were, for its counter-entry."""
    if entry.kind not in ("official_recognition", "readmission"):
        return None
    before = {name: day.isoformat() if (day := getattr(person, name)) else None for name in _STAMPS}
    if entry.kind == "official_recognition":
        person.official_on = entry.on
    else:
        person.admitted_on, person.official_on = entry.on, None
    return before


@service
def movement_reverse(*, actor: Actor, movement_id: int, reason: str, today: date) -> Movement:
    """Correct a mistake: a counter-entry takes the person's last movement back. Nothing is edited away.

    Entries of reorganisations that came after it are taken back and made again from where the person then is.

    Raises:
        Refused: it is not the person's last entry, is itself a counter-entry, or belongs to a reorganisation.
        Denied: the person, or the unit they came from, is not the actor's to change.
    """
    wrong = Movement.objects.select_related("person").filter(pk=movement_id).first()
    if wrong is None:
        raise Denied(WRITE, "no_such_movement", status=404)
    person = _locked(actor, wrong.person_id)
    for unit_id in (wrong.from_unit_id, wrong.to_unit_id):
        if unit_id is not None:
            actor.require(WRITE, unit_id)
    if wrong.reorganisation_id is None:
        en_bloc.set_aside(person, wrong.on)
    refuse_if_any([*_check_reversible(wrong, person, clean(reason)), *seats_follow.objections_to_reverse(wrong)])
    counter = en_bloc.take_back(wrong, clean(reason))
    seats_follow.reopen(wrong)
    for name, day in (wrong.stamps_before or {}).items():
        setattr(person, name, date.fromisoformat(day) if day else None)
    en_bloc.follow(person)
    en_bloc.place_today(person, today)
    person.changed = current_seq()
    person.save()
    facts = {"kind": wrong.kind, "on": wrong.on, "reason": counter.reason, "person": person.pk}
    record("members.movement_reversed", actor=actor, subject=person.pk, units=_both_sides(wrong), facts=facts)
    return counter


def _check_reversible(wrong: Movement, person: Person, reason: str) -> list[Finding]:
    findings = []
    last = selectors.last_that_counts(person)
    if wrong.reverses_id is not None or last is None or last.pk != wrong.pk:
        findings.append(Finding("members.not_the_last_entry", field="movement", facts={"on": wrong.on}))
    if wrong.reorganisation_id is not None:
        findings.append(Finding("members.belongs_to_reorganisation", field="movement"))
    if not reason:
        findings.append(Finding("members.reason_missing", field="reason"))
    return findings
