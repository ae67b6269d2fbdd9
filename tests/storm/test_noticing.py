"""A storm proves only what its properties notice: something is broken on purpose, and they must see it."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from admissions.paths import opened
from builders import SYSTEM, TODAY, decision, person, province
from nhiemky.domain.findings import Refused
from nhiemky.domain.reporting import ledger
from nhiemky.members import followers
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation
from nhiemky.transfers import selectors as transfers
from storm.properties import Asked, assert_cases_are_on_a_desk, assert_letters_are_on_a_desk, assert_sound, broken
from storm.weather import Storm
from transfers.letters import letter, send

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _province(settings: Any) -> None:
    settings.NHIEMKY_TODAY = TODAY
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    person("Trần Văn Bảo", "C2", date(2021, 1, 10))


def reorganise(*operations: dict[str, object]) -> Reorganisation:
    made = decision(*operations, effective=DAY)
    return services.reorganisation_apply(actor=SYSTEM, decision=made, today=TODAY)


def undo(done: Reorganisation) -> None:
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=TODAY)


MERGE = {"op": "merge", "units": ["C1"], "into": "C2"}
MOVE = {"op": "move", "unit": "C1", "parent": "X3"}


def test_a_sound_register_passes() -> None:
    opened("C1")
    undo(reorganise(MERGE))
    reorganise(MOVE)
    assert_sound(Storm(Random(1), today=TODAY))


def test_letters_that_do_not_follow_a_merger_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    send(person("Lê Thị Chi", "C1", date(2019, 1, 10)), letter("X2"))
    reorganise({"op": "merge", "units": ["X2"], "into": "X3"})
    assert_letters_are_on_a_desk(TODAY)
    monkeypatch.setattr(transfers, "belongs_to", lambda place, unit_id, on: False)
    with pytest.raises(AssertionError):
        assert_letters_are_on_a_desk(TODAY)


def test_letters_that_are_overtaken_and_not_listed_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    send(person("Lê Thị Chi", "C1", date(2019, 1, 10)), letter("X2"))
    monkeypatch.setattr(transfers, "still_where_sent", lambda letter, today: False)
    with pytest.raises(AssertionError):
        assert_letters_are_on_a_desk(TODAY)


def test_an_undoing_that_leaves_people_looked_up_elsewhere_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    done = reorganise(MERGE)
    monkeypatch.setattr(followers, "_RETURN", "SELECT 1")
    undo(done)
    assert set(broken()) == {"person.last_unit"}


def test_a_balance_without_those_who_move_with_their_cell_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    reorganise(MOVE)
    assert broken() == {}
    monkeypatch.setattr(ledger, "_en_bloc", lambda *given: None)
    assert "ledger.balance" in broken()


def test_a_case_without_a_cell_is_noticed(settings: Any) -> None:
    opened("C3")
    dissolve: dict[str, object] = {"op": "dissolve", "unit": "C3"}
    with pytest.raises(Refused):
        reorganise(dissolve)
    settings.NHIEMKY_FOLLOWERS = [one for one in settings.NHIEMKY_FOLLOWERS if "admissions" not in one]
    reorganise(dissolve)
    with pytest.raises(AssertionError):
        assert_cases_are_on_a_desk(TODAY)


def test_a_figure_of_the_past_that_changes_is_noticed() -> None:
    asked = Asked(Storm(Random(1), today=TODAY))
    person("Lê Thị Chi", "C1", date(2026, 9, 1))
    asked.assert_unchanged()
    asked.figures["members", date(2024, 6, 30), None] = {"T": 99}
    with pytest.raises(AssertionError):
        asked.assert_unchanged()
