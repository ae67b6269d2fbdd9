"""Pages of tasks: from giving one to its page, the lists behind the desk's lines, the calendar and the e-mail."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from builders import SYSTEM, TODAY, decision, province
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.domain.access import Actor
from nhiemky.organisation.services import reorganisation_apply
from nhiemky.tasks import desk, digest, told
from nhiemky.tasks.calendars import written
from nhiemky.tasks.models import Subscription, Task
from nhiemky.tasks.services import more_time
from nhiemky.tasks.services.programmes import ProgrammeGiven, programme_enter
from pages_kit import signed_in, somebody, words
from tasks.given import DUE, act, finish, give, hand_in, user

pytestmark = pytest.mark.django_db
GIVEN = {"title": "Báo cáo quý", "giver": "X1", "unit": "C1", "due_on": "20/11/2026", "deliverables": "Báo cáo\nBiểu",
         "measure": "deliverables"}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.NHIEMKY_TODAY = TODAY
    province()


def acting(who: User) -> Actor:
    return actor_for(who.pk, who.username, TODAY, verified=True)


def lines(who: User, today: date = TODAY) -> dict[str, tuple[int, str]]:
    """The lines of somebody's desk: how many, and where they lead."""
    return {due.finding.code.removeprefix("tasks."): (due.count, due.url) for due in desk.due(acting(who), today)}


def test_from_the_givers_form_to_the_doers_desk_and_back() -> None:
    giver, doer = signed_in(user("an", "X1")), signed_in(user("loi", "C1", "secretary"))
    assert giver.post("/tasks/new/", GIVEN).status_code == 302
    task = Task.objects.get()
    page = f"/tasks/{task.pk}/"
    assert "Báo cáo quý" in words(doer.get("/tasks/").content)
    assert "Take on" in words(doer.get(page).content)
    assert "Accept as done" not in words(doer.get(page).content)
    for step in ("accept", "begin"):
        assert doer.post(f"{page}step/{step}/", {"on": "", "reason": ""}).status_code == 302
    refused = doer.post(f"{page}step/submit/", {"on": ""})
    assert refused.status_code == 422
    assert "“Biểu” is not handed in yet" in words(refused.content)
    for one in task.deliverables.all():
        assert doer.post(f"{page}deliverables/{one.pk}/", {"note": "bản giấy"}).status_code == 302
    assert doer.post(f"{page}step/submit/", {"on": ""}).status_code == 302
    assert doer.post(f"{page}step/done/", {}).status_code == 403
    assert "(0 of 2)" in words(giver.get(page).content)
    assert giver.post(f"{page}step/done/", {"on": ""}).status_code == 302
    assert "(2 of 2)" in words(giver.get(page).content)
    assert somebody("clerk", "X3").get(page).status_code == 404


def test_a_file_is_handed_in_and_comes_back_and_a_programme_is_not_taken() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile as Upload

    from documents.test_files import docx

    paper = docx("Kế hoạch")
    doer, task = signed_in(user("an", "X1")), give()
    one = task.deliverables.get()
    page = f"/tasks/{task.pk}/deliverables/{one.pk}/"
    answer = doer.post(page, {"file": Upload("kế hoạch.docx", b"MZ\x90")})
    assert answer.status_code == 422
    assert "is not taken" in words(answer.content)
    assert doer.post(page, {"file": Upload("kế hoạch.docx", paper)}).status_code == 302
    answer = doer.get(f"{page}file")
    assert answer.content == paper
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_same_task_to_many_is_told_for_how_many_first() -> None:
    giver = somebody("clerk", "X1")
    asked = {**GIVEN, "unit": "", "kinds": ["cell"], "below": ""}
    told_first = words(giver.post("/tasks/bulk/", asked).content)
    assert "2 organisations will be given this task" in told_first
    assert "Chi bộ thôn Đông" in told_first
    assert not Task.objects.exists()
    assert giver.post("/tasks/bulk/", {**asked, "confirmed": "yes"}).status_code == 302
    assert Task.objects.count() == 2
    other = giver.post("/tasks/bulk/", {**asked, "giver": "T"})
    assert other.status_code == 422


def test_each_line_of_the_desk_opens_as_many_tasks_as_it_counts() -> None:
    who = user("an", "X1")
    early = date(2026, 10, 5)
    give(today=early, due_on=date(2026, 10, 20))
    give(today=early, due_on=date(2026, 11, 2))
    give("C1", "X1", today=early, due_on=date(2026, 10, 20))
    waits = give("C1", "X1", today=early)
    act(waits, "begin", today=early)
    hand_in(waits, today=early)
    act(waits, "submit", today=early)
    asks = give("C2", "X1", today=early)
    more_time.time_ask(actor=SYSTEM, task_id=asks.pk, until=DUE + timedelta(9), reason="x", today=TODAY)
    found = lines(who)
    assert set(found) == {"mine_overdue", "mine_soon", "given_overdue", "to_accept", "time_to_decide"}
    client = signed_in(who)
    for count, url in found.values():
        assert client.get(url).context["table"].total == count == 1
    elsewhere = user("son", "X3")
    assert lines(elsewhere) == {}


