"""The pages of clean data: counts that open their rows, mending, accepting, confirming, comparing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

import builders
from nhiemky.members.models import Person
from nhiemky.members.selectors import that_count
from nhiemky.quality.models import Accepted, Confirmation, Merge, NotSame
from pages_kit import somebody, words


@pytest.fixture
def people(db: None) -> list[Person]:
    """Two of one name and birth in two cells of X1, and one in X2."""
    builders.province()
    one = builders.person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    return [one, builders.person("Nguyễn Thị Ân", "C2", date(2020, 3, 2)),
            builders.person("Lê Thị Bình", "C3", date(2021, 3, 2), born=date(1980, 1, 1))]  # fmt: skip


def test_the_workbench_counts_and_each_count_opens_its_rows(people: list[Person]) -> None:
    client = somebody("clerk", "X1")
    told = words(client.get("/quality/").content)
    assert "0 / 2 members have no open finding" in told
    assert "Chi bộ thôn Đông" in told
    assert "Chi bộ thôn Nam" not in told
    rows = words(client.get("/quality/units/X1/cases/?rule=phone_missing").content)
    assert rows.count("Nguyễn Thị Ân") == 2
    assert "Lê Thị Bình" not in rows
    assert words(client.get("/quality/units/X1/cases/?show=open").content).count("Nguyễn Thị Ân") == 2
    assert "Nobody" in words(client.get("/quality/units/X1/cases/?show=clean").content)
    assert f"/members/{people[0].pk}/amend/#id_phone" in client.get("/quality/units/X1/cases/").content.decode()


def test_the_cases_go_along_as_a_spreadsheet(people: list[Person]) -> None:
    answer = somebody("clerk", "X1").get("/quality/units/X1/cases/?as=xlsx&rule=phone_missing")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in sheet[5:]] == ["Nguyễn Thị Ân"] * 2


def test_a_case_is_accepted_with_a_reason_and_taken_back(people: list[Person]) -> None:
    client, who = somebody("secretary", "C1"), people[0]
    url = f"/quality/people/{who.pk}/accept/phone_missing/"
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "không dùng"}).status_code == 302
    told = words(client.get(f"/quality/people/{who.pk}/").content)
    assert "không dùng" in told
    number = Accepted.objects.get().pk
    back = client.post(f"/quality/people/{who.pk}/", {"deed": "accepted", "number": number})
    assert back.status_code == 302
    assert Accepted.objects.get().undone_by == "secretary-c1"
    assert client.get(f"/quality/people/{who.pk}/accept/no_such_rule/").status_code == 404


def test_a_list_is_confirmed_from_the_paper_book(people: list[Person]) -> None:
    client = somebody("secretary", "C1")
    wrong = client.post("/quality/units/C1/confirm/", {"members": 5, "official": 0, "sure": "on"})
    assert wrong.status_code == 422
    assert "the register 1" in words(wrong.content)
    assert client.post("/quality/units/C1/confirm/", {"members": 1, "official": 0}).status_code == 422
    assert client.post("/quality/units/C1/confirm/", {"members": 1, "official": 0, "sure": "on"}).status_code == 302
    assert Confirmation.objects.get().user_name == "secretary-c1"
    assert "Confirmed on" in words(client.get("/quality/units/C1/confirm/").content)


def test_two_are_compared_merged_and_the_merge_undone(people: list[Person]) -> None:
    client, (one, two, _other) = somebody("clerk", "X1"), people
    assert "one has no identity number" in words(client.get("/quality/duplicates/").content)
    url = f"/quality/people/{one.pk}/same/?other={two.pk}"
    assert "Side by side" in words(client.get(url).content)
    assert client.post(url, {"deed": "keep_first"}).status_code == 422
    assert client.post(url, {"deed": "keep_first", "reason": "một người"}).status_code == 302
    assert not that_count(two).exists()
    for person in (one, two):
        assert "một người" in words(client.get(f"/quality/people/{person.pk}/").content)
    assert f"trùng với hồ sơ #{one.pk}" in words(client.get(f"/members/{two.pk}/").content)
    undo = {"deed": "merge", "number": Merge.objects.get().pk}
    assert client.post(f"/quality/people/{two.pk}/", undo).status_code == 302
    assert that_count(two).count() == 1


def test_two_are_said_to_be_two(people: list[Person]) -> None:
    client, (one, two, _other) = somebody("clerk", "X1"), people
    form = {"deed": "two", "reason": "hai chị em họ"}
    assert client.post(f"/quality/people/{two.pk}/same/?other={one.pk}", form).status_code == 302
    assert "No pair looks like one person" in words(client.get("/quality/duplicates/").content)
    assert NotSame.objects.get().first_id == one.pk


def test_the_other_half_of_a_pair_outside_the_scope_is_not_named(people: list[Person]) -> None:
    client, (one, two, other) = somebody("secretary", "C1"), people
    told = words(client.get("/quality/duplicates/").content)
    assert "in an organisation outside your grants" in told
    assert "Chi bộ thôn Tây" not in told
    assert "born on the same day" not in told
    for number in (two.pk, other.pk):
        page = words(client.get(f"/quality/people/{one.pk}/same/?other={number}").content)
        assert "not in your grants" in page
        assert "Side by side" not in page
    form = {"deed": "keep_first", "reason": "x"}
    assert client.post(f"/quality/people/{one.pk}/same/?other={two.pk}", form).status_code == 422
    assert client.get(f"/quality/people/{two.pk}/").status_code == 404
