"""Whole jobs in a real browser: a reorganisation from the first line to its undoing, a figure down to its rows, an
admission and its counter-entry, all by keyboard where it says so."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from conftest import Visitor

SPECIALIST, CLERK = "Phạm Thị Thu Hà", "Bùi Thanh Tùng"


def number(text: str) -> int:
    """1.666 as 1666."""
    return int(re.sub(r"\D", "", text))


def test_a_reorganisation_on_the_page_from_the_first_line_to_its_undoing(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/reorganisations/new/")
    page.get_by_label("Số quyết định").fill("88-QĐ/TU")
    page.get_by_label("Ngày quyết định").fill("01/10/2026")
    page.get_by_label("Cơ quan quyết định").fill("Ban Thường vụ Tỉnh ủy")
    page.get_by_label("Có hiệu lực từ ngày").fill("15/10/2026")
    page.get_by_role("button", name="Lưu").click()
    page.goto(f"{visitor.site}/reorganisations/new/add/rename/")
    page.locator("#id_unit").fill("X25-21034")
    page.locator("#id_name").fill("Đảng bộ xã An Phú Đông")
    page.locator("main form button.main, main form button").last.click()
    page.get_by_role("link", name="Xem trước").click()
    main = page.locator("#content")
    expect(main).to_contain_text("Đảng bộ xã An Phú Đông")
    expect(main).to_contain_text("Đảng bộ xã An Phú")
    page.get_by_role("button", name=re.compile("Thực hiện|Áp dụng")).click()
    expect(main).to_contain_text("88-QĐ/TU")
    page.goto(f"{visitor.site}/units/X25-21034/")
    expect(page.locator("h1")).to_have_text("Đảng bộ xã An Phú Đông")
    page.get_by_role("link", name="88-QĐ/TU").click()
    page.locator("input[name=sure]").check()
    page.get_by_role("button", name=re.compile("Hoàn tác")).click()
    page.goto(f"{visitor.site}/units/X25-21034/")
    expect(page.locator("h1")).to_have_text("Đảng bộ xã An Phú")


def test_what_stands_against_a_draft_is_all_told_and_nothing_is_offered(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/reorganisations/new/")
    head = {"number": "89", "date": "2026-10-01", "body": "Tỉnh ủy", "effective": "2026-10-15"}
    operations = [{"op": "dissolve", "unit": "X25-21034"}, {"op": "move", "unit": "KHÔNG-CÓ", "parent": "T-51"}]
    decision = json.dumps({"decision": head, "operations": operations})
    page.locator("input[type=file]").set_input_files(
        {"name": "quyet-dinh.json", "mimeType": "application/json", "buffer": decision.encode()}
    )
    page.get_by_role("button", name=re.compile("Đọc")).click()
    expect(page.locator(".objections")).to_contain_text("KHÔNG-CÓ")
    assert page.locator(".objections .finding").count() >= 2
    assert page.get_by_role("button", name=re.compile("^(Thực hiện|Áp dụng)$")).count() == 0


def test_a_number_of_the_review_opens_as_many_rows_as_it_says(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/review/T-51/2022/")
    link = page.locator("article.doc a.num").first
    says = number(link.inner_text())
    link.click()
    panel = page.locator("#margin")
    expect(panel.get_by_role("link").first).to_be_visible()
    panel.locator("a[href*='/rows/']:not([href*='part='])").first.click()
    page.wait_for_url(re.compile("/rows/"))
    told = page.locator("#rows .chip").first.inner_text()
    assert number(told) == says
    rows, pages = page.locator("#rows tbody tr").count(), -(-says // 50)
    assert rows == min(says, 50)
    if pages > 1:
        page.goto(f"{page.url}&page={pages}")
        assert page.locator("#rows tbody tr").count() == says - 50 * (pages - 1)


def test_another_day_and_another_structure_are_chosen_in_the_bar(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/units/T-51/")
    now = page.locator("h1").inner_text()
    page.locator("details[data-menu=day] summary").click()
    page.locator("a", has_text="30/06/2025").first.click()
    expect(page.locator("header.bar")).to_have_class(re.compile("past"))
    expect(page.locator("#content")).to_contain_text("huyện")
    page.goto(f"{visitor.site}/figures/?unit=X25-21034&year=2022")
    page.locator("details[data-menu=structure] summary").click()
    page.locator("details[data-menu=structure] a", has_text="01/07/2025").first.click()
    expect(page.locator("#content")).to_contain_text("01/07/2025")
    assert now


def test_by_keyboard_alone_from_the_door_to_a_person(visitor: Visitor) -> None:
    """No mouse: the door, the search, a person, and back by the skip link."""
    page = visitor.page
    page.goto(f"{visitor.site}/sign-in")
    press_until(page, lambda: SPECIALIST in focused(page))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Control+k")
    page.keyboard.type("nguyen", delay=15)
    page.locator("dialog[open] .found a").first.wait_for(timeout=5000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(members|units)/"))
    expect(page.locator("h1")).to_be_visible()


def press_until(page: Page, found: object, most: int = 60) -> None:
    """Tab until something is focused."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if found():  # type: ignore[operator]
            return
    raise AssertionError("not reached by keyboard")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || ''"))


def test_a_branch_of_the_tree_opens_by_keyboard(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/units/")
    press_until(page, lambda: page.evaluate("document.activeElement.matches('ul ul details > summary')"))
    before = page.locator("li.leaf, li.node").count()
    page.keyboard.press("Enter")
    page.wait_for_function("n => document.querySelectorAll('li.leaf, li.node').length > n", arg=before, timeout=5000)


def test_a_clerk_admits_somebody_and_takes_it_back(visitor: Visitor) -> None:
    visitor.come_in_as(CLERK)
    page = visitor.open("/units/X25-21034/admit/")
    cell = page.request.get(f"{visitor.site}/lookup/units?unit=chi bo").text()
    code = re.findall(r'value="([^"]+)"', cell)[0]
    page.locator("#id_unit").fill(code)
    page.locator("#id_full_name").fill("Trần Thị Thử")
    page.locator("input[name=sex][value=female]").check()
    for name, value in (
        ("birth_date", "01/02/1998"),
        ("decided_on", "03/08/2026"),
        ("admitted_on", "10/08/2026"),
        ("paper_number", "12-QĐ/ĐU"),
        ("paper_body", "Đảng ủy xã An Phú"),
    ):
        page.locator(f"#id_{name}").fill(value)
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_role("button", name=re.compile("^Ghi")).click()
    expect(page.locator("h1")).to_have_text("Trần Thị Thử")
    page.get_by_role("link", name=re.compile("đảo|Rút|Hủy")).first.click()
    page.locator("textarea").fill("Nhập nhầm")
    page.locator("main form button").first.click()
    expect(page.locator("#content")).to_contain_text("Nhập nhầm")


def test_paper_shows_the_document_and_not_the_frame(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/review/T-51/2022/")
    page.emulate_media(media="print")
    assert not page.locator("nav.rail").is_visible()
    assert not page.locator("header.bar").is_visible()
    assert page.locator("article.doc").is_visible()