def test_the_desk_asks_little(django_assert_max_num_queries: Any) -> None:
    actor = acting(user("an", "X1"))
    give(today=date(2026, 10, 5), due_on=date(2026, 10, 20))
    with django_assert_max_num_queries(3):
        list(desk.due(actor, TODAY))


def test_the_numbers_of_a_board_open_their_rows() -> None:
    finish(give("C1", "X1", today=date(2026, 3, 2), due_on=date(2026, 4, 1)), date(2026, 3, 20))
    finish(give("X1", "X1", today=date(2026, 3, 2), due_on=date(2026, 4, 1)), date(2026, 4, 20))
    give("C2", "X1", today=date(2025, 3, 3), due_on=date(2025, 4, 1))
    client = somebody("clerk", "X1")
    page = client.get("/units/X1/tasks/?year=2026")
    for tile in [*page.context["tiles"], *page.context["carried"]]:
        assert client.get(tile.url).context["table"].total == tile.count
    assert [tile.count for tile in page.context["tiles"]] == [1, 1, 0, 0, 0]
    assert [tile.count for tile in page.context["carried"]] == [0, 0, 1, 0, 0]
    assert client.get("/units/X3/tasks/").status_code == 404


def test_a_programme_counts_its_plans_and_each_number_opens_its_rows() -> None:
    year = ProgrammeGiven("X1", "year_programme", "Chương trình năm", date(2026, 1, 1), date(2027, 1, 1))
    top = programme_enter(actor=SYSTEM, given=year, today=TODAY)
    below = ProgrammeGiven("X1", "plan", "Kế hoạch", date(2026, 1, 1), parent_id=top.pk)
    plan = programme_enter(actor=SYSTEM, given=below, today=TODAY)
    give("C1", "X1", programme_id=plan.pk)
    give("C2", "X1", programme_id=top.pk)
    client = somebody("clerk", "X1")
    page = client.get(f"/programmes/{top.pk}/")
    assert [tile.count for tile in page.context["tiles"]] == [0, 0, 0, 2, 0]
    assert [tile.count for tile in page.context["plans"][0][3]] == [0, 0, 0, 1, 0]
    for tile in page.context["tiles"]:
        assert client.get(tile.url).context["table"].total == tile.count
    cell = somebody("secretary", "C1").get(f"/programmes/{top.pk}/")
    assert [tile.count for tile in cell.context["tiles"]] == [0, 0, 0, 1, 0]
    assert somebody("clerk", "X3").get(f"/programmes/{top.pk}/").status_code == 404


def test_ten_key_tasks_stand_in_their_order_and_the_timeline_draws_them() -> None:
    for rank in (2, 1):
        give("X1", "T", key_year=2026, key_rank=rank, title=f"Việc {rank}")
    client = somebody("leader", "T")
    page = words(client.get("/units/T/key-tasks/2026/").content)
    assert page.index("Việc 1") < page.index("Việc 2")
    assert "8 more can be set" in page
    drawn = somebody("clerk", "X1").get("/units/X1/tasks/timeline/?year=2026").content.decode()
    assert len(re.findall(r'<rect class="bar', drawn)) == 2


