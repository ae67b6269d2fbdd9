"""The table of `make bench`: one line a measure, and the data folders that the measures share."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"
NHIEMKY = str(ROOT / ".venv/bin/nhiemky")
TODAY = date(2026, 10, 31)


def times(call: Callable[[], object], count: int, warm: int = 2) -> list[float]:
    """Seconds of each call, after warming up."""
    for _ in range(warm):
        call()
    found = []
    for _ in range(count):
        begun = time.perf_counter()
        call()
        found.append(time.perf_counter() - begun)
    return found


def p95(found: list[float]) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.95))]


def line(name: str, found: list[float], limit: str, baseline: float | None = None, note: str = "") -> None:
    """One line of the table: milliseconds, and the ratio to the baseline."""
    ratio = f"{statistics.median(found) / baseline:8.2f}×" if baseline else " " * 9
    print(
        f"{name:44} {statistics.median(found) * 1000:9.1f} {p95(found) * 1000:9.1f} {ratio}  {limit:28} {note}",
        flush=True,
    )


def fact(name: str, value: str, limit: str) -> None:
    print(f"{name:44} {value:>29}  {limit}", flush=True)


@contextmanager
def django_on(data: Path) -> Iterator[None]:
    """This process on the data folder."""
    os.environ.update(NHIEMKY_DATA=str(data), NHIEMKY_TODAY=TODAY.isoformat(), NHIEMKY_DEMO="1")
    from nhiemky.config.commands import database

    with database():
        yield


def demo_folder() -> Path:
    """The demo province, generated once."""
    data = FOLDER / "demo"
    if not (data / "made").exists():
        shutil.rmtree(data, ignore_errors=True)
        begun = time.monotonic()
        subprocess.run([NHIEMKY, "demo", "--no-serve", "--data", str(data)], check=True, stderr=subprocess.DEVNULL)
        fact("first start: generate the province", f"{time.monotonic() - begun:.1f} s", "< 90 s with the environment")
        (data / "made").touch()
    return data
