"""What stands against recording a step of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhiemky.domain.admissions import rules
from nhiemky.domain.admissions.facts import Done, Facts, in_force
from nhiemky.domain.admissions.judging import conditions
from nhiemky.domain.admissions.steps import STEP, StepKind
from nhiemky.domain.admissions.voting import check_vote
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.booking import ADMISSION_AGE
from nhiemky.domain.periods import years_before


def check_step(facts: Facts, entry: Done, *, today: date) -> list[Finding]:
    """Everything that stands against taking the step now, at once; findings that do not block are warnings."""
    kind = STEP[entry.key]
    findings = [*_case(facts, kind), *_days(facts, kind, entry, today), *_ballot(kind, entry)]
    if kind.key == "recommendation":
        findings += _recommenders(facts, entry.on)
    if kind.key == "cell_vote":
        findings += [*_young(facts, entry.on), *conditions(facts, entry.on)]
    return findings


def step_name(kind: StepKind) -> dict[str, object]:
    """The fact that names a step in a sentence."""
    return {"rule_code": f"admissions.step.{kind.key}"}


def _case(facts: Facts, kind: StepKind) -> Iterator[Finding]:
    if facts.end is not None:
        yield Finding("admissions.case_ended", facts={"on": facts.end.on})
    if not facts.applies(kind):
        yield Finding("admissions.step_not_here", facts=step_name(kind))
    if facts.completed(kind.key) and not (kind.again and facts.completed("cell_vote") is None):
        yield Finding("admissions.step_done", facts=step_name(kind))
    for before in facts.before(kind):
        if facts.completed(before.key) is None:
            yield Finding("admissions.step_before", facts=step_name(before))


def _days(facts: Facts, kind: StepKind, entry: Done, today: date) -> Iterator[Finding]:
    if entry.on > today:
        yield Finding("admissions.in_future", field="on", facts={"on": entry.on, "today": today})
    if entry.received_on is not None and not entry.on <= entry.received_on <= today:
        facts_of = {"received": entry.received_on, "on": entry.on, "today": today}
        yield Finding("admissions.received_impossible", field="received_on", facts=facts_of)
    for before in facts.before(kind):
        earlier = facts.completed(before.key)
        if earlier is not None and entry.on < earlier.on:
            told = {**step_name(before), "on": entry.on, "earlier": earlier.on}
            yield Finding("admissions.before_step", field="on", facts=told)
    others = facts.of(kind.key)
    if others and entry.on < others[-1].on:
        told = {**step_name(kind), "on": entry.on, "earlier": others[-1].on}
        yield Finding("admissions.before_step", field="on", facts=told)
    end = facts.probation_ends(entry.on) if kind.from_probation else None
    if end is not None and entry.on < end[0]:
        told = {"on": entry.on, "ends": end[0], "months": end[1].value}
        yield Finding.of_rule("admissions.before_probation_ends", end[1], field="on", facts=told)


def _ballot(kind: StepKind, entry: Done) -> Iterator[Finding]:
    if not kind.vote:
        return
    if entry.vote is None:
        yield Finding("admissions.vote_missing", field="in_favour")
        return
    yield from check_vote(entry.vote)


def _recommenders(facts: Facts, on: date) -> Iterator[Finding]:
    dated = rules.RECOMMENDERS_WITH_UNION if facts.union else rules.RECOMMENDERS
    rule = in_force(dated, on)
    if rule and facts.recommenders < rule.value:
        told = {"needs": rule.value, "has": facts.recommenders}
        yield Finding.of_rule("admissions.recommenders_few", rule, facts=told)


def _young(facts: Facts, on: date) -> Iterator[Finding]:
    rule = in_force(ADMISSION_AGE, on)
    if rule and facts.birth_date > years_before(on, rule.value):
        told = {"needs": rule.value, "born": facts.birth_date, "on": on}
        yield Finding.of_rule("admissions.too_young", rule, field="on", facts=told)
