"""Several at once, and a connection that is lost in the middle: one or the other, never a half."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from builders import SYSTEM, TODAY, decision, person, province
from nhiemky.audit.chain import verify
from nhiemky.domain.findings import Refused
from nhiemky.members import followers
from nhiemky.members.models import Movement, Stay
from nhiemky.organisation import selectors, services
from nhiemky.organisation.models import Placement, Reorganisation, Unit, UnitVersion

pytestmark = pytest.mark.usefixtures("own_database")
MERGE = {"op": "merge", "units": ["C1"], "into": "C3"}


def at_once(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Each in a thread with a connection of its own; what each was refused with."""
    outcomes: list[BaseException | None] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            gate.wait(30)
            acts[number]()
        except BaseException as wrong:
            outcomes[number] = wrong
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def apply(operation: dict[str, object], number: str) -> Callable[[], object]:
    data = decision(operation, effective=date(2026, 1, 1), number=number)
    return lambda: services.reorganisation_apply(actor=SYSTEM, decision=data, today=TODAY)


def codes(outcome: BaseException | None) -> set[str]:
    assert isinstance(outcome, Refused), outcome
    return {finding.code for finding in outcome.findings}


def test_two_users_apply_the_same_decision_at_once() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    outcomes = at_once(apply(MERGE, "1"), apply(MERGE, "1"))
    assert outcomes.count(None) == 1
    assert "reorganisation.applied_already" in codes(next(o for o in outcomes if o is not None))
    assert Reorganisation.objects.count() == 1
    assert Movement.objects.filter(kind="en_bloc").count() == 1


def test_two_decisions_that_exclude_each_other() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    outcomes = at_once(apply(MERGE, "1"), apply({"op": "merge", "units": ["C3"], "into": "C1"}, "2"))
    assert outcomes.count(None) == 1
    assert codes(next(o for o in outcomes if o is not None))
    assert Stay.objects.filter(during__upper_inf=True).count() == 1
    assert verify()[1] == []


def test_two_hands_past_the_services_close_no_circle() -> None:
    """What no service allows: each moves a unit under the other, and neither sees the other's row."""
    made = province()
    gate = threading.Barrier(2)

    def move(unit: str, parent: str) -> Callable[[], object]:
        def act() -> None:
            with transaction.atomic():
                Placement.objects.filter(unit=made[unit]).update(parent=made[parent])
                gate.wait(30)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                time.sleep(0.4)  # both have looked by now, unless one waits for the other

        return act

    outcomes = at_once(move("X1", "X3"), move("X3", "X1"))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IntegrityError", "NoneType"]
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)


def test_a_connection_lost_in_the_middle_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    before = rows()
    carried_out = followers.MembersFollow.apply

    def cut_off(self: followers.MembersFollow, *arguments: Any) -> int:
        moved = carried_out(self, *arguments)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return moved

    monkeypatch.setattr(followers.MembersFollow, "apply", cut_off)
    with pytest.raises(OperationalError):
        apply(MERGE, "1")()
    connection.close()
    selectors.forget()
    assert rows() == before
    assert not Reorganisation.objects.exists()
    monkeypatch.undo()
    apply(MERGE, "1")()
    assert verify()[1] == []


def rows() -> list[list[tuple[Any, ...]]]:
    models: list[Any] = [Unit, UnitVersion, Placement, Stay, Movement]
    return [sorted(model.objects.values_list(), key=str) for model in models]
