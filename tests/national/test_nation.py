"""A thousandth of the nation: generated, reformed by the real service, and counted in two ways."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest

from nhiemky.national import figures, places, questions, reform, units
from nhiemky.national.history import history

SCALE = 0.001
EVE, DAY = date(2025, 6, 30), reform.REFORM
TODAY = date(2026, 10, 31)


class TestThePublicLists:
    def test_every_gap_of_the_country_is_one_question(self) -> None:
        asked = Counter(question.code for question in questions.questions(places.lists()))
        assert asked == {questions.WITHOUT_HEIR: 28, questions.UNKNOWN: 10, questions.WITHOUT_SOURCE: 5}

    def test_a_question_names_what_has_to_be_decided_and_stops_nothing(self) -> None:
        asked = {question.value: question for question in questions.questions(places.lists())}
        assert asked["1651"].facts == {
            "name": "Xã Mỹ Hưng",
            "district": "Huyện Quảng Hòa",
            "province": "Tỉnh Cao Bằng",
        }
        assert "Phường Phú Nhuận" in str(asked["27076"].facts["new"])
        assert "Phường Cầu Kiệu" in str(asked["27076"].facts["new"])
        assert asked["21548"].facts["districts"] == "Huyện Lý Sơn (536)"
        assert not any(question.blocks for question in asked.values())

    def test_the_whole_decision_takes_in_what_the_lists_hold(self) -> None:
        data = places.lists()
        drafted = units.build(data, np.random.default_rng(1), 1)
        kinds = Counter(drafted.kind)
        assert kinds["grassroots_committee"] + kinds["grassroots_cell"] == 50_000
        assert (kinds["cell"], kinds["above_grassroots"], kinds["provincial"]) == (250_000, 696, 63)
        operations = reform.decision(data, drafted)["operations"]
        assert isinstance(operations, list)
        ends = Counter(
            code.split("-")[0]
            for op in operations
            for code in (op.get("units") or [op["unit"]] if op["op"] in ("merge", "split", "dissolve") else [])
            if code.count("-") == 1
        )
        assert ends == {"X24": 10_051 - 28, "H": 691, "T": 29}
        assert sum(op["op"] == "found" for op in operations) == 3_321 - 5
        assert sum(op["op"] == "split" for op in operations) == 440

    def test_the_same_seed_gives_the_same_nation(self) -> None:
        assert _fingerprint(7) == _fingerprint(7) != _fingerprint(8)


def _fingerprint(seed: int) -> str:
    data = places.lists().part(SCALE)
    drafted = units.build(data, np.random.default_rng(seed), SCALE)
    told = history(drafted, np.random.default_rng(seed + 1), SCALE)
    columns = (told.person, told.kind, told.day, told.source, told.target, told.official, told.book.born)
    return hashlib.sha256(b"".join(column.tobytes() for column in columns)).hexdigest()


@pytest.fixture(scope="module")
def nation(empty_database: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The part of the nation on the eve and after the reform, written once for all tests of the module."""
    from django.db import transaction

    from nhiemky.domain.access import Actor
    from nhiemky.members.snapshot import SNAPSHOT
    from nhiemky.national.generate import generate
    from nhiemky.organisation import selectors, services

    with django_db_blocker.unblock(), transaction.atomic():
        selectors.forget()
        SNAPSHOT.forget()
        made = generate(scale=SCALE)
        data = places.lists().part(SCALE)
        before = figures.members(EVE)
        decision = reform.decision(data, made)
        applied = services.reorganisation_apply(actor=Actor.system("tests"), decision=decision, today=TODAY)
        yield {"before": before, "applied": applied, "data": data}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_nation(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    if "nation" not in request.fixturenames:
        yield
        return
    with django_db_blocker.unblock():
        yield


def _structure() -> Any:
    from nhiemky.organisation import selectors

    return selectors.structure()


def _by_code(sheet: figures.Sheet, key: str = "members.total") -> dict[str, int | None]:
    codes = _structure().codes
    return {codes[unit]: sheet.figures[key].of(unit) for unit in np.flatnonzero(sheet.alive).tolist()}


class TestTheReform:
    def test_nobody_is_lost(self, nation: dict[str, Any]) -> None:
        structure, after = _structure(), figures.members(DAY)
        for sheet, day in ((nation["before"], EVE), (after, DAY)):
            assert sum(sheet.figures["members.total"].of(root) for root in structure.roots(day)) == 5_600

    def test_people_were_moved_and_districts_and_provinces_ended(self, nation: dict[str, Any]) -> None:
        structure, data = _structure(), nation["data"]
        ended = Counter(
            structure.codes[unit].split("-")[0]
            for unit in np.flatnonzero(structure.alive(EVE) & ~structure.alive(DAY)).tolist()
            if structure.codes[unit].count("-") == 1
        )
        gaps = Counter(question.code for question in questions.questions(data))
        assert gaps == {questions.WITHOUT_HEIR: 7, questions.UNKNOWN: 3, questions.WITHOUT_SOURCE: 1}
        assert ended == {"X24": len(data.communes) - 7, "H": len(data.districts) - 1, "T": 1}
        assert nation["applied"].movements.count() > 100

    def test_what_the_lists_leave_open_stands_under_its_province(self, nation: dict[str, Any]) -> None:
        structure = _structure()
        for question in questions.questions(nation["data"]):
            if question.code == questions.WITHOUT_HEIR:
                unit = structure.by_code[f"X24-{question.value}"]
                assert structure.alive(DAY)[unit]
                assert structure.codes[structure.parent(unit, DAY)] == "T-14"
        assert structure.codes[structure.parent(structure.by_code["H-536"], DAY)] == "T-51"

    def test_the_eve_restated_is_the_day_for_every_unit_and_figure(self, nation: dict[str, Any]) -> None:
        eve, day = figures.members(EVE, DAY), figures.members(DAY)
        for key in day.figures.keys() - {"members.under_31"}:  # somebody may turn 31 on the day
            assert _by_code(eve, key) == _by_code(day, key), key

    def test_old_provinces_keep_their_sums_restated(self, nation: dict[str, Any]) -> None:
        before, after = _by_code(nation["before"]), _by_code(figures.members(DAY, EVE))
        assert {code: before[code] for code in ("T-14", "T-51", "T-62")} == {
            code: after[code] for code in ("T-14", "T-51", "T-62")
        }

    def test_the_records_hold_together(self, nation: dict[str, Any]) -> None:
        from nhiemky.config.checking import check

        found = check()
        assert found["ok"], {name: part for name, part in found["checks"].items() if not part["ok"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("on", "structure_day"),
    [(date(2019, 5, 17), None), (date(2025, 12, 31), None), (date(2024, 12, 31), DAY), (date(2025, 9, 2), EVE)],
)
def test_all_units_at_once_are_each_unit_by_itself(
    nation: dict[str, Any], on: date, structure_day: date | None
) -> None:
    from nhiemky.reporting import selectors
    from nhiemky.reporting.indicators import OF_THE_REGISTER

    sheet = figures.everything(on, structure_day)
    assert set(sheet.figures) == {indicator.key for indicator in OF_THE_REGISTER}
    alive = np.flatnonzero(sheet.alive)
    chosen = {*np.random.default_rng(3).choice(alive, 60, replace=False).tolist()}
    chosen |= {u for u in alive.tolist() if _structure().codes[u].count("-") == 1 and u % 4 == 0}
    for unit in sorted(chosen):
        asked = selectors.Asked(selectors.facts(), selectors.Question(unit, on.year, on, structure_day))
        for indicator in OF_THE_REGISTER:
            count, rolled = asked.count(indicator), sheet.figures[indicator.key]
            told = int(rolled.low[unit]), int(rolled.high[unit])
            assert told == (count.low, count.high), (indicator.key, _structure().codes[unit])
