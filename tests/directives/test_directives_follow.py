"""Answers owed when units are merged, split and restored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import SYSTEM, TODAY, decision, province
from directives.asked import answer, ask, codes, states
from nhiemky.directives.models import Ask, AskedOf, Move
from nhiemky.directives.services import following
from nhiemky.domain.findings import Refused
from nhiemky.organisation import services as organisation
from nhiemky.organisation.models import Reorganisation

pytestmark = pytest.mark.django_db
DAY, NOW, EARLY = date(2026, 9, 1), date(2026, 9, 7), date(2026, 8, 3)
MERGE = {"op": "merge", "units": ["X2"], "into": "X1"}
SPLIT = (
    {"op": "found", "code": "X9", "name": "Đảng bộ xã Mới", "kind": "grassroots_committee", "sector": "residential",
     "parent": "H1"},
    {"op": "move", "unit": "C3", "parent": "X9"},
    {"op": "dissolve", "unit": "X2"},
)  # fmt: skip


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def apply(*operations: dict[str, Any], effective: date = DAY, today: date = NOW) -> Reorganisation:
    return organisation.reorganisation_apply(
        actor=SYSTEM, decision=decision(*operations, effective=effective), today=today
    )


def owes(made: Ask) -> dict[str, tuple[str, bool]]:
    """Who owes the answer of each asked unit, and whether somebody must decide."""
    found = AskedOf.objects.filter(ask=made).select_related("unit", "owing")
    return {one.unit.code: (one.owing.code, one.awaits_id is not None) for one in found}


def test_the_whole_successor_owes_the_answer_and_one_paper_answers_both() -> None:
    made, own = ask("X1", "X2", today=EARLY), ask("C3", asker_code="X2", today=EARLY, what="report")
    done = apply(MERGE)
    assert owes(made) == {"X1": ("X1", False), "X2": ("X1", False)}
    assert Ask.objects.get(pk=own.pk).unit.code == "X1"
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert owes(made) == {"X1": ("X1", False), "X2": ("X2", False)}
    assert Ask.objects.get(pk=own.pk).unit.code == "X2"
    assert not Move.objects.exists()


def test_one_paper_of_the_successor_answers_for_all_it_owes() -> None:
    from directives.asked import issuer
    from nhiemky.directives.services.answering import AnswerGiven, answer_give

    made = ask("X1", "X2", today=EARLY)
    apply(MERGE)
    issuer("ĐU", "X1")
    one = AskedOf.objects.filter(ask=made, unit__code="X2").get()
    given = AnswerGiven(number=7, signed_on=date(2026, 10, 1), title="Kế hoạch")
    answer_give(actor=SYSTEM, asked_id=one.pk, given=given, today=TODAY)
    assert states(made) == {"X1": "in_time", "X2": "in_time"}


def test_what_was_answered_stays_with_the_unit_that_answered() -> None:
    made = ask("X1", "X2", today=EARLY)
    answer(made, "X2", date(2026, 8, 20))
    apply(MERGE)
    assert owes(made)["X2"] == ("X2", False)
    assert states(made)["X2"] == "in_time"


def test_without_a_whole_successor_the_asker_decides() -> None:
    made = ask("X2", today=EARLY)
    preview = organisation.reorganisation_preview(actor=SYSTEM, decision=decision(*SPLIT, effective=DAY))
    assert "will_wait" in codes(preview.findings)
    apply(*SPLIT)
    assert owes(made) == {"X2": ("X2", True)}
    one = AskedOf.objects.get()
    with pytest.raises(Refused) as no:
        answer(made, "X2", date(2026, 8, 20))
    assert codes(no.value.findings) == {"to_be_decided"}
    for code, against in (("X2", "unit_not_there"), ("T", "not_below")):
        with pytest.raises(Refused) as no:
            following.owing_decide(actor=SYSTEM, asked_id=one.pk, unit_code=code, today=NOW)
        assert against in codes(no.value.findings)
    following.owing_decide(actor=SYSTEM, asked_id=one.pk, unit_code="X9", today=NOW)
    assert owes(made) == {"X2": ("X9", False)}
    with pytest.raises(Refused) as no:
        following.owing_decide(actor=SYSTEM, asked_id=one.pk, unit_code="X1", today=NOW)
    assert codes(no.value.findings) == {"nothing_to_decide"}


def test_what_takes_effect_later_is_followed_on_its_day_once() -> None:
    made = ask("X2", today=EARLY)
    apply(MERGE, effective=date(2026, 10, 1), today=NOW)
    assert owes(made) == {"X2": ("X2", False)}
    assert not following.any_left_behind(date(2026, 9, 30))
    assert following.any_left_behind(date(2026, 10, 1))
    following.directives_follow(actor=SYSTEM, today=date(2026, 10, 1))
    assert owes(made) == {"X2": ("X1", False)}
    assert not following.any_left_behind(date(2026, 10, 2))


def test_a_founded_unit_that_was_asked_since_keeps_its_founding_from_being_undone() -> None:
    done = apply(*SPLIT)
    ask("X9", today=NOW)
    with pytest.raises(Refused) as no:
        organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert "asked_since" in codes(no.value.findings)
