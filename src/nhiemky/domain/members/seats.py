"""Terms of bodies, and who may hold a seat in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.kinds import OFFICIAL
from nhiemky.domain.periods import Period

BODIES_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "provincial": ("committee", "standing_committee"),
    "above_grassroots": ("committee", "standing_committee"),
    "grassroots_committee": ("committee", "standing_committee"),
    "sectional": ("committee",),
    "grassroots_cell": ("cell_committee",),
    "cell": ("cell_committee",),
    "group": (),
}
_STATUTES = date(2011, 1, 19)
MOST_SEATS: Mapping[str, Dated[int]] = {
    "cell_committee": Dated(
        "organisation.cell_committee_most",
        (
            Step(_STATUTES, 7, "Điều lệ Đảng, điều 24", confirmed=False),
            Step(date(2016, 7, 25), 7, "Quy định 29-QĐ/TW (2016), về điều 24 Điều lệ Đảng"),
        ),
    ),
    # Only of a grassroots organisation; higher committees have the number that their congress decides.
    "grassroots_committee": Dated(
        "organisation.grassroots_committee_most",
        (Step(_STATUTES, 15, "Điều lệ Đảng, điều 22", confirmed=False),),
    ),
}
HOLDERS_ARE_OFFICIAL = Dated(
    "organisation.holders_are_official",
    (Step(_STATUTES, True, "Điều lệ Đảng, điều 12", confirmed=False),),
)


@dataclass(frozen=True, slots=True)
class TermData:
    """A term as it is to be recorded, and what is known of the body. `others` are its other terms."""

    unit_kind: str
    body: str
    during: Period
    seats: int
    unit_lives: bool = True
    others: Sequence[Period] = ()


def most_seats(unit_kind: str, body: str, on: date) -> Step[int] | None:
    """The most seats that a rule allows on the day; None where the congress decides."""
    key = "grassroots_committee" if (unit_kind, body) == ("grassroots_committee", "committee") else body
    rule = MOST_SEATS.get(key)
    return None if rule is None else rule.at(on)


def check_term(term: TermData) -> list[Finding]:
    """Everything that stands against the term, at once."""
    if not term.unit_lives:
        return [Finding("members.term_no_unit", field="start", facts={"on": term.during.start})]
    if term.body not in BODIES_OF_KIND.get(term.unit_kind, ()):
        return [Finding("members.term_no_such_body", field="body", value=term.body)]
    findings = [
        Finding("members.term_overlaps", field="start", facts={"start": other.start, "end": other.end})
        for other in term.others
        if other.overlaps(term.during)
    ]
    if (most := most_seats(term.unit_kind, term.body, term.during.start)) is not None and term.seats > most.value:
        facts = {"most": most.value}
        findings.append(Finding.of_rule("members.term_too_many_seats", most, field="seats", facts=facts))
    return findings


@dataclass(frozen=True, slots=True)
class SeatData:
    """A seat that is to be given, and how the person and the term stand on the day."""

    post: str
    on: date
    term: Period
    seats: int
    standing: str
    belongs: bool
    holds_already: bool
    later_seat: date | None
    held: int
    secretary: str


def check_seat(seat: SeatData, *, today: date) -> list[Finding]:
    """Everything that stands against giving the seat, at once. `held` counts the seats given on the day or later."""
    findings: list[Finding] = []
    if seat.on > today:
        findings.append(Finding("members.in_future", field="on", facts={"on": seat.on, "today": today}))
    if seat.on not in seat.term:
        facts = {"start": seat.term.start, "last": seat.term.last_day or ""}
        findings.append(Finding("members.seat_outside_term", field="on", facts=facts))
    return findings + _check_person(seat) + _check_room(seat)


def _check_person(seat: SeatData) -> list[Finding]:
    facts = {"on": seat.on}
    if not seat.standing or not seat.belongs:
        return [Finding("members.seat_not_of_unit", field="on", facts=facts)]
    if seat.standing != OFFICIAL:
        return [Finding.of_rule("members.seat_not_official", HOLDERS_ARE_OFFICIAL.at(seat.on), field="on", facts=facts)]
    return []


def _check_room(seat: SeatData) -> list[Finding]:
    findings: list[Finding] = []
    if seat.holds_already:
        findings.append(Finding("members.seat_held_already", facts={"on": seat.on}))
    if seat.later_seat is not None:
        findings.append(Finding("members.seat_later", field="on", facts={"later": seat.later_seat}))
    if seat.held >= seat.seats:
        findings.append(Finding("members.seats_full", facts={"held": seat.held, "seats": seat.seats}))
    if seat.post == "secretary" and seat.secretary:
        findings.append(Finding("members.secretary_held", field="post", facts={"name": seat.secretary}))
    return findings
