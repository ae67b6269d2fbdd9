"""bench: what the register costs at the size of the nation."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database

if TYPE_CHECKING:
    from nhiemky.national.measuring import Measure

# The proofs that a reform could break; `nhiemky check` runs all of them.
_PROOFS = (
    "overlap.members_stay", "overlap.organisation_placement", "life.version_and_placement", "life.parent", "life.stay",
    "ledger.entry_opens_stay", "ledger.entry_closes_stay", "ledger.en_bloc", "person.last_unit", "succession.days",
)  # fmt: skip


def _arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("what", choices=["national"])
    parser.add_argument(
        "--scale", type=float, default=1.0, metavar="PART", help="phần của cả nước / part of the nation"
    )
    kept = "giữ cơ sở dữ liệu ở đây để dùng lại / keep the database here, to use it again"
    parser.add_argument("--keep", type=Path, metavar="DIR", help=kept)


def bench(given: Namespace) -> Shown:
    """Build the nation in a database of its own, and measure; the database goes afterwards unless it is kept."""
    if not 0 < given.scale <= 1:
        raise WrongUsage("--scale: 0 < PART <= 1")
    kept = given.keep or given.data
    with tempfile.TemporaryDirectory(prefix="nhiemky-bench-") if kept is None else nullcontext(kept) as folder:
        os.environ["NHIEMKY_DATA"] = str(folder)
        os.environ.pop("DATABASE_URL", None)
        with database():
            found = _measured(given.scale, to_stderr=given.json)
    failed = [measure.name for measure in found if measure.met is False]
    return {"ok": not failed, "scale": given.scale, "cpus": os.cpu_count(),
            "measures": [measure.as_dict() for measure in found]}, ""  # fmt: skip


def _measured(scale: float, *, to_stderr: bool) -> list[Measure]:
    from nhiemky.core.middleware import today
    from nhiemky.national.measuring import national

    begun, found = time.monotonic(), []
    told = sys.stderr if to_stderr else sys.stdout

    def progress(what: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {what}", file=sys.stderr, flush=True)

    for measure in national(scale, today(), _checked, progress):
        found.append(measure)
        print(_line(measure), file=told, flush=True)
    return found


def _line(measure: Measure) -> str:
    p95 = f"{measure.p95:10.3f}" if measure.p95 is not None else " " * 10
    ratio = f"{measure.ratio:6.2f}×" if measure.ratio is not None else " " * 7
    met = {True: "✓", False: "✕ not met", None: ""}[measure.met]
    return f"{measure.name:72} {measure.median:12,.3f} {p95} {measure.unit:10} {ratio}  {measure.limit} {met}"


def _checked() -> tuple[int, int]:
    """How many rows the proofs looked at, and how many break one."""
    from nhiemky.config import checking
    from nhiemky.config.check_queries import QUERIES

    parts = [checking.asked(query) for query in QUERIES if query.name in _PROOFS]
    return sum(int(str(part["checked"])) for part in parts), sum(int(str(part["broken"])) for part in parts)


COMMANDS = (Command("bench", "đo ở quy mô cả nước / measure at the size of the nation", _arguments, bench),)
