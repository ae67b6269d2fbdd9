"""Long work is judged by the book of the moment it begins."""

from __future__ import annotations

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
from pages_kit import somebody

pytestmark = pytest.mark.usefixtures("own_database")
heard: list[int] = []


def work(_actor: Any, _arguments: Any, _progress: Any) -> Outcome:
    heard.append(DUE_SOON.at(TODAY).value)
    return Outcome()


def test_a_job_hears_what_was_said_before_it_began(settings: Any) -> None:
    builders.province()
    settings.NHIEMKY_JOBS = {"x": f"{__name__}.work"}
    somebody("clerk", "X1")
    paper = enter(19, "regulation", date(2026, 9, 1), by=issuer("TU", "T"), organ="committee")
    rule_supersede(actor=SYSTEM, rule="tasks.due_soon", start=date(2026, 10, 1), value="12", rests=Rests(paper.pk),
                   today=TODAY)  # fmt: skip
    job = Job.objects.create(user=User.objects.get(), verified=True, kind="x", title="x", arguments={})
    try:
        job_run(job.pk, TODAY)
    finally:
        dated.open_book({})
    assert Job.objects.get().state == DONE
    assert heard == [12]
