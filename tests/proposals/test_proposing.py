"""A proposal from its draft to the tasks that follow from the decision."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.urls import reverse

import builders
from builders import SYSTEM, TODAY, term
from documents.papers import clerk, issuer
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.audit.models import Event
from nhiemky.documents.models import Opinion
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.proposals import selectors
from nhiemky.proposals.desk import due
from nhiemky.proposals.models import Proposal, ProposalStep
from nhiemky.proposals.services import proposing
from nhiemky.proposals.services.proposing import Asked, NumberTaken
from nhiemky.tasks.models import Task
from pages_kit import somebody, words
from proposals.put import answer_all, ask, begin, decide, submit, submitted, write
from regulations.cared import codes, paper
from tasks.given import act, hand_in

pytestmark = pytest.mark.django_db
ASKED = Asked("C1", "Lấy ý kiến đảng viên", date(2026, 11, 20), "Báo cáo")


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def test_what_was_approved_on_conditions_becomes_tasks_that_tell_how_they_stand() -> None:
    held = decide(submitted(), "conditional", "lấy ý kiến đảng viên trước khi triển khai")
    task = proposing.condition_assign(actor=SYSTEM, proposal_id=held.pk, asked=ASKED, today=TODAY)
    assert [one.task for one in selectors.conditions(held)] == [task]
    assert (task.giver.code, task.unit.code) == ("X1", "C1")
    act(task, "begin")
    hand_in(task)
    act(task, "submit", "done")
    page = somebody("clerk", "X1").get(reverse("proposals:proposal", args=[held.pk]))
    assert "Lấy ý kiến đảng viên done" in words(page.content)


def test_no_task_follows_from_what_was_not_approved() -> None:
    held = decide(submitted(), "refused", "chưa cần thiết")
    with pytest.raises(Refused) as no:
        proposing.condition_assign(actor=SYSTEM, proposal_id=held.pk, asked=ASKED, today=TODAY)
    assert codes(no.value.findings) == {"not_approved"}
    assert not Task.objects.exists()


def test_a_task_that_cannot_be_given_leaves_no_condition() -> None:
    held = decide(submitted())
    with pytest.raises(Refused):
        proposing.condition_assign(
            actor=SYSTEM, proposal_id=held.pk, asked=Asked("X3", "Việc", ASKED.due_on, "Báo cáo"), today=TODAY
        )
    assert not held.conditions.exists()
    assert held.steps.filter(act="condition").count() == 0


def test_what_is_returned_is_drafted_again_and_decided_at_another_session() -> None:
    held = decide(submitted(), "returned", "bổ sung phương án nhân sự")
    assert (held.state, held.outcome, held.closed_on) == ("drafting", "returned", None)
    proposing.text_write(actor=SYSTEM, proposal_id=held.pk, text="Phần một. Bổ sung.", on=date(2026, 10, 21),
                         today=TODAY)  # fmt: skip
    submit(held, session=date(2026, 10, 30), on=date(2026, 10, 22))
    held = decide(held, on=date(2026, 10, 30))
    assert (held.state, held.outcome, held.closed_on) == ("decided", "approved", date(2026, 10, 30))
    assert list(held.steps.filter(act="decide").order_by("pk").values_list("outcome", flat=True)) == [
        "returned", "approved",
    ]  # fmt: skip


def test_nothing_is_submitted_while_an_answer_may_still_come_in_time() -> None:
    held = begin()
    write(held)
    ask(held, on=date(2026, 10, 28))
    with pytest.raises(Refused) as no:
        submit(held, session=TODAY, on=TODAY)
    assert codes(no.value.findings) == {"opinions_wait"}
    answer_all()
    submit(held, session=TODAY, on=TODAY)


def test_nothing_is_submitted_without_a_text_or_to_a_session_that_is_over() -> None:
    held = begin()
    with pytest.raises(Refused) as no:
        submit(held, session=date(2026, 9, 30))
    assert codes(no.value.findings) == {"draft_has_no_text", "session_over"}


@pytest.mark.parametrize(("outcome", "reason", "on", "code"), [
    ("", "", date(2026, 10, 20), "outcome_missing"),
    ("conditional", "", date(2026, 10, 20), "reason_missing"),
    ("approved", "", date(2026, 10, 19), "before_session"),
    ("approved", "", date(2026, 11, 1), "in_future"),
])  # fmt: skip
def test_a_decision_says_what_when_and_why(outcome: str, reason: str, on: date, code: str) -> None:
    held = submitted()
    with pytest.raises(Refused) as no:
        decide(held, outcome, reason, on)
    assert code in codes(no.value.findings)
    held.refresh_from_db()
    assert held.state == "submitted"


def test_what_is_not_submitted_is_not_decided() -> None:
    with pytest.raises(Refused) as no:
        decide(begin())
    assert "not_in_state" in codes(no.value.findings)


def test_the_decision_names_its_document() -> None:
    held, issued = submitted(), paper(7, date(2026, 10, 20))
    proposing.decision_note(
        actor=SYSTEM, proposal_id=held.pk, outcome="approved", document_id=issued.pk, on=date(2026, 10, 21), today=TODAY
    )
    task = proposing.condition_assign(actor=SYSTEM, proposal_id=held.pk, asked=ASKED, today=TODAY)
    assert task.document_id == issued.pk
    text = words(somebody("clerk", "X1").get(reverse("proposals:proposal", args=[held.pk])).content)
    assert "Quy định số 07-QĐ/DUX1" in text


def test_the_decision_takes_the_next_number_of_its_committee_once() -> None:
    term("X1")
    held, ours, others = submitted(), issuer("ĐU", "X1"), issuer("ĐUX2", "X2")

    def note(by: int, document_id: int | None = None) -> Proposal:
        return proposing.decision_note(
            actor=SYSTEM, proposal_id=held.pk, outcome="approved", number=NumberTaken(by, "resolution"),
            document_id=document_id, on=date(2026, 10, 21), today=TODAY,
        )  # fmt: skip

    with pytest.raises(Refused) as no:
        note(others.pk)
    assert codes(no.value.findings) == {"not_of_unit"}
    with pytest.raises(Refused) as no:
        note(ours.pk, paper(7, date(2026, 10, 20)).pk)
    assert codes(no.value.findings) == {"two_documents"}
    document = note(ours.pk).document
    assert document is not None
    assert (document.number, document.kind, document.title) == (1, "resolution", held.title)
    assert document.signed_on == date(2026, 10, 21)
    assert ours.documents.count() == 1


def test_a_document_of_others_or_older_than_the_session_is_not_that_of_the_decision() -> None:
    held = submitted()
    for document, code in ((paper(8, date(2026, 10, 21), "X2"), "not_of_unit"),
                           (paper(9, date(2026, 10, 2)), "signed_before")):  # fmt: skip
        with pytest.raises(Refused) as no:
            proposing.decision_note(
                actor=SYSTEM, proposal_id=held.pk, outcome="approved", document_id=document.pk, on=date(2026, 10, 21),
                today=TODAY,
            )  # fmt: skip
        assert codes(no.value.findings) == {code}


def test_a_number_is_taken_on_the_page_of_the_decision() -> None:
    term("X1")
    held, ours = submitted(), issuer("ĐU", "X1")
    page = somebody("clerk", "X1")
    to = reverse("proposals:move", args=[held.pk, "decide"])
    assert f'value="{ours.pk}"' in page.get(to).content.decode()
    sent = page.post(to, {"outcome": "approved", "issuer": ours.pk, "kind": "resolution"})
    assert sent.status_code == 302
    held.refresh_from_db()
    assert held.document is not None
    assert held.document.series is not None


def test_a_proposal_is_nobodys_below_and_nobodys_beside() -> None:
    held = submitted()
    for unit in ("X2", "C1"):
        with pytest.raises(Denied) as no:
            selectors.visible_proposal(clerk(unit), held.pk)
        assert no.value.status == 404
    assert selectors.visible_proposal(clerk("H1", "X1"), held.pk) == held
    assert somebody("leader", "X1").get(reverse("proposals:move", args=[held.pk, "decide"])).status_code == 403


def test_every_step_is_told_once_and_stays() -> None:
    held = decide(submitted())
    assert set(Event.objects.filter(app="proposals").values_list("seq", flat=True)) == set(
        held.steps.values_list("seq", flat=True)
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        ProposalStep.objects.update(on=F("on"))


def test_the_whole_way_on_pages() -> None:
    client = somebody("clerk", "X1")
    sent = {"unit": "X1", "title": "Thành lập chi bộ", "body": "Ban Xây dựng Đảng", "on": "01/10/2026"}
    assert client.post(reverse("proposals:enter"), sent).status_code == 302
    held = Proposal.objects.get()
    for move, data in (
        ("write", {"text": "Dự thảo", "on": "01/10/2026"}),
        ("ask", {"bodies": "X2", "days": 2, "on": "01/10/2026"}),
        ("submit", {"session_on": "20/10/2026", "on": "15/10/2026"}),
        ("decide", {"outcome": "conditional", "reason": "báo cáo tiến độ", "on": "20/10/2026"}),
    ):
        answer = client.post(reverse("proposals:move", args=[held.pk, move]), data)
        assert answer.status_code == 302, words(answer.content)
    data = {"title": "Báo cáo tiến độ", "unit_code": "C1", "due_on": "20/11/2026", "deliverable": "Báo cáo"}
    assert client.post(reverse("proposals:condition", args=[held.pk]), data).status_code == 302
    text = words(client.get(reverse("proposals:proposal", args=[held.pk])).content)
    assert "approved on conditions" in text
    assert "not answered in time" in text
    assert "Báo cáo tiến độ newly given" in text
    listed = words(client.get(reverse("proposals:list"), {"q": "thanh lap", "state": "decided"}).content)
    assert "Thành lập chi bộ" in listed


def test_desks_tell_of_sessions_held_and_of_drafts_that_can_go_on() -> None:
    submitted()
    held = begin(title="Đề án hai")
    write(held)
    ask(held)
    somebody("clerk", "X1")
    user = User.objects.get(username="clerk-x1")
    actor = actor_for(user.pk, user.username, TODAY, verified=True)
    assert [(line.finding.code, line.overdue) for line in due(actor, TODAY)] == [
        ("proposals.to_note", True), ("proposals.to_submit", False),
    ]  # fmt: skip
    assert Opinion.objects.filter(answered_on=None).count() == 2
