"""Proposals for tests, by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import SYSTEM, TODAY
from nhiemky.documents.models import Opinion
from nhiemky.documents.services.drafting import opinion_give
from nhiemky.proposals.models import Proposal
from nhiemky.proposals.services import proposing

BEGAN, SESSION = date(2026, 9, 1), date(2026, 10, 20)


def begin(unit: str = "X1", title: str = "Đề án sắp xếp chi bộ thôn") -> Proposal:
    return proposing.proposal_enter(
        actor=SYSTEM, unit_code=unit, title=title, body="Ban Xây dựng Đảng", on=BEGAN, today=TODAY
    )


def write(held: Proposal, text: str = "Phần một. Sự cần thiết.") -> None:
    proposing.text_write(actor=SYSTEM, proposal_id=held.pk, text=text, on=BEGAN, today=TODAY)


def ask(held: Proposal, bodies: Any = (("T", "Ban Tổ chức Tỉnh ủy"),), on: date = BEGAN) -> None:
    proposing.opinions_ask(actor=SYSTEM, proposal_id=held.pk, bodies=bodies, days=5, on=on, today=TODAY)


def answer_all() -> None:
    for pk in Opinion.objects.filter(answered_on=None).values_list("pk", flat=True):
        opinion_give(actor=SYSTEM, opinion_id=pk, stance="agrees", text="", on=None, today=TODAY)


def submit(held: Proposal, session: date = SESSION, on: date = date(2026, 10, 1)) -> None:
    proposing.proposal_submit(actor=SYSTEM, proposal_id=held.pk, session_on=session, on=on, today=TODAY)


def decide(held: Proposal, outcome: str = "approved", reason: str = "", on: date = SESSION) -> Proposal:
    return proposing.decision_note(
        actor=SYSTEM, proposal_id=held.pk, outcome=outcome, reason=reason, on=on, today=TODAY
    )


def submitted(unit: str = "X1") -> Proposal:
    """Drafted, asked about and submitted."""
    held = begin(unit)
    write(held)
    ask(held)
    submit(held)
    held.refresh_from_db()
    return held


def one_of_each(cell: str) -> dict[str, Any]:
    """A proposal of a cell with its draft, by the names of addresses."""
    held = begin(cell)
    write(held)
    return {"proposal_id": held.pk, "move": "submit"}
