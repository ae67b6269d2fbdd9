"""Benchmarks: medians, 95th percentiles, and the ratio to a baseline measured in the same run.

Usage: make bench [ARGS="engine reform pages load start"]. Uses data folders of its own under build/bench.
Nothing here is a test: a slow machine fails nobody.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"
NHIEMKY = str(ROOT / ".venv/bin/nhiemky")
PORT = 8765
TODAY = date(2026, 10, 31)
PAGES = {
    "member list, province": "/units/T-51/members/",
    "search as you type": "/search?q=nguyen+thi+an",
    "unit page, commune": "/units/X25-21034/",
    "unit page, province": "/units/T-51/",
    "figures page, province": "/figures/?unit=T-51&year=2022",
    "review page, province": "/review/T-51/2022/",
}


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


def engine() -> None:
    """Figures against the same counts in DuckDB over exported rows."""
    import duckdb

    with django_on(demo_folder()):
        from nhiemky.organisation import selectors as organisation
        from nhiemky.reporting import selectors

        held = selectors.facts()
        province = organisation.position("T-51")
        asked = selectors.question(province, 2022, TODAY)
        database = duckdb.connect()
        baseline = statistics.median(times(lambda: _duck(database), 15)) if _export(database, held, asked) else None
        limit = "≤ 3 × DuckDB"
        line("all figures of the province, one day", times(lambda: _all(selectors, asked), 15), limit, baseline)
        if baseline:
            line("  DuckDB, the same counts", [baseline], "baseline")
        days = iter([date(2015 + n % 12, 1 + n % 9, 1 + n % 27) for n in range(200)])

        def one() -> None:
            on = next(days)
            selectors.figures(selectors.question(province, on.year, TODAY, on=on), ["members.total"])

        line("one count as of any day", times(one, 60), "< 150 ms")
        commune = organisation.position("X25-21034")
        restated = iter([2015 + n % 10 for n in range(200)])

        def restate() -> None:
            question = selectors.question(commune, next(restated), TODAY, structure=date(2025, 7, 1))
            selectors.figures(question, ["members.total"])

        line("one count restated", times(restate, 60), "< 300 ms")


def _all(selectors: object, asked: object) -> None:
    """Every indicator, counted anew: nothing remembered from the call before."""
    from nhiemky.reporting.indicators import INDICATORS

    held = selectors.facts()  # type: ignore[attr-defined]
    fresh = selectors.Asked(held, asked)  # type: ignore[attr-defined]
    for indicator in INDICATORS:
        fresh.count(indicator)


def _export(database: object, held: object, asked: object) -> bool:
    """The rows as DuckDB tables, the subtree of the province as a column."""
    import numpy as np

    from nhiemky.domain.periods import day_number

    execute = database.execute  # type: ignore[attr-defined]
    columns, structure, on = held.columns, held.structure, asked.on  # type: ignore[attr-defined]
    inside = structure.tree(on).inside(asked.unit)  # type: ignore[attr-defined]
    s, p, m = columns.stays, columns.people, columns.movements
    sector, kind = structure.sectors(on), structure.kinds(on)
    tables = {
        "stays": {"unit": s.unit, "start_day": s.start, "end_day": s.end, "official": s.official, "exempt": s.exempt,
                  "female": p.female[s.person], "grp": p.ethnic_group[s.person], "born": p.born[s.person]},
        "moves": {"kind": m.kind, "day": m.day, "source": m.source, "target": m.target},
        "units": {"unit": np.arange(len(inside)), "inside": inside, "sector": sector, "kind": kind,
                  "born": structure.born, "ended": structure.ended},
    }  # fmt: skip
    for name, table in tables.items():
        fields = ", ".join(f"unnest(${n}) AS {field}" for n, field in enumerate(table, start=1))
        execute(f"CREATE TABLE {name} AS SELECT {fields}", [np.ascontiguousarray(v).tolist() for v in table.values()])
    days = [day_number(on), day_number(asked.during.start)]  # type: ignore[attr-defined]
    execute("CREATE TABLE asked AS SELECT $1::INT AS d, $2::INT AS a", days)
    return True


def _duck(database: object) -> None:
    """The counts of a figures page as three grouped statements."""
    run = database.execute  # type: ignore[attr-defined]
    sectors = ", ".join(f"count(*) FILTER (u.sector = {n})" for n in range(9))
    run(
        f"""SELECT count(*), count(*) FILTER (official), count(*) FILTER (NOT official), count(*) FILTER (female),
        count(*) FILTER (grp > 1), count(*) FILTER (s.born > a.d - 11322), count(*) FILTER (exempt), {sectors}
        FROM stays s JOIN units u ON u.unit = s.unit AND u.inside, asked a WHERE start_day <= a.d AND a.d < end_day"""
    ).fetchall()
    run(
        """SELECT m.kind, count(*) FILTER (t.inside), count(*) FILTER (f.inside),
        count(*) FILTER (t.inside AND NOT COALESCE(f.inside, false)),
        count(*) FILTER (f.inside AND NOT COALESCE(t.inside, false))
        FROM moves m LEFT JOIN units t ON t.unit = m.target LEFT JOIN units f ON f.unit = m.source, asked a
        WHERE m.day BETWEEN a.a AND a.d GROUP BY m.kind"""
    ).fetchall()
    run("SELECT kind, sector, count(*), count(*) FILTER (born >= a.a AND born <= a.d) FROM units, asked a "
        "WHERE inside GROUP BY kind, sector").fetchall()  # fmt: skip


def reform() -> None:
    """The reform of 1 July 2025 over the people of the eve; a merger of 200 cells."""
    data = FOLDER / "eve"
    shutil.rmtree(data, ignore_errors=True)
    with django_on(data):
        import numpy as np

        from nhiemky.demo import bodies, generate, people, units
        from nhiemky.demo import reform as decisions
        from nhiemky.domain.access import Actor
        from nhiemky.domain.periods import day_number
        from nhiemky.domain.reporting.ledger import stock
        from nhiemky.members.snapshot import columns
        from nhiemky.organisation import selectors, services

        people.LAST, people.TARGET_DAY = date(2025, 6, 30), date(2025, 6, 15)
        bodies._COMMITTEE_TERMS = bodies._COMMITTEE_TERMS[:2]
        rng, actor = np.random.default_rng(1), Actor.system("bench")
        specs = units.build(rng, small=False)
        generate._write_units(actor, specs)
        services.reorganisation_apply(actor=actor, decision=decisions.split_of_the_bloc(specs), today=TODAY)
        book = people.Book(rng, 1, specs)
        people.write_history(book)
        generate._write_people(actor, book, lambda what, part: None)

        def total(on: date) -> int:
            structure = selectors.structure()
            return int(sum(stock(structure, columns(), day_number(on))[root] for root in structure.roots(on)))

        before = total(date(2025, 6, 30))
        begun = time.perf_counter()
        preview = services.reorganisation_preview(actor=actor, decision=decisions.reform(specs))
        previewed = time.perf_counter()
        applied = services.reorganisation_apply(actor=actor, decision=decisions.reform(specs), today=TODAY)
        done = time.perf_counter()
        behind = total(date(2025, 7, 1))
        fact("reform 2025: preview", f"{previewed - begun:.2f} s, {len(preview.plan.touched)} units", "")
        fact("reform 2025: preview and apply", f"{done - begun:.2f} s", "< 20 s")
        fact("reform 2025: members before = after", f"{before} = {behind}: {before == behind}", "equal")
        begun = time.perf_counter()
        services.reorganisation_undo(actor=actor, reorganisation_id=applied.pk, today=TODAY)
        fact("reform 2025: undo", f"{time.perf_counter() - begun:.2f} s", "< 20 s")
        fact("members after undoing", f"{total(date(2025, 7, 1)) == before}", "equal")
        _merge_cells(services, selectors, actor, columns)


def _merge_cells(services: object, selectors: object, actor: object, columns: object) -> None:
    structure = selectors.structure()  # type: ignore[attr-defined]
    held = columns()  # type: ignore[operator]
    import numpy as np

    on = date(2025, 7, 2)
    counts = np.bincount(held.stays.unit[held.stays.end > 2**29], minlength=len(structure))
    cells = [u for u in np.argsort(counts).tolist() if 5 <= counts[u] <= 14 and structure.alive(on)[u]][:201]
    operations = [{"op": "merge", "units": [structure.codes[u] for u in cells[1:]], "into": structure.codes[cells[0]]}]
    head = {"number": "200", "date": "2025-07-01", "body": "Tỉnh ủy", "effective": on.isoformat()}
    begun = time.perf_counter()
    services.reorganisation_apply(actor=actor, decision={"decision": head, "operations": operations}, today=TODAY)  # type: ignore[attr-defined]
    fact("merge of 200 cells", f"{time.perf_counter() - begun:.2f} s, {int(counts[cells[1:]].sum())} members", "< 5 s")


class Browser:
    """A signed-in user over HTTP."""

    def __init__(self, persona: str = "") -> None:
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        page = self.get("/sign-in")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        door = re.findall(r'action="(/demo/[^"]+)"', page)
        action = next((d for d in door if persona in d), door[0])
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{PORT}{action}", body, {"Referer": f"http://127.0.0.1:{PORT}/"}
        )
        self.open(request, timeout=30).read()

    def get(self, path: str) -> str:
        with self.open(f"http://127.0.0.1:{PORT}{path}", timeout=60) as answer:
            return str(answer.read().decode())


@contextmanager
def server(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The demo, serving."""
    begun = time.monotonic()
    command = [NHIEMKY, "demo", "--data", str(data), "--port", str(PORT)]
    process = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, env={**os.environ, "NHIEMKY_TODAY": TODAY.isoformat()}
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/sign-in", timeout=5).read()
                break
            except (urllib.error.URLError, ConnectionError):
                if process.poll() is not None or time.monotonic() - begun > 120:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.05)
        fact("later start, until the first page", f"{time.monotonic() - begun:.1f} s", "< 10 s")
        yield process
    finally:
        process.terminate()
        process.wait(30)


