"""What the worker does in the course of a day: work of units that have ended passes on."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="8 0-10,23 * * *")  # UTC: every hour of the office day in Vietnam, as machines are off at night
@app.task(name="organisation.morning", queue="jobs", queueing_lock="organisation.morning")
def morning(timestamp: int) -> None:
    """Called by the worker; whatever was done already is not done again."""
    from nhiemky.domain.access import Actor
    from nhiemky.jobs.each_day import work_of_the_day
    from nhiemky.organisation.passing import any_left_behind, work_follow

    with work_of_the_day() as today:
        if any_left_behind(today):
            work_follow(actor=Actor.system("worker"), today=today)
