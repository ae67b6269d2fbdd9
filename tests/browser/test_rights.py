"""A member asks for a correction in a real browser, the clerk of the commune grants it, the member sees it."""

from __future__ import annotations

from playwright.sync_api import expect

from conftest import Visitor

MEMBER, CLERK = "Trần Thị Hạnh", "Bùi Thanh Tùng"
PLACE = "Thành phố Huế"


def test_ask_for_a_correction_and_get_it(visitor: Visitor) -> None:
    visitor.come_in_as(MEMBER)
    page = visitor.page
    main = page.locator("#content")
    expect(page.locator("h1")).to_have_text("Dữ liệu về tôi")
    expect(main).to_contain_text("Ai đã xem")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Quê quán"))
    row.get_by_role("link").click()
    page.get_by_label("Đề nghị ghi là").fill(PLACE)
    page.get_by_label("Lý do").fill("Giấy khai sinh ghi như vậy")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(main).to_contain_text("chờ tiếp nhận")
    url = page.url
    page.get_by_role("button", name="Đăng xuất").first.click()

    visitor.come_in_as(CLERK)
    visitor.open("/requests/?state=made&sort=-made")
    page.get_by_role("link", name=MEMBER).first.click()
    expect(main).to_contain_text(PLACE)
    page.get_by_role("button", name="Báo đã tiếp nhận").click()
    expect(main).to_contain_text("đang giải quyết")
    page.get_by_label("Trả lời đảng viên").fill("Đã đối chiếu giấy khai sinh.")
    page.get_by_role("button", name="Đồng ý").click()
    expect(main).to_contain_text("Đã đối chiếu giấy khai sinh.")
    page.get_by_role("button", name="Đăng xuất").first.click()

    visitor.come_in_as(MEMBER)
    expect(row).to_contain_text(PLACE)
    expect(main).to_contain_text("theo yêu cầu của đảng viên")
    page.goto(url)
    expect(main).to_contain_text("Đã đối chiếu giấy khai sinh.")


def test_a_member_is_led_to_the_own_page_and_finds_no_other(visitor: Visitor) -> None:
    visitor.come_in_as(MEMBER)
    page = visitor.page
    assert page.locator("nav.rail ul a").count() == 2
    page.get_by_role("button", name="Hiện số định danh của tôi").click()
    expect(page.locator("#identity .secret")).to_be_visible()
    for path in ("/members/", "/units/", "/requests/"):
        answer = page.goto(visitor.site + path)
        assert answer is not None
        assert answer.status == 403
