"""Ballots of a cell or a committee: whether the counts hold together, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.domain.admissions.rules import CELL_MAJORITY, COMMITTEE_MAJORITY, Majority
from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding

PASSED, REJECTED, UNDECIDED = "passed", "rejected", "undecided"
MAJORITIES: dict[str, Dated[Majority]] = {"cell": CELL_MAJORITY, "committee": COMMITTEE_MAJORITY}


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot as counted. `base` is the number of those whose share counts, present or not."""

    base: int
    present: int
    in_favour: int
    against: int
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a ballot: `needed` votes of the base, `short` so many too few for the proposal."""

    verdict: str
    needed: int
    short: int
    rule: Step[Majority]


def outcome(vote: Vote, kind: str, on: date) -> Outcome:
    """Judge a ballot by the majority in force on its day: enough for, enough against, or neither.

    Raises:
        NoRuleInForce: no majority is known for the day.
    """
    rule = MAJORITIES[kind].at(on)
    needed = max(rule.value.needed(vote.base), 1)
    verdict = PASSED if vote.in_favour >= needed else REJECTED if vote.against >= needed else UNDECIDED
    return Outcome(verdict, needed, max(needed - vote.in_favour, 0), rule)


def outcome_finding(vote: Vote, kind: str, on: date) -> Finding:
    """The outcome as a finding: so many votes of so many needed, and how many are missing."""
    made = outcome(vote, kind, on)
    facts = {
        "base": vote.base, "present": vote.present, "in_favour": vote.in_favour, "against": vote.against,
        "blank": vote.blank, "needed": made.needed, "short": made.short, "on": on,
    }  # fmt: skip
    code = f"admissions.{kind}_ballot_{made.verdict}"
    return Finding.of_rule(code, made.rule, ok=made.verdict == PASSED, facts=facts, blocks=False)


def check_vote(vote: Vote) -> list[Finding]:
    """Counts that contradict each other. A typed total is never believed."""
    findings = []
    if vote.base < 1:
        findings.append(Finding("admissions.nobody_to_vote", field="on"))
    if vote.present > vote.base:
        facts = {"present": vote.present, "base": vote.base}
        findings.append(Finding("admissions.more_present", field="present", value=str(vote.present), facts=facts))
    counted = vote.in_favour + vote.against + vote.blank
    if counted != vote.present:
        facts = {"present": vote.present, "counted": counted}
        findings.append(Finding("admissions.votes_do_not_add_up", field="present", facts=facts))
    return findings
