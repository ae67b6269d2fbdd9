"""What users do, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Visitor

ADMINISTRATOR, AUDITOR, CLERK, SPECIALIST = "Lê Quốc Việt", "Đỗ Thị Mai", "Bùi Thanh Tùng", "Phạm Thị Thu Hà"
PAGES = (
    (SPECIALIST, "/"),
    (SPECIALIST, "/units/"),
    (SPECIALIST, "/units/?on=2025-06-30&ended=1"),
    (SPECIALIST, "/units/T-51/"),
    (SPECIALIST, "/units/X25-21034/"),
    (SPECIALIST, "/units/X25-21034/attention/"),
    (SPECIALIST, "/units/X25-21034/bodies/"),
    (SPECIALIST, "/units/X25-21034/bodies/committee/new/"),
    (SPECIALIST, "/units/X25-21034/ledger/"),
    (SPECIALIST, "/units/X25-21034/entries/?year=2026&kind=admission&way=in"),
    (SPECIALIST, "/units/X25-21034/members/"),
    (SPECIALIST, "/units/X25-21034/members/?q=khong+co+ai"),
    (SPECIALIST, "/members/"),
    (SPECIALIST, "/members/1/"),
    (SPECIALIST, "/search?q=nguyen"),
    (SPECIALIST, "/search?q=zzzz"),
    (SPECIALIST, "/reorganisations/"),
    (SPECIALIST, "/reorganisations/2/"),
    (SPECIALIST, "/reorganisations/new/"),
    (SPECIALIST, "/reorganisations/new/add/merge/"),
    (SPECIALIST, "/figures/?unit=T-51&year=2022"),
    (SPECIALIST, "/figures/?unit=X25-21034&year=2022&structure=2025-07-01"),
    (SPECIALIST, "/figures/members.admitted/?unit=T-51&year=2022"),
    (SPECIALIST, "/figures/members.admitted/rows/?unit=T-51&year=2022"),
    (SPECIALIST, "/review/T-51/2022/"),
    (SPECIALIST, "/targets/?unit=T-51&year=2026"),
    (CLERK, "/"),
    (CLERK, "/units/X25-21034/admit/"),
    (CLERK, "/units/X25-21034/receive/"),
    (CLERK, "/me"),
    (AUDITOR, "/audit/"),
    (ADMINISTRATOR, "/access/"),
    (ADMINISTRATOR, "/access/new/"),
    (ADMINISTRATOR, "/access/explain/"),
    (ADMINISTRATOR, "/users"),
    (ADMINISTRATOR, "/users/new"),
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


@pytest.mark.parametrize(("persona", "path"), PAGES)
def test_pages_have_nothing_serious_for_axe(visitor: Visitor, persona: str, path: str) -> None:
    """Wide and narrow, in the light and in the dark."""
    visitor.come_in_as(persona)
    page = visitor.open(path)
    assert serious(visitor) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 391, "wider than a phone"
    assert serious(visitor) == []


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
