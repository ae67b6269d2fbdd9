"""What the worker does in the course of a day: answers owed by units that have ended follow to their successors."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="9 0-10,23 * * *")  # UTC: every hour of the office day in Vietnam, as machines are off at night
@app.task(name="directives.morning", queue="jobs", queueing_lock="directives.morning")
def morning(timestamp: int) -> None:
    """Called by the worker; whatever was done already is not done again."""
    from nhiemky.directives.services.following import any_left_behind, directives_follow
    from nhiemky.domain.access import Actor
    from nhiemky.jobs.each_day import work_of_the_day

    with work_of_the_day() as today:
        if any_left_behind(today):
            directives_follow(actor=Actor.system("worker"), today=today)
