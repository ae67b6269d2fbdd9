"""A conference by its services: invited by post, counted at the door, noted, followed up next year."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import Error, transaction

from builders import SYSTEM, TODAY, person, province, seat, term
from conferences.meeting import DAY, chair, given, invite, note, opened, plan, secretaries, wanted
from directives.asked import answer, ask, of
from documents.papers import issuer
from nhiemky.access.selectors import actor_for
from nhiemky.audit.models import Event
from nhiemky.conferences import desk, selectors
from nhiemky.conferences.carrying import CARRIER
from nhiemky.conferences.models import Conference, Invitee, Publication
from nhiemky.conferences.services import holding, inviting, noting, planning, publishing
from nhiemky.conferences.services.inviting import Posts
from nhiemky.conferences.services.noting import Noted
from nhiemky.conferences.services.planning import ItemGiven
from nhiemky.conferences.summary import plain, summary
from nhiemky.directives.services.asking import exempt
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person
from pages_kit import somebody
from tasks.given import finish, user, writer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def refused(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code.removeprefix("conferences.") for finding in no.value.findings}


def names(held: Conference) -> list[str]:
    return [one.name for one in selectors.invitees(held).order_by("pk")]


# Inviting


def test_holders_of_posts_on_the_day_of_the_conference_are_invited_and_nobody_twice() -> None:
    secretaries()
    early = plan(on=date(2025, 7, 31))
    with pytest.raises(Refused) as no:
        invite(early)
    assert refused(no) == {"nobody_holds"}
    held = plan()
    assert invite(held) == 3
    assert names(held) == ["Trần Thị Ân", "Lê Văn Bình", "Võ Thị Cẩm"]
    with pytest.raises(Refused) as no:
        invite(held)
    assert refused(no) == {"all_invited"}
    new = person("Đỗ Thị Dung", "C1", date(2016, 3, 2))
    seat(new, "X1", post="deputy")
    posts = Posts("T", ("secretary", "deputy"), ("grassroots_committee",))
    assert inviting.posts_invite(actor=SYSTEM, conference_id=held.pk, posts=posts) == 1


def test_only_the_communes_of_ones_own_are_invited() -> None:
    secretaries()
    held = plan("X1")
    with pytest.raises(Denied):
        inviting.posts_invite(actor=writer("X1", "C1"), conference_id=held.pk, posts=Posts("T", ("secretary",)))
    with pytest.raises(Denied) as hidden:
        selectors.visible_conference(writer("X3"), held.pk)
    assert hidden.value.status == 404
    assert inviting.posts_invite(actor=writer("X1"), conference_id=held.pk, posts=Posts("X1", ("secretary",))) == 1


def test_every_invitation_has_a_code_of_its_own_that_serves_once() -> None:
    held = opened()
    one, other = held.invitees.order_by("pk")[:2]
    assert len(set(held.invitees.values_list("code", flat=True))) == 4
    typed = f" {one.code[:5].lower()} {one.code[5:]}"
    found = holding.arrival_note(actor=SYSTEM, conference_id=held.pk, code=typed, today=DAY)
    assert (found.pk, found.presence, found.by_code) == (one.pk, "present", True)
    with pytest.raises(Refused) as no:
        holding.arrival_note(actor=SYSTEM, conference_id=held.pk, code=one.code, today=DAY)
    assert refused(no) == {"code_served"}
    elsewhere = plan(title="Hội nghị khác")
    chair(elsewhere)
    for code in (other.code, "", "AAAAAAAAAA"):
        with pytest.raises(Refused) as no:
            holding.arrival_note(actor=SYSTEM, conference_id=elsewhere.pk, code=code, today=DAY)
        assert refused(no) == {"no_such_code"}


def test_codes_do_not_stand_in_the_audit_log() -> None:
    held = opened()
    one = held.invitees.order_by("pk")[0]
    holding.arrival_note(actor=SYSTEM, conference_id=held.pk, code=one.code, today=DAY)
    told = str(list(Event.objects.filter(action__startswith="conferences.").values_list("facts", flat=True)))
    assert "present" in told
    assert not any(code in told for code in held.invitees.values_list("code", flat=True))


# Presence and quorum


def test_guests_count_neither_as_summoned_nor_as_present() -> None:
    held = opened(quorum_percent=50)
    guest = inviting.guest_invite(actor=SYSTEM, conference_id=held.pk, name="Khách", post="", body="Báo Quảng Ngãi")
    for one in (guest, held.invitees.get(role="chair")):
        holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="present", today=DAY)
    came = selectors.attendance(held)
    assert (came.summoned, came.present, came.guests["present"]) == (4, 1, 1)
    assert (came.quorum.needed, came.quorum.reached) == (2, False)


def test_who_is_not_noted_when_it_closes_was_absent_and_excuses_have_reasons() -> None:
    held = opened()
    first, second, third = held.invitees.exclude(role="chair").order_by("pk")
    with pytest.raises(Refused) as no:
        holding.presence_note(actor=SYSTEM, invitee_id=first.pk, presence="excused", today=DAY)
    assert refused(no) == {"reason_missing"}
    holding.presence_note(actor=SYSTEM, invitee_id=first.pk, presence="excused", reason="đi công tác", today=DAY)
    holding.presence_note(actor=SYSTEM, invitee_id=second.pk, presence="present", today=DAY)
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    third.refresh_from_db()
    assert third.presence == "absent"
    came = selectors.attendance(held)
    assert dict(came.counts) == {"excused": 1, "present": 1, "absent": 2}
    with pytest.raises(Refused) as no:
        planning.conference_change(actor=SYSTEM, conference_id=held.pk, given=wanted())
    assert refused(no) == {"closed"}


def test_the_day_of_a_conference_that_has_begun_stays_and_so_do_the_hours_of_its_items() -> None:
    held = plan(on=DAY)
    for change, code in (({"starts_at": time(8, 0)}, "item_outside"), ({"on": date(1999, 5, 4)}, "unit_not_there")):
        typed = wanted(**{"reviewed_year": 1998, **change})
        with pytest.raises(Refused) as no:
            planning.conference_change(actor=SYSTEM, conference_id=held.pk, given=typed)
        assert code in refused(no)
    held = opened(title="Hội nghị khác")
    with pytest.raises(Refused) as no:
        planning.conference_change(actor=SYSTEM, conference_id=held.pk, given=wanted(on=date(2027, 1, 6)))
    assert "open_already" in refused(no)


def test_once_it_is_over_everybody_stays_noted_one_way_or_another() -> None:
    held = opened()
    one = held.invitees.order_by("pk")[0]
    holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="present", today=DAY)
    holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="", today=DAY)
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    with pytest.raises(Refused) as no:
        holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="", today=DAY)
    assert refused(no) == {"noted_for_good"}


def test_nobody_comes_and_nothing_opens_before_the_day() -> None:
    secretaries()
    held = plan(on=DAY + timedelta(days=5))
    with pytest.raises(Refused) as no:
        holding.conference_open(actor=SYSTEM, conference_id=held.pk, today=DAY)
    assert refused(no) == {"day_to_come", "nobody_invited"}
    invite(held)
    one = held.invitees.order_by("pk")[0]
    with pytest.raises(Refused):
        holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="present", today=DAY)
    holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="excused", reason="ốm", today=DAY)


def test_the_room_goes_from_item_to_item_and_one_in_use_stays() -> None:
    held = opened()
    first, second = held.items.order_by("begins_at")
    assert held.current == first
    holding.item_take_up(actor=SYSTEM, item_id=second.pk)
    with pytest.raises(Refused) as no:
        planning.item_remove(actor=SYSTEM, item_id=second.pk)
    assert refused(no) == {"item_in_use"}
    planning.item_remove(actor=SYSTEM, item_id=first.pk)
    late = ItemGiven(time(11, 20), 15, "Bế mạc")
    with pytest.raises(Refused) as no:
        planning.item_add(actor=SYSTEM, conference_id=held.pk, given=late)
    assert refused(no) == {"item_outside"}


# Instructions


def test_an_instruction_becomes_a_task_once_or_needs_none() -> None:
    held = opened()
    one, other = note(held), note(held, "Biểu dương các đơn vị", "limit")
    done = noting.instruction_assign(actor=SYSTEM, instruction_id=one.pk, given=given(), today=DAY)
    assert done.task is not None
    assert (done.task.giver.code, done.task.unit.code) == ("T", "X1")
    for again in (
        lambda: noting.instruction_assign(actor=SYSTEM, instruction_id=one.pk, given=given(), today=DAY),
        lambda: noting.instruction_waive(actor=SYSTEM, instruction_id=one.pk, reason="x"),
    ):
        with pytest.raises(Refused) as no:
            again()
        assert refused(no) == {"decided_already"}
    noting.instruction_waive(actor=SYSTEM, instruction_id=other.pk, reason="Chỉ để biết")
    assert [one.outcome for one in selectors.became(held, DAY)] == ["not_due", "waived"]


def test_what_stands_against_the_task_leaves_the_instruction_open() -> None:
    held = opened()
    one = note(held)
    with pytest.raises(Refused):
        noting.instruction_assign(actor=SYSTEM, instruction_id=one.pk, given=given(due=date(2020, 1, 1)), today=DAY)
    one.refresh_from_db()
    assert one.task_id is None


def test_whoever_speaks_is_invited_to_this_conference() -> None:
    held = opened()
    stranger = chair(plan(title="Hội nghị khác"))
    noted = Noted("instruction", "Làm ngay", stranger.pk, 0)
    with pytest.raises(Refused) as no:
        noting.instruction_note(actor=SYSTEM, conference_id=held.pk, noted=noted)
    assert refused(no) == {"not_invited", "no_such_item"}
    with pytest.raises(Refused) as no:
        inviting.invitee_remove(actor=SYSTEM, invitee_id=note(held).by_id or 0)
    assert refused(no) == {"invitee_spoke"}


def test_next_years_conference_opens_with_what_became_of_this_years_instructions() -> None:
    held = opened(on=date(2025, 10, 6), reviewed_year=2024)
    for number, unit in enumerate(("X1", "X2", "X3")):
        task = given(unit, due=date(2025, 12, 18))
        made = noting.instruction_assign(
            actor=SYSTEM, instruction_id=note(held, f"Việc {number}").pk, given=task, today=date(2025, 10, 6)
        )
        if number < 2:
            assert made.task is not None
            finish(made.task, date(2025, 12, 10 + 10 * number))
    note(held, "Chưa giao", "limit")
    following = plan(reviewed_year=2025)
    (last,) = selectors.before(following)
    assert last == held
    counts = selectors.tally(selectors.became(held, TODAY))
    assert {key: count for key, count in counts.items() if count} == {
        "done_on_time": 1, "done_late": 1, "overdue": 1, "no_task": 1,
    }  # fmt: skip
    text = "\n".join(plain(line) for line in summary(following, TODAY).lines)
    assert "nêu 4 nội dung chỉ đạo và hạn chế cần khắc phục, đến nay: 1 hoàn thành đúng hạn, 1 " in text


# The summary


def test_every_number_of_the_summary_is_counted_and_opens_its_rows() -> None:
    held = opened()
    one = held.invitees.get(role="chair")
    holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="present", today=DAY)
    noting.instruction_assign(actor=SYSTEM, instruction_id=note(held).pk, given=given(), today=DAY)
    note(held, "Chậm báo cáo", "limit")
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    found = summary(held, TODAY)
    told = {number.key: number.text for number in found.numbers}
    assert told["summoned"] == "4"
    assert told["summoned.present"] == "1"
    assert told["notes.instruction"] == "1"
    assert told["notes.instruction.tasks"] == "1"
    assert told["notes.limit.tasks"] == "0"
    assert all(number.url.startswith("/") and number.source for number in found.numbers)
    assert "Chủ trì hội nghị: Nguyễn Văn Chủ, Trưởng ban, Ban Tổ chức Tỉnh ủy." in [plain(x) for x in found.lines]


def test_the_summary_tells_who_issued_what_directives_asked_for() -> None:
    made = ask("X1", "X2", "X3", today=date(2025, 9, 1), due_on=date(2025, 10, 20))
    answer(made, "X1", date(2025, 10, 1), today=date(2025, 10, 1))
    exempt(actor=SYSTEM, asked_id=of(made, "X3").pk, reason="chưa có cấp ủy", today=DAY)
    told = summary(plan(), DAY)
    line = next(plain(line) for line in told.lines if "21-NQ/TW" in plain(line))
    assert line.endswith(": 1/3 tổ chức được yêu cầu đã ban hành kế hoạch; 1 tổ chức quá hạn; 1 tổ chức được miễn.")
    page = somebody("specialist", "T")
    for number in told.numbers:
        if number.key.startswith("asked."):
            rows = page.get(number.url).context["table"].total
            assert str(rows) == number.text, number.key


def test_what_was_published_keeps_its_numbers_and_no_name() -> None:
    held = opened()
    with pytest.raises(Refused) as no:
        publishing.summary_publish(actor=SYSTEM, conference_id=held.pk, today=DAY)
    assert refused(no) == {"not_closed"}
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    out = publishing.summary_publish(actor=SYSTEM, conference_id=held.pk, today=DAY)
    assert out.numbers["summoned"] == "4"
    assert "Chủ" not in str(out.numbers)
    with pytest.raises(Refused) as no:
        publishing.summary_publish(actor=SYSTEM, conference_id=held.pk, today=DAY)
    assert refused(no) == {"published_already"}
    note(held)
    assert summary(held, DAY).digest != out.digest
    with pytest.raises(Error), transaction.atomic():
        Publication.objects.filter(pk=out.pk).update(digest="x")


def test_the_summary_goes_out_as_a_notice_with_the_next_number_and_its_file() -> None:
    held = opened()
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    ours, others = issuer("TU", "T"), issuer("DUX1", "X1")
    term("T")
    with pytest.raises(Refused):
        publishing.summary_publish(actor=SYSTEM, conference_id=held.pk, today=DAY, issuer_id=others.pk)
    one = publishing.summary_publish(
        actor=SYSTEM, conference_id=held.pk, today=DAY, issuer_id=ours.pk, address="http://may/"
    )
    assert one.document is not None
    assert (one.document.number, one.document.kind, one.document.signed_on) == (1, "notice", DAY)
    assert "http://may/conferences/" in one.document.files.get().text
    with pytest.raises(Refused):
        publishing.summary_publish(actor=SYSTEM, conference_id=held.pk, today=DAY, issuer_id=ours.pk)
    assert ours.documents.count() == 1


def test_figures_are_published_only_by_who_may_see_them() -> None:
    held = opened()
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    with pytest.raises(Denied):
        publishing.summary_publish(actor=writer("T"), conference_id=held.pk, today=DAY)


# Desk, merges


def desk_of(username: str, code: str) -> list[tuple[str, int]]:
    who = user(username, code)
    actor = actor_for(who.pk, username, DAY, verified=True)
    return [(due.finding.code.removeprefix("conferences."), due.count) for due in desk.due(actor, DAY)]


def test_the_desk_tells_the_conference_of_today_and_instructions_without_a_task() -> None:
    held = opened()
    note(held)
    assert desk_of("ha", "T") == [("today", 1), ("without_task", 1)]
    assert desk_of("tung", "X1") == []


def test_two_records_invited_to_one_conference_stand_against_a_merge() -> None:
    held = opened()
    who, other = Person.objects.filter(invitations__conference=held).order_by("pk")[:2]
    assert [one.code for one in CARRIER.objections(who, other)] == ["conferences.merge_both_invited"]
    twin = person("Hồ Thị Mới", "C1", date(2016, 3, 2))
    assert not list(CARRIER.objections(twin, who))
    rows = CARRIER.carry(SYSTEM, twin, who)
    assert twin.invitations.count() == 1
    CARRIER.give_back(SYSTEM, twin, who, rows, {})
    assert (twin.invitations.count(), who.invitations.count()) == (0, 1)


def test_the_database_holds_what_the_services_promise() -> None:
    held = opened()
    one = held.invitees.filter(person__isnull=False)[0]
    for change in ({"reason": "x"}, {"guest_name": "x"}, {"role": "boss"}, {"presence": "late"}):
        with pytest.raises(Error), transaction.atomic():
            Invitee.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        Conference.objects.filter(pk=held.pk).update(state="closed")
