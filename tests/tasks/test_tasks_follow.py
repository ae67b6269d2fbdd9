"""Tasks when their units are merged, dissolved and restored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import SYSTEM, decision, province
from nhiemky.audit.models import Event
from nhiemky.domain.findings import Refused
from nhiemky.organisation import services as organisation
from nhiemky.organisation.models import Reorganisation
from nhiemky.tasks import daily
from nhiemky.tasks.models import Move, Task
from nhiemky.tasks.services import following, programmes
from nhiemky.tasks.services.programmes import ProgrammeGiven
from tasks.given import DUE, act, codes, finish, give, user

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
NOW = date(2026, 9, 7)
MERGE = {"op": "merge", "units": ["X2"], "into": "X1"}


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def apply(*operations: dict[str, Any], effective: date = DAY, today: date = NOW) -> Reorganisation:
    return organisation.reorganisation_apply(
        actor=SYSTEM, decision=decision(*operations, effective=effective), today=today
    )


def stands(task: Task) -> tuple[str, str, bool]:
    """Doing unit, giving unit, and whether it waits for a decision."""
    task = Task.objects.select_related("unit", "giver").get(pk=task.pk)
    return task.unit.code, task.giver.code, task.awaits_id is not None


def test_tasks_of_a_merged_unit_go_to_its_whole_successor_and_return_with_the_undoing() -> None:
    early = date(2026, 8, 3)
    own, given, finished = give("X2", today=early), give("C3", "X2", today=early), give("X2", today=early)
    finish(finished, early)
    done = apply(MERGE)
    assert stands(own) == ("X1", "T", False)
    assert stands(given) == ("C3", "X1", False)
    assert stands(finished) == ("X2", "T", False)
    assert [step.act for step in own.steps.order_by("pk")] == ["assign", "follow"]
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert stands(own) == ("X2", "T", False)
    assert stands(given) == ("C3", "X2", False)
    assert not Move.objects.exists()
    assert own.steps.order_by("-pk")[0].act == "undo"


def test_what_has_no_whole_successor_waits_on_the_givers_desk() -> None:
    from nhiemky.access.selectors import actor_for
    from nhiemky.tasks import desk

    head = user("chuyen", "X2", "specialist")
    task = give("C3", "X2", today=date(2026, 8, 3))
    preview = organisation.reorganisation_preview(actor=SYSTEM, decision=decision(*_split(), effective=DAY))
    done = apply(*_split())
    assert "will_wait" in codes(preview.findings)
    assert stands(task) == ("C3", "X2", True)
    lines = [due.finding.code for due in desk.due(actor_for(head.pk, head.username, NOW, verified=True), NOW)]
    assert "tasks.to_decide" in lines
    for code in ("C1", "C3"):
        with pytest.raises(Refused):
            following.task_decide(actor=SYSTEM, task_id=task.pk, unit_code=code, today=NOW)
    following.task_decide(actor=SYSTEM, task_id=task.pk, unit_code="C3A", today=NOW)
    assert stands(task) == ("C3A", "X2", False)
    with pytest.raises(Refused):
        following.task_decide(actor=SYSTEM, task_id=task.pk, unit_code="C3A", today=NOW)
    assert done.status == "applied"


def _split() -> tuple[dict[str, Any], ...]:
    new = {"op": "found", "kind": "cell", "sector": "residential", "parent": "X2"}
    founded = [new | {"code": f"C3{letter}", "name": f"Chi bộ thôn Nam {letter}"} for letter in "AB"]
    return (*founded, {"op": "split", "unit": "C3", "into": ["C3A", "C3B"], "members_to": "C3A"})


def test_undoing_puts_a_waiting_task_back_and_asks_about_what_was_given_since() -> None:
    task = give("C3", "X2", today=date(2026, 8, 3))
    done = apply(*_split())
    give("C3A", "X2", today=NOW)
    with pytest.raises(Refused) as no:
        organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert "given_since" in codes(no.value.findings)
    act(Task.objects.get(unit__code="C3A"), "cancel", today=NOW)
    assert stands(task)[2]


def test_a_giver_that_ends_without_a_successor_is_replaced_by_the_unit_above() -> None:
    """C3 gave itself a task: it waits, and X2, which stood above, is asked."""
    task = give("C3", "C3", today=date(2026, 8, 3))
    apply(*_split())
    assert stands(task) == ("C3", "X2", True)


def test_a_later_decision_is_followed_on_its_day_by_the_worker_and_once() -> None:
    task = give("X2", today=date(2026, 8, 3), due_on=DUE)
    apply(MERGE, effective=date(2026, 10, 1))
    assert stands(task) == ("X2", "T", False)
    daily.daily(actor=SYSTEM, today=date(2026, 9, 30))
    assert stands(task) == ("X2", "T", False)
    for _ in range(2):
        daily.daily(actor=SYSTEM, today=date(2026, 10, 1))
    assert stands(task) == ("X1", "T", False)
    assert Move.objects.count() == 1


def test_key_tasks_of_one_rank_survive_a_merger_of_their_givers_and_its_undoing() -> None:
    early = date(2026, 8, 3)
    stays = give("X1", "X1", today=early, key_year=2026, key_rank=1)
    comes = give("X2", "X2", today=early, key_year=2026, key_rank=1)
    free = give("X2", "X2", today=early, key_year=2026, key_rank=2)
    done = apply(MERGE)
    assert ranks(stays, comes, free) == [1, None, 2]
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert ranks(stays, comes, free) == [1, 1, 2]
    assert stands(comes) == ("X2", "X2", False)


def ranks(*tasks: Task) -> list[int | None]:
    return [Task.objects.get(pk=task.pk).key_rank for task in tasks]


def test_a_task_decided_to_a_founded_unit_returns_when_the_split_is_undone() -> None:
    task = give("C3", "X2", today=date(2026, 8, 3))
    done = apply(*_split())
    following.task_decide(actor=SYSTEM, task_id=task.pk, unit_code="C3A", today=NOW)
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert stands(task) == ("C3", "X2", False)


def test_a_programme_of_a_founded_unit_stands_in_the_way_of_undoing() -> None:
    done = apply(*_split())
    programmes.programme_enter(actor=SYSTEM, given=ProgrammeGiven("C3A", "plan", "Kế hoạch", DAY), today=NOW)
    with pytest.raises(Refused) as no:
        organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert codes(no.value.findings) == {"programmes_since"}


def test_the_successor_of_a_coordinating_unit_works_along_until_the_undoing() -> None:
    early = date(2026, 8, 3)
    task = give("C1", "T", today=early, coordinators=("X2",))
    both = give("C1", "T", today=early, coordinators=("X1", "X2"))
    done = apply(MERGE)
    assert along(task) == along(both) == ["X1"]
    daily.daily(actor=SYSTEM, today=NOW)
    assert Event.objects.filter(action="tasks.tasks_followed").count() == 0
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)
    assert (along(task), along(both)) == (["X2"], ["X1", "X2"])


def along(task: Task) -> list[str]:
    return sorted(task.coordinators.values_list("unit__code", flat=True))


def test_a_task_of_somebody_whose_grant_ended_with_the_unit_is_on_the_desk_of_the_successor() -> None:
    from nhiemky.access.selectors import actor_for
    from nhiemky.tasks import selectors

    user("hai", "X2")
    there = user("an", "X1")
    task = give("X2", today=date(2026, 8, 3), assignee="hai")
    apply(MERGE)
    assert list(selectors.to_do(actor_for(there.pk, there.username, NOW, verified=True), NOW)) == [task]
