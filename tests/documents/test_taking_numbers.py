"""`nhiemky document number`: issuers and types by what people call them."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from datetime import date

import pytest

import builders
from documents.papers import clerk, issuer
from nhiemky.documents import finding
from nhiemky.domain.findings import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "kind"),
    [("NQ", "resolution"), ("resolution", "resolution"), ("nghị quyết", "resolution"), ("KH", "plan"),
     ("quy định", "regulation"), ("quyết định", "decision")],
)  # fmt: skip
def test_a_type_goes_by_key_symbol_or_name(text: str, kind: str) -> None:
    assert finding.kind_called(text) == kind


def test_a_symbol_of_two_types_is_asked_back() -> None:
    with pytest.raises(Refused, match="several_types"):
        finding.kind_called("QĐ")
    with pytest.raises(Refused, match="no_such_type"):
        finding.kind_called("XX")


def test_an_issuer_goes_by_symbol_or_code_of_those_one_keeps() -> None:
    builders.province()
    first, second, province = issuer("ĐU", "X1"), issuer("ĐU", "X2"), issuer("TU", "T")
    assert finding.issuer_called(builders.SYSTEM, "TU") == province
    assert finding.issuer_called(builders.SYSTEM, "X2") == second
    assert finding.issuer_called(clerk("X1"), "ĐU") == first
    for actor, text, code in ((builders.SYSTEM, "ĐU", "several_issuers"), (clerk("X1"), "TU", "no_such_issuer")):
        with pytest.raises(Refused, match=code):
            finding.issuer_called(actor, text)


def test_the_command_gives_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    from nhiemky.config import operators
    from nhiemky.config.commands import WrongUsage, documents
    from nhiemky.core import middleware

    builders.province()
    builders.term("T", start=date(2025, 10, 1), end=date(2030, 10, 1))
    issuer("TU", "T")
    monkeypatch.setattr(documents, "database", nullcontext)
    monkeypatch.setattr(operators, "actor_named", lambda name: builders.SYSTEM)
    monkeypatch.setattr(middleware, "today", lambda: builders.TODAY)
    given = Namespace(issuer="TU", type="NQ", title="Về củng cố", on=None, withheld=False, user="chuyenvien")
    shown = documents.document(given)
    assert shown is not None
    payload, text = shown
    assert (payload["number"], payload["written"], payload["term"]) == (1, "01-NQ/TU", "2025-2030")
    assert text == "Nghị quyết số 01-NQ/TU ngày 31/10/2026"
    with pytest.raises(WrongUsage):
        documents.document(Namespace(**{**vars(given), "user": ""}))
