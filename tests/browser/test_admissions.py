"""A whole admission in a real browser: from the first note to an official member, on pages and papers."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from conftest import Visitor

SPECIALIST = "Phạm Thị Thu Hà"
# Step, day and what is typed beside the day; the demo's today is 31 October 2026.
STEPS = (
    ("course", "10/09/2024", {"paper_number": "12-GCN"}),
    ("application", "01/10/2024", {}),
    ("recommendation", "15/10/2024", {"since_1": "02/01/2023", "since_2": "02/01/2023"}),
    ("background", "02/12/2024", {}),
    ("opinions", "06/01/2025", {}),
    ("cell_vote", "03/02/2025", {"paper_number": "3-NQ/CB"}),
    ("decision", "17/03/2025", {"paper_number": "21-QĐ/ĐU", "base": "15", "present": "15", "in_favour": "15"}),
    ("ceremony", "02/04/2025", {}),
    ("member_course", "06/10/2025", {"paper_number": "44-GCN"}),
    ("reviews", "02/03/2026", {}),
    ("official_opinions", "16/03/2026", {}),
    ("official_vote", "06/04/2026", {"paper_number": "5-NQ/CB"}),
    ("official_decision", "11/05/2026", {"paper_number": "33-QĐ/ĐU", "base": "15", "present": "15", "in_favour": "15"}),
)


def cell(page: Page, site: str) -> str:
    """A hamlet's cell of An Phú, straight under the commune."""
    page.goto(f"{site}/units/X25-21034/")
    href = page.locator(".units-table a[href*='/units/C-']", has_text="thôn").first.get_attribute("href")
    assert href is not None
    return href.rstrip("/").rpartition("/")[2]


def record(page: Page, step: str, day: str, typed: dict[str, str]) -> None:
    """Take one step on its form, from the page of the case."""
    page.goto(f"{page.url.rstrip('/')}/steps/{step}/")
    page.locator("#id_on").fill(day)
    if step == "recommendation":
        for number in (1, 2):
            page.locator(f"#id_recommender_{number}").select_option(index=number)
    if step in ("cell_vote", "official_vote"):
        told = page.locator("#id_present_helptext").inner_text()
        members = re.findall(r"\d+", told)[0]
        typed = {**typed, "present": members, "in_favour": members}
    for name, value in typed.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("main form button.main").click()


def test_somebody_is_admitted_from_the_first_note_to_an_official_member(visitor: Visitor) -> None:
    visitor.come_in_as(SPECIALIST)
    page = visitor.open("/admissions/")
    expect(page.locator("h1")).to_have_text("Kết nạp")
    code = cell(page, visitor.site)
    page.goto(f"{visitor.site}/units/{code}/admissions/")
    page.get_by_role("link", name="Ghi nhận quần chúng ưu tú").first.click()
    page.locator("#id_full_name").fill("Trần Thị Thử Nghiệm")
    page.locator("input[name=sex][value=female]").check()
    page.locator("#id_birth_date").fill("08/03/2001")
    page.locator("#id_noted_on").fill("03/06/2024")
    page.locator("main form button.main").click()
    expect(page.locator("h1")).to_have_text("Trần Thị Thử Nghiệm")
    case = page.url
    for step, day, typed in STEPS:
        record(page, step, day, typed)
        expect(page).to_have_url(re.compile(r"/admissions/\d+/$"))
    expect(page.locator(".head .chip")).to_have_text("Đã công nhận chính thức")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải cả hồ sơ").click()
    assert download.value.suggested_filename == "ho-so-tran-thi-thu-nghiem.zip"
    page.goto(case)
    page.get_by_role("link", name="Trang của người này").click()
    expect(page.locator("#content")).to_contain_text("Công nhận chính thức")
    expect(page.locator("#content")).to_contain_text("02/04/2025")
