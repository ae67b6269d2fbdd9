"""Pages as users meet them: one after the other, 8 clients on search, 20 users who read and write, and the memory."""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from table import NHIEMKY, TODAY, demo_folder, django_on, fact, line, p95, times

PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
PAGES = {
    "member list, province": "/units/T-51/members/",
    "search as you type": "/search?q=nguyen+thi+an",
    "unit page, commune": "/units/X25-21034/",
    "unit page, province": "/units/T-51/",
    "figures page, province": "/figures/?unit=T-51&year=2022",
    "figures page, restated commune": "/figures/?unit=X25-21034&year=2022&structure=2025-07-01",
    "review page, province": "/review/T-51/2022/",
    "first page": "/",
}
WORDS = ["nguyen", "thi an", "pham van", "dinh", "chi bo thon", "binh son", "le thi", "ho van"]


class Browser:
    """A signed-in user over HTTP."""

    def __init__(self, persona: str) -> None:
        self.jar = CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        self.get("/sign-in")
        self.post("/sign-in/demo", {"username": persona})

    def get(self, path: str) -> str:
        with self.open(SITE + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, form: dict[str, str]) -> str:
        """The page one is led to."""
        token = next(cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        with self.open(urllib.request.Request(SITE + path, body, {"Referer": SITE + "/"}), timeout=60) as answer:
            answer.read()
            return str(answer.url)


@contextmanager
def server(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The demo, serving."""
    begun = time.monotonic()
    command = [NHIEMKY, "demo", "--data", str(data), "--port", str(PORT)]
    environment = {**os.environ, "NHIEMKY_TODAY": TODAY.isoformat()}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    try:
        while True:
            try:
                urllib.request.urlopen(f"{SITE}/sign-in", timeout=5).read()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if process.poll() is not None or time.monotonic() - begun > 120:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.05)
        fact("later start, until the first page", f"{time.monotonic() - begun:.1f} s", "< 10 s")
        yield process
    finally:
        process.terminate()
        process.wait(60)


def pages() -> None:
    """Everything about pages."""
    data = demo_folder()
    people = statements(data)
    with server(data) as process:
        user = Browser("chuyenvien")
        bare = statistics.median(times(lambda: user.get("/me"), 20))
        line("a page without figures (/me)", [bare], "baseline")
        for name, path in PAGES.items():
            line(name, times(lambda path=path: user.get(path), 40, warm=6), "median < 100, p95 < 200", bare)  # type: ignore[misc]
        clients()
        office(people)
        fact("memory of the whole process tree", f"{_memory(process.pid)} MB", "")


def statements(data: Path) -> list[int]:
    """Statements of each page, in process; answers people who can be exempted by the writers."""
    with django_on(data):
        from django.conf import settings
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from nhiemky.accounts.models import User
        from nhiemky.members.models import Stay

        settings.ALLOWED_HOSTS = ["*"]
        client = Client()
        client.force_login(User.objects.get(username="chuyenvien"), "django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["demo_door"] = True
        session.save()
        counted = {}
        for name, path in PAGES.items():
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as caught:
                answer = client.get(path)
            counted[name] = f"{len(caught)}" if answer.status_code == 200 else f"HTTP {answer.status_code}"
        fact("statements a page", ", ".join(counted.values()), "≤ 30 each, in the order below")
        free = Stay.objects.filter(during__upper_inf=True, during__startswith__lt=TODAY, exempt=False)
        return list(free.order_by("?").values_list("person_id", flat=True)[:400])


def clients() -> None:
    """8 clients on search for 20 seconds."""
    done: list[float] = []
    stop = time.monotonic() + 20

    def one(number: int) -> None:
        user = Browser("chuyenvien")
        while time.monotonic() < stop:
            begun = time.perf_counter()
            user.get("/search?q=" + urllib.parse.quote(WORDS[(number + len(done)) % len(WORDS)]))
            done.append(time.perf_counter() - begun)

    _together(8, one)
    fact("8 clients on search", f"{len(done) / 20:.0f} requests/s", "≥ 25 (NetBox 9.4, Horilla 3.3)")


def office(people: list[int]) -> None:
    """20 users, each opening a page every two seconds for 40 seconds; every fifth act is an entry of the ledger."""
    reads: list[float] = []
    writes: list[float] = []
    refused: list[str] = []
    paths, stop = list(PAGES.values()), time.monotonic() + 40
    users = [Browser("chuyenvien") for _ in range(20)]

    def one(number: int) -> None:
        turn = number
        time.sleep(number / 10)
        while time.monotonic() < stop:
            begun = time.perf_counter()
            if turn % 5 == 4 and people:
                led_to = users[number].post(f"/members/{people.pop()}/movements/new/?kind=exemption_on", _exemption())
                writes.append(time.perf_counter() - begun)
                refused.extend([led_to] if "/movements/new" in led_to else [])
            else:
                users[number].get(paths[turn % len(paths)])
                reads.append(time.perf_counter() - begun)
            turn += 1
            time.sleep(max(0.0, 2 - (time.perf_counter() - begun)))

    _together(20, one)
    line("20 users, a page every 2 s: all", reads + writes, "p95 < 300")
    line("  reads", reads, "", note=f"{len(reads)} pages")
    line("  writes", writes, "", note=f"{len(writes)} entries, {len(refused)} refused")
    fact("  slowest", f"{max(reads + writes) * 1000:.0f} ms (p95 {p95(reads + writes) * 1000:.0f})", "")


def _exemption() -> dict[str, str]:
    day = f"{TODAY:%d/%m/%Y}"
    return {"on": day, "paper_number": "5-QĐ/ĐU", "paper_date": day, "paper_body": "Đảng ủy", "confirmed": "yes"}


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
        with contextlib.suppress(OSError, TypeError):
            rollup = Path(f"/proc/{current}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
    return total // 1024
