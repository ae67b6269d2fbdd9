"""A large workbook is written by the worker, with what its owner may see and nothing else."""

from __future__ import annotations

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from builders import TODAY, person, province
from nhiemky.accounts.models import User
from nhiemky.core.sealing import unseal_bytes
from nhiemky.jobs.models import DONE, REFUSED, Job
from nhiemky.jobs.services import job_run
from nhiemky.reporting import long
from pages_kit import somebody

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    province()
    for name, cell in (("Nguyễn Thị Ân", "C1"), ("Lê Văn Xa", "C4")):
        person(name, cell, date(2026, 3, 2))
    monkeypatch.setattr(long, "_LARGE", 1)
    answer = somebody("clerk", "X1", name="anphu").get("/review/X1/2026/review.xlsx")
    found = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{found.pk}/")
    return found


def test_the_worker_writes_what_the_page_would_have(job: Job) -> None:
    job_run(job.pk, TODAY)
    job.refresh_from_db()
    assert (job.state, job.file_name) == (DONE, "tong-ket-X1-2026.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(unseal_bytes(bytes(job.file or b""))))
    told = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "Nguyễn Thị Ân" in told
    assert "Lê Văn Xa" not in told


def test_who_lost_the_right_meanwhile_gets_nothing(job: Job) -> None:
    User.objects.get(username="anphu").grants.update(withdrawn=True)
    job_run(job.pk, TODAY)
    job.refresh_from_db()
    assert (job.state, job.file) == (REFUSED, None)
