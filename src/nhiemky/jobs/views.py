"""Long work as its owner sees it: how far it is, what came of it, what was made."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Link
from nhiemky.core.downloads import download
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.sealing import unseal_bytes
from nhiemky.domain.access import Denied
from nhiemky.jobs import selectors
from nhiemky.jobs.models import Job
from nhiemky.jobs.services import KEPT
from nhiemky.jobs.wording import STATES, TONES

COLUMNS: tuple[Column[Job], ...] = (
    Column("title", gettext_lazy("Work"), lambda job: job.title, sort=("title",),
           href=lambda job: reverse("jobs:job", args=[job.pk])),
    Column("state", gettext_lazy("State"), lambda job: STATES[job.state], sort=("state",),
           tone=lambda job: TONES[job.state]),
    Column("asked", gettext_lazy("Asked for"), lambda job: f"{job.asked_at:%d/%m/%Y %H:%M}", sort=("asked_at",)),
)  # fmt: skip


@page()
def jobs(request: PageRequest) -> HttpResponse:
    """What the user asked for."""
    table = table_of(request, COLUMNS, selectors.own_jobs(request.actor), default="-asked")
    return show(request, "jobs/list.html", {"table": table, "crumb": (Link(_("My long work")),)})


@page()
def job(request: PageRequest, job_id: int) -> HttpResponse:
    """One job. While it runs the page asks again every second."""
    found = selectors.own_job(request.actor, job_id)
    context = {
        "job": found,
        "state": STATES[found.state],
        "tone": TONES[found.state],
        "percent": round(found.progress * 100),
        "told": selectors.told(found),
        "days": KEPT.days,
        "crumb": (Link(_("My long work"), reverse("jobs:list")), Link(found.title)),
    }
    response = show(request, "jobs/job.html", context, part="progress")
    response["Cache-Control"] = "no-store"
    return response


@page()
def job_file(request: PageRequest, job_id: int) -> HttpResponse:
    """What the job made."""
    found = selectors.own_job(request.actor, job_id)
    if not found.file_name or found.file is None:
        raise Denied("", "no_such_job", status=404)
    return download(unseal_bytes(bytes(found.file)), found.file_name, "application/octet-stream")
