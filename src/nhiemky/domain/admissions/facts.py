"""What is known of a case: plain values that rules are asked about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from nhiemky.domain.admissions.rules import BALLOTS
from nhiemky.domain.admissions.steps import STEP, STEPS, StepKind
from nhiemky.domain.admissions.voting import PASSED, UNDECIDED, Vote, outcome
from nhiemky.domain.dated import Dated, NoRuleInForce, Step
from nhiemky.domain.members.booking import PROBATION_MONTHS, months_after

ADMIT, RECOGNISE, STRIKE_OFF, REFUSE = "admit", "recognise", "strike_off", "refuse"
OUTCOMES = {"decision": (ADMIT, REFUSE), "official_decision": (RECOGNISE, STRIKE_OFF)}


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken. `received_on`: when the cell received the paper, where that is known."""

    key: str
    on: date
    vote: Vote | None = None
    received_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """How the case ended without an official member: withdrawn, refused, struck_off, or the ledger's word (death …)."""

    kind: str
    on: date


@dataclass(frozen=True)
class Facts:
    """A case on paper. `levels` are the superiors of the cell that a case passes: "sectional", "grassroots"."""

    birth_date: date
    done: tuple[Done, ...] = ()
    levels: Collection[str] = ("grassroots",)
    education: str = ""
    union: bool = False
    recommenders: int = 0
    end: End | None = None
    _kept: dict[str, Done | None] = field(default_factory=dict, compare=False, repr=False)

    def of(self, key: str) -> list[Done]:
        """The entries of a step, by day."""
        return sorted((done for done in self.done if done.key == key), key=lambda done: done.on)

    def completed(self, key: str) -> Done | None:
        """The entry by which the step is done; None while it is open. A ballot counts once it settles something."""
        if key not in self._kept:
            self._kept[key] = self._completing(STEP[key])
        return self._kept[key]

    def _completing(self, kind: StepKind) -> Done | None:
        entries = self.of(kind.key)
        if kind.vote != "cell":
            settled = [one for one in entries if one.outcome != REFUSE and _carried(one)]
            return settled[-1] if settled else None
        return next((one for one in entries if self._settles(kind, one, entries)), None)

    def _settles(self, kind: StepKind, one: Done, entries: list[Done]) -> bool:
        """Whether this ballot ends the step: enough for; for the official status also enough against, or the last."""
        if one.vote is None:
            return True
        verdict = outcome(one.vote, "cell", one.on).verdict
        if verdict == PASSED:
            return True
        if not kind.from_probation:
            return False
        ballots = _most_ballots(one.on)
        return verdict != UNDECIDED or (ballots is not None and entries.index(one) + 1 >= ballots)

    def applies(self, kind: StepKind) -> bool:
        """Whether the case passes the step: a superior's step only where there is that superior, or where it was taken.

        What was left out before a decision that has been made is not asked for afterwards.
        """
        if kind.level in ("cell", "authority") or self.of(kind.key):
            return True
        last = "official_decision" if kind.stage == "recognition" else "decision"
        return kind.level in self.levels and self.completed(last) is None

    def kinds(self) -> list[StepKind]:
        """The steps of this case in their order."""
        return [kind for kind in STEPS if self.applies(kind)]

    def before(self, kind: StepKind) -> list[StepKind]:
        """The steps that must come before, as far as the case has them."""
        return [STEP[key] for key in kind.after if self.applies(STEP[key])]

    def with_done(self, *more: Done) -> Facts:
        """The same case after further steps."""
        return replace(self, done=(*self.done, *more), _kept={})

    @property
    def ceremony_on(self) -> date | None:
        """The first day of probation."""
        done = self.completed("ceremony")
        return done.on if done else None

    def probation_ends(self, on: date) -> tuple[date, Step[int]] | None:
        """The day on which the months of probation are over, by the rule of a day."""
        start = self.ceremony_on
        rule = in_force(PROBATION_MONTHS, on)
        return (months_after(start, rule.value), rule) if start and rule else None


def _carried(one: Done) -> bool:
    """Whether a committee's ballot, where one was counted, had the majority."""
    return one.vote is None or outcome(one.vote, "committee", one.on).verdict == PASSED


def _most_ballots(on: date) -> int | None:
    rule = in_force(BALLOTS, on)
    return rule.value if rule else None


def in_force(rule: Dated, on: date) -> Step | None:  # type: ignore[type-arg]
    """The step of a rule in force on the day, or None before the first one: then nothing is judged."""
    try:
        return rule.at(on)
    except NoRuleInForce:
        return None
