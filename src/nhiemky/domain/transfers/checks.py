"""What stands against sending a transfer and against confirming that somebody has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.domain.findings import Finding
from nhiemky.domain.members.booking import months_after
from nhiemky.domain.transfers import limits
from nhiemky.domain.transfers.kinds import ABROAD, INTERNAL, OFFICIAL, PURPOSES, TEMPORARY


@dataclass(frozen=True, slots=True)
class Sending:
    """What the sending office has typed, and what the register knows of it.

    `same_grassroots` tells whether source and target belong to one grassroots organisation; None where the target lies
    outside the system or above the grassroots. `unresolved` is the office's own word.
    """

    kind: str
    decided_on: date
    letter_number: str
    letter_on: date
    has_target: bool
    place: str
    same_grassroots: bool | None = None
    purpose: str = ""
    until: date | None = None
    unresolved: bool = False


def check_sending(sending: Sending, *, today: date) -> list[Finding]:
    """Everything that stands against it; a late start is told and does not block."""
    findings = _check_days(sending, today) + _check_destination(sending)
    if not sending.letter_number.strip():
        findings.append(Finding("transfers.number_missing", field="letter_number"))
    held = limits.UNRESOLVED.at(sending.letter_on)
    if sending.unresolved and held.value:
        findings.append(Finding.of_rule("transfers.unresolved", held, field="unresolved"))
    if sending.kind == TEMPORARY:
        findings += _check_length(sending)
    if sending.kind == ABROAD and (sending.until is None or sending.until <= sending.letter_on):
        findings.append(Finding("transfers.return_unknown", field="until"))
    return findings


def _check_days(sending: Sending, today: date) -> list[Finding]:
    findings = []
    if sending.letter_on > today:
        facts = {"on": sending.letter_on, "today": today}
        findings.append(Finding("transfers.in_future", field="letter_on", facts=facts))
    if sending.decided_on > sending.letter_on:
        facts = {"decided": sending.decided_on, "on": sending.letter_on}
        findings.append(Finding("transfers.letter_before_decision", field="letter_on", facts=facts))
    limits.PRESENT.at(sending.letter_on)  # without a limit the letter could never become overdue
    return findings + started_late(sending.decided_on, sending.letter_on)


def started_late(decided_on: date, letter_on: date) -> list[Finding]:
    """The limit from decision to letter, judged by the rule of the letter's day; a fact, no obstacle."""
    if letter_on < limits.START.steps[0].start:
        return []
    rule = limits.START.at(letter_on)
    last = rule.value.last_day(decided_on)
    if letter_on <= last:
        return []
    facts = {"decided": decided_on, "last": last, "days": rule.value.days}
    return [Finding.of_rule("transfers.started_late", rule, field="letter_on", facts=facts, blocks=False)]


def _check_destination(sending: Sending) -> list[Finding]:
    place = bool(sending.place.strip())
    if sending.kind == ABROAD:
        return [] if place and not sending.has_target else [Finding("transfers.country_missing", field="place")]
    if sending.kind == INTERNAL:
        if not sending.has_target or place:
            return [Finding("transfers.internal_target", field="target")]
        return [] if sending.same_grassroots else [Finding("transfers.not_internal", field="target")]
    if sending.has_target == place:
        return [Finding("transfers.one_destination", field="target")]
    if sending.kind == OFFICIAL and sending.same_grassroots:
        return [Finding("transfers.is_internal", field="target")]
    return []


def _check_length(sending: Sending) -> list[Finding]:
    if sending.purpose not in PURPOSES:
        return [Finding("transfers.purpose_missing", field="purpose")]
    if sending.until is None:
        return [Finding("transfers.end_missing", field="until")]
    rule = limits.TEMPORARY_MONTHS.at(sending.letter_on)
    length = rule.value[sending.purpose]
    first, last = months_after(sending.letter_on, length.least), months_after(sending.letter_on, length.most)
    too_long = sending.until >= last if length.below else sending.until > last
    if sending.until >= first and not too_long:
        return []
    code = "transfers.stay_below" if length.below else "transfers.stay_within"
    facts = {"least": length.least, "most": length.most, "first": first, "last": last}
    return [Finding.of_rule(code, rule, field="until", facts=facts)]


def check_receipt(letter_on: date, received_on: date, *, today: date) -> list[Finding]:
    """Nobody comes before the letter was written, nor tomorrow; that it came late is told and does not block."""
    findings = []
    if received_on > today:
        findings.append(Finding("transfers.in_future", field="on", facts={"on": received_on, "today": today}))
    if received_on < letter_on:
        facts = {"on": received_on, "letter": letter_on}
        findings.append(Finding("transfers.before_letter", field="on", facts=facts))
    return findings + presented_late(letter_on, received_on)


def presented_late(letter_on: date, on: date) -> list[Finding]:
    """The letter should have been presented earlier; told as a fact with the rule."""
    rule = limits.PRESENT.at(letter_on)
    last = rule.value.last_day(letter_on)
    if on <= last:
        return []
    code = "transfers.presented_late" if rule.value.working else "transfers.presented_late_calendar"
    facts = {"letter": letter_on, "last": last, "days": rule.value.days}
    return [Finding.of_rule(code, rule, field="on", facts=facts, blocks=False)]
