"""Long work is judged by the book of the moment it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import builders
from builders import SYSTEM, TODAY
from documents.papers import enter, issuer
from nhiemky.accounts.models import User
from nhiemky.domain import dated
from nhiemky.domain.tasks.days import DUE_SOON
from nhiemky.jobs.models import DONE, Job
from nhiemky.jobs.services import Outcome, job_run
from nhiemky.regulations.services.speaking import Rests, rule_supersede
from nhiemky.tasks import daily
from nhiemky.tasks.tasks import morning
from pages_kit import somebody

pytestmark = pytest.mark.usefixtures("own_database")
heard: list[int] = []


def work(_actor: Any, _arguments: Any, _progress: Any) -> Outcome:
    heard.append(DUE_SOON.at(TODAY).value)
    return Outcome()


@pytest.fixture
def said(own_database: None) -> Iterator[None]:
    """An office has said that what is due in twelve days is due soon."""
    heard.clear()
    builders.province()
    somebody("clerk", "X1")
    paper = enter(19, "regulation", date(2026, 9, 1), by=issuer("TU", "T"), organ="committee")
    rule_supersede(actor=SYSTEM, rule="tasks.due_soon", start=date(2026, 10, 1), value="12", rests=Rests(paper.pk),
                   today=TODAY)  # fmt: skip
    yield
    dated.open_book({})


@pytest.mark.usefixtures("said")
def test_a_job_hears_what_was_said_before_it_began(settings: Any) -> None:
    settings.NHIEMKY_JOBS = {"x": f"{__name__}.work"}
    job = Job.objects.create(user=User.objects.get(), verified=True, kind="x", title="x", arguments={})
    job_run(job.pk, TODAY)
    assert Job.objects.get().state == DONE
    assert heard == [12]


@pytest.mark.usefixtures("said")
def test_what_the_worker_does_each_day_hears_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "daily", lambda **_given: heard.append(DUE_SOON.at(TODAY).value))
    morning(0)
    assert heard == [12]