def pages() -> None:
    """Pages one after the other, as one user sees them; then 8 clients; then 20 users."""
    with server(demo_folder()) as process:
        user = Browser("chuyenvien")
        begun = time.monotonic()
        bare = statistics.median(times(lambda: user.get("/sign-in"), 20))
        line("a page without figures (sign-in)", [bare], "baseline")
        for name, path in PAGES.items():
            try:
                line(name, times(lambda path=path: user.get(path), 40, warm=6), "median < 100, p95 < 200", bare)
            except urllib.error.HTTPError as no:
                fact(name, f"HTTP {no.code}", path)
        print(f"{'':44} ({time.monotonic() - begun:.0f} s)")
        clients()
        office()
        fact("memory of the whole process tree", f"{_memory(process.pid)} MB", "")


def clients() -> None:
    """8 clients on search for 20 seconds."""
    words = ["nguyen", "thi an", "pham van", "dinh", "chi bo thon", "binh son", "le thi", "ho van"]
    done: list[float] = []
    stop = time.monotonic() + 20

    def one(number: int) -> None:
        user = Browser("chuyenvien")
        while time.monotonic() < stop:
            begun = time.perf_counter()
            user.get("/search?q=" + urllib.parse.quote(words[(number + len(done)) % len(words)]))
            done.append(time.perf_counter() - begun)

    _together(8, one)
    fact("8 clients on search", f"{len(done) / 20:.0f} requests/s", "≥ 25 (NetBox 9.4, Horilla 3.3)")


