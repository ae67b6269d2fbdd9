"""What the nation costs: building it, the reform, every figure of every unit, memory; and what other engines take."""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

from nhiemky.domain.access import Actor
from nhiemky.domain.periods import day_number, day_of
from nhiemky.national import baselines, figures, importing, places, reform
from nhiemky.national.generate import SEED, Progress, generate
from nhiemky.national.questions import questions
from nhiemky.national.units import build
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.reporting import selectors

EVE = date(2025, 6, 30)
TURNS = 15
_SECONDS, _TWICE, _FIGURES, _REFORM, _MEMORY = "s", 2.0, 0.3, 300.0, 4.0


@dataclass(frozen=True)
class Measure:
    """One line: `ratio` is to the baseline of the same run, `met` None where there is no limit."""

    name: str
    median: float
    p95: float | None = None
    unit: str = _SECONDS
    ratio: float | None = None
    limit: str = ""
    met: bool | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Memory:
    """The largest memory of this process with those it starts, and of the server's processes; seen twice a second.

    Each process counts with its proportional set size: pages that several share, as the server's processes share their
    buffers, count once in the sum.
    """

    def __init__(self) -> None:
        self.own = self.server = self.together = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            servers = _servers()
            own = sum(_gigabytes(pid) for pid in _descendants(str(os.getpid())) - set(servers))
            server = sum(_gigabytes(pid) for pid in servers)
            self.own, self.server = max(self.own, own), max(self.server, server)
            self.together = max(self.together, own + server)


def _gigabytes(pid: str) -> float:
    return _kilobytes(pid, "smaps_rollup", "Pss") / 2**20


def _descendants(pid: str) -> set[str]:
    """The process and all that it, or one of these, has started."""
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parents[process.name] = (process / "stat").read_text().rsplit(")", 1)[1].split()[1]
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _kilobytes(pid: str, file: str, field: str) -> int:
    with contextlib.suppress(OSError):
        found = re.search(rf"^{field}:\s+(\d+)", Path(f"/proc/{pid}/{file}").read_text(), re.M)
        return int(found[1]) if found else 0
    return 0


def _servers() -> list[str]:
    """The processes of the database that this process uses: those that stand in its folder."""
    from django.db import connections

    host = str(connections["default"].settings_dict.get("HOST") or "")
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "exe").readlink().name == "postgres" and _socket_of(process) == host:
                found.append(process.name)
    return found


def _socket_of(process: Path) -> str:
    """The socket folder in the note of the folder that a server process stands in."""
    return ((process / "cwd").readlink() / "postmaster.pid").read_text().splitlines()[4]


def national(scale: float, today: date, checks: Callable[[], tuple[int, int]], progress: Progress) -> Iterator[Measure]:
    """Build the nation, or take the one that is there; carry out the reform; count. Each measure as it is known.

    `checks` proves the records and answers how many rows it looked at and how many are broken.

    Raises:
        Refused: the database holds organisations that are not the generated nation's.
    """
    with Memory() as memory:
        yield from _built(scale, progress)
        yield from _reformed(scale, today, progress)
        begun = time.perf_counter()
        looked, broken = checks()
        seconds = time.perf_counter() - begun
        yield Measure(f"rows that break a check, of {looked:,} looked at ({seconds:.0f} s)", broken, unit="rows",
                      limit="0", met=broken == 0)  # fmt: skip
        yield from _warm()
        yield from _in_step(today)
        progress("the import")
        yield from _imported(today, scale)
        yield Measure("memory, Python with the processes it starts, peak", memory.own, unit="GB")
        yield Measure("memory, PostgreSQL, peak", memory.server, unit="GB")
        both = memory.together
        yield Measure(
            "memory, both at one moment, peak", both, unit="GB", limit=f"< {_MEMORY:g} GB", met=both < _MEMORY
        )
        progress("baselines")
        yield from _baselines(whole=scale >= 1)


def _built(scale: float, progress: Progress) -> Iterator[Measure]:
    if Unit.objects.filter(code="CS-00001").exists():
        progress("the nation that is there")
        return
    begun = time.perf_counter()
    generate(scale=scale, progress=progress)
    yield Measure("build: units, people, ledger, indexes", time.perf_counter() - begun)


