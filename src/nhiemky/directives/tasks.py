"""What the worker does in the course of a day: answers owed by units that have ended follow to their successors."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from nhiemky.core.middleware import today


@app.periodic(cron="9 0-10,23 * * *")  # UTC: every hour of the office day in Vietnam, as machines are off at night
@app.task(name="directives.morning", queue="jobs", queueing_lock="directives.morning")
def morning(timestamp: int) -> None:
    """Called by the worker; whatever was done already is not done again."""
    from nhiemky.directives.services.following import any_left_behind, directives_follow
    from nhiemky.domain.access import Actor

    close_old_connections()
    try:
        if any_left_behind(today()):
            directives_follow(actor=Actor.system("worker"), today=today())
    finally:
        close_old_connections()