def office() -> None:
    """20 users, each opening a page every two seconds for 30 seconds."""
    done: list[float] = []
    paths = list(PAGES.values())
    stop = time.monotonic() + 30

    def one(number: int) -> None:
        user = Browser("chuyenvien")
        turn = number
        while time.monotonic() < stop:
            begun = time.perf_counter()
            with contextlib.suppress(urllib.error.HTTPError):
                user.get(paths[turn % len(paths)])
            done.append(time.perf_counter() - begun)
            turn += 1
            time.sleep(max(0.0, 2 - (time.perf_counter() - begun)))

    _together(20, one)
    line("20 users, a page every 2 s (reads)", done, "p95 < 300 ms")


def _together(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _memory(pid: int) -> int:
    """Proportional memory of a process and everything below it, in MB."""
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        try:
            rollup = Path(f"/proc/{current}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, TypeError):
            continue
    return total // 1024


PARTS = {"engine": engine, "reform": reform, "pages": pages}


def main() -> int:
    """Run the parts asked for, all by default; each in a process of its own."""
    chosen = sys.argv[1:] or list(PARTS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    if len(chosen) == 1:
        PARTS[chosen[0]]()
        return 0
    print(json.dumps({"cpus": os.cpu_count(), "python": sys.version.split()[0]}))
    print(f"{'':44} {'median ms':>9} {'p95 ms':>9} {'ratio':>9}")
    for part in chosen:
        subprocess.run([sys.executable, __file__, part], check=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
