"""What the worker does in the course of a day: recurring tasks, tasks of ended units, the daily e-mail."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="7 0-10,23 * * *")  # UTC: every hour of the office day in Vietnam, as machines are off at night
@app.task(name="tasks.morning", queue="jobs", queueing_lock="tasks.morning")
def morning(timestamp: int) -> None:
    """Called by the worker; whatever was done already is not done again."""
    from nhiemky.domain.access import Actor
    from nhiemky.jobs.each_day import work_of_the_day
    from nhiemky.tasks.daily import daily

    with work_of_the_day() as today:
        daily(actor=Actor.system("worker"), today=today)