def _reformed(scale: float, today: date, progress: Progress) -> Iterator[Measure]:
    data = places.lists().part(scale)
    gaps = questions(data)
    yield Measure("questions that the public lists leave open", len(gaps), unit="questions")
    if Reorganisation.objects.filter(effective_on=reform.REFORM, status=Reorganisation.APPLIED).exists():
        progress("the reform was carried out before")
    else:
        decision = reform.decision(data, build(data, np.random.default_rng(SEED), scale))
        progress("the reform")
        begun = time.perf_counter()
        services.reorganisation_apply(actor=Actor.system("national"), decision=decision, today=today)
        seconds = time.perf_counter() - begun
        yield Measure("the reform, planned and applied", seconds, limit="< 300 s", met=seconds < _REFORM)
    yield from _cold()
    yield from _equal()


def _equal() -> Iterator[Measure]:
    """Members of the eve and of the day, in total and restated for every unit."""
    eve, day = figures.members(EVE), figures.members(reform.REFORM)
    lost = _all(eve, EVE) - _all(day, reform.REFORM)
    yield Measure(f"members lost, of {_all(eve, EVE):,}", lost, unit="members", limit="0", met=lost == 0)
    restated = figures.members(EVE, reform.REFORM)
    # Who turns 31 on the day is no longer under 31: that is no doing of the reform.
    keys = [key for key in day.figures if key != "members.under_31"]
    differ = sum(_differing(restated, day, key) for key in keys)
    name = f"sums of the eve, restated, that are not the day's, of {len(keys)} × {int(day.alive.sum()):,}"
    yield Measure(name, differ, unit="sums", limit="0", met=differ == 0)
    back = figures.members(reform.REFORM, EVE)
    structure = organisation.structure()
    roots = structure.roots(EVE)
    differ = sum(eve.figures["members.total"].of(u) != back.figures["members.total"].of(u) for u in roots)
    yield Measure(f"old provinces with another sum restated, of {len(roots)}", differ, unit="provinces", limit="0",
                  met=differ == 0)  # fmt: skip


def _all(sheet: figures.Sheet, day: date) -> int:
    return sum(sheet.figures["members.total"].of(root) or 0 for root in organisation.structure().roots(day))


def _differing(one: figures.Sheet, other: figures.Sheet, key: str) -> int:
    first, second = one.figures[key], other.figures[key]
    wrong = (first.low != second.low) | (first.high != second.high)
    return int((wrong & other.alive).sum())


def _cold() -> Iterator[Measure]:
    """The first question of a process that holds nothing yet."""
    organisation.forget()
    begun = time.perf_counter()
    organisation.structure()
    structured = time.perf_counter()
    selectors.facts()
    loaded = time.perf_counter()
    figures.members(EVE)
    yield Measure("cold: the structure", structured - begun)
    yield Measure("cold: the register as arrays", loaded - structured)
    yield Measure("cold: the timeline and the first figures", time.perf_counter() - loaded)


def _days(seed: int) -> Iterator[date]:
    """Days one after the other without any order, so that nothing is at hand from the day before."""
    rng = np.random.default_rng(seed)
    first, last = day_number(date(2015, 6, 1)), day_number(date(2025, 12, 31))
    while True:
        yield day_of(int(rng.integers(first, last)))


def timed(ask: Callable[[date], object], turns: int = TURNS, warm: int = 3) -> list[float]:
    """Seconds of each of so many questions, each for another day, after some that are not counted."""
    found = []
    for number, on in zip(range(turns + warm), _days(11), strict=False):
        begun = time.perf_counter()
        ask(on)
        if number >= warm:
            found.append(time.perf_counter() - begun)
    return found


def _measure(name: str, found: list[float], most: float | None = None) -> Measure:
    median = statistics.median(found)
    p95 = sorted(found)[min(len(found) - 1, int(len(found) * 0.95))]
    return Measure(
        name, median, p95, limit=f"< {most:g} s" if most else "", met=None if most is None else median < most
    )


_ASKED: dict[str, tuple[Callable[[date], object], bool]] = {
    "members' figures of all units, one day": (figures.members, True),
    "the same restated under 1 July 2025": (lambda on: figures.members(on, reform.REFORM), True),
    "the same restated under 30 June 2025": (lambda on: figures.members(on, EVE), True),
    "every indicator of all units, one day and its year": (figures.everything, False),
    "every indicator restated under 1 July 2025": (lambda on: figures.everything(on, reform.REFORM), False),
}


def _warm() -> Iterator[Measure]:
    for name, (ask, _compared) in _ASKED.items():
        yield _measure(name, timed(ask), _FIGURES)


