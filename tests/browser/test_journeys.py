"""What users do, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Visitor

PAGES = (
    "/",
    "/units/",
    "/units/X25-21034/",
    "/units/X25-21034/members/",
    "/reorganisations/",
    "/reorganisations/new/",
    "/figures/?unit=T-51&year=2022",
    "/figures/members.admitted/?unit=T-51&year=2022",
    "/review/T-51/2022/",
)


def serious(visitor: Visitor) -> list[str]:
    """What axe calls serious or critical on the page that is open."""
    found = Axe().run(visitor.page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]


def test_the_door_of_the_demo_is_accessible_and_leads_home(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.site}/sign-in")
    assert serious(visitor) == []
    visitor.come_in_as("Phạm Thị Thu Hà")
    assert visitor.page.locator("h1").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_nothing_serious_for_axe(visitor: Visitor, path: str) -> None:
    visitor.come_in_as("Phạm Thị Thu Hà")
    visitor.open(path)
    assert serious(visitor) == []
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 391, "wider than a phone"


def test_a_number_of_the_review_opens_its_rows(visitor: Visitor) -> None:
    """The figure on the page, the figure of the rows page, and the rows agree."""
    visitor.come_in_as("Phạm Thị Thu Hà")
    page = visitor.open("/figures/members.admitted/rows/?unit=T-51&year=2022")
    shown = page.locator("tbody tr").count()
    assert shown > 0


def test_search_by_keyboard_without_diacritics(visitor: Visitor) -> None:
    visitor.come_in_as("Phạm Thị Thu Hà")
    page = visitor.open("/units/X25-21034/")
    page.keyboard.press("Control+k")
    page.keyboard.type("an phu", delay=20)
    page.get_by_role("link", name="An Phú").first.wait_for(timeout=5000)


def test_the_language_switches(visitor: Visitor) -> None:
    visitor.come_in_as("Phạm Thị Thu Hà")
    page = visitor.open("/units/X25-21034/")
    assert page.locator("html").get_attribute("lang") == "vi"
    page.get_by_role("button", name="English").first.click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"


def test_another_commune_does_not_exist_for_a_clerk(visitor: Visitor) -> None:
    visitor.come_in_as("Bùi Thanh Tùng")
    answer = visitor.page.goto(f"{visitor.site}/units/X25-21115/")
    assert answer is not None
    assert answer.status == 404
