"""What the worker does in the course of a day: recurring tasks, tasks of ended units, the daily e-mail."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from nhiemky.core.middleware import today


@app.periodic(cron="7 0-10,23 * * *")  # UTC: every hour of the office day in Vietnam, as machines are off at night
@app.task(name="tasks.morning", queue="jobs", queueing_lock="tasks.morning")
def morning(timestamp: int) -> None:
    """Called by the worker; whatever was done already is not done again."""
    from nhiemky.domain.access import Actor
    from nhiemky.tasks.daily import daily

    close_old_connections()
    try:
        daily(actor=Actor.system("worker"), today=today())
    finally:
        close_old_connections()
