"""A task from being given to being done: sides, deliverables, delegation, more time, recurrence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from builders import SYSTEM, TODAY, province
from nhiemky.audit.models import Event
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.organisation.models import Unit
from nhiemky.tasks import measures, selectors
from nhiemky.tasks.models import Deliverable, MoreTime, Step, Task
from nhiemky.tasks.services import assigning, delegating, delivering, doing, more_time, recurring
from nhiemky.tasks.services.delivering import Handed
from tasks.given import DUE, act, codes, finish, give, hand_in, user, wanted, writer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def refused(call: object, *args: object, **more: object) -> set[str]:
    """What stands against a write."""
    with pytest.raises(Refused) as no:
        call(*args, **more)  # type: ignore[operator]
    return codes(no.value.findings)


# Giving


def test_a_task_goes_down_the_tree_only_and_by_who_writes_for_the_giver() -> None:
    assert refused(give, "H2", "H1") == {"not_below"}
    assert refused(give, "T", "X1") == {"not_below"}
    assert refused(give, "X9") == {"no_such_unit"}
    with pytest.raises(Denied) as no:
        give("C1", "X1", actor=writer("X2"))
    assert no.value.status == 404
    assert give("C1", "X1", actor=writer("X1", "C1")).state == "assigned"
    assert give("X1", "X1").giver_id == give("X1", "X1").unit_id


def test_everything_that_stands_against_a_task_is_said_at_once() -> None:
    said = refused(give, "X1", title=" ", deliverable="", due_on=date(2026, 1, 1), assignee="ai", document_id=9,
                   programme_id=9)  # fmt: skip
    assert said == {
        "title_missing", "deliverable_missing", "due_before_start", "no_such_assignee", "no_such_document",
        "no_such_programme",
    }  # fmt: skip
    assert not Task.objects.exists()


def test_the_assignee_is_somebody_who_may_see_the_units_work() -> None:
    user("an", "X1"), user("binh", "X3")
    assert refused(give, "C1", "X1", assignee="binh") == {"no_such_assignee"}
    assert give("C1", "X1", assignee="an").assignee.username == "an"  # type: ignore[union-attr]


def test_a_key_task_has_its_number_alone() -> None:
    give(key_year=2023, key_rank=1)
    assert refused(give, key_year=2023, key_rank=1) == {"key_taken"}
    give(key_year=2024, key_rank=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(key_year=2024).update(key_year=2023)


def test_all_cells_of_a_subtree_are_given_a_task_in_one_act_with_one_event() -> None:
    before = Event.objects.count()
    kinds = ("cell", "grassroots_cell")
    ids = assigning.tasks_assign(actor=SYSTEM, given=wanted("", further=("Biên bản",)), kinds=kinds, today=TODAY)
    done = Task.objects.filter(pk__in=ids)
    assert sorted(done.values_list("unit__code", flat=True)) == ["C1", "C2", "C3", "C4", "C5"]
    assert Event.objects.count() == before + 1
    assert Deliverable.objects.filter(task__in=ids).count() == 10
    assert Step.objects.filter(task__in=ids, act="assign").count() == 5
    below = assigning.tasks_assign(actor=SYSTEM, given=wanted(""), kinds=kinds, below="X1", today=TODAY)
    assert sorted(Task.objects.filter(pk__in=below).values_list("unit__code", flat=True)) == ["C1", "C2"]
    give()  # numbering goes on
    said = refused(
        assigning.tasks_assign, actor=SYSTEM, given=wanted("", title=""), kinds=("group",), below="X1", today=TODAY
    )
    assert said == {"nobody_there", "title_missing"}


# Doing


def test_each_side_does_its_own_acts_and_no_other() -> None:
    task, doer, giver = give(), writer("X1", "C1"), writer("T")
    with pytest.raises(Denied) as no:
        act(task, "cancel", actor=doer)
    assert no.value.status == 403
    act(task, "accept", "begin", actor=doer)
    hand_in(task, actor=doer)
    act(task, "submit", actor=doer)
    with pytest.raises(Denied):
        act(task, "done", actor=doer)
    assert act(task, "done", actor=giver).state == "done"
    with pytest.raises(Denied) as unseen:
        selectors.visible_task(writer("X3"), task.pk)
    assert unseen.value.status == 404


def test_a_result_is_handed_in_whole_and_progress_counts_what_was_accepted() -> None:
    task = give(further=("Tờ trình",))
    act(task, "begin")
    assert refused(act, task, "submit") == {"not_handed"}
    first, second = Deliverable.objects.filter(task=task).order_by("pk")
    handed = Handed(file=b"%PDF-1.7", file_name="kế hoạch.pdf")
    args = {"actor": SYSTEM, "task_id": task.pk, "today": TODAY}
    delivering.deliverable_hand_in(**args, deliverable_id=first.pk, handed=handed)
    assert measures.progress(task, TODAY).share == 0  # type: ignore[union-attr]
    delivering.deliverable_accept(**args, deliverable_id=first.pk)
    assert measures.progress(task, TODAY).share == 50  # type: ignore[union-attr]
    assert refused(delivering.deliverable_hand_in, **args, deliverable_id=first.pk, handed=handed) == {
        "accepted_already"
    }
    assert refused(delivering.deliverable_hand_in, **args, deliverable_id=second.pk, handed=Handed()) == {
        "nothing_handed"
    }
    assert refused(delivering.deliverable_accept, **args, deliverable_id=second.pk) == {"nothing_to_accept"}
    hand_in_second = Handed(note="bản giấy tại Văn phòng")
    delivering.deliverable_hand_in(**args, deliverable_id=second.pk, handed=hand_in_second)
    act(task, "submit", "done")
    assert measures.progress(task, TODAY).share == 100  # type: ignore[union-attr]


def test_a_returned_task_that_is_handed_in_again_late_is_late() -> None:
    task = give()
    act(task, "begin")
    hand_in(task)
    act(task, "submit", today=DUE)
    assert refused(act, task, "return", reason=" ", today=DUE) == {"reason_missing"}
    task = act(task, "return", today=DUE)
    assert (task.state, task.handed_on) == ("returned", None)
    late = DUE + timedelta(5)
    task = act(task, "submit", "done", today=late)
    assert (task.done_on, task.closed_on) == (late, late)
    assert task.done_on > task.last_on  # type: ignore[operator]


def test_the_history_cannot_be_changed() -> None:
    give()
    for change in (lambda: Step.objects.update(text="x"), lambda: Step.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_no_step_lies_before_the_last_one_or_after_today() -> None:
    task = give()
    act(task, "begin")
    before = {"actor": SYSTEM, "task_id": task.pk, "act": "cancel", "reason": "x", "today": TODAY}
    assert refused(doing.task_change, **before, on=TODAY - timedelta(1)) == {"before_last_step"}
    assert refused(doing.task_change, **before, on=TODAY + timedelta(1)) == {"in_future"}


# Delegation


def delegate(task: Task, unit: str, *, actor: object = SYSTEM, required: bool = True, **more: object) -> Task:
    return delegating.task_delegate(
        actor=actor,
        task_id=task.pk,
        given=wanted(unit, "", **more),
        today=TODAY,
        required=required,  # type: ignore[arg-type]
    )


def test_a_part_goes_down_and_the_whole_waits_for_it() -> None:
    top = give("H1")
    middle = delegate(top, "X1")
    low = delegate(middle, "C1", actor=writer("X1", "C1"))
    assert [one.pk for one in selectors.chain(low)] == [top.pk, middle.pk]
    assert low.giver == Unit.objects.get(code="X1")
    act(middle, "begin")
    hand_in(middle)
    assert refused(act, middle, "submit") == {"child_open"}
    finish(low, TODAY)
    act(middle, "submit", "done")
    assert Task.objects.get(pk=middle.pk).state == "done"


def test_a_part_that_is_not_required_holds_nothing_up_and_a_cancelled_whole_takes_its_parts_along() -> None:
    task = give("H1")
    part, other = delegate(task, "X1", required=False), delegate(task, "X2")
    act(other, "cancel")
    act(task, "begin")
    hand_in(task)
    act(task, "submit")
    act(task, "cancel")
    part.refresh_from_db()
    assert (part.state, part.closed_on) == ("cancelled", TODAY)


def test_a_part_is_no_later_than_the_whole_and_goes_below() -> None:
    task = give("X1")
    assert refused(delegate, task, "C1", due_on=DUE + timedelta(1)) == {"due_after_parent"}
    assert refused(delegate, task, "C4") == {"not_below"}
    assert refused(delegate, task, "X1") == {"delegated_to_itself"}


# More time


def test_more_time_needs_the_givers_decision() -> None:
    task, doer = give(), writer("X1")
    until = DUE + timedelta(11)
    ask = {"actor": doer, "task_id": task.pk, "today": TODAY}
    assert refused(more_time.time_ask, **ask, until=DUE, reason="") == {"no_more_time", "reason_missing"}
    more_time.time_ask(**ask, until=until, reason="Chờ hướng dẫn")
    assert refused(more_time.time_ask, **ask, until=until, reason="x") == {"asked_already"}
    with pytest.raises(Denied):
        more_time.time_decide(actor=doer, task_id=task.pk, grant=True, answer="", today=TODAY)
    decide = {"actor": SYSTEM, "task_id": task.pk, "today": TODAY}
    assert refused(more_time.time_decide, **decide, grant=False, answer="") == {"reason_missing"}
    assert Task.objects.get(pk=task.pk).due_on == DUE
    more_time.time_decide(**decide, grant=True, answer="")
    assert Task.objects.get(pk=task.pk).due_on == until
    assert refused(more_time.time_decide, **decide, grant=True, answer="") == {"no_request"}


def test_a_request_lapses_when_the_result_is_handed_in() -> None:
    task = give()
    act(task, "begin")
    more_time.time_ask(actor=SYSTEM, task_id=task.pk, until=DUE + timedelta(9), reason="x", today=TODAY)
    hand_in(task)
    act(task, "submit")
    assert MoreTime.objects.get().state == "lapsed"
    assert Task.objects.get(pk=task.pk).due_on == DUE


# Recurrence


def test_the_next_instance_is_made_once_when_the_last_begins_or_its_day_comes() -> None:
    task = give(every="monthly", start_on=date(2026, 11, 1), due_on=date(2026, 11, 30), coordinators=("X2",))
    act(task, "begin")
    act(task, "cancel")
    second = Task.objects.get(instance=2)
    assert (second.start_on, second.due_on, second.state) == (date(2026, 12, 1), date(2026, 12, 31), "assigned")
    assert list(second.deliverables.values_list("title", flat=True)) == ["Kế hoạch"]
    assert second.coordinators.count() == 1
    for day in (TODAY, date(2026, 12, 1), date(2026, 12, 1)):
        recurring.recurrences_continue(actor=SYSTEM, today=day)
    assert Task.objects.count() == 3
    assert recurring.recurrences_continue(actor=SYSTEM, today=date(2027, 3, 1)) == 3
    assert Task.objects.get(instance=5).due_on == date(2027, 3, 31)


def test_what_was_stopped_comes_no_more() -> None:
    task = give(every="yearly", start_on=TODAY)
    recurring.recurrence_stop(actor=SYSTEM, task_id=task.pk, today=TODAY)
    assert recurring.recurrences_continue(actor=SYSTEM, today=date(2030, 1, 1)) == 0
    assert refused(recurring.recurrence_stop, actor=SYSTEM, task_id=task.pk, today=TODAY) == {"comes_no_more"}
    act(task, "begin")
    assert Task.objects.count() == 1


def test_an_indicator_against_its_target_is_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    from nhiemky.reporting.answering import INDICATORS

    task = give(measure="indicator", indicator="members.admitted", target=Decimal(4), deliverable="")
    monkeypatch.setattr(type(INDICATORS), "value", lambda self, key, unit_id, on: 3)
    assert measures.progress(task, TODAY).share == 75  # type: ignore[union-attr]
    assert refused(give, measure="indicator", indicator="x", target=Decimal(4), deliverable="") == {"no_such_indicator"}


def test_cancelling_lies_before_no_step_of_what_was_delegated() -> None:
    task = give("X1", today=TODAY - timedelta(20))
    delegating.task_delegate(actor=SYSTEM, task_id=task.pk, given=wanted("C1"), today=TODAY - timedelta(5))
    with pytest.raises(Refused) as no:
        doing.task_change(
            actor=SYSTEM, task_id=task.pk, act="cancel", today=TODAY, on=TODAY - timedelta(10), reason="x"
        )
    assert "before_last_step" in codes(no.value.findings)
    act(task, "cancel")
    assert not Task.objects.exclude(state="cancelled").exists()


def test_a_part_is_not_given_more_time_than_its_task_has() -> None:
    task = give("X1")
    part = delegating.task_delegate(actor=SYSTEM, task_id=task.pk, given=wanted("C1"), today=TODAY)
    later = DUE + timedelta(30)
    for one in (part, task):
        more_time.time_ask(actor=SYSTEM, task_id=one.pk, until=later, reason="mưa lũ", today=TODAY)
    with pytest.raises(Refused) as no:
        more_time.time_decide(actor=SYSTEM, task_id=part.pk, grant=True, answer="", today=TODAY)
    assert codes(no.value.findings) == {"due_after_parent"}
    for one in (task, part):
        more_time.time_decide(actor=SYSTEM, task_id=one.pk, grant=True, answer="", today=TODAY)
    assert Task.objects.get(pk=part.pk).due_on == later


def test_the_number_of_a_cancelled_key_task_is_free_again() -> None:
    act(give(key_year=2026, key_rank=1), "cancel")
    assert give(key_year=2026, key_rank=1).key_rank == 1


def test_what_comes_again_does_not_begin_long_ago() -> None:
    with pytest.raises(Refused) as no:
        give(every="monthly", start_on=date(1930, 1, 1))
    assert codes(no.value.findings) == {"comes_since_long"}


def test_a_deliverable_that_would_not_fit_is_refused() -> None:
    with pytest.raises(Refused) as no:
        give(further=("a" * 301,))
    assert codes(no.value.findings) == {"deliverable_long"}


@pytest.mark.parametrize("how", ["closed", "moved"])
def test_the_task_of_somebody_who_left_is_on_the_desk_of_their_unit(how: str) -> None:
    from nhiemky.access.selectors import actor_for

    left, stays = user("an", "X1"), user("bình", "X1")
    task = give(assignee="an")
    there = actor_for(stays.pk, stays.username, TODAY, verified=True)
    assert not selectors.to_do(there, TODAY).exists()
    if how == "closed":
        left.is_active = False
        left.save()
    else:
        left.grants.update(withdrawn=True)
    assert list(selectors.to_do(there, TODAY)) == [task]
