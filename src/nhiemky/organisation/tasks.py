"""What the worker does in the course of a day: work of units that have ended passes on."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from nhiemky.core.middleware import today


@app.periodic(cron="8 0-10,23 * * *")  # UTC: every hour of the office day in Vietnam, as machines are off at night
@app.task(name="organisation.morning", queue="jobs", queueing_lock="organisation.morning")
def morning(timestamp: int) -> None:
    """Called by the worker; whatever was done already is not done again."""
    from nhiemky.domain.access import Actor
    from nhiemky.organisation.passing import any_left_behind, work_follow

    close_old_connections()
    try:
        if any_left_behind(today()):
            work_follow(actor=Actor.system("worker"), today=today())
    finally:
        close_old_connections()
