"""Writes of badges: special cases of a round, the decision, and a badge that was recorded in error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.badges import selectors
from nhiemky.badges.models import Badge, BadgeDecision, SpecialCase
from nhiemky.badges.selectors import DUE, WRITE, Line
from nhiemky.domain.access import Actor
from nhiemky.domain.badges import rules
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.members import selectors as members
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import selectors as organisation


@dataclass(frozen=True)
class Special:
    """A special case as it is typed."""

    years: int
    basis: str
    reason: str
    paper: Paper


@service
def special_add(*, actor: Actor, person_id: int, day: date, special: Special, today: date) -> SpecialCase:
    """Put somebody into a round outside the count of the day, or hold somebody back.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the person is not the actor's to change.
    """
    person = members.visible_person(actor, person_id, WRITE)
    refuse_if_any([*check_day(day, today), *_objections(person, day, special)])
    made = SpecialCase.objects.create(
        person=person, day=day, years=special.years, basis=special.basis, reason=clean(special.reason),
        paper_number=clean(special.paper.number), paper_date=special.paper.date, paper_body=clean(special.paper.body),
        seq=current_seq(),
    )  # fmt: skip
    facts = {"day": day, "years": special.years, "basis": special.basis, "paper": made.paper_number}
    record("badges.special_added", actor=actor, subject=person.pk, unit_id=person.last_unit_id, facts=facts)
    return made


def check_day(day: date, today: date) -> list[Finding]:
    """Badges are given on the yearly days; who is due later than the coming one can still change."""
    if not rules.is_round_day(day):
        return [Finding.of_rule("badges.no_round", rules.DAYS.at(day), field="day", facts={"on": day})]
    coming = rules.coming_round(today)
    return [Finding("badges.round_too_far", field="day", facts={"on": day, "coming": coming})] if day > coming else []


def _objections(person: Person, day: date, special: Special) -> list[Finding]:
    findings = []
    if not clean(special.reason):
        findings.append(Finding("badges.reason_missing", field="reason"))
    if special.basis != rules.HELD and not (clean(special.paper.number) and special.paper.date):
        findings.append(Finding("members.paper_missing", field="paper_number"))
    if person.official_on is None or person.decided_on is None:
        return [*findings, Finding("badges.not_official", field="basis")]
    died = selectors.died_on(person)
    if died is None and not person.stays.filter(during__upper_inf=True).exists():
        return [*findings, Finding("badges.not_a_member", field="basis")]
    if SpecialCase.objects.filter(person=person, day=day).exists():
        findings.append(Finding("badges.case_already", field="basis"))
    if given := Badge.objects.filter(person=person, years=special.years, withdrawn_seq=None).first():
        facts = {"years": given.years, "number": given.decision.number}
        findings.append(Finding("badges.given_already", field="years", facts=facts))
    return findings + rules.check_special(special.basis, special.years, person.decided_on, day, died)


@service
def special_remove(*, actor: Actor, case_id: int) -> None:
    """Take a special case out of its round, as long as no badge was given on it.

    Raises:
        Refused: the badge has been given.
        Denied: the person is not the actor's to change.
    """
    case = selectors.visible_case(actor, case_id, WRITE)
    if Badge.objects.filter(person=case.person, years=case.years, withdrawn_seq=None).exists():
        raise Refused(Finding("badges.decided_already"))
    facts = {"day": case.day, "years": case.years, "basis": case.basis, "reason": case.reason}
    record("badges.special_removed", actor=actor, subject=case.person_id, unit_id=case.person.last_unit_id, facts=facts)
    case.delete()


@service
def round_decide(*, actor: Actor, unit_code: str, day: date, paper: Paper, today: date) -> BadgeDecision:
    """Record the decision that gives the badges: to everybody due in the unit and below who has none yet.

    Raises:
        Refused: nobody is to be decided on, or the paper or the day is wrong.
        Denied: the unit is not the actor's to write for.
    """
    place = organisation.visible_position(actor, unit_code, WRITE)
    unit_id = int(organisation.structure().ids[place])
    refuse_if_any([*check_day(day, today), *_check_paper(paper, unit_id, today)])
    waiting = [line for line in selectors.lines(place, day) if line.state == DUE]
    if not waiting:
        raise Refused(Finding("badges.nobody_due", facts={"on": day}))
    assert paper.date is not None
    made = BadgeDecision.objects.create(
        unit_id=unit_id, day=day, number=clean(paper.number), decided_on=paper.date, body=clean(paper.body),
        seq=current_seq(),
    )  # fmt: skip
    Badge.objects.bulk_create(_badges(made, waiting))
    facts = {"day": day, "number": made.number, "badges": len(waiting)}
    record("badges.round_decided", actor=actor, subject=unit_code, unit_id=unit_id, facts=facts)
    return made


def _check_paper(paper: Paper, unit_id: int, today: date) -> list[Finding]:
    if not clean(paper.number) or paper.date is None:
        return [Finding("members.paper_missing", field="paper_number")]
    if paper.date > today:
        return [Finding("members.in_future", field="paper_date", facts={"on": paper.date, "today": today})]
    taken = BadgeDecision.objects.filter(unit_id=unit_id, number=clean(paper.number), decided_on=paper.date)
    return [Finding("badges.number_taken", field="paper_number")] if taken.exists() else []


def _badges(made: BadgeDecision, waiting: Sequence[Line]) -> list[Badge]:
    return [
        Badge(decision=made, person=line.person, unit_id=line.unit_id, years=line.years, basis=line.basis)
        for line in waiting
    ]


@service
def badge_withdraw(*, actor: Actor, badge_id: int, reason: str) -> Badge:
    """A badge was recorded in error: it stays visible, with the reason, and counts no more.

    Raises:
        Refused: it is withdrawn already, or no reason is given.
        Denied: the organisation that decided on it is not the actor's to write for.
    """
    badge = selectors.visible_badge(actor, badge_id, WRITE)
    if not clean(reason):
        raise Refused(Finding("badges.reason_missing", field="reason"))
    if badge.withdrawn_seq is not None:
        raise Refused(Finding("badges.withdrawn_already", field="reason"))
    badge.withdrawn_seq, badge.withdrawn_reason = current_seq(), clean(reason)
    badge.save()
    facts = {"years": badge.years, "number": badge.decision.number, "reason": badge.withdrawn_reason}
    units = {badge.decision.unit_id, badge.unit_id}
    record("badges.badge_withdrawn", actor=actor, subject=badge.person_id, units=units, facts=facts)
    return badge
