"""Terms of bodies and who holds their seats: begun, given, ended, and taken back where they were recorded in error."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.members.seats import SeatData, TermData, check_seat, check_term
from nhiemky.domain.names import clean
from nhiemky.domain.periods import DAY, Period
from nhiemky.members.models import Person, Seat, Stay
from nhiemky.members.services.forgetting import refuse_forgotten
from nhiemky.members.services.ledger import WRITE, Paper
from nhiemky.members.services.seats_follow import cut, inside
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Body, Term


@service
def term_begin(*, actor: Actor, unit_code: str, body: str, start: date, end: date, seats: int, paper: Paper) -> Term:
    """Record a body's new term: from its first day up to, but without, `end`, the day its successor is due.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the unit is not the actor's to write for.
    """
    place = organisation.visible_position(actor, unit_code, WRITE)
    structure = organisation.structure()
    version, unit_id = structure.version(place, start), int(structure.ids[place])
    refuse_if_any([Finding("members.term_without_days", field="end")] if end <= start else [])
    others = Term.objects.filter(body__unit_id=unit_id, body__kind=body)
    term = TermData(
        unit_kind=version.kind if version else "",
        body=body,
        during=Period(start, end),
        seats=seats,
        unit_lives=version is not None,
        others=[Period(other.during.lower, other.during.upper) for other in others],
    )
    refuse_if_any(check_term(term))
    owner, _made = Body.objects.get_or_create(unit_id=unit_id, kind=body)
    made = Term.objects.create(
        body=owner, label=f"{start.year}-{end.year}", during=DateRange(start, end), seats=seats, **_columns(paper)
    )
    facts = {"body": body, "term": made.label, "start": start, "end": end, "seats": seats, "paper": made.paper_number}
    record("members.term_begun", actor=actor, subject=unit_code, unit_id=unit_id, facts=facts)
    return made


def _columns(paper: Paper) -> dict[str, object]:
    return {"paper_number": clean(paper.number), "paper_date": paper.date, "paper_body": clean(paper.body)}


@service
def term_end(*, actor: Actor, term_id: int, on: date, paper: Paper) -> Term:
    """End a term before its time, as an early congress does; the seats end with it.

    Raises:
        Refused: the day does not lie inside the term, or a seat begins later.
    """
    term = _locked_term(actor, term_id)
    findings = []
    if not term.during.lower < on < term.during.upper:
        facts = {"start": term.during.lower, "last": term.during.upper - DAY}
        findings.append(Finding("members.term_end_outside", field="on", facts=facts))
    if later := _later_seats(Seat.objects.filter(term=term), on):
        findings.append(Finding("members.seats_begin_later", field="on", facts={"names": later, "on": on}))
    refuse_if_any(findings)
    cut(Seat.objects.filter(term=term, during__contains=on), on)
    term.planned_until, term.during = term.during.upper, DateRange(term.during.lower, on)
    term.save()
    facts = {"body": term.body.kind, "term": term.label, "on": on, "paper": clean(paper.number)}
    record("members.term_ended", actor=actor, subject=term.body.unit.code, unit_id=term.body.unit_id, facts=facts)
    return term


def _later_seats(seats: QuerySet[Seat], on: date) -> list[str]:
    return list(seats.filter(during__startswith__gte=on).values_list("person__full_name", flat=True)[:5])


def _locked_term(actor: Actor, term_id: int) -> Term:
    term = Term.objects.select_for_update(of=("self",)).select_related("body__unit").filter(pk=term_id).first()
    if term is None:
        raise Denied(WRITE, "no_such_term", status=404)
    actor.require(WRITE, term.body.unit_id)
    return term


@service
def term_withdraw(*, actor: Actor, term_id: int, reason: str) -> None:
    """Take back a term that was recorded in error. Its facts stay in the audit log.

    Raises:
        Refused: seats of it were given, or no reason is told.
    """
    term = _locked_term(actor, term_id)
    findings = [] if clean(reason) else [Finding("members.reason_missing", field="reason")]
    if held := term.holders.count():
        findings.append(Finding("members.term_has_seats", facts={"count": held}))
    if term.cut_by_id is not None:
        findings.append(Finding("members.belongs_to_reorganisation"))
    refuse_if_any(findings)
    facts = {
        "body": term.body.kind,
        "term": term.label,
        "start": term.during.lower,
        "end": term.during.upper,
        "seats": term.seats,
        "reason": clean(reason),
    }
    unit = term.body.unit
    term.delete()
    record("members.term_withdrawn", actor=actor, subject=unit.code, unit_id=unit.pk, facts=facts)


@service
def seat_give(
    *, actor: Actor, term_id: int, person_id: int, post: str, origin: str, on: date, paper: Paper, today: date
) -> Seat:
    """Record that somebody holds a seat from a day until the end of the term.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the body, or the person, is not the actor's to write for.
    """
    term = _locked_term(actor, term_id)
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.last_unit_id is None:
        raise Denied(WRITE, "no_such_person", status=404)
    refuse_forgotten(person)
    refuse_if_any(check_seat(_seat_data(term, person, post, on), today=today))
    seat = Seat.objects.create(
        term=term,
        person=person,
        post=post,
        origin=origin,
        during=DateRange(on, term.during.upper),
        **_columns(paper),
    )
    facts = {"post": post, "body": term.body.kind, "term": term.label, "person": person.pk, "on": on}
    unit = term.body.unit
    facts |= {"unit": unit.code, "origin": origin, "paper": seat.paper_number}
    record("members.seat_given", actor=actor, subject=person.pk, unit_id=unit.pk, facts=facts)
    return seat


def _seat_data(term: Term, person: Person, post: str, on: date) -> SeatData:
    seats = Seat.objects.filter(term=term)
    given = seats.filter(Q(during__contains=on) | Q(during__startswith__gt=on))
    own = given.filter(person=person).order_by("during")
    stay = Stay.objects.filter(person=person, during__contains=on).first()
    secretary = given.filter(post="secretary").select_related("person").first()
    first = own.first()
    return SeatData(
        post=post,
        on=on,
        term=Period(term.during.lower, term.during.upper),
        seats=term.seats,
        standing=stay.standing if stay else "",
        belongs=stay is not None and inside(term.body.unit_id, stay.unit_id, on),
        holds_already=first is not None and first.during.lower <= on,
        later_seat=first.during.lower if first is not None and first.during.lower > on else None,
        held=given.count(),
        secretary=secretary.person.full_name if secretary else "",
    )


@service
def seat_end(*, actor: Actor, seat_id: int, on: date, paper: Paper) -> Seat:
    """Record that somebody gives up a seat on a day, before the term ends.

    Raises:
        Refused: the day does not lie inside the time in which the seat is held.
    """
    seat = _locked_seat(actor, seat_id)
    if not seat.during.lower < on < seat.during.upper:
        facts = {"start": seat.during.lower, "last": seat.during.upper - DAY}
        refuse_if_any([Finding("members.seat_end_outside", field="on", facts=facts)])
    written = ", ".join(part for part in (clean(paper.number), f"{paper.date:%d/%m/%Y}" if paper.date else "") if part)
    cut(Seat.objects.filter(pk=seat.pk), on, end_paper=", ".join(p for p in (written, clean(paper.body)) if p))
    facts = {**_seat_facts(seat), "on": on, "paper": clean(paper.number)}
    record("members.seat_ended", actor=actor, subject=seat.person_id, unit_id=seat.term.body.unit_id, facts=facts)
    seat.refresh_from_db()
    return seat


def _seat_facts(seat: Seat) -> dict[str, object]:
    body = seat.term.body
    return {"post": seat.post, "body": body.kind, "term": seat.term.label, "unit": body.unit.code}


def _locked_seat(actor: Actor, seat_id: int) -> Seat:
    found = Seat.objects.select_for_update(of=("self",)).select_related("term__body__unit").filter(pk=seat_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_seat", status=404)
    actor.require(WRITE, found.term.body.unit_id)
    return found


@service
def seat_withdraw(*, actor: Actor, seat_id: int, reason: str) -> None:
    """Take back a seat that was recorded in error. Its facts stay in the audit log.

    Raises:
        Refused: no reason is told.
    """
    seat = _locked_seat(actor, seat_id)
    refuse_if_any([] if clean(reason) else [Finding("members.reason_missing", field="reason")])
    facts = {**_seat_facts(seat), "start": seat.during.lower, "end": seat.during.upper, "reason": clean(reason)}
    subject, unit_id = seat.person_id, seat.term.body.unit_id
    seat.delete()
    record("members.seat_withdrawn", actor=actor, subject=subject, unit_id=unit_id, facts=facts)
