"""The pages of an import: handed in, columns, every row, taken over; and lists taken along."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from books import members, row, xlsx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from builders import TODAY, person, province
from nhiemky.audit.models import Event
from nhiemky.core.desk import work_of
from nhiemky.exchange import long
from nhiemky.exchange.models import DONE, Import
from nhiemky.jobs.models import Job
from nhiemky.members.models import Person
from pages_kit import somebody, words

GOOD = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "C2"))
BAD = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "Không đâu"))


@pytest.fixture
def clerk(db: None) -> Client:
    province()
    return somebody("clerk", "X1")


def hand_in(client: Client, content: bytes, unit: str = "X1", name: str = "ds.xlsx") -> Any:
    data = {"file": SimpleUploadedFile(name, content), "unit": unit, "day": "31/10/2026"}
    return client.post("/imports/", data)


def looked_at(client: Client, content: bytes) -> str:
    """Handed in, columns as guessed; the address of the preview."""
    to = hand_in(client, content).url
    page = client.get(to)
    assert "Họ và tên" in words(page.content)
    form = page.context["form"]
    data = {f"c{at}": key for at, key in form.laid.columns.items()}
    return str(client.post(to, {**data, "day": "31/10/2026"}).url)


def test_a_list_is_handed_in_looked_at_and_taken_over(clerk: Client) -> None:
    to = looked_at(clerk, GOOD)
    said = words(clerk.get(to).content)
    assert "Nguyễn Thị Ân" in said
    assert "Take over all (2)" in said
    answer = clerk.post(f"{to}carry-out/", {"rows": "all"})
    assert answer.status_code == 302
    assert Person.objects.count() == 2
    assert "Taken over" in words(clerk.get(to).content)
    assert Import.objects.get().state == DONE
    assert f"took over “#{Import.objects.get().pk}”" in words(somebody("auditor", "T").get("/audit/").content)


def test_a_bad_row_is_shown_with_its_reason_and_comes_back_as_a_spreadsheet(clerk: Client) -> None:
    to = looked_at(clerk, BAD)
    said = words(clerk.get(to).content)
    assert "has no cell “Không đâu”" in said
    assert "Take over the good rows (1)" in said
    assert "Take over all" not in said
    back = CalamineWorkbook.from_filelike(io.BytesIO(clerk.get(f"{to}refused/").content)).get_sheet_by_index(0)
    assert [cells[1] for cells in back.to_python()] == ["Họ và tên", "Trần Thị Bình"]
    answer = clerk.post(f"{to}carry-out/", {"rows": "all"})
    assert answer.status_code == 422
    assert not Person.objects.exists()
    clerk.post(f"{to}carry-out/", {"rows": "good"})
    assert Person.objects.count() == 1
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(clerk.get(f"{to}refused/").content)).get_sheet_by_index(
        0).to_python()) == 2  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "This is no spreadsheet"), (b"  ", "The file is empty"), (GOOD[:900], "damaged")],
)
def test_a_file_that_cannot_be_read_is_refused_where_it_was_chosen(clerk: Client, content: bytes, said: str) -> None:
    answer = hand_in(clerk, content)
    assert answer.status_code == 422
    assert said in words(answer.content)
    assert not Import.objects.exists()


def test_a_unit_outside_ones_grants_is_not_there(clerk: Client) -> None:
    answer = hand_in(clerk, GOOD, unit="X3")
    assert answer.status_code == 422
    assert "no such organisation within your grants" in words(answer.content)


def test_a_leader_sees_the_page_and_may_not_hand_in(clerk: Client) -> None:
    leader = somebody("leader", "T")
    assert "Hand a list in" not in words(leader.get("/imports/").content)
    assert hand_in(leader, GOOD).status_code == 403


def test_an_import_is_its_owners_alone(clerk: Client) -> None:
    to = looked_at(clerk, GOOD)
    other = somebody("clerk", "X1", name="khac")
    assert "ds.xlsx" in words(other.get("/imports/").content)
    assert {other.get(f"{to}{more}").status_code for more in ("", "columns/", "refused/")} == {404}
    assert other.post(f"{to}carry-out/").status_code == 404


def test_without_a_column_of_names_the_columns_are_asked_again(clerk: Client) -> None:
    to = hand_in(clerk, GOOD).url
    answer = clerk.post(to, {"day": "31/10/2026", "c1": ""})
    assert answer.status_code == 422
    assert "No column holds the names" in words(answer.content)
    answer = clerk.post(to, {"day": "31/10/2026", "c1": "full_name", "c2": "full_name"})
    assert "Two columns are both to be “Full name”" in words(answer.content)


def test_old_letters_are_shown_before_and_after(clerk: Client) -> None:
    to = hand_in(clerk, xlsx([["Hä vµ tªn", "Ngày sinh"], ["NguyÔn V¨n Quèc", 1980]])).url
    said = words(clerk.get(to).content)
    assert "NguyÔn V¨n Quèc → Nguyễn Văn Quốc" in said
    assert "No column for" in said


def test_changes_show_what_was_there_before(clerk: Client) -> None:
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    to = looked_at(
        clerk, members(["Nguyễn Thị Ân", "19/05/1990", "Tày"], headings=["Họ và tên", "Ngày sinh", "Dân tộc"])
    )
    assert "Kinh Tày" in words(clerk.get(to + "?rows=changed").content)


def test_many_rows_are_judged_and_taken_over_in_the_background(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from nhiemky.exchange.views import imports as views
    from nhiemky.jobs.services import job_run

    monkeypatch.setattr(views, "ROWS", 1)
    url = looked_at(clerk, GOOD)
    assert url.startswith("/jobs/")
    monkeypatch.setattr("nhiemky.jobs.services._told_at_once", _at_once)
    job_run(Job.objects.get().pk, TODAY)
    job = Job.objects.get()
    assert (job.state, job.outcome[0]["code"]) == ("done", "exchange.judged")
    assert clerk.post(f"{job.url}carry-out/", {"rows": "all"}).url.startswith("/jobs/")
    job_run(Job.objects.latest("pk").pk, TODAY)
    assert Job.objects.latest("pk").state == "done"
    assert Person.objects.count() == 2
    assert long.ROWS > 1000


@contextmanager
def _at_once(job: Job) -> Iterator[Callable[..., None]]:
    """The row itself, in the test's own transaction; how far it is cannot be written there while rows are copied."""

    def told(**values: Any) -> None:
        if "state" in values:
            Job.objects.filter(pk=job.pk).update(**values)

    yield told


def test_what_waits_is_on_the_desk_of_who_handed_it_in(clerk: Client) -> None:
    from nhiemky.access.selectors import actor_for
    from nhiemky.accounts.models import User

    to = looked_at(clerk, GOOD)
    user = User.objects.get(username="clerk-x1")
    actor = actor_for(user.pk, user.username, TODAY, verified=True)
    assert to in [due.url for due in work_of(actor, TODAY)]


def test_a_list_is_taken_along_and_the_empty_form_too(clerk: Client) -> None:
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    answer = clerk.post("/exports/members/", {"unit": "X1", "kind": "csv"})
    assert "Nguyễn Thị Ân" in answer.content.decode()
    assert Event.objects.latest("seq").action == "members.list_exported"
    assert clerk.post("/exports/members/", {"unit": "X3", "kind": "csv"}).status_code == 404
    assert clerk.post("/exports/members/", {"unit": "X1", "kind": "doc"}).status_code == 422
    assert clerk.get("/imports/template/").content.startswith(b"PK")
