"""The door of every page: method, day, right; refusals as pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from nhiemky.core import pages
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from personas import CAST, Cast

pytestmark = pytest.mark.django_db


def test_a_wrong_method_is_told(signed: Cast) -> None:
    answer = signed("quantri").post("/users")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


def test_a_day_that_is_none_is_refused_and_not_taken_for_today(signed: Cast) -> None:
    answer = signed("quantri").get("/users?on=31/02/2022")
    assert answer.status_code == 400
    assert "31/02/2022" in answer.content.decode()


def test_the_bar_tells_the_day_and_links_keep_it(signed: Cast) -> None:
    page = signed("quantri").get("/users?on=31/12/2022&structure=2025-07-01").content.decode()
    assert 'class="bar past"' in page
    assert "<b>31/12/2022</b>" in page
    assert "<b>01/07/2025</b>" in page


def test_who_lacks_the_right_is_told_which(signed: Cast) -> None:
    answer = signed("lanhdao").get("/users")
    assert answer.status_code == 403
    assert "phân quyền và quản lý người dùng" in answer.content.decode()


def test_signed_out_leads_to_the_door_and_back() -> None:
    plain = Client().get("/users?sort=active")
    assert (plain.status_code, plain["Location"]) == (302, "/sign-in?next=/users%3Fsort%3Dactive")


def test_a_session_that_ended_leads_the_whole_page_to_the_door_not_a_part_of_it() -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/audit/?page=2"}
    answer = Client().get("/audit/?page=3", headers=asked, follow=True)
    assert answer["HX-Redirect"] == "/sign-in?next=%2Faudit%2F%3Fpage%3D2"


def test_what_does_not_exist_is_said_without_english(signed: Cast) -> None:
    answer = signed("lanhdao").get("/no/such")
    assert answer.status_code == 404
    assert "Không có gì ở đây" in answer.content.decode()


def test_an_expired_form_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "x"})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hạn" in answer.content.decode()


def test_a_fault_is_told_without_database_or_user(django_assert_num_queries: Any) -> None:
    from nhiemky.core.errors import server_error

    with django_assert_num_queries(0):
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_a_refusal_becomes_a_page_with_every_objection(cast_of_users: Any) -> None:
    @pages.page()
    def view(request: HttpRequest) -> HttpResponse:
        raise Refused([Finding("accounts.username_taken", value="an"), Finding("accounts.own_account")])

    request: Any = RequestFactory().get("/")
    request.user, request.actor = cast_of_users[CAST[0][0]], Actor(1, "an")
    answer = view(request)
    assert answer.status_code == 422
    assert answer.content.decode().count('class="finding no"') == 2


def test_nobody_changes_the_language_by_a_link() -> None:
    assert Client().get("/i18n/setlang/?language=en").cookies.get("django_language") is None


def test_every_answer_forbids_foreign_and_inline_code(signed: Cast) -> None:
    for client, path in ((Client(), "/sign-in"), (signed("quantri"), "/users"), (signed("quantri"), "/no/such")):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_vietnamese_first_whatever_the_browser_prefers() -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    assert '<html lang="vi">' in Client(headers=english).get("/sign-in").content.decode()
    client = Client(headers=english)
    client.post("/i18n/setlang/", {"language": "en", "next": "/sign-in"})
    assert '<html lang="en">' in client.get("/sign-in").content.decode()
    client.cookies["django_language"] = "xx"
    assert '<html lang="vi">' in client.get("/sign-in").content.decode()
