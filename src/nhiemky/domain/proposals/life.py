"""The life of a proposal: drafted by a commission, consulted on, submitted to a session, decided by a committee.

The system notes what was decided; it decides nothing. What a decision asks for becomes tasks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.passing import STEPS

DRAFTING, OPINIONS, SUBMITTED = STAGES = ("drafting", "opinions", "submitted")
APPROVED, CONDITIONAL, RETURNED, REFUSED = OUTCOMES = ("approved", "conditional", "returned", "refused")
DECIDED, WITHDRAWN = ENDS = ("decided", "withdrawn")
STATES = (*STAGES, *ENDS)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on a proposal, out of which states; what it becomes."""

    key: str
    source: tuple[str, ...]
    target: str
    says_why: bool = False


WRITE, ASK, SUBMIT, DECIDE, WITHDRAW = DEEDS = (
    Deed("write", (DRAFTING, OPINIONS), DRAFTING),
    Deed("ask", (DRAFTING, OPINIONS), OPINIONS),
    Deed("submit", (DRAFTING, OPINIONS), SUBMITTED),
    Deed("decide", (SUBMITTED,), DECIDED),
    Deed("withdraw", STAGES, WITHDRAWN, says_why=True),
)
DEED = {deed.key: deed for deed in DEEDS}
ACTS = ("enter", *DEED, "condition", *STEPS)


def deeds_from(state: str) -> list[Deed]:
    """What can be done next."""
    return [deed for deed in DEEDS if state in deed.source]


def state_after(deed: Deed, outcome: str) -> str:
    """A proposal that is returned is drafted again; every other decision ends it."""
    return DRAFTING if outcome == RETURNED else deed.target


def check_deed(deed: Deed, state: str, on: date, *, today: date, since: date, reason: str) -> Iterator[Finding]:
    """What stands against an act on a day; `since` is the day of the step before."""
    if state not in deed.source:
        yield Finding("proposals.not_in_state", value=state)
    if on > today:
        yield Finding("proposals.in_future", field="on", facts={"on": on, "today": today})
    if on < since:
        yield Finding("proposals.before_last_step", field="on", facts={"on": on, "since": since})
    if deed.says_why and not reason:
        yield Finding("proposals.reason_missing", field="reason")


def check_session(session_on: date | None, on: date) -> Iterator[Finding]:
    """A proposal is submitted to a session that is not over."""
    if session_on is None:
        yield Finding("proposals.session_missing", field="session_on")
    elif session_on < on:
        yield Finding("proposals.session_over", field="session_on", facts={"session": session_on, "on": on})


def check_decision(outcome: str, reason: str, on: date, session_on: date | None) -> Iterator[Finding]:
    """A committee decides at the session or after it; what is returned or refused, or approved on conditions, says
    why or on which."""
    if outcome not in OUTCOMES:
        yield Finding("proposals.outcome_missing", field="outcome")
    if outcome != APPROVED and not reason:
        yield Finding("proposals.reason_missing", field="reason")
    if session_on is not None and on < session_on:
        yield Finding("proposals.before_session", field="on", facts={"on": on, "session": session_on})
