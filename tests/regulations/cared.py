"""Regulations for tests, by the real services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from builders import SYSTEM, TODAY
from documents.papers import enter, issuer
from nhiemky.documents.models import Document, Opinion
from nhiemky.domain.rulebook import rules as known
from nhiemky.regulations.models import Regulation, RuleWord
from nhiemky.regulations.services import caring
from nhiemky.regulations.services.caring import RegulationGiven
from nhiemky.regulations.services.speaking import Rests, rule_confirm

DAY = date(2026, 9, 1)
BODIES = (("X1", ""), ("T", "Ban Tuyên giáo và Dân vận"))


def paper(number: int = 5, on: date = date(2022, 3, 1), unit: str = "X1") -> Document:
    """A regulation that the unit issued."""
    by = issuer(f"DU{unit}", unit)
    return enter(number, "regulation", on, by=by, title=f"Quy định {number}", organ="committee")


def care(unit: str = "X1", *, document: Document | None = None, review: date | None = None) -> Regulation:
    """A regulation under care; entered on a day long ago, so that its review may be due."""
    given = RegulationGiven(unit, f"Chế độ sinh hoạt của {unit}", document.pk if document else None, review)
    return caring.regulation_enter(actor=SYSTEM, given=given, today=date(2022, 4, 1))


def begin(held: Regulation, on: date = DAY) -> None:
    caring.review_begin(actor=SYSTEM, regulation_id=held.pk, reason="đến hạn rà soát", on=on, today=TODAY)


def write(held: Regulation, text: str = "Điều 1. Họp tháng một lần.", on: date = DAY) -> None:
    caring.text_write(actor=SYSTEM, regulation_id=held.pk, text=text, on=on, today=TODAY)


def ask(held: Regulation, bodies: Any = BODIES, days: int = 5, on: date = DAY) -> None:
    caring.opinions_ask(actor=SYSTEM, regulation_id=held.pk, bodies=bodies, days=days, on=on, today=TODAY)


def step(held: Regulation, deed: str, on: date = date(2026, 10, 1), **more: Any) -> None:
    caring.review_step(actor=SYSTEM, regulation_id=held.pk, deed=deed, reason="đã xem xét", on=on, today=TODAY, **more)


def codes(findings: Iterable[Any]) -> set[str]:
    """Of a refusal's findings, without the part they come from."""
    return {finding.code.split(".")[1] for finding in findings}


def one_of_each(cell: str) -> dict[str, Any]:
    """A regulation of a cell out for the cell's own opinion, by the names of addresses."""
    held = care(cell)
    begin(held)
    write(held)
    ask(held, ((cell, ""),))
    opinion = Opinion.objects.get(unit__code=cell)
    return {"regulation_id": held.pk, "draft_id": opinion.draft_id, "opinion_id": opinion.pk, "deed": "begin",
            **a_word()}  # fmt: skip


def a_word() -> dict[str, Any]:
    """What the province said of a rule: it confirms a value."""
    rule = "quality.oldest"
    word = RuleWord.objects.filter(rule=rule).first()
    if word is None:
        rests = Rests(enter(901, "law", date(2020, 1, 1), title="Luật").pk)
        start = known()[rule].steps[0].start
        word = rule_confirm(actor=SYSTEM, rule=rule, start=start, rests=rests, today=TODAY)
    return {"dated": "tasks.due_soon", "word_id": word.pk}
