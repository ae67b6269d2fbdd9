"""Pages and papers of conferences: the door without script, the room, the rows behind numbers, the .docx files."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

import pytest
import qrcode
from docx import Document

from builders import SYSTEM, TODAY, province
from conferences.meeting import DAY, chair, given, note, opened, plan
from nhiemky.conferences import forgetting
from nhiemky.conferences.models import Publication
from nhiemky.conferences.qr import png
from nhiemky.conferences.services import holding, noting
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.members.models import Reading
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.NHIEMKY_TODAY = TODAY
    province()


def texts(content: bytes) -> str:
    """Every text of a .docx, tables too."""
    paper = Document(io.BytesIO(content))
    return "\n".join(node.text or "" for node in paper.element.body.iter() if node.tag.endswith("}t"))


def test_the_door_shows_who_it_is_and_writes_only_when_pressed() -> None:
    held = opened()
    one = held.invitees.filter(person__isnull=False).order_by("pk")[0]
    usher = somebody("specialist", "T")
    page = f"/conferences/{held.pk}/arrivals/"
    scanned = usher.get(page, {"code": one.code})
    assert one.name in words(scanned.content)
    one.refresh_from_db()
    assert one.presence == ""
    assert usher.post(page, {"code": f"{one.code[:5]} {one.code[5:]}"}).status_code == 302
    one.refresh_from_db()
    assert one.presence == "present"
    again = usher.post(page, {"code": one.code})
    assert again.status_code == 422
    assert "has served already" in words(again.content)
    assert usher.get(page, {"code": "AAAAA AAAAA"}).status_code == 422


def test_whoever_reads_does_not_hold_the_door_and_outsiders_see_no_conference() -> None:
    held = opened()
    leader, outsider = somebody("leader", "T"), somebody("clerk", "X1")
    assert leader.get(f"/conferences/{held.pk}/").status_code == 200
    for path in ("arrivals/", "open/", "papers/invitations.docx", "instructions/new/"):
        assert leader.get(f"/conferences/{held.pk}/{path}").status_code == 403, path
        assert outsider.get(f"/conferences/{held.pk}/{path}").status_code == 404, path
    for path in ("", "room/", "summary/", "invitees/", "instructions/", "papers/minutes.docx"):
        assert outsider.get(f"/conferences/{held.pk}/{path}").status_code == 404, path
    assert held.title not in words(outsider.get("/conferences/").content)


def test_the_screen_of_the_room_tells_the_item_now_and_next_and_asks_again() -> None:
    held = opened(quorum_percent=75)
    reader = somebody("leader", "T")
    whole = reader.get(f"/conferences/{held.pk}/room/")
    assert 'hx-trigger="every 5s"' in whole.content.decode()
    part = reader.get(f"/conferences/{held.pk}/room/", headers={"HX-Request": "true"})
    told = words(part.content)
    assert "Khai mạc" in told
    assert "Next: 07:45 Báo cáo tổng kết" in told
    assert "0 of 4 are present; 3 are needed (3/4, set for this conference, to be confirmed)." in told
    assert b"<html" not in part.content
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    assert b"hx-trigger" not in reader.get(f"/conferences/{held.pk}/room/", headers={"HX-Request": "true"}).content


def test_each_number_on_the_page_of_the_conference_and_in_the_summary_opens_as_many_rows() -> None:
    held = opened()
    for one in held.invitees.order_by("pk")[:2]:
        holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="present", today=DAY)
    noting.instruction_assign(actor=SYSTEM, instruction_id=note(held).pk, given=given(), today=DAY)
    note(held, "Việc khác")
    note(held, "Chậm báo cáo", "limit")
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    reader = somebody("specialist", "T")
    page = reader.get(f"/conferences/{held.pk}/summary/").content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    links = [
        (url.replace("&amp;", "&"), int(text))
        for url, text in re.findall(r'<a[^>]*href="(/conferences/[^"]+)"[^>]*>(\d+)</a>', article)
    ]
    assert len(links) == 6
    for url, count in links:
        rows = reader.get(url).content.decode()
        assert rows.count("<tr>") + rows.count("<tr ") - rows.count("<thead>") == count, url


def test_what_the_records_say_otherwise_since_the_publication_is_shown() -> None:
    held = opened()
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    writer = somebody("specialist", "T")
    assert writer.post(f"/conferences/{held.pk}/summary/publish/").status_code == 302
    assert "as it stands here" in words(writer.get(f"/conferences/{held.pk}/summary/").content)
    one = held.invitees.filter(role="chair").get()
    holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="present", today=DAY)
    told = words(writer.get(f"/conferences/{held.pk}/summary/").content)
    assert "The records say otherwise since: 0 → 1 summoned.present" in told
    assert Publication.objects.get().numbers["summoned.present"] == "0"


# Papers


def test_each_invitation_is_a_page_with_its_own_code_and_a_reading_of_the_member() -> None:
    held = opened()
    file = somebody("specialist", "T").get(f"/conferences/{held.pk}/papers/invitations.docx").content
    told = texts(file)
    assert told.count("GIẤY MỜI") == 4
    for one in held.invitees.all():
        assert f"{one.code[:5]} {one.code[5:]}" in told
        assert one.name in told
    assert len(Document(io.BytesIO(file)).inline_shapes) == 4
    assert Reading.objects.filter(what="paper").count() == 3


def test_the_picture_holds_the_code_that_the_library_draws() -> None:
    address = "http://127.0.0.1/conferences/1/arrivals/?code=ABCDEFGH23"
    made = qrcode.QRCode(border=4)
    made.add_data(address)
    content = png(address)
    place = content.index(b"IDAT")
    size = int.from_bytes(content[place - 4 : place], "big")
    lines = zlib.decompress(content[place + 4 : place + 4 + size])
    matrix = made.get_matrix()
    width = -(-len(matrix) * 6 // 8) + 1
    for row, wanted in enumerate(matrix):
        line = lines[row * 6 * width + 1 : (row * 6 + 1) * width]
        bits = [not line[at // 8] >> (7 - at % 8) & 1 for at in range(0, len(matrix) * 6, 6)]
        assert bits == wanted


def test_minutes_tell_who_chaired_came_and_spoke_and_the_list_says_how_each_stands() -> None:
    held = opened(kind="congress", reviewed_year=None)
    away = held.invitees.filter(person__isnull=False).order_by("pk")[0]
    holding.presence_note(actor=SYSTEM, invitee_id=away.pk, presence="excused", reason="Đi công tác", today=DAY)
    noting.instruction_assign(actor=SYSTEM, instruction_id=note(held).pk, given=given(), today=DAY)
    note(held, "Chậm báo cáo", "limit")
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    reader = somebody("leader", "T")
    told = texts(reader.get(f"/conferences/{held.pk}/papers/minutes.docx").content)
    wanted = (
        "BIÊN BẢN", "Nguyễn Văn Chủ, Trưởng ban", "0/4 đại biểu được triệu tập", "cần 3, chưa đủ", "chờ xác nhận",
        "Đi công tác", "Khắc phục việc chậm báo cáo", "Đảng bộ xã An Phú, 18/12/2026",
    )  # fmt: skip
    assert [text for text in wanted if text not in told] == []
    listed = texts(reader.get(f"/conferences/{held.pk}/papers/instructions.docx").content)
    assert "(trong hạn)" in listed
    assert "chưa giao nhiệm vụ" in listed


def test_every_number_of_the_summary_paper_bears_the_mark_of_a_source_in_its_list() -> None:
    held = opened()
    note(held)
    holding.conference_close(actor=SYSTEM, conference_id=held.pk)
    told = texts(somebody("leader", "T").get(f"/conferences/{held.pk}/papers/summary.docx").content)
    text, sources = told.split("Nguồn số liệu")
    marks = re.findall(r"\[(\d+)\]", text)
    assert marks == [str(n) for n in range(1, len(marks) + 1)]
    assert re.findall(r"\[(\d+)\]", sources) == marks
    assert sources.count("http://") == len(marks)


def test_why_somebody_was_excused_is_forgotten_and_that_they_were_stays() -> None:
    held = opened()
    one = held.invitees.filter(person__isnull=False)[0]
    holding.presence_note(actor=SYSTEM, invitee_id=one.pk, presence="excused", reason="ốm nặng", today=DAY)
    assert one.person is not None
    forgetting.forget(SYSTEM, [one.person])
    one.refresh_from_db()
    assert (one.presence, one.reason) == ("excused", FORGOTTEN)


def test_a_planned_conference_of_many_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    held = plan()
    chair(held)
    for number in range(30):
        chair(held, f"Khách {number}")
    reader = somebody("leader", "T")
    reader.get("/conferences/")
    with django_assert_max_num_queries(30):
        assert reader.get(f"/conferences/{held.pk}/invitees/").status_code == 200
