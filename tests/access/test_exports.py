"""Every spreadsheet with people leaves a trace; and nothing that was shown stays in the browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

import builders
from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person
from nhiemky.members.services.reading import reading_note
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()
    builders.person("Nguyễn Thị Ân", "C1", date(2026, 3, 2))


def events() -> list[tuple[str, str]]:
    return list(Event.objects.filter(action__contains="exported").order_by("seq").values_list("action", "subject"))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/members/?as=xlsx&sex=female", ("members.list_exported", "*")),
        ("/units/X1/members/?as=xlsx", ("members.list_exported", "X1")),
        ("/figures/members.admitted/rows.xlsx?unit=X1&year=2026", ("reporting.exported", "members.admitted")),
        ("/review/X1/2026/review.xlsx", ("reporting.exported", "review")),
    ],
)
def test_a_spreadsheet_of_people_is_one_event(page: str, told: tuple[str, str]) -> None:
    client = somebody("clerk", "X1")
    assert client.get(page).status_code == 200
    assert events() == [told]
    event = Event.objects.latest("seq")
    assert event.user_name == "clerk-x1"
    assert bool(event.unit_ids) == (told[1] != "*")
    assert "Ân" not in str(event.facts)


@pytest.mark.parametrize("page", ["/units/X1/members/", "/review/X1/2026/review.docx", "/review/X1/2026/review.json"])
def test_what_is_only_looked_at_or_holds_no_list_is_none(page: str) -> None:
    assert somebody("clerk", "X1").get(page).status_code == 200
    assert events() == []


def test_what_is_refused_leaves_no_trace() -> None:
    assert somebody("clerk", "X3").get("/units/X1/members/?as=xlsx").status_code == 404
    assert events() == []


def test_the_member_gets_everything_that_is_held_and_who_read_it_on_paper() -> None:
    who = Person.objects.get()
    for number in range(15):
        reading_note(actor=Actor(10**9 + number, f"doc-{number}"), person_id=who.pk, what="page")
    page = somebody("clerk", "X1").get(f"/members/{who.pk}/")
    said = words(page.content)
    assert "Print for the member" in said
    assert "data-prints" in page.content.decode()
    assert all(f"doc-{number} " in said for number in range(15))
    assert "1-QĐ/HU" in said


def test_browsers_keep_nothing_unless_the_page_says_so() -> None:
    client = somebody("clerk", "X1")
    for page in ("/", "/units/X1/", "/units/X1/members/?as=xlsx", "/review/X1/2026/review.docx", "/units/NO/", "/me"):
        assert client.get(page)["Cache-Control"] == "private, no-store", page
    assert client.get("/charts/X1/2026/admissions.svg")["Cache-Control"] == "private, no-cache"
    assert client.post("/i18n/setlang/", {"language": "en"})["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in Client().get("/sign-in") or "no-store" in Client().get("/sign-in")["Cache-Control"]
