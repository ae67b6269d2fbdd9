"""What is looked at before units are asked for a paper, and before one is taken as the answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.directives.standing import ASKED_KINDS
from nhiemky.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the kind of paper, on which day, by which day; `signed_on` is the directive's."""

    what: str
    asked_on: date
    due_on: date
    signed_on: date


def judge_ask(wanted: Wanted, today: date) -> Iterator[Finding]:
    """What stands against asking so."""
    if wanted.what not in ASKED_KINDS:
        yield Finding("directives.no_such_kind", field="what", value=wanted.what)
    if wanted.asked_on > today:
        facts = {"on": wanted.asked_on, "today": today}
        yield Finding("directives.asked_in_future", field="asked_on", facts=facts)
    if wanted.asked_on < wanted.signed_on:
        facts = {"on": wanted.asked_on, "signed": wanted.signed_on}
        yield Finding("directives.asked_before", field="asked_on", facts=facts)
    if wanted.due_on < wanted.asked_on:
        facts = {"on": wanted.asked_on, "due": wanted.due_on}
        yield Finding("directives.due_before", field="due_on", facts=facts)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document offered as the answer: its type, the unit that issued it, its day."""

    kind: str
    unit_id: int | None
    signed_on: date
    cancelled: bool = False


def judge_answer(
    paper: Paper, what: str, units: frozenset[int], signed_on: date, *, sure: bool = False
) -> Iterator[Finding]:
    """What stands against taking the paper as the answer of the unit; `signed_on` is the directive's.

    `units` are the one that owes the answer and the one that was asked. Another type of paper than asked is only told,
    once the actor is sure.
    """
    if paper.unit_id not in units:
        yield Finding("directives.not_their_paper", field="document")
    if paper.cancelled:
        yield Finding("directives.paper_cancelled", field="document")
    if paper.signed_on < signed_on:
        facts = {"on": paper.signed_on, "signed": signed_on}
        yield Finding("directives.paper_before", field="document", facts=facts)
    if paper.kind != what:
        yield Finding("directives.other_kind", field="document", blocks=not sure)
