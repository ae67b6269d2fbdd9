"""Regulations, proposals, opinions and conferences when their units are merged, split and restored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import SYSTEM, TODAY, decision, province
from conferences import meeting
from directives.asked import ask
from nhiemky.access.selectors import actor_for
from nhiemky.conferences import desk as conferences_desk
from nhiemky.conferences import selectors as conferences
from nhiemky.conferences.models import Conference, ConferenceMove
from nhiemky.conferences.services import deciding, holding, noting, planning
from nhiemky.core.desk import Due
from nhiemky.directives import matrix
from nhiemky.documents import drafts
from nhiemky.documents.models import Opinion, OpinionMove
from nhiemky.documents.services import drafting
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.organisation import passing
from nhiemky.organisation import services as organisation
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.proposals import desk as proposals_desk
from nhiemky.proposals.models import Proposal
from nhiemky.proposals.services import proposing
from nhiemky.regulations import desk as regulations_desk
from nhiemky.regulations.models import Regulation
from nhiemky.regulations.services import caring
from pages_kit import somebody
from proposals import put
from regulations import cared
from tasks.given import user

pytestmark = pytest.mark.django_db
DAY, NOW = date(2026, 10, 1), date(2026, 10, 5)
MERGE = ({"op": "merge", "units": ["X2"], "into": "X1"},)
DISSOLVE = (
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


def undo(done: Reorganisation) -> None:
    organisation.reorganisation_undo(actor=SYSTEM, reorganisation_id=done.pk, today=NOW)


def works() -> tuple[Regulation, Proposal, Conference]:
    """A regulation under review, a proposal and a planned conference of X2."""
    held = cared.care("X2")
    cared.begin(held)
    cared.write(held)
    proposal = put.begin("X2")
    put.write(proposal)
    return held, proposal, meeting.plan("X2", on=date(2026, 12, 20), reviewed_year=2026)


def stand(*rows: Any) -> set[tuple[str, bool]]:
    """Where they are, and whether they wait for a decision."""
    found = [type(row).objects.select_related("unit").get(pk=row.pk) for row in rows]
    return {(row.unit.code, row.awaits_id is not None) for row in found}


def lines(desk: Any, unit: str, today: date = NOW) -> list[Due]:
    who = user(f"chuyen{unit.lower()}", unit, "specialist")
    return list(desk.due(actor_for(who.pk, who.username, today, verified=True), today))


def codes(found: list[Due]) -> set[str]:
    return {due.finding.code.split(".")[1] for due in found}


def told(findings: Any) -> set[str]:
    return {finding.code for finding in findings if isinstance(finding, Finding)}


def test_work_of_a_merged_unit_goes_to_its_successor_and_back_with_the_undoing() -> None:
    held, proposal, conference = works()
    done = apply(*MERGE)
    assert stand(held, proposal, conference) == {("X1", False)}
    assert held.steps.latest("pk").act == proposal.steps.latest("pk").act == "follow"
    assert held.revisions.get().draft.unit.code == "X1"
    assert Proposal.objects.get(pk=proposal.pk).draft.unit.code == "X1"
    undo(done)
    assert stand(held, proposal, conference) == {("X2", False)}
    assert held.revisions.get().draft.unit.code == "X2"
    assert held.steps.latest("pk").act == "undo"
    assert not ConferenceMove.objects.exists()


def test_the_successor_goes_on_where_it_was_also_for_days_before_the_decision() -> None:
    held, proposal, _conference = works()
    apply(*MERGE)
    cared.write(held, "Điều 1. Họp hai lần.", on=date(2026, 9, 15))
    proposing.text_write(actor=SYSTEM, proposal_id=proposal.pk, text="Phần hai.", on=date(2026, 9, 20), today=TODAY)
    assert held.steps.latest("pk").act == "write"


def test_without_a_whole_successor_the_unit_above_keeps_it_and_decides() -> None:
    held, proposal, conference = works()
    preview = organisation.reorganisation_preview(actor=SYSTEM, decision=decision(*DISSOLVE, effective=DAY))
    assert {f"{part}.will_wait" for part in ("regulations", "proposals", "conferences")} <= told(preview.findings)
    apply(*DISSOLVE)
    assert stand(held, proposal, conference) == {("H1", True)}
    assert "to_hand_over" in codes(lines(regulations_desk, "H1"))
    assert "to_hand_over" in codes(lines(proposals_desk, "H1"))
    for code in ("X3", "X2", "T", "khong-co"):
        with pytest.raises(Refused):
            caring.regulation_hand_over(actor=SYSTEM, regulation_id=held.pk, unit_code=code, today=NOW)
    caring.regulation_hand_over(actor=SYSTEM, regulation_id=held.pk, unit_code="X9", today=NOW)
    proposing.proposal_hand_over(actor=SYSTEM, proposal_id=proposal.pk, unit_code="H1", today=NOW)
    deciding.conference_hand_over(actor=SYSTEM, conference_id=conference.pk, unit_code="X1", today=NOW)
    assert stand(held) == {("X9", False)}
    assert stand(proposal) == {("H1", False)}
    assert stand(conference) == {("X1", False)}
    with pytest.raises(Refused):
        caring.regulation_hand_over(actor=SYSTEM, regulation_id=held.pk, unit_code="X9", today=NOW)


def test_a_later_decision_is_followed_on_its_day_by_the_worker_and_once() -> None:
    rows = works()
    apply(*MERGE, effective=date(2026, 11, 2))
    assert stand(*rows) == {("X2", False)}
    assert not passing.any_left_behind(date(2026, 11, 1))
    assert passing.work_follow(actor=SYSTEM, today=date(2026, 11, 2)) == 3
    assert not passing.any_left_behind(date(2026, 11, 2))
    assert stand(*rows) == {("X1", False)}


def test_what_a_founded_unit_began_since_keeps_its_founding() -> None:
    done = apply(*DISSOLVE)
    cared.care("X9")
    with pytest.raises(Refused) as no:
        undo(done)
    assert "regulations.begun_since" in told(no.value.findings)


def asked_of(*units: str) -> Proposal:
    """A proposal of T about which units are asked."""
    held = put.begin("T")
    put.write(held)
    put.ask(held, [(unit, "") for unit in units], on=date(2026, 9, 25))
    return held


def opinion(unit: str) -> Opinion:
    return Opinion.objects.select_related("unit").get(unit__code=unit)


def test_an_opinion_is_given_by_the_successor_and_one_it_was_asked_for_itself_waits() -> None:
    held = asked_of("X2", "C3")
    one, other = opinion("X2"), opinion("C3")
    done = apply(*MERGE)
    assert stand(one) == {("X1", False)}
    assert stand(other) == {("C3", False)}
    assert "opinions_open" in codes(lines(drafts, "X1", date(2026, 10, 2)))
    undo(done)
    put.ask(held, [("X1", "")], on=date(2026, 9, 25))
    done = apply(*MERGE)
    assert stand(one) == {("X2", True)}
    assert "opinions_to_decide" in codes(lines(drafts, "T"))
    undo(done)
    assert stand(one) == {("X2", False)}
    assert not OpinionMove.objects.exists()


def test_who_asked_says_who_answers_for_a_body_that_ended_or_that_nobody_does() -> None:
    held = asked_of("X2", "X3")
    one = opinion("X2")
    apply(*DISSOLVE)
    with pytest.raises(Refused):
        drafting.opinion_give(actor=SYSTEM, opinion_id=one.pk, stance="agrees", text="", on=None, today=NOW)
    for code, reason in (("X3", ""), ("", "")):
        with pytest.raises(Refused):
            drafting.opinion_decide(actor=SYSTEM, opinion_id=one.pk, unit_code=code, reason=reason, today=NOW)
    stranger = user("la", "X3", "clerk")
    with pytest.raises(Denied):
        drafting.opinion_decide(
            actor=actor_for(stranger.pk, "la", NOW, verified=True), opinion_id=one.pk, unit_code="X9", reason="",
            today=NOW,
        )  # fmt: skip
    drafting.opinion_decide(actor=SYSTEM, opinion_id=one.pk, unit_code="", reason="đã hỏi xã Mới", today=NOW)
    drafting.opinion_give(actor=SYSTEM, opinion_id=opinion("X3").pk, stance="agrees", text="", on=None, today=NOW)
    assert not list(drafts.enough(Proposal.objects.get(pk=held.pk).draft, date(2026, 9, 25)))
    with pytest.raises(Refused):
        drafting.opinion_decide(actor=SYSTEM, opinion_id=one.pk, unit_code="X9", reason="", today=NOW)


def test_the_pages_of_what_waits_lead_to_the_decision() -> None:
    held, proposal, conference = works()
    asked_of("X2")
    apply(*DISSOLVE)
    one = opinion("X2")
    page = somebody("specialist", "T")
    assert str(held.pk) in page.get("/regulations/?state=left").content.decode()
    for path, code in (
        (f"/regulations/{held.pk}", "hand-over"),
        (f"/proposals/{proposal.pk}", "hand-over"),
        (f"/conferences/{conference.pk}/", "hand-over"),
        (f"/documents/drafts/{one.draft_id}", "decide"),
    ):
        assert code in page.get(path).content.decode(), path
    assert page.post(f"/regulations/{held.pk}/hand-over", {"unit": "X9"}).status_code == 302
    assert page.post(f"/proposals/{proposal.pk}/hand-over", {"unit": "X9"}).status_code == 302
    assert page.post(f"/conferences/{conference.pk}/hand-over/", {"unit": "X9"}).status_code == 302
    assert page.post(f"/documents/opinions/{one.pk}/decide", {"unit": "X9", "reason": ""}).status_code == 302
    assert stand(held, proposal, conference, one) == {("X9", False)}


@pytest.fixture
def reviewed() -> Conference:
    """X2 reviewed 2025, and two things were noted without a task."""
    held = meeting.plan("X2", on=date(2026, 1, 10))
    meeting.chair(held)
    holding.conference_open(actor=SYSTEM, conference_id=held.pk, today=held.on)
    for text in ("Một", "Hai"):
        meeting.note(held, text)
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    return held


def test_the_successors_review_opens_with_what_was_noted_at_those_that_went_into_it(reviewed: Conference) -> None:
    own = meeting.plan("X1", on=date(2026, 1, 15))
    apply(*MERGE)
    following = meeting.plan("X1", on=date(2026, 12, 20), reviewed_year=2026, today=NOW)
    assert conferences.before(following) == [own, reviewed]
    later = meeting.plan("X1", on=date(2027, 12, 20), reviewed_year=2027, today=NOW)
    assert conferences.before(later) == [following]


def test_instructions_of_an_ended_unit_are_on_its_successors_desk_which_gives_the_tasks(reviewed: Conference) -> None:
    apply(*MERGE)
    found = [due for due in lines(conferences_desk, "X1") if due.finding.code == "conferences.without_task"]
    assert [due.count for due in found] == [2]
    note = reviewed.instructions.order_by("pk")[0]
    given = meeting.given("C3", giver=noting.giver_of(note, NOW), due=date(2026, 12, 18))
    noting.instruction_assign(actor=SYSTEM, instruction_id=note.pk, given=given, today=NOW)
    note.refresh_from_db()
    assert note.task is not None
    assert note.task.giver.code == "X1"


def test_a_conference_that_will_not_be_held_is_called_off_with_the_reason_and_stays() -> None:
    held = meeting.plan("X2", on=date(2026, 9, 20))
    assert "overdue" in codes(lines(conferences_desk, "X2"))
    with pytest.raises(Refused):
        deciding.conference_call_off(actor=SYSTEM, conference_id=held.pk, reason=" ")
    deciding.conference_call_off(actor=SYSTEM, conference_id=held.pk, reason="hoãn do bão")
    for act in (
        lambda: holding.conference_open(actor=SYSTEM, conference_id=held.pk, today=NOW),
        lambda: planning.conference_change(actor=SYSTEM, conference_id=held.pk, given=meeting.wanted("X2")),
    ):
        with pytest.raises(Refused):
            act()
    page = somebody("specialist", "T").get(f"/conferences/{held.pk}/").content.decode()
    assert "hoãn do bão" in page


def test_every_line_of_the_desks_opens_as_many_rows_as_it_counts() -> None:
    """Regulations of superiors bind, proposals of those below are seen: neither is on one's own desk."""
    for unit in ("H1", "X2", "T"):
        cared.care(unit, review=date(2026, 9, 1))
        proposal = put.submitted(unit)
        Proposal.objects.filter(pk=proposal.pk).update(session_on=date(2026, 10, 2))
    works()
    apply(*DISSOLVE)
    page = somebody("specialist", "H1")
    who = user("chuyenh1", "H1", "specialist")
    actor = actor_for(who.pk, who.username, TODAY, verified=True)
    found = [*regulations_desk.due(actor, TODAY), *proposals_desk.due(actor, TODAY)]
    assert {due.finding.code for due in found} >= {"regulations.reviews_due", "proposals.to_note"}
    for due in found:
        assert page.get(due.url).context["table"].total == due.count, due.url


def test_the_summary_tells_what_a_unit_asked_for_itself_also_when_another_waits_for_it_now() -> None:
    made = ask("C3", asker_code="X2", today=date(2026, 8, 3), what="report")
    apply(*MERGE)
    made.refresh_from_db()
    assert made.unit.code == "X1"
    assert list(matrix.asked_by(Unit.objects.get(code="X2").pk)) == [made]
    assert not matrix.asked_by(Unit.objects.get(code="X1").pk).exists()
