"""Every dated rule of the system, found once; and what an authorised office said of their values.

A word of an office confirms a step, adds a step from a day on, or takes an earlier word back. Words are data; what
comes out is the steps that hold with them, which `dated.applied` gives to whoever judges.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import nhiemky.domain
from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding

CONFIRM, SUPERSEDE, WITHDRAW = ACTS = ("confirm", "supersede", "withdraw")
Rules = Mapping[str, Dated[Any]]
Steps = tuple[Step[Any], ...]
_MOST = 10_000
"""No plain number of a rule (days, months, years, members) is larger: a larger one is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Word:
    """What an office said of a rule: `cites` is the document it rests on, `of` the word it takes back."""

    id: int
    act: str
    rule: str
    start: date
    value: str = ""
    cites: str = ""
    of: int | None = None


@cache
def rules() -> Rules:
    """Every `Dated` of the domain by its name: in a module, or in what a module holds (mappings, tuples, records)."""
    found: dict[str, Dated[Any]] = {}
    for module in pkgutil.walk_packages(nhiemky.domain.__path__, "nhiemky.domain."):
        for value in vars(importlib.import_module(module.name)).values():
            for rule in _within(value, 4):
                if found.setdefault(rule.name, rule) is not rule:
                    raise ValueError(f"Two rules are called {rule.name}.")
    return dict(sorted(found.items()))


def _within(value: object, depth: int) -> Iterator[Dated[Any]]:
    if isinstance(value, Dated):
        yield value
    elif depth and isinstance(value, Mapping):
        for held in value.values():
            yield from _within(held, depth - 1)
    elif depth and isinstance(value, tuple | list | frozenset | set):
        for held in value:
            yield from _within(held, depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _within(getattr(value, one.name, None), depth - 1)


def standing(words: Sequence[Word]) -> list[Word]:
    """The words that nobody has taken back."""
    back = {word.of for word in words}
    return [word for word in words if word.act != WITHDRAW and word.id not in back]


def book(known: Rules, words: Sequence[Word]) -> dict[str, Steps]:
    """The steps of every rule of which something was said. What no longer fits the rule as it is written is left out:
    `fits` tells which."""
    found: dict[str, Steps] = {}
    for word in standing(words):
        rule = known.get(word.rule)
        if rule is not None:
            steps = found.get(word.rule, rule.steps)
            if fits(steps, word):
                found[word.rule] = _with(steps, word)
    return found


def fits(steps: Steps, word: Word) -> bool:
    """Whether the word can be applied to the steps: there is such a step, or the value is of the rule's kind."""
    if word.act == CONFIRM:
        return any(step.start == word.start for step in steps)
    try:
        read_value(steps[-1].value, word.value)
    except ValueError:
        return False
    return True


def _with(steps: Steps, word: Word) -> Steps:
    if word.act == CONFIRM:
        return tuple(_confirmed(step, word) if step.start == word.start else step for step in steps)
    made: Step[Any] = Step(word.start, read_value(steps[-1].value, word.value), word.cites)
    return tuple(sorted([*(step for step in steps if step.start != word.start), made], key=lambda step: step.start))


def _confirmed(step: Step[Any], word: Word) -> Step[Any]:
    cites = step.cites if not word.cites or word.cites in step.cites else f"{step.cites}; {word.cites}"
    return replace(step, confirmed=True, cites=cites)


# Values that can be typed


def plain(value: object) -> bool:
    """Whether a value of this kind can be typed: a whole number. Lists, tables and procedures change with the program;
    0 says that the rule has no value of its own, only a source."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def read_value(like: object, text: str) -> int:
    """The typed value, of the kind of `like`.

    Raises:
        ValueError: it is not of that kind, or cannot be meant.
    """
    number = int(text)
    if not plain(like) or not 0 < number <= _MOST:
        raise ValueError(text)
    return number


def check_confirm(steps: Steps, start: date) -> Iterator[Finding]:
    """What stands against confirming the step of a day."""
    step = next((one for one in steps if one.start == start), None)
    if step is None:
        yield Finding("rules.no_such_step", field="start", facts={"start": start})
    elif step.confirmed:
        yield Finding("rules.confirmed_already", field="start", facts={"start": start})


def check_supersede(steps: Steps, start: date, text: str) -> Iterator[Finding]:
    """What stands against a value from a day on: the days before it stay as they were judged."""
    last = steps[-1]
    if not plain(last.value):
        yield Finding("rules.not_plain", field="value")
        return
    if start <= last.start:
        yield Finding("rules.not_later", field="start", facts={"start": start, "last": last.start})
    try:
        value = read_value(last.value, text)
    except ValueError:
        yield Finding("rules.value_unread", field="value", value=text, facts={"most": _MOST})
        return
    if value == last.value and (last.end is None or start < last.end):
        yield Finding("rules.same_value", field="value", value=text)
