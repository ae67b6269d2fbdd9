"""Where a case stands on a day: for each step whether it is done, next, waiting or late, by which day, by which rule.

A case begun under one regulation and continued under the next is judged step by step: what was done by the rule in
force on its day, what is still to do by the rule of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from nhiemky.domain import workdays
from nhiemky.domain.admissions import rules
from nhiemky.domain.admissions.facts import STRIKE_OFF, Done, Facts, in_force
from nhiemky.domain.admissions.steps import PAPERS, Paper, StepKind
from nhiemky.domain.admissions.voting import outcome_finding
from nhiemky.domain.dated import Step
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.booking import months_after
from nhiemky.domain.periods import years_before

DONE, NEXT, WAITING, LATE = "done", "next", "waiting", "late"


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a case. `by` is the rule that the day `due` rests on, `regulation` the one that governs the step."""

    kind: StepKind
    status: str
    on: date | None
    due: date | None
    opens: date | None
    by: Step[Any] | None
    regulation: Step[str] | None
    entries: tuple[Done, ...]
    findings: tuple[Finding, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class State:
    """A case on a day."""

    steps: tuple[StepState, ...]
    stage: str
    probation_ends: date | None

    @property
    def open(self) -> bool:
        """Whether something is still to do."""
        return self.stage not in ("official", "ended")

    @cached_property
    def to_do(self) -> tuple[StepState, ...]:
        """Steps that can be taken now, the late ones first, then by day."""
        found = [step for step in self.steps if self.open and step.status in (NEXT, LATE)]
        return tuple(sorted(found, key=lambda step: (step.status != LATE, step.due or date.max)))

    @cached_property
    def late(self) -> tuple[StepState, ...]:
        """Steps whose day has passed."""
        return tuple(step for step in self.to_do if step.status == LATE)

    @cached_property
    def first(self) -> StepState | None:
        """The step to take first."""
        return self.to_do[0] if self.to_do else None

    @cached_property
    def waits_for(self) -> StepState | None:
        """Where nothing can be done today: the step that opens next."""
        waiting = [step for step in self.steps if self.open and step.status == WAITING]
        return None if self.to_do or not waiting else waiting[0]


@lru_cache(maxsize=20_000)
def _working_days_after(day: date, count: int) -> date:
    return workdays.after(day, count)


def judge(facts: Facts, today: date) -> State:
    """Where the case stands; nothing is decided here, and nothing is asked of a clock."""
    steps = tuple(_step(facts, kind, today) for kind in facts.kinds())
    end = facts.probation_ends(today)
    return State(steps, _stage(facts, steps, today), end[0] if end else None)


def _stage(facts: Facts, steps: tuple[StepState, ...], today: date) -> str:
    if facts.end is not None:
        return "ended"
    last = facts.completed("official_decision")
    if last is not None:
        return "ended" if last.outcome == STRIKE_OFF else "official"
    end = facts.probation_ends(today)
    if end is not None:
        return "recognition" if end[0] <= today else "probation"
    return next(step.kind.stage for step in steps if step.status != DONE)


def _step(facts: Facts, kind: StepKind, today: date) -> StepState:
    done = facts.completed(kind.key)
    judged = done.on if done else today
    due, by = _due(facts, kind, done, judged)
    opens = _opens(facts, kind, judged)
    papers = in_force(PAPERS, judged)
    return StepState(
        kind=kind,
        status=_status(facts, kind, done, due, opens, today),
        on=done.on if done else None,
        due=due,
        opens=opens,
        by=by,
        regulation=in_force(rules.PROCEDURE, judged),
        entries=tuple(facts.of(kind.key)),
        findings=tuple(_findings(facts, kind, done, due, by)),
        papers=tuple(paper for paper in papers.value if paper.step == kind.key) if papers else (),
    )


def _status(facts: Facts, kind: StepKind, done: Done | None, due: date | None, opens: date | None, today: date) -> str:
    if done is not None:
        return DONE
    ready = all(facts.completed(before.key) for before in facts.before(kind))
    if due is not None and due < today and (ready or kind.from_probation or kind.by_probation):
        return LATE
    return NEXT if ready and (opens is None or opens <= today) else WAITING


def _opens(facts: Facts, kind: StepKind, on: date) -> date | None:
    """The day before which the step cannot be taken: the official status is considered after probation."""
    end = facts.probation_ends(on) if kind.from_probation else None
    return end[0] if end else None


def _due(facts: Facts, kind: StepKind, done: Done | None, on: date) -> tuple[date | None, Step[Any] | None]:
    """The last day for the step, and the rule that says so."""
    if kind.from_probation or kind.by_probation:
        end = facts.probation_ends(on)
        if end is None or kind.by_probation:
            return end or (None, None)
        return _limit(kind, end[0], on)
    if kind.key == "cell_vote":
        return _papers_hold_until(facts, done, on)
    before = [entry for step in facts.before(kind) if (entry := facts.completed(step.key))]
    if kind.limit is None or len(before) < len(facts.before(kind)) or not before:
        return None, None
    return _limit(kind, max(entry.received_on or entry.on for entry in before), on)


def _limit(kind: StepKind, start: date, on: date) -> tuple[date | None, Step[Any] | None]:
    rule = in_force(kind.limit, max(on, start)) if kind.limit else None
    return (_working_days_after(start, rule.value), rule) if rule else (None, None)


def _papers_hold_until(facts: Facts, done: Done | None, on: date) -> tuple[date | None, Step[Any] | None]:
    """The cell must vote while the certificate of the course and the check of the personal history still hold."""
    held: list[tuple[date, Step[Any]]] = []
    for key, dated in (("course", rules.COURSE_MONTHS), ("background", rules.CHECK_MONTHS)):
        entries = [one for one in facts.of(key) if done is None or one.on <= done.on]
        rule = in_force(dated, on)
        if entries and rule:
            held.append((months_after(entries[-1].on, rule.value), rule))
    return min(held, key=lambda pair: pair[0]) if held else (None, None)


def _findings(
    facts: Facts, kind: StepKind, done: Done | None, due: date | None, by: Step[Any] | None
) -> Iterator[Finding]:
    """What the rules say of a step that was taken, and of ballots that settled nothing."""
    if done is not None and due is not None and by is not None:
        told = {"on": done.on, "due": due}
        code = "admissions.papers_held" if kind.key == "cell_vote" else "admissions.limit_kept"
        yield Finding.of_rule(code, by, ok=done.on <= due, facts=told, blocks=False)
    for entry in facts.of(kind.key):
        if entry.vote is not None and kind.vote:
            yield outcome_finding(entry.vote, kind.vote, entry.on)
    if kind.key == "cell_vote":
        yield from conditions(facts, done.on if done else None)


def conditions(facts: Facts, on: date | None) -> Iterator[Finding]:
    """The conditions that are counted on the day of the cell's vote."""
    if on is None:
        return
    oldest, education = in_force(rules.OLDEST_AGE, on), in_force(rules.EDUCATION, on)
    # 60 full years are still within; whoever was born 61 or more years before is above.
    if oldest and facts.birth_date <= years_before(on, oldest.value + 1):
        told = {"born": facts.birth_date, "oldest": oldest.value, "on": on}
        yield Finding.of_rule("admissions.too_old", oldest, facts=told, blocks=False)
    if education and facts.education == "primary":
        yield Finding.of_rule("admissions.education_low", education, blocks=False)
