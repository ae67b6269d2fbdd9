"""The member's own page and the office's pages, as a browser sees them; and that a member opens nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from builders import SYSTEM, book, person, province
from nhiemky.access.services import grant_give
from nhiemky.accounts import services as accounts
from nhiemky.accounts.models import User
from nhiemky.accounts.selectors import users
from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person, Reading
from nhiemky.members.services.particulars import person_amend
from nhiemky.rights.models import Holder, Request, Shredding
from nhiemky.rights.services import holders
from pages_kit import somebody, words
from rights.cases import PASSWORD, TODAY, browser, correction, member, objection

pytestmark = pytest.mark.django_db
NUMBER = "051190000123"


@pytest.fixture
def who() -> Person:
    province()
    made = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    values = {"identity_number": NUMBER, "phone": "0905123456"}
    person_amend(actor=SYSTEM, person_id=made.pk, values=values, reason="phiếu", today=TODAY)
    return Person.objects.get(pk=made.pk)


@pytest.fixture
def other(who: Person) -> Person:
    return person("Lê Thị Bình", "C1", date(2021, 3, 2))


def test_a_member_asks_the_clerk_grants_and_the_member_sees_it(who: Person) -> None:
    me, clerk = browser(member(who)), somebody("clerk", "X1")
    sent = me.post("/own/requests/correct/residence/", {"value": "Thôn Tây", "why": "đã chuyển nhà"}, follow=True)
    assert "waits to be acknowledged" in words(sent.content)
    asked = Request.objects.get()
    assert "Nguyễn Thị Ân" in words(clerk.get("/requests/").content)
    clerk.post(f"/requests/{asked.pk}/acknowledge/")
    clerk.post(f"/requests/{asked.pk}/grant/", {"grant-answer": "Đã sửa"})
    who.refresh_from_db()
    assert who.residence == "Thôn Tây"
    told = words(me.get(f"/own/requests/{asked.pk}/").content)
    assert "granted" in told
    assert "Đã sửa" in told
    assert "Thôn Tây" in words(me.get("/own/").content)


def test_the_own_page_says_everything_and_who_read_it(who: Person) -> None:
    somebody("clerk", "X1", name="anphu").get(f"/members/{who.pk}/")
    told = words(browser(member(who)).get("/own/").content)
    for text in (
        "Nguyễn Thị Ân",
        "0905123456",
        "02/03/2020",
        "Admission",
        "Anphu",
        "opened a page about this person",
        "phiếu",
    ):
        assert text in told, text
    assert NUMBER not in told


def test_the_own_number_is_shown_when_asked_for_and_noted(who: Person) -> None:
    me = browser(member(who))
    assert me.get("/own/identity/").status_code == 405
    assert NUMBER in words(me.post("/own/identity/").content)
    assert Reading.objects.filter(person=who, what="identity").count() == 1
    assert NUMBER not in str(list(Event.objects.values_list("facts", flat=True)))


def test_a_member_needs_no_second_factor_but_a_password_of_their_own(who: Person) -> None:
    actor = member(who)
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    assert client.get("/own/")["Location"] == reverse("accounts:password")
    assert browser(actor).get("/own/").status_code == 200


def test_the_first_page_leads_a_member_to_their_own_and_the_menu_has_nothing_else(who: Person) -> None:
    me = browser(member(who))
    assert me.get("/")["Location"] == "/own/"
    page = me.get("/own/").content.decode()
    menu = page[page.index('<nav class="rail"') : page.index('class="person"')]
    assert [part.split('"')[0] for part in menu.split('<li><a href="')[1:]] == ["/own/", "/own/requests/"]
    assert "data-menu" not in page
    assert 'id="search"' not in page


def test_nothing_of_another_member_is_opened_by_number(who: Person, other: Person) -> None:
    me, theirs = browser(member(who)), objection(member(other), other)
    for address in ("", "withdraw/", "answer.docx"):
        url = f"/own/requests/{theirs.pk}/{address}"
        assert (me.post(url) if address == "withdraw/" else me.get(url)).status_code == 404
    for url in ("/own/", "/own/requests/", "/own/data.json"):
        assert "Lê Thị Bình" not in me.get(url).content.decode()


def test_a_withdrawn_account_and_one_of_the_office_open_no_own_page(who: Person) -> None:
    actor = member(who)
    me = browser(actor)
    holders.account_withdraw(actor=SYSTEM, person_id=who.pk)
    assert me.get("/own/")["Location"].startswith("/sign-in")
    assert somebody("clerk", "X1").get("/own/").status_code == 403
    again = member(who)
    assert User.objects.get(pk=again.user_id).username == f"dv{who.pk:07d}-2"


def test_the_own_data_go_into_files_with_the_number_and_are_noted(who: Person) -> None:
    me = browser(member(who))
    data = json.loads(me.get("/own/data.json").content)
    assert {row["field"]: row["value"] for row in data["particulars"]}["identity_number"] == NUMBER
    assert data["ledger"][0]["on"] == "2020-03-02"
    cells = CalamineWorkbook.from_filelike(io.BytesIO(me.get("/own/data.xlsx").content))
    assert NUMBER in str(cells.get_sheet_by_index(0).to_python())
    assert Event.objects.filter(action="rights.data_exported").count() == 2
    assert Reading.objects.filter(person=who, what="export").count() == 2


def test_the_file_that_an_office_hands_over_has_no_number(who: Person) -> None:
    answer = somebody("clerk", "X1").get(f"/members/{who.pk}/rights/data.json")
    assert NUMBER not in answer.content.decode()
    assert somebody("clerk", "X3").get(f"/members/{who.pk}/rights/data.json").status_code == 404


def test_the_answer_is_a_paper(who: Person) -> None:
    asked, clerk = correction(member(who), who, "residence", "Thôn Tây"), somebody("clerk", "X1")
    assert clerk.get(f"/requests/{asked.pk}/answer.docx").status_code == 404
    wrong = clerk.post(f"/requests/{asked.pk}/refuse/", {"refuse-answer": "Sai"})
    assert wrong.status_code == 422
    clerk.post(f"/requests/{asked.pk}/refuse/", {"refuse-answer": "Chưa có giấy tờ", "refuse-source": "Điều 4"})
    assert somebody("clerk", "X3").get(f"/requests/{asked.pk}/answer.docx").status_code == 404
    with zipfile.ZipFile(io.BytesIO(clerk.get(f"/requests/{asked.pk}/answer.docx").content)) as parts:
        paper = parts.read("word/document.xml").decode()
    for text in ("CHI BỘ THÔN ĐÔNG", "Nguyễn Thị Ân", "Nơi ở hiện nay", "không đồng ý", "Chưa có giấy tờ", "Điều 4"):
        assert text in paper, text


def test_an_account_is_given_handed_a_password_and_closed_on_pages(who: Person) -> None:
    clerk = somebody("clerk", "X1")
    weak = clerk.post(f"/members/{who.pk}/account/", {"password": "ngắn"})
    assert weak.status_code == 422
    clerk.post(f"/members/{who.pk}/account/", {"password": PASSWORD})
    held = Holder.objects.get()
    assert held.user.check_password(PASSWORD)
    assert held.user.must_change
    assert clerk.post(f"/members/{who.pk}/account/", {"password": PASSWORD}).status_code == 422
    clerk.post(f"/members/{who.pk}/account/password/", {"password": "sáu bảy tám chín mười"})
    clerk.post(f"/members/{who.pk}/account/withdraw/")
    held.user.refresh_from_db()
    assert held.user.check_password("sáu bảy tám chín mười")
    assert not held.user.is_active


def test_a_secretary_who_may_read_no_numbers_gives_no_account(who: Person) -> None:
    """The first password would open the number to whoever set it."""
    secretary = somebody("secretary", "C1")
    assert secretary.post(f"/members/{who.pk}/account/", {"password": PASSWORD}).status_code == 403
    assert "Accounts are given by an office" in words(secretary.get(f"/members/{who.pk}/rights/").content)
    assert not Holder.objects.exists()


def test_a_member_s_account_gets_no_role_and_no_administrator_gets_into_it(who: Person) -> None:
    actor = member(who)
    held = Holder.objects.get()
    with pytest.raises(Refused) as no:
        grant_give(actor=SYSTEM, username=held.user.username, role="clerk", unit_code="X1", start=date(2026, 1, 1))
    assert no.value.findings[0].code == "access.member_account"
    administrator = Actor(99, "quantri", SYSTEM.scopes)
    with pytest.raises(Denied):
        accounts.password_set(actor=administrator, user_id=held.user_id, password=PASSWORD)
    assert held.user not in users(SYSTEM)
    assert actor.scopes == {}


def test_no_office_gets_into_an_account_of_the_office(who: Person) -> None:
    clerk = User.objects.create(username="ai", full_name="Ai")
    with pytest.raises(Denied):
        accounts.member_password_set(actor=SYSTEM, user_id=clerk.pk, password=PASSWORD)


def test_events_of_a_member_s_account_hold_no_name(who: Person) -> None:
    before = Event.objects.count()
    objection(member(who), who)
    told = str(list(Event.objects.order_by("seq").values_list("user_name", "subject", "facts")[before:]))
    assert "Ân" not in told


def test_requests_are_listed_by_state_and_of_the_own_units_only(who: Person, other: Person) -> None:
    correction(member(who), who, "residence", "Thôn Tây", date(2026, 10, 1))
    client = somebody("clerk", "X1")
    assert "Nguyễn Thị Ân" in words(client.get("/requests/?state=overdue").content)
    assert "Nguyễn Thị Ân" not in words(client.get("/requests/?state=closed").content)
    assert "Nguyễn Thị Ân" not in words(somebody("clerk", "X3").get("/requests/").content)
    assert "Overdue requests of members: 1" in words(client.get("/").content)


def test_people_are_listed_and_shredded_by_two_people_on_pages(who: Person) -> None:
    dead = person("Trần Văn Cư", "C1", date(2012, 3, 2))
    book(dead, "death", date(2015, 8, 1))
    first, second = somebody("clerk", "X1"), somebody("specialist", "T")
    assert "Trần Văn Cư" in words(first.get("/retention/").content)
    paper = {"number": "77-QĐ/TU", "decided_on": "01/10/2026", "body": "Tỉnh ủy"}
    assert first.post("/retention/", paper).status_code == 422
    first.post("/retention/", {**paper, "person": [dead.pk]})
    held = Shredding.objects.get()
    url = f"/retention/{held.pk}/"
    assert "waits for a second person" in words(second.get("/").content)
    assert "somebody else must carry it out" in words(first.get(url).content)
    assert first.post(url, {"number": "77-QĐ/TU"}).status_code == 422
    assert second.post(url, {"number": "77"}).status_code == 422
    second.post(url, {"number": "77-QĐ/TU"})
    dead.refresh_from_db()
    assert dead.full_name == "đã xóa theo quy định"
    assert "carried out on" in words(second.get(url).content)
    assert second.get(f"/members/{dead.pk}/").status_code == 200
    assert "Nobody is due" in words(second.get("/retention/").content)
