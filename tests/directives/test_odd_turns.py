"""Answers, exemptions and reorganisations in the orders in which offices really do them."""

from __future__ import annotations

from datetime import date

import pytest

from builders import SYSTEM, TODAY, province
from directives.asked import answer, ask, codes, of, states
from directives.test_directives_follow import EARLY, SPLIT, apply
from nhiemky.directives.columns import word
from nhiemky.directives.models import AskedOf
from nhiemky.directives.selectors import with_state
from nhiemky.directives.services import asking, following
from nhiemky.documents.services.registering import document_strike
from nhiemky.documents.services.relating import relation_strike
from nhiemky.domain.findings import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def test_an_exemption_taken_back_of_a_unit_that_has_ended_waits_for_the_asker_again() -> None:
    made = ask("X2", today=EARLY)
    apply(*SPLIT)
    one = of(made, "X2")
    assert one.awaits_id is not None
    asking.exempt(actor=SYSTEM, asked_id=one.pk, reason="đã giải thể", today=TODAY)
    asking.reopen(actor=SYSTEM, asked_id=one.pk, reason="nhầm")
    assert following.any_left_behind(TODAY)
    following.directives_follow(actor=SYSTEM, today=TODAY)
    assert not following.any_left_behind(TODAY)
    one.refresh_from_db()
    assert one.awaits_id is not None


def test_nothing_waits_for_a_decision_once_it_is_withdrawn() -> None:
    made = ask("X2", today=EARLY)
    apply(*SPLIT)
    asking.ask_withdraw(actor=SYSTEM, ask_id=made.pk, reason="gộp", today=TODAY)
    one = with_state(AskedOf.objects.filter(ask=made), TODAY).get()
    assert word(one) != "to be decided"
    with pytest.raises(Refused):
        following.owing_decide(actor=SYSTEM, asked_id=one.pk, unit_code="X1", today=TODAY)


def test_a_paper_that_is_an_answer_is_not_cancelled_behind_it() -> None:
    made = ask("X1")
    one = answer(made, "X1", date(2026, 10, 1))
    assert one.document is not None
    relation_strike(actor=SYSTEM, relation_id=one.document.relations.get().pk, reason="nhầm")
    with pytest.raises(Refused) as no:
        document_strike(actor=SYSTEM, document_id=one.document.pk, reason="nhầm")
    assert codes(no.value.findings) == {"documents.still_used"}
    assert states(made) == {"X1": "in_time"}


def test_what_is_withdrawn_is_not_asked_again_one_by_one() -> None:
    made = ask("X1", "X2")
    answer(made, "X1", date(2026, 10, 1))
    asking.ask_withdraw(actor=SYSTEM, ask_id=made.pk, reason="gộp", today=TODAY)
    with pytest.raises(Refused):
        asking.reopen(actor=SYSTEM, asked_id=of(made, "X1").pk, reason="nhầm")
