"""tasks: the roll-up of a unit and year, with each row."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.periods import EARLIEST, LATEST


def _arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--on", type=day, metavar="DATE")


def tasks(given: Namespace) -> Shown:
    """How the tasks due in a year stand today or stood on a day, and what the year took over; each with its rows."""
    if not EARLIEST.year <= given.year <= LATEST.year:
        raise WrongUsage(f"--year: {EARLIEST.year}–{LATEST.year}")
    with database():
        from nhiemky.core.middleware import today
        from nhiemky.tasks import told

        now = today()
        if given.on is not None and given.on > now:
            raise Refused(Finding("tasks.in_future", field="--on", facts={"on": given.on, "today": now}))
        payload = told.rolled_up(given.unit, given.year, now, on=given.on)
        return payload, told.as_text(payload)


COMMANDS = (Command("tasks", "nhiệm vụ của một đơn vị và năm / tasks of a unit and year", _arguments, tasks),)
