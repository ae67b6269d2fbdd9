"""A transfer between two offices in a real browser: one sends, the other confirms; nobody needs rights at both ends."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from conftest import Visitor

SENDER, RECEIVER = "Bùi Thanh Tùng", "Hồ Văn Sơn"


def confirm(page: Page) -> None:
    """Have it checked, then write it."""
    page.locator("main form button.main").click()
    expect(page.locator("#content ul.errors, #content .refusal")).to_have_count(0)
    page.locator("input[name=confirmed][value=yes]").locator("xpath=..").locator("button.main").click()


def test_one_office_sends_and_the_other_receives(visitor: Visitor) -> None:
    visitor.come_in_as(SENDER)
    page = visitor.open("/units/X25-21034/members/?standing=official")
    page.locator("table.data tbody a").first.click()
    name, person = page.locator("h1").inner_text(), page.url
    page.goto(f"{person}transfers/new/?kind=official")
    page.locator("#id_decided_on").fill("20/10/2026")
    page.locator("#id_letter_number").fill("77-GT/ĐU")
    page.locator("#id_letter_on").fill("26/10/2026")
    page.locator("#id_letter_body").fill("Đảng ủy xã An Phú")
    page.locator("#id_target").fill("X25-21115")
    page.locator("input[name=unresolved][value=no]").check()
    confirm(page)
    expect(page.locator("#content")).to_contain_text("77-GT/ĐU")
    letter = page.url
    visitor.page.context.clear_cookies()
    visitor.come_in_as(RECEIVER)
    page = visitor.open("/transfers/?list=in")
    expect(page.locator("#content")).to_contain_text(name)
    page.goto(letter)
    page.get_by_role("link", name="Xác nhận đã nhận").click()
    page.locator("#id_on").fill("30/10/2026")
    page.locator("#id_unit").fill(cell_of(visitor))
    confirm(page)
    expect(page.locator("#content")).to_contain_text("Đã nhận")
    visitor.open(f"/units/X25-21115/members/?q={name}")
    expect(page.locator("#content")).to_contain_text(name)


def cell_of(visitor: Visitor) -> str:
    """The code of some cell of the receiver's commune."""
    other = visitor.page.context.new_page()
    other.goto(f"{visitor.site}/units/X25-21115/members/")
    address = other.locator("table.data tbody a[href*='/units/']").first.get_attribute("href") or ""
    other.close()
    return address.split("/units/")[1].split("/")[0]