def test_pages_of_many_tasks_take_few_statements(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        give("C1", "X1", title=f"Việc {number}", assignee="")
    client = somebody("clerk", "X1")
    for address in ("/tasks/", "/tasks/all/", "/units/X1/tasks/"):
        client.get(address)
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200


# Outside the pages


def test_the_calendar_opens_by_its_secret_alone_and_ends_when_it_is_made_anew() -> None:
    who = user("an", "X1")
    client = signed_in(who)
    give(title="Họp; chuẩn bị, báo cáo\\ " + "rất dài " * 12)
    give("C1", "X1", assignee="an", title="Của An")
    give("C1", "X1", title="Của chi bộ")
    page = client.post("/tasks/calendar/renew/").content.decode()
    address = re.search(r"/tasks/calendar/[\w-]+\.ics", page).group()  # type: ignore[union-attr]
    outside = somebody("leader", "X3").get(address)
    content = outside.content
    assert outside["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = Calendar.from_ical(content).walk("VEVENT")
    assert sorted(str(one["SUMMARY"])[:6] for one in events) == ["Của An", "Họp; c"]
    assert {one["DTSTART"].dt for one in events} == {DUE}
    client.post("/tasks/calendar/renew/")
    assert outside.client.get(address).status_code == 404
    assert Subscription.objects.get().feed_hash not in page


def test_a_calendar_ends_with_its_owners_grant() -> None:
    who = user("an", "X1")
    page = signed_in(who).post("/tasks/calendar/renew/").content.decode()
    address = re.search(r"/tasks/calendar/[\w-]+\.ics", page).group()  # type: ignore[union-attr]
    who.grants.update(withdrawn=True)
    assert signed_in(who).get(address).status_code == 404


def test_text_is_escaped_as_the_format_asks() -> None:
    task = give(title="Họp; gồm A, B\\C")
    assert b"SUMMARY:Ho" not in written([task], None, name="x")
    assert "SUMMARY:Họp\\; gồm A\\, B\\\\C".encode() in written([task], None, name="x").replace(b"\r\n ", b"")


def test_no_e_mail_goes_without_a_server_and_one_a_day_with_it(settings: Any) -> None:
    who = user("an", "X1")
    give(today=date(2026, 10, 5), due_on=date(2026, 10, 20), title="Tên việc")
    signed_in(who).post("/tasks/calendar/mail/", {"email": "an@tinh.vn"})
    settings.NHIEMKY_MAIL = False
    assert digest.digests_send(actor=SYSTEM, today=TODAY) == 0
    settings.NHIEMKY_MAIL = True
    assert [digest.digests_send(actor=SYSTEM, today=TODAY) for _ in range(2)] == [1, 0]
    assert [message.to for message in mail.outbox] == [["an@tinh.vn"]]
    assert "Tên việc" not in mail.outbox[0].body


def test_the_command_lines_numbers_are_their_rows() -> None:
    finish(give(today=date(2026, 3, 2), due_on=date(2026, 4, 1)), date(2026, 3, 20))
    give("X3", today=date(2026, 3, 2), due_on=date(2026, 4, 1))
    payload: Any = told.rolled_up("T", 2026, TODAY)
    json.dumps(payload)
    for name, count in payload["counts"].items():
        assert sum(row["outcome"] == name for row in payload["rows"]) == count
    assert payload["total"] == len(payload["rows"]) == 2
    assert told.rolled_up("T", 2026, TODAY, on=date(2026, 3, 10))["counts"]["not_due"] == 2  # type: ignore[index]


def test_programmes_of_a_unit_one_has_left_are_told_no_more() -> None:
    mine = ProgrammeGiven("X1", "plan", "Kế hoạch của xã", date(2025, 1, 1))
    held = programme_enter(actor=SYSTEM, given=mine, today=TODAY)
    client = somebody("secretary", "C2")
    assert client.get(f"/programmes/{held.pk}/").status_code == 200
    move = decision({"op": "move", "unit": "C2", "parent": "X3"})
    reorganisation_apply(actor=SYSTEM, decision=move, today=TODAY)
    assert client.get(f"/programmes/{held.pk}/").status_code == 404


def test_documents_of_units_outside_are_not_told_by_their_number() -> None:
    from documents.papers import enter, issuer

    secret = enter(5, "plan", date(2026, 3, 3), by=issuer("ĐU", "X2"), title="Về nhân sự của xã bên")
    clerk, task = signed_in(user("an", "X1")), give()
    plan = {"kind": "plan", "title": "Kế hoạch", "unit": "X1", "start": "01/01/2026", "implements": secret.pk}
    assert clerk.post("/programmes/new/", plan).status_code == 422
    assert clerk.post("/tasks/new/", {**GIVEN, "giver": "X1", "unit": "C1", "document": secret.pk}).status_code == 422
    page = f"/tasks/{task.pk}/deliverables/{task.deliverables.get().pk}/"
    assert clerk.post(page, {"document": "05-KH/ĐU"}).status_code == 422


def test_a_document_that_is_handed_in_goes_by_its_number_and_can_be_opened() -> None:
    from documents.papers import enter, issuer

    paper = enter(5, "plan", date(2026, 3, 3), by=issuer("ĐU", "X1"), title="Kế hoạch năm")
    clerk, task = signed_in(user("an", "X1")), give()
    page = f"/tasks/{task.pk}/deliverables/{task.deliverables.get().pk}/"
    assert clerk.post(page, {"document": "05-KH/ĐU"}).status_code == 302
    shown = somebody("specialist", "T").get(f"/tasks/{task.pk}/").content.decode()
    assert f'href="/documents/{paper.pk}"' in shown


def test_a_coordinating_unit_is_not_told_of_parts_and_papers_outside_its_grants() -> None:
    from documents.papers import enter, issuer
    from nhiemky.tasks.services import delegating
    from tasks.given import wanted

    paper = enter(5, "plan", date(2026, 3, 3), by=issuer("ĐU", "X1"), title="Kế hoạch riêng")
    task = give("X1", "X1", coordinators=("X2",), document_id=paper.pk)
    delegating.task_delegate(actor=SYSTEM, task_id=task.pk, given=wanted("C1", title="Phần của chi bộ"), today=TODAY)
    along = words(somebody("clerk", "X2").get(f"/tasks/{task.pk}/").content)
    own = words(somebody("clerk", "X1").get(f"/tasks/{task.pk}/").content)
    for word in ("Phần của chi bộ", "Kế hoạch riêng", "05-KH/ĐU"):
        assert word in own
        assert word not in along
    assert "outside your grants" in along


@pytest.mark.parametrize("year", [0, 99_999])
def test_the_command_takes_no_year_that_never_was(year: int) -> None:
    from nhiemky.config.commands import WrongUsage, tasks

    with pytest.raises(WrongUsage):
        tasks.tasks(Namespace(unit="T", year=year, on=None))