def _in_step(today: date) -> Iterator[Measure]:
    """One person's entry by the real service, then all figures: what is shown takes it in."""
    from nhiemky.members.models import Stay
    from nhiemky.members.services import ledger

    paper = ledger.Paper("1-QĐ/TU", date(2026, 1, 5), "Ban Thường vụ")
    free = Stay.objects.filter(during__upper_inf=True, standing="official", exempt=False).order_by("id")
    people = list(free.values_list("person_id", flat=True)[: TURNS // 3 + 1])
    found = []
    for number, person in enumerate(people):
        before = _exempt(figures.members(date(2026, 2, 2)))
        ledger.movement_book(actor=Actor.system("national"), person_id=person, kind="exemption_on",
                             on=date(2026, 1, 15), paper=paper, today=today)  # fmt: skip
        begun = time.perf_counter()
        sheet = figures.members(date(2026, 2, 2))
        if number:
            found.append(time.perf_counter() - begun)
        if _exempt(sheet) != before + 1:
            raise AssertionError("the figures do not take in the last entry")
    yield _measure("members' figures of all units after an entry", found)


_CELLS = 2000
_TIMES, _RATE = 5.0, 1500.0


def _imported(today: date, scale: float) -> Iterator[Measure]:
    """A spreadsheet of members of one province, into the register of the nation."""
    rows, whole = max(1000, int(importing.ROWS * scale)), scale >= 1
    structure, on = organisation.structure(), organisation.structure().alive(today)
    sizes = {root: int(structure.tree(today).inside(root).sum()) for root in structure.roots(today)}
    root = max(sizes, key=lambda place: sizes[place])
    inside = np.flatnonzero(structure.tree(today).inside(root) & on)
    cells = [place for place in inside.tolist() if _is_cell(place, today)][:_CELLS]
    found = importing.measured(structure.codes[root], [structure.codes[place] for place in cells], today, rows)
    yield Measure("import: reading with calamine and COPY into a bare table", found.bare)
    # Of a small file nearly all time is what every import takes.
    yield Measure(f"import of {rows:,} members from .xlsx, checks, history and audit", found.first,
                  ratio=round(found.ratio, 2), limit=f"≤ {_TIMES:g} × bare" if whole else "",
                  met=found.ratio <= _TIMES if whole else None)  # fmt: skip
    rate = rows / found.first
    yield Measure("import: rows a second", rate, unit="rows/s", limit=f"≥ {_RATE:g}" if whole else "",
                  met=rate >= _RATE if whole else None)  # fmt: skip
    yield Measure("import: the same file again", found.again, limit="nothing new or changed", met=found.whole)
    yield Measure("import: statements left running", found.running, unit="statements", limit="0",
                  met=found.running == 0)  # fmt: skip
    # More people than are followed one by one: old and new arrays are held side by side, the most that is ever held.
    begun = time.perf_counter()
    figures.members(today)
    yield Measure("members' figures of all units after the import, all loaded anew", time.perf_counter() - begun)


def _is_cell(place: int, on: date) -> bool:
    version = organisation.structure().version(place, on)
    return version is not None and version.kind == "cell"


def _exempt(sheet: figures.Sheet) -> int:
    return int(sum(sheet.figures["members.exempt"].low[root] for root in organisation.structure().roots(sheet.on)))


def _baselines(*, whole: bool) -> Iterator[Measure]:
    facts = selectors.facts()
    yield _measure("NumPy, every stay looked at, six counts a cell",
                   timed(baselines.numpy_scan(facts.columns, len(facts.structure)), 5, 1))  # fmt: skip
    yield _measure("PostgreSQL, six counts a cell", timed(baselines.postgresql, 3, 1))
    if not baselines.duckdb_there():
        yield Measure("DuckDB is not installed: baseline left out (make setup-dev, or pip install duckdb)", 0, unit="")
        return
    begun = time.perf_counter()
    duck = baselines.Duck(facts.columns)
    yield Measure("DuckDB, copying the arrays", time.perf_counter() - begun)
    bare = statistics.median(found := timed(duck.bare))
    yield _measure("DuckDB, bare scan: members a cell", found)
    yield _measure("DuckDB, six counts a cell", timed(duck.same))
    for name, (ask, compared) in _ASKED.items():
        again = statistics.median(timed(ask))
        # Of a small part of the nation nearly all time is the calls themselves.
        met = again <= _TWICE * bare if compared and whole else None
        limit = "≤ 2 × DuckDB" if compared and whole else ""
        yield Measure(f"{name}, to the bare scan", again, ratio=round(again / bare, 2), limit=limit, met=met)
