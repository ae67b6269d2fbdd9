"""Pages of units and people: what they say, who may open them, how many statements they cost."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import python_calamine as calamine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builders import SYSTEM, TODAY, book, decision, person, province
from nhiemky.audit.models import Event
from nhiemky.domain.periods import DAY
from nhiemky.members.models import Movement, Person, Reading
from nhiemky.organisation import services
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
ADMIT: dict[str, Any] = {
    "full_name": "Lê Thị Mới", "sex": "female", "birth_date": "01/02/2000", "ethnic_group": "19",
    "decided_on": "01/06/2026", "admitted_on": "10/06/2026", "paper_number": "7-QĐ/HU", "paper_body": "Huyện ủy",
    "identity_number": "051200000001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


@pytest.fixture
def people() -> dict[str, Person]:
    named = ("Nguyễn Thị Ân", "Trần Văn Ánh", "Lê Văn An", "Phạm Văn Đức", "Hồ Thị Dung")
    made = {name: person(name, "C1", date(2020, 1, 10 + n)) for n, name in enumerate(named)}
    made["Võ Văn Xa"] = person("Võ Văn Xa", "C4", date(2021, 2, 1), sex="male")
    return made


PATHS = ("/units/X1/", "/units/X1/children/", "/units/X1/members/", "/units/X1/ledger/", "/units/X1/attention/",
         "/units/X1/entries/?kind=admission&way=in&year=2020")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_inside_and_outside_the_subtree(path: str, people: dict[str, Person]) -> None:
    assert somebody("leader", "T").get(path).status_code == 200
    assert somebody("clerk", "X1").get(path).status_code == 200
    assert somebody("clerk", "X3").get(path).status_code == 404
    administrator = somebody("administrator", "T").get(path)
    assert administrator.status_code == (200 if path in PATHS[:2] else 403)


def test_who_may_not_see_members_sees_no_count_of_them(people: dict[str, Person]) -> None:
    for path in ("/units/", "/units/X1/"):
        said = words(somebody("administrator", "T", name=f"a{len(path)}").get(path).content)
        assert "Members 5" not in said
        assert "Admitted" not in said


def test_a_person_is_seen_only_inside_the_subtree_and_each_opening_is_recorded(people: dict[str, Person]) -> None:
    inside, outside = people["Nguyễn Thị Ân"], people["Võ Văn Xa"]
    clerk = somebody("clerk", "X1")
    assert clerk.get(f"/members/{inside.pk}/").status_code == 200
    assert clerk.get(f"/members/{outside.pk}/").status_code == 404
    assert clerk.get("/members/999999/").status_code == 404
    assert list(Reading.objects.values_list("person_id", "user_name", "what")) == [(inside.pk, "clerk-x1", "page")]


def test_the_identity_number_needs_the_right_and_is_recorded() -> None:
    clerk = somebody("clerk", "X1")
    clerk.post("/units/C1/admit/", {**ADMIT, "unit": "C1", "confirmed": "yes"})
    made = Person.objects.get()
    page = f"/members/{made.pk}/"
    assert "051200000001" not in clerk.get(page).content.decode()
    assert clerk.get(f"{page}identity/").status_code == 405
    assert "051200000001" in clerk.post(f"{page}identity/").content.decode()
    assert Reading.objects.filter(what="identity", user_name="clerk-x1").count() == 1
    assert somebody("secretary", "X1").post(f"{page}identity/").status_code == 403
    assert somebody("clerk", "X3").post(f"{page}identity/").status_code == 404


@pytest.mark.parametrize("q", ["nguyen thi an", "NGUYỄN THỊ ÂN", "thi an", "nguyen th"])
def test_search_finds_without_diacritics(q: str, people: dict[str, Person]) -> None:
    said = words(somebody("leader", "T").get("/search", {"q": q}).content)
    assert "Nguyễn Thị Ân" in said
    assert "Trần Văn Ánh" not in said


def test_search_brings_whole_names_before_those_that_only_begin_alike(people: dict[str, Person]) -> None:
    for number in range(10):
        person("Nguyễn Thị Ánh" if number % 2 else "Nguyễn Thị Anh", "C2", date(2022, 1, 1 + number))
    leader = somebody("leader", "T")
    for typed in ("nguyen thi an", "Nguyễn Thị Ân"):
        assert leader.get("/search", {"q": typed}).context["people"][0][0].full_name == "Nguyễn Thị Ân"
    spelt = leader.get("/search", {"q": "thị ánh"}).context["people"]
    assert {found.full_name for found, *_more in spelt[:5]} == {"Nguyễn Thị Ánh"}


def test_search_stays_within_the_scope_and_answers_htmx_with_a_part(people: dict[str, Person]) -> None:
    clerk = somebody("clerk", "X1")
    assert "Võ Văn Xa" not in words(clerk.get("/search?q=vo+van").content)
    assert "thôn Bắc" not in words(clerk.get("/search?q=thon+bac").content)
    part = clerk.get("/search?q=thon+dong", headers={"hx-request": "true"}).content.decode()
    assert "Chi bộ thôn Đông" in part
    assert "<html" not in part


def test_search_puts_an_exact_code_first_and_survives_odd_letters(people: dict[str, Person]) -> None:
    leader = somebody("leader", "T")
    answer = leader.get("/search?q=x1")
    assert answer.context["units"][0][1] == "X1"
    for odd in ("'", "a & | !", "\\", "%", ":*", "((", "ă̂", "a" * 300):
        assert leader.get("/search", {"q": odd}).status_code == 200


def names(client: Client, path: str) -> list[str]:
    return [row.person.full_name for row in client.get(path).context["table"].rows]


def test_the_list_is_in_the_order_of_vietnamese_given_names(people: dict[str, Person]) -> None:
    leader = somebody("leader", "T")
    in_order = ["Lê Văn An", "Trần Văn Ánh", "Nguyễn Thị Ân", "Hồ Thị Dung", "Phạm Văn Đức"]
    assert names(leader, "/units/X1/members/") == in_order
    assert names(leader, "/units/X1/members/?sort=-name") == in_order[::-1]
    person("Đỗ Văn Bé", "C2", date(2022, 5, 1))
    assert names(leader, "/units/X1/members/")[3] == "Đỗ Văn Bé"


def test_filters_and_days_of_the_list(people: dict[str, Person]) -> None:
    leader = somebody("leader", "T")
    book(people["Lê Văn An"], "official_recognition", date(2021, 3, 1))
    assert names(leader, "/members/?standing=official") == ["Lê Văn An"]
    assert names(leader, "/members/?sex=male") == ["Võ Văn Xa"]
    assert names(leader, "/members/?q=thi+an") == ["Nguyễn Thị Ân"]
    assert names(leader, "/members/?on=2020-01-10") == ["Nguyễn Thị Ân"]
    assert names(leader, "/members/?age=under_31") == []
    assert len(names(leader, "/members/?age=31_40&sort=birth")) == 6
    assert leader.get("/members/?standing=nonsense").status_code == 200


def test_the_list_holds_only_what_the_actor_may_see_and_downloads_the_same(people: dict[str, Person]) -> None:
    clerk = somebody("clerk", "X3")
    assert names(clerk, "/members/") == ["Võ Văn Xa"]
    answer = clerk.get("/members/?as=xlsx")
    assert answer["Content-Type"].endswith("sheet")
    sheet = calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0)
    cells = [str(cell) for row in sheet.to_python() for cell in row]
    assert "Võ Văn Xa" in cells
    assert "Lê Văn An" not in cells


def test_admitting_asks_once_and_shows_every_objection_at_its_field() -> None:
    clerk = somebody("clerk", "X1")
    wrong = {**ADMIT, "unit": "C1", "birth_date": "01/02/2015", "admitted_on": "01/05/2026", "identity_number": "12"}
    answer = clerk.post("/units/C1/admit/", wrong)
    assert answer.status_code == 422
    assert {"admitted_on", "identity_number"} <= set(answer.context["form"].errors)
    asked = clerk.post("/units/C1/admit/", {**ADMIT, "unit": "C1"})
    assert asked.status_code == 200
    assert asked.context["confirm"]
    assert not Person.objects.exists()
    done = clerk.post("/units/C1/admit/", {**ADMIT, "unit": "C1", "confirmed": "yes"})
    assert done.status_code == 302
    assert Person.objects.get().full_name == "Lê Thị Mới"


def test_booking_and_taking_back(people: dict[str, Person]) -> None:
    clerk = somebody("clerk", "X1")
    who = people["Lê Văn An"]
    path = f"/members/{who.pk}/movements/new/?kind=transfer_within"
    paper = {"paper_number": "8-QĐ", "paper_date": "01/06/2026", "paper_body": "Đảng ủy xã"}
    wrong = clerk.post(path, {**paper, "on": "02/06/2026", "unit": "C1"})
    assert wrong.status_code == 422
    assert "in this cell already" in words(wrong.content)
    move = {**paper, "on": "02/06/2026", "unit": "C2"}
    assert clerk.post(path, move).context["confirm"]
    assert clerk.post(path, {**move, "confirmed": "yes"}).status_code == 302
    entry = Movement.objects.get(kind="transfer_within")
    assert "Take this entry back" in words(clerk.get(f"/members/{who.pk}/").content)
    assert clerk.post(f"/members/movements/{entry.pk}/reverse/", {"reason": ""}).status_code == 422
    assert clerk.post(f"/members/movements/{entry.pk}/reverse/", {"reason": "nhầm chi bộ"}).status_code == 302
    said = words(clerk.get(f"/members/{who.pk}/").content)
    assert "Counter-entry" in said
    assert "nhầm chi bộ" in said


def test_writing_needs_the_right(people: dict[str, Person]) -> None:
    who, leader = people["Lê Văn An"], somebody("leader", "T")
    assert leader.get(f"/members/{who.pk}/movements/new/").status_code == 403
    assert leader.get("/units/C1/admit/").status_code == 403
    entry = Movement.objects.filter(person=who).get()
    assert leader.get(f"/members/movements/{entry.pk}/reverse/").status_code == 403
    assert somebody("clerk", "X3").get(f"/members/movements/{entry.pk}/reverse/").status_code == 404


def test_the_ledger_opens_as_many_rows_as_it_says(people: dict[str, Person]) -> None:
    leader = somebody("leader", "T")
    book(people["Lê Văn An"], "transfer_within", date(2020, 9, 1), "C3")
    page = leader.get("/units/X1/ledger/?year=2020")
    assert page.context["balanced"].ok
    for kind, came, went in page.context["lines"]:
        for way, count in (("in", came), ("out", went)):
            rows = leader.get(f"/units/X1/entries/?year=2020&kind={kind}&way={way}")
            assert rows.context["page"].paginator.count == count
            assert rows.context["agrees"]
    assert {kind: (a, b) for kind, a, b in page.context["lines"]} == {
        "admission": (5, 0),
        "transfer_within": (0, 1),
    }


def test_each_line_of_the_ledger_balances_also_where_a_unit_came_from_elsewhere(people: dict[str, Person]) -> None:
    move = decision({"op": "move", "unit": "C1", "parent": "X2"})
    services.reorganisation_apply(actor=SYSTEM, decision=move, today=TODAY)
    page = somebody("leader", "T").get("/units/X2/ledger/?year=2025")
    lines = {child.code: child for child in page.context["children"]}
    assert all(c.opening + c.came - c.went == c.closing for c in lines.values())
    assert not lines["C1"].below_then
    assert page.context["sums"] == {"opening": 0, "closing": 5, "equal": True, "elsewhere": True}


def test_attention_names_the_rule(people: dict[str, Person]) -> None:
    said = words(somebody("leader", "T").get("/units/C1/").content)
    assert "0 official members, at least 3 are needed" in said
    assert "Điều lệ Đảng" in said


def test_statements_stay_few(people: dict[str, Person], django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    leader = somebody("leader", "T")
    for path in ("/units/", "/units/T/", "/members/", "/search?q=van", f"/members/{people['Lê Văn An'].pk}/"):
        leader.get(path)
        with django_assert_max_num_queries(30):
            assert leader.get(path).status_code == 200


def test_pages_speak_vietnamese(people: dict[str, Person]) -> None:
    said = words(somebody("leader", "T", language="vi").get("/units/X1/").content)
    assert "Tổ chức trực thuộc" in said
    assert "Kết nạp" in said


def test_who_tries_identity_numbers_out_leaves_a_trace(people: dict[str, Person]) -> None:
    secretary = somebody("secretary", "C1")
    form = {
        "unit": "C1", "full_name": "Ai Đó", "sex": "male", "birth_date": "01/01/1990", "ethnic_group": "1",
        "decided_on": "01/03/2026", "admitted_on": "10/03/2026", "paper_number": "1", "paper_body": "Đảng ủy",
        "identity_number": "051190000999",
    }  # fmt: skip
    assert secretary.post("/units/C1/admit/", {**form, "confirmed": "yes"}).status_code == 302
    assert not Event.objects.filter(action="members.identity_met").exists()
    assert secretary.post("/units/C1/admit/", {**form, "full_name": "Người Khác"}).status_code == 422
    event = Event.objects.get(action="members.identity_met")
    assert event.user_name == "secretary-c1"
    assert "051190000999" not in str(event.facts)


def test_a_member_comes_by_transfer_from_outside(people: dict[str, Person]) -> None:
    clerk = somebody("clerk", "X1")
    form = {
        "full_name": "Trịnh Văn Xa", "sex": "male", "birth_date": "01/01/1980", "ethnic_group": "1",
        "on": "01/03/2026", "place": "Đảng bộ tỉnh Bình Định", "paper_number": "12-GT", "paper_date": "01/02/2026",
        "paper_body": "Ban Tổ chức Tỉnh ủy Bình Định", "decided_on": "01/03/2005", "admitted_on": "10/03/2005",
        "official_on": "10/03/2006", "unit": "C1",
    }  # fmt: skip
    asked = clerk.post("/units/X1/receive/", form)
    assert "Please confirm" in words(asked.content)
    assert clerk.post("/units/X1/receive/", {**form, "confirmed": "yes"}).status_code == 302
    made = Person.objects.get(full_name="Trịnh Văn Xa")
    assert (made.decided_on, made.official_on) == (date(2005, 3, 1), date(2006, 3, 10))
    assert made.stays.get().standing == "official"
    outside = clerk.post("/units/X1/receive/", {**form, "full_name": "Khác", "unit": "C4"})
    assert outside.status_code == 422
    assert "no such cell within your grants" in words(outside.content)


def test_the_ledger_of_any_days_balances_and_opens_its_rows(people: dict[str, Person]) -> None:
    """Not only of whole years: from the day of one admission to the eve of the next."""
    leader = somebody("leader", "T")
    days = sorted(person.admitted_on for person in Person.objects.all() if person.admitted_on)
    first, last = days[0], days[-1] - DAY
    asked = f"from={first:%d/%m/%Y}&until={last:%d/%m/%Y}"
    page = leader.get(f"/units/T/ledger/?{asked}")
    held = page.context
    assert held["balanced"].ok
    assert held["came"] == sum(first <= day <= last for day in days)
    assert held["opening"] + held["came"] - held["went"] == held["closing"]
    rows = leader.get(f"/units/T/entries/?{asked}&way=in")
    assert rows.context["agrees"]
    assert rows.context["page"].paginator.count == held["came"]
    wrong = leader.get("/units/T/ledger/?from=31/02/2020&until=01/01/2020")
    assert wrong.status_code == 200
    assert "Write the day as dd/mm/yyyy" in words(wrong.content)


def test_a_member_is_told_by_name_who_read_the_page(people: dict[str, Person]) -> None:
    clerk = somebody("clerk", "X1", name="anphu")
    page = f"/members/{people['Nguyễn Thị Ân'].pk}/"
    clerk.get(page)
    assert "Anphu opened a page about this person" in words(clerk.get(page).content)
