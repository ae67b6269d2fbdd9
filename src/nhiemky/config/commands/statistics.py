"""statistics: the basic forms 1 to 4-TCTW."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database


def _arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--half", type=int, choices=(1, 2), default=0)
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.add_argument("--structure", type=day, metavar="DATE")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx")


def statistics(given: Namespace) -> Shown:
    """The four forms of a unit and period, with their cross-checks; exit code 1 where one fails."""
    if given.out is None and not given.json:
        raise WrongUsage("--out FILE.xlsx, --json")
    if given.out is not None and given.out.suffix != ".xlsx":
        raise WrongUsage(f"--out {given.out}: .xlsx")
    with database():
        from nhiemky.core.middleware import today
        from nhiemky.statistics import commands

        payload = commands.statistics(
            unit=given.unit,
            year=given.year,
            half=given.half,
            on=given.on,
            structure=given.structure,
            out=given.out,
            today=today(),
        )
        checks = cast(list[dict[str, object]], payload["checks"])
        return payload, "\n".join(f"{'✓' if check['ok'] else '✕'} {check['sentence']}" for check in checks)


COMMANDS = (Command("statistics", "biểu thống kê 1 đến 4-TCTW / statistics forms 1 to 4-TCTW", _arguments, statistics),)
