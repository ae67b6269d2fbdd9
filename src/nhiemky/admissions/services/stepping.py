"""Taking the steps of a case, and striking those that were wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhiemky.admissions import selectors
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.models import Case, Sponsor, StepTaken
from nhiemky.admissions.services import booking
from nhiemky.admissions.services.opening import WRITE, cell_on, check_sponsor
from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.admissions import rules
from nhiemky.domain.admissions.facts import OUTCOMES, Done, in_force
from nhiemky.domain.admissions.recording import check_step, step_name
from nhiemky.domain.admissions.steps import STEP, StepKind
from nhiemky.domain.admissions.voting import Vote
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.booking import months_after
from nhiemky.domain.names import clean
from nhiemky.members.models import Movement


@dataclass(frozen=True)
class Counts:
    """A ballot as typed. `base` is asked of a committee whose seats are not recorded; a cell's is the ledger's."""

    present: int
    in_favour: int
    against: int
    blank: int
    base: int | None = None


@dataclass(frozen=True)
class Recommender:
    """A member who recommends the person, having worked with them since a day."""

    person_id: int
    since: date


@dataclass(frozen=True)
class Taken:
    """A step as typed. `effective_on`: from when the member is official; `identity_number`: for the register."""

    key: str
    on: date
    received_on: date | None = None
    paper_number: str = ""
    paper_body: str = ""
    counts: Counts | None = None
    outcome: str = ""
    note: str = ""
    recommenders: Sequence[Recommender] = ()
    effective_on: date | None = None
    identity_number: str = ""


@service
def step_take(*, actor: Actor, case_id: int, taken: Taken, today: date) -> StepTaken:
    """Record a step of a case. The ceremony and the last decision are booked in the ledger at the same time.

    Raises:
        Refused: a rule stands against it, with every objection.
        Denied: the case is not the actor's to see, or the acting organisation not theirs to write for.
    """
    if taken.key not in STEP:
        raise Refused(Finding("admissions.no_such_step", field="key", value=taken.key))
    kind = STEP[taken.key]
    case, standing = selectors.visible_case(actor, case_id, today)
    selectors.require_acting(actor, standing, kind.level, today)
    vote = _vote(case, standing, kind, taken, today)
    entry = Done(taken.key, taken.on, vote, taken.received_on, taken.outcome)
    facts = standing.facts
    if kind.key == "recommendation":
        facts = replace(facts, recommenders=len({one.person_id for one in taken.recommenders}), _kept={})
    findings = check_step(facts, entry, today=today) + _check_typed(kind, taken)
    findings += _check_recommenders(case, standing, taken)
    refuse_if_any(findings)
    _strike_taken_back(case, taken.key)
    step = _write(case, taken, vote)
    case.changed = current_seq()
    booking.book(actor, case, standing, taken, today)
    case.save()
    told = {"step": kind.key, "on": taken.on, "paper": step.paper_number, "case": case.pk}
    record("admissions.step_taken", actor=actor, subject=case.pk, unit_id=standing.unit_id, facts=told)
    return step


def _strike_taken_back(case: Any, key: str) -> None:
    """A step whose entry the ledger has taken back happens anew: the earlier one must not count beside it again."""
    booked = {"ceremony": case.admission, "official_decision": case.outcome}.get(key)
    counter = None if booked is None else Movement.objects.filter(reverses=booked).first()
    if counter is not None:
        case.steps.filter(key=key, struck="").update(struck=counter.reason)


def _vote(case: Case, standing: Standing, kind: StepKind, taken: Taken, today: date) -> Vote | None:
    """The ballot with the base that the rule names."""
    given = taken.counts
    if not kind.vote or given is None:
        return None
    if kind.vote == "cell":
        base = selectors.official_members(cell_on(case, taken.on, standing), taken.on)
    else:
        acting = selectors.acting(standing, kind.level, today)
        base = given.base or selectors.committee_members(acting, taken.on) or 0
    return Vote(base, given.present, given.in_favour, given.against, given.blank)


def _check_typed(kind: StepKind, taken: Taken) -> list[Finding]:
    findings = []
    allowed = OUTCOMES.get(kind.key, ("",))
    if taken.outcome not in allowed:
        findings.append(Finding("admissions.outcome_unknown", field="outcome", value=taken.outcome))
    if kind.paper and not clean(taken.paper_number):
        findings.append(Finding("admissions.paper_missing", field="paper_number"))
    return findings


def _check_recommenders(case: Case, standing: Standing, taken: Taken) -> list[Finding]:
    findings = []
    rule = in_force(rules.RECOMMENDER_MONTHS, taken.on)
    cell = cell_on(case, taken.on, standing)
    for number, one in enumerate(taken.recommenders, start=1):
        findings += check_sponsor(one.person_id, cell, taken.on, f"recommender_{number}")
        if rule and months_after(one.since, rule.value) > taken.on:
            facts = {"since": one.since, "months": rule.value, "on": taken.on}
            at = f"since_{number}"
            findings.append(Finding.of_rule("admissions.recommender_new", rule, field=at, facts=facts))
    return findings


def _write(case: Case, taken: Taken, vote: Vote | None) -> StepTaken:
    counts: dict[str, Any] = {} if vote is None else {
        "base": vote.base, "present": vote.present, "in_favour": vote.in_favour, "against": vote.against,
        "blank": vote.blank,
    }  # fmt: skip
    for one in taken.recommenders:
        Sponsor.objects.create(case=case, person_id=one.person_id, role=Sponsor.RECOMMENDER, since=one.since)
    return StepTaken.objects.create(
        case=case, key=taken.key, on=taken.on, received_on=taken.received_on, outcome=taken.outcome,
        paper_number=clean(taken.paper_number), paper_body=clean(taken.paper_body), note=clean(taken.note),
        seq=current_seq(), **counts,
    )  # fmt: skip


@service
def step_strike(*, actor: Actor, step_id: int, reason: str, today: date) -> StepTaken:
    """Strike a step that was recorded in error; it stays to be seen. What it booked is taken back in the ledger.

    Raises:
        Refused: a later step rests on it, it is struck already, or the ledger cannot take its entry back.
    """
    step, case, standing = selectors.visible_step(actor, step_id, today, WRITE)
    kind = STEP[step.key]
    selectors.require_acting(actor, standing, kind.level, today)
    findings = [] if clean(reason) else [Finding("admissions.reason_missing", field="reason")]
    if step.struck:
        findings.append(Finding("admissions.struck_already"))
    if step.key == "noted":
        findings.append(Finding("admissions.first_step_stays"))
    findings += _check_later(standing, step)
    refuse_if_any(findings)
    booking.take_back(actor, case, step, clean(reason), today)
    step.struck = clean(reason)
    step.save(update_fields=["struck"])
    if step.key == "recommendation":
        Sponsor.objects.filter(case=case, role=Sponsor.RECOMMENDER).delete()
    case.changed = current_seq()
    case.save()
    told = {"step": step.key, "on": step.on, "reason": step.struck}
    record("admissions.step_struck", actor=actor, subject=case.pk, unit_id=standing.unit_id, facts=told)
    return step


def _check_later(standing: Standing, step: StepTaken) -> list[Finding]:
    """Later steps that rest on this one, and on no other entry of the same step."""
    facts, gone = standing.facts, (step.key, step.on)
    rest = tuple(done for done in facts.done if (done.key, done.on) != gone)
    if replace(facts, done=rest, _kept={}).completed(step.key) is not None:
        return []
    later = [kind for kind in facts.kinds() if step.key in kind.after and facts.completed(kind.key) is not None]
    return [Finding("admissions.later_step", facts=step_name(kind)) for kind in later]
