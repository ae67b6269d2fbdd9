"""What the queue knows: one task that carries a job out."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from nhiemky.core.middleware import today


@app.task(name="jobs.carry_out", queue="jobs")
def carry_out(job_id: int) -> None:
    """Called by the worker, outside of any request."""
    from nhiemky.jobs.services import job_run

    close_old_connections()
    try:
        job_run(job_id, today())
    finally:
        close_old_connections()
