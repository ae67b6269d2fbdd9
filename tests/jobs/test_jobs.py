"""Long work: asked for, carried out for whom asked, told while it runs, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection

from builders import SYSTEM, TODAY, province
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.audit.models import Event
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.jobs.models import DONE, FAILED, INTERRUPTED, REFUSED, RUNNING, WAITING, Job
from nhiemky.jobs.selectors import left_running
from nhiemky.jobs.services import Outcome, Progress, job_run, job_start, jobs_interrupt
from nhiemky.organisation.models import AdminArea
from pages_kit import signed_in, somebody, words

pytestmark = pytest.mark.usefixtures("own_database")
seen: list[Any] = []


def row() -> tuple[str, float]:
    return Job.objects.values_list("state", "progress").get()


def writes(actor: Actor, arguments: Mapping[str, Any], progress: Progress) -> Outcome:
    """Writes rows in one transaction, tells how far it is, and ends as it was asked to."""
    from django.db import transaction

    with transaction.atomic():
        AdminArea.objects.create(code_list="2025", level="commune", code="1", name="Thử", type="xã", parent_code="")
        for part in (0.25, 0.2501, 0.75):
            progress(part)
            seen.append(row())
        seen.append((actor.name, actor.how, actor.may("members.write")))
        if arguments["end"] == "refused":
            raise Refused(Finding("members.no_name", row=7, field="full_name"))
        if arguments["end"] == "denied":
            raise Denied("members.write", "permission_missing")
        if arguments["end"] == "failed":
            raise ZeroDivisionError
    return Outcome(
        (Finding("members.unit_ended", facts={"unit": "Chi bộ", "on": date(2025, 7, 1)}),),
        "/units/",
        b"abc",
        "kết quả.xlsx",
    )


@pytest.fixture
def clerk(settings: Any) -> User:
    province()
    seen.clear()
    settings.NHIEMKY_JOBS = {"thu": f"{__name__}.writes"}
    somebody("clerk", "X1", name="anphu")
    return User.objects.get(username="anphu")


def asked(clerk: User, end: str = "done") -> Job:
    actor = actor_for(clerk.pk, clerk.username, TODAY, verified=True)
    return job_start(actor=actor, kind="thu", title="Việc dài", arguments={"end": end})


def test_it_waits_until_the_worker_takes_it(clerk: User) -> None:
    job = asked(clerk)
    assert job.state == WAITING
    assert Event.objects.filter(action="jobs.job_asked", subject=str(job.pk)).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'job_id' FROM procrastinate_jobs WHERE task_name = 'jobs.carry_out'")
        assert cursor.fetchall() == [(str(job.pk),)]


def test_it_is_done_for_whom_asked_and_tells_how_far_it_is(clerk: User) -> None:
    job = asked(clerk)
    job_run(job.pk, TODAY)
    job.refresh_from_db()
    assert seen == [(RUNNING, 0.25), (RUNNING, 0.25), (RUNNING, 0.75), ("anphu", f"job {job.pk}", True)]
    assert (job.state, job.progress, job.url, job.file_name) == (DONE, 1.0, "/units/", "kết quả.xlsx")
    assert job.ended_at is not None
    assert AdminArea.objects.count() == 1


@pytest.mark.parametrize(("end", "state"), [("refused", REFUSED), ("denied", REFUSED), ("failed", FAILED)])
def test_what_goes_wrong_is_told_and_nothing_is_written(clerk: User, end: str, state: str) -> None:
    job = asked(clerk, end)
    job_run(job.pk, TODAY)
    job.refresh_from_db()
    assert job.state == state
    assert AdminArea.objects.count() == 0
    said = words(signed_in(clerk).get(f"/jobs/{job.pk}/").content)
    expected = {"refused": "The name is missing. Row 7, full_name", "denied": "your grants no longer include"}
    assert expected.get(end, f"number of the work: {job.pk}") in said


def test_after_the_worker_was_killed_it_is_told_at_the_next_start(clerk: User) -> None:
    job = asked(clerk)
    Job.objects.update(state=RUNNING)
    assert left_running()
    assert jobs_interrupt(actor=SYSTEM) == 1
    assert not left_running()
    job.refresh_from_db()
    assert job.state == INTERRUPTED
    assert "Nothing was written; ask for it again" in words(signed_in(clerk).get(f"/jobs/{job.pk}/").content)


def test_the_page_asks_again_only_while_there_is_something_to_wait_for(clerk: User) -> None:
    job, client = asked(clerk), signed_in(clerk)
    page = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert b"every 1s" in page.content
    assert b"<html" not in page.content
    job_run(job.pk, TODAY)
    ended = client.get(f"/jobs/{job.pk}/").content
    assert b"every 1s" not in ended
    assert "Chi bộ no longer exists on 01/07/2025" in words(ended)
    job.refresh_from_db()
    assert b"abc" not in bytes(job.file or b"")
    assert client.get(f"/jobs/{job.pk}/file/").content == b"abc"
    assert "Việc dài" in words(client.get("/jobs/").content)


def test_it_is_nobody_elses(clerk: User) -> None:
    job = asked(clerk)
    job_run(job.pk, TODAY)
    other = somebody("specialist", "T")
    assert [other.get(f"/jobs/{job.pk}/{end}").status_code for end in ("", "file/")] == [404, 404]
    assert "Việc dài" not in words(other.get("/jobs/").content)
    with pytest.raises(Denied):
        job_start(actor=SYSTEM, kind="thu", title="x", arguments={})
