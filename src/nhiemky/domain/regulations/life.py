"""The life of a regulation: reviewed, drafted, consulted on, appraised, issued; or kept, or the change given up.

What holds of it otherwise (in force, amended, supplemented, replaced, repealed, ended) is the state of its document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.documents.kinds import AMENDS, REPEALS, REPLACES, SUPPLEMENTS
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.passing import STEPS

REVIEW, DRAFTING, OPINIONS, APPRAISAL = STAGES = ("review", "drafting", "opinions", "appraisal")
ISSUED, KEPT, WITHDRAWN = OUTCOMES = ("issued", "kept", "withdrawn")
STATES = (*STAGES, *OUTCOMES)
NEW = "new"
UNDER_REVIEW = "under_review"
"""What a round is called, whatever its stage, by whoever counts rounds."""
CHANGES = (AMENDS, SUPPLEMENTS, REPLACES, REPEALS)
"""What the document issued does to the one in force; a first one is new."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on a regulation under review: out of which stages, into which."""

    key: str
    source: tuple[str, ...]
    target: str
    says_why: bool = False


BEGIN, WRITE, ASK, APPRAISE, ISSUE, KEEP, WITHDRAW = DEEDS = (
    Deed("begin", (), REVIEW, says_why=True),
    Deed("write", STAGES, DRAFTING),
    Deed("ask", (DRAFTING, OPINIONS), OPINIONS),
    Deed("appraise", (DRAFTING, OPINIONS), APPRAISAL, says_why=True),
    Deed("issue", (APPRAISAL,), ISSUED),
    Deed("keep", (REVIEW, DRAFTING, OPINIONS, APPRAISAL), KEPT, says_why=True),
    Deed("withdraw", STAGES, WITHDRAWN, says_why=True),
)
DEED = {deed.key: deed for deed in DEEDS}
ACTS = ("enter", *DEED, "review_day", *STEPS)


def deeds_from(stage: str, *, has_document: bool) -> list[Deed]:
    """What can be done next; "" is a regulation that nobody is changing. Only what is in force can be kept."""
    found = [deed for deed in DEEDS if (stage in deed.source if stage else not deed.source)]
    return [deed for deed in found if has_document or deed is not KEEP]


def check_deed(deed: Deed, stage: str, on: date, *, today: date, since: date, reason: str) -> Iterator[Finding]:
    """What stands against an act on a day; `since` is the day of the step before."""
    if stage not in deed.source and (stage or deed.source):
        yield Finding("regulations.not_in_stage", facts={"stage": stage or "none"}, value=stage or "none")
    if on > today:
        yield Finding("regulations.in_future", field="on", facts={"on": on, "today": today})
    if on < since:
        yield Finding("regulations.before_last_step", field="on", facts={"on": on, "since": since})
    if deed.says_why and not reason:
        yield Finding("regulations.reason_missing", field="reason")


def check_issue(change: str, *, has_document: bool, same: bool) -> Iterator[Finding]:
    """What stands against a document as the outcome: the first is new, every later one does something to the former."""
    if has_document and change not in CHANGES:
        yield Finding("regulations.change_missing", field="change")
    if not has_document and change != NEW:
        yield Finding("regulations.nothing_to_change", field="change")
    if same:
        yield Finding("regulations.same_document", field="document")


def check_review_day(day: date | None, on: date) -> Iterator[Finding]:
    """The next review lies after the day of the act."""
    if day is not None and day <= on:
        yield Finding("regulations.review_not_later", field="next_review_on", facts={"day": day, "on": on})


def document_after(change: str, before: int | None, issued: int) -> int:
    """Which document the regulation stands by: an amendment leaves the amended one, a replacement takes its place."""
    return issued if before is None or change in (NEW, REPLACES) else before
