"""The pages of admissions, as people of different bodies use them."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import paths
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

import builders
from nhiemky.admissions.models import Case
from nhiemky.audit.models import Event
from nhiemky.members.models import Person
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def test_a_case_is_begun_and_its_next_step_recorded_on_pages() -> None:
    paths.members()
    clerk = somebody("clerk", "X1")
    given = {"unit": "C1", "full_name": "Trần Thị Mai", "sex": "female", "birth_date": "08/03/2001",
             "ethnic_group": "1", "noted_on": "03/06/2024", "union": "on"}  # fmt: skip
    answer = clerk.post("/units/C1/admissions/new/", given)
    case = Case.objects.get()
    assert answer.url == f"/admissions/{case.pk}/"
    told = words(clerk.get(answer.url).content)
    assert "Awareness course finished" in told
    refused = clerk.post(f"/admissions/{case.pk}/steps/application/", {"on": "01/10/2024"})
    assert refused.status_code == 422
    assert "must come first" in words(refused.content)
    course = {"on": "10/09/2024", "paper_number": "12/CN"}
    assert clerk.post(f"/admissions/{case.pk}/steps/course/", course).status_code == 302
    assert "Application and personal history" in words(clerk.get(f"/admissions/{case.pk}/").content)


def test_each_body_records_its_own_step() -> None:
    case = paths.led("cell_vote")
    url = f"/admissions/{case.pk}/steps/grassroots/"
    secretary, clerk = somebody("secretary", "C1"), somebody("clerk", "X1")
    assert secretary.get(url).status_code == 403
    assert "To be recorded by Đảng bộ xã An Phú" in words(secretary.get(f"/admissions/{case.pk}/").content)
    assert clerk.get(url).status_code == 200
    assert somebody("clerk", "X3").get(f"/admissions/{case.pk}/").status_code == 404


def test_a_ballot_that_falls_short_says_by_how_many() -> None:
    case = paths.led("opinions")
    clerk = somebody("clerk", "X1")
    ballot = {
        "on": "03/02/2025",
        "paper_number": "3-NQ/CB",
        "present": "7",
        "in_favour": "4",
        "against": "3",
        "blank": "0",
    }
    wrong = clerk.post(f"/admissions/{case.pk}/steps/cell_vote/", {**ballot, "in_favour": "5"})
    assert "One of the numbers is wrong" in words(wrong.content)
    assert clerk.post(f"/admissions/{case.pk}/steps/cell_vote/", ballot).status_code == 302
    assert "2 votes too few" in words(clerk.get(f"/admissions/{case.pk}/").content)


def test_board_and_list_show_each_their_own_subtree() -> None:
    paths.led("ceremony")
    for role, unit, sees in (
        ("leader", "T", True),
        ("clerk", "X1", True),
        ("secretary", "C1", True),
        ("clerk", "X3", False),
    ):
        client = somebody(role, unit, name=f"{role}{unit}")
        for url in ("/admissions/", "/admissions/cases/"):
            assert ("Trần Thị Mai" in words(client.get(url).content)) is sees, (role, unit, url)
    assert "overdue" in words(somebody("leader", "T", name="l2").get("/units/X1/admissions/cases/?late=yes").content)


def test_the_list_is_taken_along_as_a_spreadsheet_and_leaves_a_trace() -> None:
    paths.led("ceremony")
    answer = somebody("clerk", "X1").get("/units/X1/admissions/cases/?as=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any("Trần Thị Mai" in row for row in rows)
    assert Event.objects.latest("seq").action == "admissions.list_exported"


def test_a_finished_case_is_in_the_list_of_official_members() -> None:
    paths.led("official_decision")
    clerk = somebody("clerk", "X1")
    assert "Trần Thị Mai" in words(clerk.get("/admissions/cases/?stage=official").content)
    assert "Trần Thị Mai" not in words(clerk.get("/admissions/cases/").content)


def test_every_paper_of_the_whole_file_is_a_document_about_the_person() -> None:
    case = paths.led("official_decision")
    answer = somebody("clerk", "X1").get(f"/admissions/{case.pk}/file/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert [name.split()[1].split("-")[0] for name in names] == [
            "1", "2", "3", "5", "6", "8", "9", "10", "11", "12", "13", "15", "16",
        ]  # fmt: skip
        for name in names:
            text = "\n".join(p.text for p in Document(io.BytesIO(archive.read(name))).paragraphs)
            assert "Trần Thị Mai" in text, name
    assert Event.objects.latest("seq").action == "admissions.papers_exported"


def test_the_cells_resolution_tells_the_votes_of_all_official_members() -> None:
    case = paths.led("cell_vote")
    answer = somebody("clerk", "X1").get(f"/admissions/{case.pk}/papers/6-KNĐ/")
    text = "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
    assert "8 đồng chí (đạt 88,9%) so với tổng số 9 đảng viên chính thức" in text


def test_a_wrong_step_is_struck_and_stays_to_be_seen() -> None:
    case = paths.led("course")
    step = case.steps.get(key="course")
    clerk = somebody("clerk", "X1")
    assert clerk.post(f"/admissions/steps/{step.pk}/strike/", {"reason": "nhầm người"}).status_code == 302
    told = words(clerk.get(f"/admissions/{case.pk}/").content)
    assert "struck: nhầm người" in told
    assert "Awareness course finished" in told


def test_striking_the_ceremony_takes_the_entry_back() -> None:
    case = paths.led("ceremony")
    step = case.steps.get(key="ceremony")
    assert somebody("clerk", "X1").post(f"/admissions/steps/{step.pk}/strike/", {"reason": "nhầm"}).status_code == 302
    person = Person.objects.get(pk=case.person_id)
    assert not person.stays.exists()


def test_a_case_ends_with_a_reason_and_can_be_taken_up_again() -> None:
    case = paths.led("course")
    clerk = somebody("clerk", "X1")
    ended = {"kind": "withdrawn", "on": "01/11/2024", "reason": "chuyển nơi ở"}
    assert clerk.post(f"/admissions/{case.pk}/end/", ended).status_code == 302
    assert "chuyển nơi ở" in words(clerk.get(f"/admissions/{case.pk}/").content)
    assert clerk.post(f"/admissions/{case.pk}/steps/application/", {"on": "02/11/2024"}).status_code == 422
    assert clerk.post(f"/admissions/{case.pk}/resume/", {"reason": "xin tiếp tục"}).status_code == 302
    assert Case.objects.get(pk=case.pk).end_kind == ""


def test_the_desk_counts_the_actors_own_cases_only() -> None:
    paths.led("ceremony")
    assert "Overdue cases of admission: 1" in words(somebody("clerk", "X1").get("/").content)
    assert "are overdue" not in words(somebody("clerk", "X3").get("/").content)
    assert date(2026, 4, 2) < paths.TODAY
