"""What a member may ask for, and by which day it must be answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nhiemky.domain import workdays
from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.particulars import PARTICULAR

CORRECTION, OBJECTION, EXPLANATION = KINDS = ("correction", "objection", "explanation")
MADE, ACKNOWLEDGED, GRANTED, REFUSED, WITHDRAWN = STATES = (
    "made", "acknowledged", "granted", "refused", "withdrawn",
)  # fmt: skip
OPEN = (MADE, ACKNOWLEDGED)

LAW = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, điều 4; Nghị định 356/2025/NĐ-CP"
IN_FORCE = date(2026, 1, 1)
ACKNOWLEDGE_WORKDAYS = Dated("rights.acknowledge_workdays", (Step(IN_FORCE, 2, LAW),))
"""Working days in which the office answers that it has the request, and tells the procedure."""
CARRY_OUT_DAYS = Dated(
    "rights.carry_out_days",
    (
        Step(
            IN_FORCE,
            3,
            "72 giờ của Nghị định 13/2023/NĐ-CP; thời hạn theo Nghị định 356/2025/NĐ-CP chưa đối chiếu",
            confirmed=False,
        ),
    ),
)
"""Days after that in which it is carried out or refused."""
MOST_OPEN = 10
"""So many requests of one person wait at most: more would only bury the ones that matter."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By which day the office owes something, and by which rule."""

    on: date
    rule: Step[int]

    def over(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.on < today


def acknowledgement(made_on: date) -> Deadline:
    """By when the office owes the word that it has the request.

    Raises:
        NoRuleInForce: it was made before any such rule held.
    """
    rule = ACKNOWLEDGE_WORKDAYS.at(made_on)
    return Deadline(workdays.after(made_on, rule.value), rule)


def deadline(state: str, made_on: date, acknowledged_on: date | None) -> Deadline | None:
    """What the office owes next on a request in this state; nothing once it is answered or withdrawn.

    The time to carry it out runs from the day on which the acknowledgement was owed at the latest: a late one gives no
    time back.

    Raises:
        NoRuleInForce: it was made before any such rule held.
    """
    owed = acknowledgement(made_on) if state in OPEN else None
    if owed is None or state == MADE or acknowledged_on is None:
        return owed
    start = min(acknowledged_on, owed.on)
    rule = CARRY_OUT_DAYS.at(start)
    return Deadline(start + timedelta(days=rule.value), rule)


_NUMBER = re.compile(r"(?<!\d)\d(?:[\s.\-]?\d){11}(?!\d)")


def check_text(field: str, text: str) -> list[Finding]:
    """No identity number in a text: texts are stored in clear. The number itself is not repeated."""
    return [Finding("rights.number_in_text", field=field)] if _NUMBER.search(text) else []


def check_answer(*, granted: bool, text: str, source: str) -> list[Finding]:
    """A refusal says why and by which rule: the member must be able to contest it. No answer holds a number."""
    found = [*check_text("answer", text), *check_text("source", source)]
    if granted:
        return found
    missing = (("answer", text, "rights.refusal_without_reason"), ("source", source, "rights.refusal_without_source"))
    return found + [Finding(code, field=field) for field, value, code in missing if not value]


def typed(field: str, text: str) -> object:
    """A value of a particular from the text in which a request keeps it (`particulars.written`)."""
    kind = PARTICULAR[field].kind
    if kind == "day":
        return date.fromisoformat(text) if text else None
    return text == "True" if kind == "flag" else text


WORDS: Mapping[str, tuple[str, str]] = {
    CORRECTION: ("Đề nghị chỉnh sửa thông tin", "Correction"),
    OBJECTION: ("Phản đối, khiếu nại", "Objection"),
    EXPLANATION: ("Đề nghị giải thích", "Explanation"),
}
"""What a request is called, in Vietnamese (papers are written in it) and English."""
