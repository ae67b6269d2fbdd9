"""Values of rules that change on a day, each with its source. Where no step is in force, that is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, TypeVar

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

    @property
    def applied(self) -> tuple[Step[Value], ...]:
        """The steps with what an authorised office said of them (`rulebook.book`); as written, where nothing was."""
        return _book.get().get(self.name, self.steps)

    def at(self, on: date) -> Step[Value]:
        """The step in force on the day.

        Raises:
            NoRuleInForce: before the first step, or after a step's stated end.
        """
        for step in reversed(self.applied):
            if step.start <= on:
                if step.end is not None and step.end <= on:
                    break
                return step
        raise NoRuleInForce(Finding("rules.none_in_force", facts={"rule_code": self.name, "on": on}))


Book = Mapping[str, tuple[Step[Any], ...]]
_NONE: Book = MappingProxyType({})
_book: ContextVar[Book] = ContextVar("nhiemky_rulebook", default=_NONE)


def open_book(book: Book) -> None:
    """From here on rules are judged by these steps: set once where a request, a job or a command begins (ADR 023)."""
    _book.set(book)


def current_book() -> Book:
    """The book that rules are judged by here: what is kept between requests is kept for one book."""
    return _book.get()


@contextmanager
def by_book(book: Book) -> Iterator[None]:
    """Rules are judged by these steps until the end."""
    token = _book.set(book)
    try:
        yield
    finally:
        _book.reset(token)
