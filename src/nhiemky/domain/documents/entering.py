"""What is looked at before a document is entered: its number, its days, its words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.domain.documents.kinds import KIND
from nhiemky.domain.documents.naming import lookalikes
from nhiemky.domain.findings import Finding

FIRST_DAY = date(1930, 2, 3)
"""No document of the Party, or of the state it leads, is older."""
MOST = 99_999
"""A number beyond it is a misprint: the longest sequences, letters of a central commission, are in the thousands."""
TITLE, WORDS = 500, ("title", "signer", "body", "unverified")


@dataclass(frozen=True, slots=True)
class DocumentGiven:
    """A document as it is entered by hand.

    `number` is None for a paper that bears none. `withheld` is a paper of which the number alone may be known here.
    `in_force_from` None means the day of signing. `sure` overrules remarks: rules that the paper itself may break.
    """

    issuer_id: int
    kind: str
    number: int | None
    signed_on: date
    title: str = ""
    organ: str = ""
    body: str = ""
    signer: str = ""
    withheld: bool = False
    in_force_from: date | None = None
    in_force_to: date | None = None
    unverified: str = ""
    sure: bool = False

    @property
    def starts(self) -> date:
        """The first day in force."""
        return self.in_force_from or self.signed_on


def judge_entry(given: DocumentGiven, today: date) -> list[Finding]:
    """Every objection to the entry by itself."""
    return [*_number(given), *_days(given, today), *_words(given)]


def _number(given: DocumentGiven) -> list[Finding]:
    if given.kind not in KIND:
        return [Finding("documents.no_such_type", field="kind", value=given.kind)]
    if given.number is None:
        return [Finding("documents.withheld_number", field="number")] if given.withheld else []
    if not 1 <= given.number <= MOST:
        facts = {"most": MOST}
        return [Finding("documents.number_impossible", field="number", value=str(given.number), facts=facts)]
    return []


def _days(given: DocumentGiven, today: date) -> list[Finding]:
    found = []
    facts = {"on": given.signed_on, "today": today, "first": FIRST_DAY}
    if given.signed_on > today:
        found.append(Finding("documents.day_to_come", field="signed_on", facts=facts))
    if given.signed_on < FIRST_DAY:
        found.append(Finding("documents.day_impossible", field="signed_on", facts=facts))
    return found + judge_force(given.signed_on, given.starts, given.in_force_to, sure=given.sure)


def judge_force(signed: date, start: date, end: date | None, *, sure: bool) -> list[Finding]:
    """Objections to the days between which a document is in force."""
    found = []
    if end is not None and end <= start:
        found.append(Finding("documents.ends_before", field="in_force_to", facts={"start": start, "end": end}))
    if start < signed:
        facts = {"start": start, "signed": signed}
        found.append(Finding("documents.in_force_early", field="in_force_from", facts=facts, blocks=not sure))
    return found


def _words(given: DocumentGiven) -> list[Finding]:
    found = judge_words({key: getattr(given, key) for key in WORDS})
    if given.withheld and given.title:
        found.append(Finding("documents.withheld_title", field="title"))
    if not given.withheld and not given.title.strip():
        found.append(Finding("documents.title_missing", field="title"))
    if len(given.title) > TITLE:
        found.append(Finding("documents.title_long", field="title", facts={"length": len(given.title), "most": TITLE}))
    return found


def judge_words(words: dict[str, str]) -> list[Finding]:
    """Letters of other scripts and invisible marks: with them nobody would find the document again."""
    return [
        Finding("documents.lookalikes", field=field, facts={"letters": ", ".join(found[:5])})
        for field, text in words.items()
        if (found := lookalikes(text))
    ]
