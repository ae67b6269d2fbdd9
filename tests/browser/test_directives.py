"""A directive down the levels in a real browser: entered, asked of ten communes, answered by two, the late reminded."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Visitor

SPECIALIST, CLERK, OTHER_CLERK = "Phạm Thị Thu Hà", "Bùi Thanh Tùng", "Hồ Văn Sơn"
AN_PHU, TRA_BONG = "X25-21034", "X25-21115"
NUMBER = "77-CT/TW"


def codes(page: Page) -> list[str]:
    """Ten communes, of the cast's clerks first."""
    found = re.findall(r"/units/(X25-\d+)/", page.content())
    return [AN_PHU, TRA_BONG, *(code for code in dict.fromkeys(found) if code not in (AN_PHU, TRA_BONG))][:10]


def change_to(visitor: Visitor, name: str) -> None:
    """Somebody else sits down."""
    visitor.page.context.clear_cookies()
    visitor.come_in_as(name)


def answer(visitor: Visitor) -> None:
    """By the form that a unit's desk leads to, with a paper that is not in the register yet."""
    page = visitor.page
    page.locator("#id_take").check()
    page.locator("#id_signed_on").fill("20/10/2026")
    page.locator("#id_title").fill(f"Kế hoạch thực hiện Chỉ thị số {NUMBER}")
    page.get_by_role("button", name="Nộp văn bản").click()
    expect(page.locator("#content")).to_contain_text("ban hành đúng hạn")


def enter_and_ask(visitor: Visitor) -> str:
    """The specialist enters the directive and asks ten communes by it; the address of the ask."""
    page = visitor.open("/documents/enter")
    page.locator("#id_issuer").select_option(label=page.locator("#id_issuer option", has_text="(TW)").inner_text())
    page.locator("#id_kind").select_option("directive")
    page.locator("#id_number").fill(NUMBER)
    page.locator("#id_signed_on").fill("15/09/2026")
    page.locator("#id_title").fill("Tăng cường lãnh đạo công tác xây dựng chi bộ")
    page.get_by_role("button", name="Nhập").click()
    page.get_by_role("link", name="Yêu cầu đơn vị").click()
    asking = page.url
    ten = codes(visitor.open("/units/"))
    assert len(ten) == 10
    page.goto(asking)
    expect(page.locator("#id_document")).to_have_value(f"{NUMBER} 15/09/2026")
    page.locator("#id_asked_on").fill("16/09/2026")
    page.locator("#id_due_on").fill("23/10/2026")
    page.locator("#id_codes").fill("\n".join(ten))
    page.get_by_role("button", name="Yêu cầu đơn vị ban hành văn bản").click()
    expect(page.locator("#content")).to_contain_text("10 đơn vị")
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.locator("h1")).to_have_text(f"Kế hoạch: {NUMBER}")
    return page.url.removeprefix(visitor.site)


def test_a_directive_is_asked_of_ten_answered_by_two_and_the_late_are_reminded(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    ask, page = enter_and_ask(visitor), visitor.page
    others = page.locator("#rows tbody th a")
    expect(others).to_have_count(10)
    others.filter(has_not_text=re.compile("An Phú$|Trà Bồng$")).first.click()
    page.get_by_role("link", name="Nộp văn bản").click()
    answer(visitor)

    change_to(visitor, OTHER_CLERK)
    visitor.open("/directives/mine/?list=mine_overdue")
    page.locator("#rows").get_by_role("link", name=NUMBER).click()
    page.get_by_role("link", name="Nộp văn bản").click()
    answer(visitor)

    change_to(visitor, SPECIALIST)
    visitor.open(ask)
    expect(page.locator(".figures")).to_contain_text(re.compile(r"quá hạn\s*8"))
    expect(page.locator("#rows tbody tr").first).to_contain_text("quá hạn")
    page.get_by_role("link", name="Nhắc các đơn vị quá hạn").click()
    page.get_by_role("button", name="Nhắc các đơn vị quá hạn").click()
    expect(page.locator("#rows tbody tr", has_text="31/10/2026")).to_have_count(8)

    change_to(visitor, CLERK)
    visitor.open("/")
    page.get_by_role("link", name=re.compile("quá hạn và đã được nhắc")).click()
    expect(page.locator("#rows tr", has_text=NUMBER)).to_contain_text("31/10/2026")
    page.locator("#rows").get_by_role("link", name=NUMBER).click()
    expect(page.locator("aside, .margin").last).to_contain_text("đã được nhắc")
    expect(page.get_by_role("link", name="Nộp văn bản")).to_be_visible()
