"""The roll-up: each number with its rows, today and on any earlier day, and the same as the rule says it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import SYSTEM, decision, province
from nhiemky.domain.tasks.kinds import OUTCOMES
from nhiemky.domain.tasks.standing import Extension, Facts, outcome
from nhiemky.organisation import services as organisation
from nhiemky.organisation.models import Unit
from nhiemky.tasks import rollup
from nhiemky.tasks.models import Task
from nhiemky.tasks.services import more_time
from tasks.given import act, finish, give, hand_in

pytestmark = pytest.mark.django_db
NOW = date(2026, 10, 30)


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def unit(code: str) -> int:
    return Unit.objects.get(code=code).pk


def on(text: str) -> date:
    return date.fromisoformat(text)


def year_of_tasks() -> dict[str, Task]:
    """One task of each outcome in 2025, at X1, C1 and X3; one carried over from 2024."""
    january = on("2025-01-06")
    made = {
        name: give(code, today=january, due_on=on("2025-06-27"), title=name)
        for name, code in (("on_time", "X1"), ("late", "C1"), ("overdue", "X1"), ("dropped", "X3"), ("future", "X3"))
    }
    made["old"] = give("X1", today=on("2024-03-04"), due_on=on("2024-12-20"), title="old")
    Task.objects.filter(pk=made["future"].pk).update(due_on=on("2025-12-31"), last_on=on("2025-12-31"))
    finish(made["on_time"], on("2025-06-27"), on("2025-07-10"))
    finish(made["late"], on("2025-06-30"))
    act(made["dropped"], "cancel", today=on("2025-03-03"))
    finish(made["old"], on("2025-02-03"))
    return made


def test_each_number_is_its_rows_and_those_of_the_units_add_up() -> None:
    made = year_of_tasks()
    whole = rollup.rollup(unit("T"), 2025, on("2025-08-01"))
    assert whole.counts() == {"done_on_time": 1, "done_late": 1, "overdue": 1, "not_due": 1, "cancelled": 1}
    assert whole.done_late == (made["late"].pk,)
    assert sorted(whole.ids) == sorted(made[name].pk for name in ("on_time", "late", "overdue", "dropped", "future"))
    parts = [rollup.rollup(unit(code), 2025, on("2025-08-01")) for code in ("H1", "H2")]
    for name in OUTCOMES:
        assert getattr(whole, name) == tuple(sorted(pk for part in parts for pk in getattr(part, name)))


def test_what_a_year_took_over_is_counted_apart() -> None:
    made = year_of_tasks()
    carried = rollup.rollup(unit("T"), 2025, on("2025-08-01"), carried=True)
    assert carried.ids == carried.done_late == (made["old"].pk,)
    assert rollup.rollup(unit("T"), 2024, on("2025-08-01")).done_late == (made["old"].pk,)
    assert rollup.rollup(unit("T"), 2024, on("2025-08-01"), carried=True).total == 0


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2025-01-05", {}),
        ("2025-02-01", {"not_due": 5}),
        ("2025-06-28", {"not_due": 2, "overdue": 2, "cancelled": 1}),  # one is handed in in time and waits
        ("2025-07-10", {"done_on_time": 1, "done_late": 1, "overdue": 1, "not_due": 1, "cancelled": 1}),
        ("2026-01-02", {"done_on_time": 1, "done_late": 1, "overdue": 2, "cancelled": 1}),
    ],
)
def test_an_earlier_day_is_told_as_it_was_known_then(day: str, counts: dict[str, int]) -> None:
    year_of_tasks()
    found = rollup.rollup(unit("T"), 2025, NOW, on=on(day))
    assert found.counts() == dict.fromkeys(OUTCOMES, 0) | counts


def test_granted_time_counts_from_the_day_it_was_granted() -> None:
    task = give(today=on("2025-01-06"), due_on=on("2025-03-03"))
    more_time.time_ask(actor=SYSTEM, task_id=task.pk, until=on("2026-02-02"), reason="x", today=on("2025-02-03"))
    more_time.time_decide(actor=SYSTEM, task_id=task.pk, grant=True, answer="", today=on("2025-03-10"))
    assert rollup.rollup(unit("T"), 2025, NOW, on=on("2025-03-07")).overdue == (task.pk,)
    assert rollup.rollup(unit("T"), 2025, NOW, on=on("2025-03-11")).total == 0
    assert rollup.rollup(unit("T"), 2026, NOW, on=on("2025-03-11")).not_due == (task.pk,)


def test_a_merged_unit_is_counted_with_the_one_it_went_into_and_asked_for_itself_on_its_last_day() -> None:
    task = finish(give("X2", today=on("2025-01-06"), due_on=on("2025-03-03")), on("2025-02-03"))
    merge = {"op": "merge", "units": ["X2"], "into": "X1"}
    organisation.reorganisation_apply(actor=SYSTEM, decision=decision(merge), today=NOW)
    assert rollup.rollup(unit("X1"), 2025, NOW).done_on_time == (task.pk,)
    assert rollup.rollup(unit("X2"), 2025, NOW).done_on_time == (task.pk,)


_STEPS = st.lists(st.sampled_from(["begin", "submit", "return", "done", "cancel", "time"]), max_size=7)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_STEPS, st.integers(0, 60), st.integers(0, 30), st.data())
def test_the_database_says_what_the_rule_says(steps: list[str], length: int, gap: int, data: st.DataObject) -> None:
    """Any course of a task, asked on any day: the SQL and the rule agree."""
    start = on("2026-03-02")
    task = give(today=start, due_on=start + timedelta(length))
    hand_in(task, today=start)
    day, extensions, handed = start, [], []
    for number, step in enumerate(steps):
        day += timedelta(gap // (number + 1))
        state = Task.objects.get(pk=task.pk).state
        if step == "time":
            if state in ("assigned", "working", "returned"):
                task = Task.objects.get(pk=task.pk)
                until = max(task.due_on, day) + timedelta(3)
                extensions.append(Extension(day, task.due_on))
                more_time.time_ask(actor=SYSTEM, task_id=task.pk, until=until, reason="x", today=day)
                more_time.time_decide(actor=SYSTEM, task_id=task.pk, grant=True, answer="", today=day)
        elif _goes(step, state):
            act(task, step, today=day)
            if step in ("submit", "return"):
                handed.append((day, step == "submit"))
    last = Task.objects.get(pk=task.pk)
    facts = Facts(last.state, last.due_on, last.done_on, last.closed_on, tuple(extensions), tuple(handed))
    for asked in data.draw(st.lists(st.dates(start, on("2026-12-31")), min_size=3, max_size=6)):
        for today in {NOW, asked} if asked >= day else {max(NOW, asked + timedelta(1))}:
            found = rollup.standing(Task.objects.filter(pk=task.pk), asked, today)
            assert [one.outcome for one in found] == [outcome(facts, asked)], (asked, today, facts)


def _goes(step: str, state: str) -> bool:
    sources = {
        "begin": ("assigned", "accepted", "returned"), "submit": ("accepted", "working", "returned"),
        "return": ("submitted",), "done": ("submitted",),
        "cancel": ("assigned", "accepted", "working", "submitted", "returned"),
    }  # fmt: skip
    return state in sources[step]


def test_parts_of_counted_tasks_and_moved_due_days_are_told_beside_the_numbers() -> None:
    from nhiemky.tasks import told
    from nhiemky.tasks.services import delegating
    from pages_kit import somebody, words
    from tasks.given import wanted

    whole = give("X1", today=date(2026, 9, 1))
    part = delegating.task_delegate(actor=SYSTEM, task_id=whole.pk, given=wanted("C1"), today=date(2026, 9, 1))
    more_time.time_ask(actor=SYSTEM, task_id=whole.pk, until=date(2026, 12, 1), reason="bão", today=NOW)
    more_time.time_decide(actor=SYSTEM, task_id=whole.pk, grant=True, answer="", today=NOW)
    shown = told.rolled_up("T", 2026, NOW)
    assert (shown["total"], shown["of_which"]) == (2, {"delegated": 1, "extended": 1})
    assert told.rolled_up("C1", 2026, NOW)["of_which"] == {"delegated": 0, "extended": 0}
    client = somebody("specialist", "T")
    page = words(client.get("/units/T/tasks/?year=2026").content)
    assert "1 is a part of another task counted here" in page
    assert "1 was given more time" in page
    listed = client.get("/tasks/all/?unit=T&year=2026&of_which=delegated").content.decode()
    assert f"/tasks/{part.pk}/" in listed
    assert f"/tasks/{whole.pk}/" not in listed
