"""Directives and answers for tests, by the real services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from builders import SYSTEM, TODAY
from documents.papers import enter, issuer
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.selectors import with_state
from nhiemky.directives.services.answering import AnswerGiven, answer_give
from nhiemky.directives.services.asking import AskGiven, ask_make
from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor

ASKED, DUE = date(2026, 9, 1), date(2026, 10, 20)


def directive(number: int = 21) -> Document:
    """A resolution of the centre of 16 June 2022, once."""
    return Document.objects.filter(number=number, issuer__symbol="TW").first() or enter(number)


def wanted(*codes: str, **more: Any) -> AskGiven:
    """The province asks for a plan."""
    given: dict[str, Any] = {"asker_code": "T", "what": "plan", "due_on": DUE, "codes": codes}
    given["document_id"] = more.pop("document_id", None) or directive().pk
    return AskGiven(**given | more)


def ask(*codes: str, today: date = ASKED, actor: Actor = SYSTEM, **more: Any) -> Ask:
    """Ask these units."""
    return ask_make(actor=actor, given=wanted(*codes, **more), today=today)


def of(made: Ask, code: str) -> AskedOf:
    """What the unit with the code owes or gave."""
    return AskedOf.objects.get(ask=made, owing__code=code)


def answer(made: Ask, code: str, on: date, *, number: int = 7, actor: Actor = SYSTEM, today: date = TODAY) -> AskedOf:
    """A plan of the unit entered as its answer."""
    issuer("ĐU", code)
    given = AnswerGiven(number=number, signed_on=on, title=f"Kế hoạch của {code}")
    return answer_give(actor=actor, asked_id=of(made, code).pk, given=given, today=today)


def states(made: Ask, on: date = TODAY) -> dict[str, str]:
    """How each asked unit stands on the day, by its code."""
    found = with_state(AskedOf.objects.filter(ask=made), on).select_related("unit")
    return {one.unit.code: str(one.state) for one in found}  # type: ignore[attr-defined]


def codes(findings: Iterable[Any]) -> set[str]:
    """Of a refusal's findings."""
    return {finding.code.removeprefix("directives.") for finding in findings}
