"""Asking for long work, and carrying it out.

The work itself is a function named in the wiring: `run(actor, arguments, progress) -> Outcome`. It writes through
services like every page, so it is done whole or not at all; progress is told on a connection of its own and is seen
before the work commits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, cast

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from nhiemky.audit.services import record, service
from nhiemky.core.sealing import seal_bytes
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.jobs.models import DONE, FAILED, INTERRUPTED, REFUSED, RUNNING, Job
from nhiemky.jobs.tasks import carry_out

Progress = Callable[[float], None]
_log = logging.getLogger(__name__)
_STEP = 0.01
KEPT = timedelta(days=7)
"""How long a file that was made can be taken along."""


@dataclass(frozen=True)
class Outcome:
    """What came of it: findings to be told, where to go on, and a file to take along."""

    told: tuple[Finding, ...] = ()
    url: str = ""
    file: bytes | None = None
    file_name: str = ""


class Work(Protocol):
    """A kind of long work."""

    def __call__(self, actor: Actor, arguments: Mapping[str, Any], progress: Progress) -> Outcome: ...


class ActorFor(Protocol):
    """Builds the actor of a user; who it is, access tells, which lies above."""

    def __call__(self, user_id: int, name: str, on: date, *, verified: bool, how: str = "") -> Actor: ...


@service
def job_start(*, actor: Actor, kind: str, title: str, arguments: Mapping[str, Any]) -> Job:
    """Ask for work; it begins as soon as the worker is free, and not before this write is committed.

    Raises:
        Denied: nobody is signed in: work belongs to a user.
    """
    if actor.user_id is None:
        raise Denied("", "no_such_job", status=404)
    job = Job.objects.create(
        user_id=actor.user_id, verified=actor.verified, kind=kind, title=title, arguments=dict(arguments)
    )
    record("jobs.job_asked", actor=actor, subject=job.pk, facts={"kind": kind, "title": title})
    carry_out.defer(job_id=job.pk)
    return job


def job_run(job_id: int, today: date) -> None:
    """Carry a job out; whatever happens, its row says so."""
    job = Job.objects.select_related("user").get(pk=job_id)
    work = cast(Work, import_string(settings.NHIEMKY_JOBS[job.kind]))
    actor_for = cast(ActorFor, import_string(settings.NHIEMKY_ACTOR_FOR))
    with _told_at_once(job) as told:
        told(state=RUNNING, progress=0.0)
        try:
            import_string(settings.NHIEMKY_BEFORE_JOB)()
            actor = actor_for(job.user_id, job.user.username, today, verified=job.verified, how=f"job {job.pk}")
            outcome = work(actor, job.arguments, _steps(told))
        except Refused as no:
            told(state=REFUSED, outcome=[_kept(finding) for finding in no.findings], ended_at=Now())
        except Denied as no:
            finding = Finding("jobs.denied", facts={"permission": no.permission})
            told(state=REFUSED, outcome=[_kept(finding)], ended_at=Now())
        except Exception:
            _log.exception("job %s (%s) failed", job.pk, job.kind)
            told(state=FAILED, ended_at=Now())
        else:
            told(
                state=DONE, progress=1.0, outcome=[_kept(finding) for finding in outcome.told], url=outcome.url,
                file=None if outcome.file is None else seal_bytes(outcome.file), file_name=outcome.file_name,
                ended_at=Now(),
            )  # fmt: skip


@service
def jobs_interrupt(*, actor: Actor) -> int:
    """What a worker that is gone had begun: its transaction is undone, nothing was written. Their number."""
    count = Job.objects.filter(state=RUNNING).update(state=INTERRUPTED, ended_at=Now())
    record("jobs.jobs_interrupted", actor=actor, facts={"count": count})
    return count


def files_overdue(today: date) -> bool:
    """Whether a file was made so long ago that it goes."""
    return _overdue(today).exists()


def _overdue(today: date) -> QuerySet[Job]:
    return Job.objects.filter(file__isnull=False, ended_at__date__lt=today - KEPT)


@service
def files_expire(*, actor: Actor, today: date) -> int:
    """Drop files that were made days ago; who needs one asks again. Call it only when there are some."""
    count = _overdue(today).update(file=None, file_name="")
    record("jobs.files_expired", actor=actor, facts={"count": count, "days": KEPT.days})
    return count


@service
def files_forget(*, actor: Actor) -> int:
    """Drop every file: they may tell of people whose data were shredded."""
    count = Job.objects.filter(file__isnull=False).update(file=None, file_name="")
    record("jobs.files_forgotten", actor=actor, facts={"count": count})
    return count


def _kept(finding: Finding) -> dict[str, object]:
    """For JSON; days and numbers of the facts stay what they are, to be written in the reader's way."""
    days = {key: value.isoformat() for key, value in finding.facts.items() if isinstance(value, date)}
    plain = {key: value if isinstance(value, int) else str(value) for key, value in finding.facts.items()}
    return {**finding.as_dict(), "blocks": finding.blocks, "facts": {**plain, **days}, "days": sorted(days)}


@contextmanager
def _told_at_once(job: Job) -> Iterator[Callable[..., None]]:
    """Changes of the job's row outside the work's transaction: seen while it runs, kept when it is undone."""
    alias = f"job-{job.pk}"
    connections.settings[alias] = connections.settings["default"]
    try:
        yield lambda **values: _tell(alias, job.pk, values)
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def _tell(alias: str, job_id: int, values: Mapping[str, Any]) -> None:
    Job.objects.using(alias).filter(pk=job_id).update(**values)


def _steps(told: Callable[..., None]) -> Progress:
    """Progress in hundredths: not every row is worth a statement."""
    last = 0.0

    def progress(part: float) -> None:
        nonlocal last
        if part - last >= _STEP:
            last = min(part, 1.0)
            told(progress=last)

    return progress
