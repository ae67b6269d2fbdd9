"""Who sees the past (docs/adr/010): facts of a day belong to the unit that held them on that day.

C2 stood under X1 until it came under X3 on 1 July 2025. Ân was in it before and still is; Bình came to it afterwards.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

import builders
from nhiemky.organisation import services
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
BEFORE, EVE = "2025-01-01", "2025-06-30"


@pytest.fixture(autouse=True)
def _moved() -> None:
    builders.province()
    builders.person("Nguyễn Thị Ân", "C2", date(2020, 3, 2))
    builders.person("Lê Văn Cúc", "C1", date(2020, 3, 2))
    move = {"op": "move", "unit": "C2", "parent": "X3"}
    services.reorganisation_apply(actor=builders.SYSTEM, decision=builders.decision(move), today=builders.TODAY)
    builders.person("Trần Văn Bình", "C2", date(2025, 9, 1))
    builders.person("Hồ Thị Dung", "C1", date(2026, 2, 1))


@pytest.fixture
def clerk() -> Client:
    return somebody("clerk", "X1")


def members_told(answer: object) -> int:
    """The number of members that the page of a unit says there are."""
    return int(answer.context["members"])  # type: ignore[attr-defined]


def test_as_it_was_counts_and_rows_agree(clerk: Client) -> None:
    unit = clerk.get(f"/units/X1/?on={BEFORE}")
    listed = clerk.get(f"/units/X1/members/?on={BEFORE}")
    assert members_told(unit) == listed.context["table"].total == 2
    assert "Nguyễn Thị Ân" in words(listed.content)
    assert "02/03/2020" in words(listed.content)
    figure = clerk.get(f"/figures/members.total/?unit=X1&on={BEFORE}")
    rows = clerk.get(f"/figures/members.total/rows/?unit=X1&on={BEFORE}")
    assert figure.context["line"].value == rows.context["table"].total == 2
    cells = {line.code: (line.members, line.url) for line in unit.context["lines"]}
    assert cells["C2"] == (1, "")
    assert cells["C1"][0] == 1


def test_who_or_what_stands_elsewhere_today_is_no_link(clerk: Client) -> None:
    for page in (f"/units/X1/?on={BEFORE}", f"/units/X1/members/?on={BEFORE}", "/units/X1/ledger/?year=2025",
                 f"/figures/members.total/rows/?unit=X1&on={BEFORE}", f"/figures/members.total/?unit=X1&on={BEFORE}",
                 f"/targets/?unit=X1&on={BEFORE}", f"/units/?on={BEFORE}"):  # fmt: skip
        answer = clerk.get(page)
        assert answer.status_code == 200, page
        linked = [re.sub("&amp;", "&", url) for url in re.findall(r'href="(/[^"]*)"', answer.content.decode())]
        assert not [url for url in linked if clerk.get(url).status_code in (403, 404)], page


def test_the_list_of_all_that_i_may_see_keeps_to_todays_scope(clerk: Client) -> None:
    assert clerk.get(f"/members/?on={BEFORE}").context["table"].total == 1
    assert somebody("clerk", "X3").get(f"/members/?on={BEFORE}").context["table"].total == 1


@pytest.mark.parametrize(
    "page",
    [
        "/units/X1/",
        "/units/X1/members/",
        "/units/X1/members/?as=xlsx",
        "/units/X1/children/",
        "/units/X1/ledger/",
        "/units/X1/attention/",
        "/figures/?unit=X1",
        "/figures/members.total/?unit=X1",
        "/figures/members.total/rows/?unit=X1",
        "/figures/members.total/rows.xlsx?unit=X1",
        "/review/X1/2026/",
        "/review/X1/2026/review.docx",
        "/charts/X1/2026/admissions.svg",
        "/",
    ],
)
def test_restated_over_somebody_elses_organisation_is_refused_in_words(clerk: Client, page: str) -> None:
    mark = "&" if "?" in page else "?"
    assert clerk.get(page).status_code in (200, 302), page
    answer = clerk.get(f"{page}{mark}structure={EVE}")
    assert answer.status_code == 403, page
    assert "Look at it as it was" in words(answer.content)
    assert somebody("clerk", "T", name=f"all{len(page)}").get(f"{page}{mark}structure={EVE}").status_code in (200, 302)


def test_the_tree_restated_tells_no_count_over_somebody_elses_organisation(clerk: Client) -> None:
    answer = clerk.get(f"/units/?structure={EVE}")
    ((top, below),) = answer.context["branches"]
    assert (top.code, top.members) == ("X1", None)
    assert {line.code: line.members for line in below} == {"C1": 2, "C2": None}
    assert "Bình" not in words(answer.content)


def test_restated_where_everything_is_ones_own(clerk: Client) -> None:
    answer = clerk.get("/units/X1/members/?structure=2026-01-01")
    assert answer.context["table"].total == 2
    there = somebody("clerk", "H1", name="h1").get(f"/units/X2/members/?structure={EVE}")
    assert there.status_code == 200


def test_the_ledger_tells_no_present_closing_of_who_has_left(clerk: Client) -> None:
    page = clerk.get("/units/X1/ledger/?year=2025")
    lines = {child.code: child for child in page.context["children"]}
    assert (lines["C2"].opening, lines["C2"].closing, lines["C2"].came, lines["C2"].url) == (1, None, None, "")
    assert lines["C1"].closing == 1
    assert page.context["sums"]["equal"]
    whole = somebody("clerk", "T", name="t").get("/units/X1/ledger/?year=2025")
    assert {child.code: child.closing for child in whole.context["children"]}["C2"] == 2


def test_where_somebody_was_is_told_of_that_day_not_of_today(clerk: Client) -> None:
    who = builders.person("Mai Thị Én", "C1", date(2023, 1, 9))
    builders.book(who, "transfer_within", date(2026, 1, 5), "C4")
    page = words(clerk.get("/units/X1/attention/?on=2025-12-01").content)
    assert "Mai Thị Én Chi bộ thôn Đông" in page
    assert "thôn Bắc" not in page


def test_without_the_right_anywhere_it_stays_403() -> None:
    client = somebody("administrator", "X1")
    assert client.get(f"/units/X1/members/?on={BEFORE}").status_code == 403
    assert client.get(f"/units/X1/?structure={EVE}").status_code == 403
    assert client.get(f"/units/C4/?structure={EVE}").status_code == 404
