"""Values of rules that change on a day, each with its source. Where no step is in force, that is an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from nhiemky.domain.findings import Finding, Refused

Value = TypeVar("Value")


class NoRuleInForce(Refused, LookupError):
    """Asked for a rule on a day on which none was in force: nothing can be judged then, so the question is refused."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Value]):
    """A value in force from a day on. `confirmed` is False where the source could not be verified."""

    start: date
    value: Value
    cites: str
    confirmed: bool = True
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A named rule as a row of steps in the order of their days."""

    name: str
    steps: tuple[Step[Value], ...]

    def __post_init__(self) -> None:
        days = [step.start for step in self.steps]
        if days != sorted(set(days)):
            raise ValueError(f"Steps of {self.name} must have distinct, rising days.")

    def at(self, on: date) -> Step[Value]:
        """The step in force on the day.

        Raises:
            NoRuleInForce: before the first step, or after a step's stated end.
        """
        for step in reversed(self.steps):
            if step.start <= on:
                if step.end is not None and step.end <= on:
                    break
                return step
        raise NoRuleInForce(Finding("rules.none_in_force", facts={"rule_code": self.name, "on": on}))
