"""A user's own jobs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding
from nhiemky.jobs.models import RUNNING, Job


def own_jobs(actor: Actor) -> QuerySet[Job]:
    """What the actor asked for, the newest first."""
    return Job.objects.filter(user_id=actor.user_id or 0).defer("file").order_by("-asked_at", "-pk")


def own_job(actor: Actor, job_id: int) -> Job:
    """One of the actor's jobs.

    Raises:
        Denied: there is none of this number that the actor asked for.
    """
    found = own_jobs(actor).filter(pk=job_id).first()
    if found is None:
        raise Denied("", "no_such_job", status=404)
    return found


def left_running() -> bool:
    """Whether a worker has begun something and not ended it."""
    return Job.objects.filter(state=RUNNING).exists()


def told(job: Job) -> list[Finding]:
    """What came of it, as findings again."""
    return [_finding(kept) for kept in job.outcome]


def _finding(kept: dict[str, Any]) -> Finding:
    days = {key: date.fromisoformat(kept["facts"][key]) for key in kept["days"]}
    return Finding(
        kept["code"], ok=kept["ok"], facts={**kept["facts"], **days}, cites=kept.get("cites", ""),
        confirmed=kept.get("confirmed", True), blocks=kept["blocks"], row=kept.get("row"),
        field=kept.get("field", ""), value=kept.get("value", ""),
    )  # fmt: skip
