"""A conference in a real browser, from the invitation to the published summary; an instruction down and back up."""

from __future__ import annotations

import io
import re
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from conftest import Visitor

PROVINCE, COMMUNE, CELL = "Phạm Thị Thu Hà", "Bùi Thanh Tùng", "Nguyễn Văn Lợi"
TITLE = "Hội nghị bất thường về công tác kết nạp"
WHAT = "Rà soát nguồn kết nạp đảng viên ở thôn"


def sent(page: Page) -> None:
    """Send the form of the page; nothing stands against it."""
    page.locator("main form button.main, main form button.bad").first.click()
    expect(page.locator("#content ul.errors, #content .refusal")).to_have_count(0)


def code_of_first(page: Page) -> str:
    """The code on the first invitation of the file."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="Giấy mời (.docx)").click()
    paper = Document(io.BytesIO(Path(coming.value.path()).read_bytes()))
    assert len(paper.inline_shapes) == 3, "a picture of the code on each invitation"
    texts = [paragraph.text for paragraph in paper.paragraphs]
    found = re.search(r"Mã điểm danh: (\w{5} \w{5})", "\n".join(texts))
    assert found is not None
    return found[1]


def planned(visitor: Visitor) -> tuple[Page, str]:
    """Planned for today, with an agenda, a chair, a secretary of a commune, a guest."""
    page = visitor.open("/conferences/new/")
    page.locator("#id_kind").select_option("extraordinary")
    for field, text in (("title", TITLE), ("on", "31/10/2026"), ("place", "Phòng họp số 1"), ("quorum_percent", "50")):
        page.locator(f"#id_{field}").fill(text)
    sent(page)
    here = page.url
    page.get_by_role("link", name="Thêm mục chương trình").click()
    page.locator("#id_title").fill("Chỉ đạo công tác kết nạp")
    sent(page)
    page.goto(f"{here}invitees/posts/")
    page.locator("#id_unit").fill("X25-21034")
    sent(page)
    for name, role in (("Nguyễn Thanh Bình", "chair"), ("Lê Thị Hoài", "guest")):
        page.goto(f"{here}invitees/guest/")
        page.locator("#id_name").fill(name)
        page.locator("#id_role").select_option(role)
        sent(page)
    page.goto(here)
    return page, here


def test_a_conference_from_invitation_to_published_summary(visitor: Visitor) -> None:
    visitor.come_in_as(PROVINCE)
    page, here = planned(visitor)
    code = code_of_first(page)
    page.get_by_role("link", name="Khai mạc hội nghị").click()
    sent(page)
    page.goto(f"{here}arrivals/")
    page.locator("#id_code").fill(code)
    sent(page)
    expect(page.locator("#content")).to_contain_text("có mặt")
    page.goto(f"{here}room/")
    expect(page.locator("#screen h1")).to_have_text("Chỉ đạo công tác kết nạp")
    page.goto(f"{here}instructions/new/")
    page.locator("#id_text").fill(WHAT)
    sent(page)
    task = given(page)
    page.goto(f"{here}close/")
    sent(page)
    page.goto(f"{here}summary/publish/")
    sent(page)
    expect(page.locator("#content")).to_contain_text("đúng như trên trang này")
    expect(page.locator("article.doc")).to_contain_text("Hội nghị ghi nhận 1 nội dung chỉ đạo")
    page.locator("article.doc a").last.click()
    expect(page.locator("table.data tbody tr")).to_have_count(1)
    down_and_up(visitor, task)
    page = visitor.open(f"{here.removeprefix(visitor.site)}instructions/?outcome=done_on_time")
    expect(page.locator("table.data tbody")).to_contain_text(WHAT)


def given(page: Page) -> str:
    """The instruction becomes a task of the province itself; its address."""
    page.get_by_role("link", name=WHAT).click()
    page.locator("#id_unit").fill("T-51")
    page.locator("#id_due_on").fill("30/11/2026")
    page.locator("#id_deliverable").fill("Danh sách nguồn")
    sent(page)
    page.get_by_role("link", name=WHAT).click()
    return page.url


def part_for(page: Page, code: str) -> str:
    """Delegate a part of the task to a unit below; the address of the part."""
    task = page.url
    page.goto(f"{task}delegate/")
    page.locator("#id_unit").fill(code)
    sent(page)
    part = page.locator(f"#content a[href*='/tasks/']:text-is('{WHAT}')").last
    return part.get_attribute("href") or ""


def done(page: Page, task: str, *acts: str) -> None:
    """Take the task on, step by step; before it is handed in, what is to be delivered."""
    for act in acts:
        page.goto(task)
        if act == "submit":
            page.get_by_role("link", name="Nộp").last.click()
            page.locator("#id_note").fill("Bản giấy")
            sent(page)
        page.goto(f"{task}step/{act}/")
        sent(page)


def down_and_up(visitor: Visitor, task: str) -> None:
    """Province to commune to cell: done there, accepted level by level."""
    page = visitor.page
    page.goto(task)
    done(page, task, "begin")
    page.goto(task)
    commune = _absolute(visitor, part_for(page, "X25-21034"))
    as_(visitor, COMMUNE)
    done(page, commune, "accept", "begin")
    page.goto(commune)
    cell = _absolute(visitor, part_for(page, cell_code(visitor)))
    as_(visitor, CELL)
    done(page, cell, "begin", "submit")
    as_(visitor, COMMUNE)
    done(page, cell, "done")
    done(page, commune, "submit")
    as_(visitor, PROVINCE)
    done(page, commune, "done")
    done(page, task, "submit", "done")


def as_(visitor: Visitor, name: str) -> None:
    visitor.page.context.clear_cookies()
    visitor.come_in_as(name)


def _absolute(visitor: Visitor, address: str) -> str:
    return visitor.site + address[address.rindex("/tasks/") :]


def cell_code(visitor: Visitor) -> str:
    """The code of the secretary's cell: the first of the commune."""
    other = visitor.page.context.new_page()
    other.goto(f"{visitor.site}/units/X25-21034/members/")
    links = other.locator("table.data tbody a[href*='/units/']").evaluate_all("all => all.map(a => a.pathname)")
    other.close()
    return min(link.split("/units/")[1].split("/")[0] for link in links)
