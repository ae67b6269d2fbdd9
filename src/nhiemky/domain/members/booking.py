"""What an entry of the ledger may follow: the rules of booking one movement of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.grounds import check_ground, check_readmission
from nhiemky.domain.members.kinds import MOVEMENT, OFFICIAL, PROBATIONARY
from nhiemky.domain.periods import years_before

ADMISSION_AGE = Dated(
    "members.admission_age",
    (Step(date(2011, 1, 19), 18, "Điều lệ Đảng, điều 1; Quy định 24-QĐ/TW (2021), 294-QĐ/TW (2025)"),),
)
PROBATION_MONTHS = Dated("members.probation_months", (Step(date(2011, 1, 19), 12, "Điều lệ Đảng, điều 5"),))
READMISSION_MONTHS = Dated(
    "members.readmission_months",
    (Step(date(2011, 1, 19), 36, "Quy định 29-QĐ/TW (2016)", confirmed=False),),
)


@dataclass(frozen=True, slots=True)
class Situation:
    """How a person stands in the ledger before the entry. `unit_id` is None for who is not a member.

    `left_ground` is the ground recorded with the entry by which they left, `readmitted` how often they came back.
    """

    unit_id: int | None
    standing: str = ""
    exempt: bool = False
    last_entry: date | None = None
    admitted_on: date | None = None
    left_on: date | None = None
    left_by: str = ""
    left_ground: str = ""
    readmitted: int = 0
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry that is to be booked. `target_sound` tells whether the target exists that day and can hold members."""

    kind: str
    on: date
    target_id: int | None = None
    target_sound: bool = True
    ground: str = ""


def check_entry(entry: Entry, before: Situation, *, today: date) -> list[Finding]:
    """Everything that stands against the entry, at once."""
    kind = MOVEMENT[entry.kind]
    findings: list[Finding] = []
    if entry.on > today:
        findings.append(Finding("members.in_future", field="on", facts={"on": entry.on, "today": today}))
    if before.last_entry is not None and entry.on <= before.last_entry:
        facts = {"on": entry.on, "last": before.last_entry}
        findings.append(Finding("members.not_after_last", field="on", facts=facts))
    if kind.enters and before.unit_id is not None:
        findings.append(Finding("members.already_member", field="kind"))
    if not kind.enters and before.unit_id is None:
        findings.append(Finding("members.not_a_member", field="kind"))
    if (kind.enters or kind.moves) and (entry.target_id is None or not entry.target_sound):
        findings.append(Finding("members.no_such_cell", field="unit", facts={"on": entry.on}))
    if kind.moves and entry.target_id is not None and entry.target_id == before.unit_id:
        findings.append(Finding("members.same_unit", field="unit"))
    return findings + check_ground(entry.kind, entry.ground, entry.on) + _check_standing(entry, before)


def _check_standing(entry: Entry, before: Situation) -> list[Finding]:
    findings: list[Finding] = []
    if entry.kind == "official_recognition" and before.unit_id is not None:
        findings += _check_recognition(entry, before)
    if entry.kind == "exemption_on" and before.exempt:
        findings.append(Finding("members.exempt_already", field="kind"))
    if entry.kind == "exemption_off" and before.unit_id is not None and not before.exempt:
        findings.append(Finding("members.not_exempt", field="kind"))
    if entry.kind == "admission" and before.birth_date is not None:
        age = ADMISSION_AGE.at(entry.on)
        if before.birth_date > years_before(entry.on, age.value):
            facts = {"needs": age.value, "born": before.birth_date, "on": entry.on}
            findings.append(Finding.of_rule("members.too_young", age, field="on", facts=facts))
    findings += _check_return(entry, before)
    if entry.kind == "readmission" and before.left_on is not None:
        findings += check_readmission(before.left_by, before.left_ground, before.readmitted, entry.on)
        months = READMISSION_MONTHS.at(entry.on)
        earliest = months_after(before.left_on, months.value)
        if entry.on < earliest:
            facts = {"left": before.left_on, "earliest": earliest, "months": months.value}
            findings.append(Finding.of_rule("members.readmitted_early", months, field="on", facts=facts))
    return findings


def _check_return(entry: Entry, before: Situation) -> list[Finding]:
    """Who went away by transfer comes back by transfer, with the standing they had; nobody comes back from death."""
    if not MOVEMENT[entry.kind].enters or before.unit_id is not None:
        return []
    if not before.left_by:
        return [Finding("members.never_left", field="kind")] if entry.kind == "readmission" else []
    if before.left_by == "death":
        return [Finding("members.has_died", field="kind")]
    if (before.left_by == "transfer_out") != (entry.kind == "transfer_in"):
        return [Finding("members.wrong_way_back", field="kind", facts={"left_by": before.left_by})]
    return []


def _check_recognition(entry: Entry, before: Situation) -> list[Finding]:
    if before.standing != PROBATIONARY:
        return [Finding("members.official_already", field="kind")]
    if before.admitted_on is None:
        return []
    months = PROBATION_MONTHS.at(entry.on)
    earliest = months_after(before.admitted_on, months.value)
    if entry.on >= earliest:
        return []
    facts = {"admitted": before.admitted_on, "earliest": earliest, "months": months.value}
    return [Finding.of_rule("members.recognised_early", months, field="on", facts=facts)]


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def state_after(entry: Entry, before: Situation, *, official_on_entry: bool = False) -> tuple[str, bool] | None:
    """Standing and exemption after the entry; None for who has left."""
    kind = MOVEMENT[entry.kind]
    if kind.leaves:
        return None
    if entry.kind in ("transfer_in", "opening"):
        return (OFFICIAL if official_on_entry else PROBATIONARY), False
    if kind.enters:
        return PROBATIONARY, False
    standing = OFFICIAL if entry.kind == "official_recognition" else before.standing
    exempt = {"exemption_on": True, "exemption_off": False}.get(entry.kind, before.exempt)
    return standing, exempt
