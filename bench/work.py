"""Pages of documents and tasks with a province's paperwork of five years, as 20 users open them at once.

100,000 tasks and 20,000 documents (`work_rows`); 20 users of every rank, each opening a page every two seconds for
three minutes, any page that lists or shows paperwork. Before it each page for itself: its statements, its processor
time, its time with nobody else there. `make bench ARGS=work`, or a half of it: `ARGS="work alone"`, `"work together"`.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics as summary
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pages import SITE, Browser, _together, server
from table import FOLDER, TODAY, demo_folder, django_on, fact, line, p95, times
from work_rows import fill

LIMIT, SECONDS = 0.300, 180
PLAIN, MARKED = urllib.parse.quote("ket nap dang vien"), urllib.parse.quote("chuyển đổi số")
FIXED = {
    "first page": "/",
    "documents": "/documents/",
    "documents, last page": "/documents/?page=9999",
    "documents by title": "/documents/?sort=title",
    "documents by issuer": "/documents/?sort=issuer",
    "documents, plans of a year": "/documents/?kind=plan&year=2025",
    "documents in force": "/documents/?state=holds",
    "documents replaced": "/documents/?state=replaced",
    "documents, words": f"/documents/?q={PLAIN}",
    "documents, words with marks": f"/documents/?q={MARKED}",
    "documents, words of a file": f"/documents/?q={PLAIN}+muc+4711",
    "documents, a number": "/documents/?q=10012",
    "number books": "/documents/books",
    "issuers": "/documents/issuers",
    "opinions asked of us": "/documents/opinions",
    "form: a document": "/documents/enter",
    "form: a number": "/documents/books/take",
    "directives: matrix": "/directives/",
    "directives: matrix, next asks": "/directives/?across=2&page=2",
    "directives: rows late": "/directives/rows/?state=late",
    "directives: rows, last page": "/directives/rows/?page=9999&sort=unit",
    "directives: asked of us": "/directives/mine/",
    "regulations": "/regulations/",
    "regulations in force": "/regulations/?state=in_force",
    "regulations, words": f"/regulations/?q={MARKED}",
    "rules of the system": "/regulations/rules",
    "one rule": "/regulations/rules/tasks.due_soon",
    "proposals": "/proposals/",
    "proposals, words": f"/proposals/?q={PLAIN}",
    "my tasks": "/tasks/",
    "my tasks, given": "/tasks/?list=given",
    "all tasks": "/tasks/all/",
    "all tasks, last page": "/tasks/all/?page=9999",
    "all tasks by person": "/tasks/all/?sort=assignee",
    "all tasks by result": "/tasks/all/?sort=outcome",
    "all tasks, overdue of a year": "/tasks/all/?year=2026&outcome=overdue",
    "all tasks carried over": "/tasks/all/?year=2026&carried=1",
    "all tasks, words": f"/tasks/all/?q={PLAIN}",
    "all tasks, words with marks": f"/tasks/all/?q={MARKED}",
    "programmes": "/programmes/",
    "programmes, last page": "/programmes/?page=9999",
    "form: a task": "/tasks/new/",
    "calendar": "/tasks/calendar/",
    "conferences": "/conferences/",
}
OF_UNIT = {
    "board": "/units/{}/tasks/?year=2026",
    "timeline": "/units/{}/tasks/timeline/?year=2026",
    "ten key tasks": "/units/{}/key-tasks/2026/",
    "programmes of a unit": "/programmes/?unit={}",
    "all tasks of a unit": "/tasks/all/?unit={}&year=2025&outcome=done_late",
    "unit page": "/units/{}/",
    "yearly review": "/review/{}/2025/",
}
Paths = dict[str, list[str]]


def work() -> None:
    """Fill a copy of the demo, then measure."""
    data = FOLDER / "work"
    _filled(data)
    with django_on(data):
        users = _users()
        keys = {name: _session(name) for name in users}
        paths = {name: _paths(name, *where) for name, where in users.items()}
        alone = "together" not in sys.argv
        costs = {name: _cost(keys["bench0"], path) for name, [path, *_] in paths["bench0"].items() if alone}
    with server(data):
        if alone:
            _alone({name: _Known(key) for name, key in keys.items()}, paths, costs)
        if "alone" not in sys.argv:
            _office([(name, _Known(key)) for name, key in keys.items()], paths)


class _Known(Browser):
    """A user whose session there is already."""

    def __init__(self, session: str) -> None:
        self.headers = {"Cookie": f"sessionid={session}"}
        self.jar = None  # type: ignore[assignment]

    def get(self, path: str) -> str:
        request = urllib.request.Request(SITE + path, headers=self.headers)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return str(answer.read()[:200])


def _filled(data: Any) -> None:
    if (data / "filled").exists():
        return
    shutil.rmtree(data, ignore_errors=True)
    # The database may belong to a user of its own, which a copy must keep.
    subprocess.run(["cp", "-a", str(demo_folder()), str(data)], check=True)
    begun = time.monotonic()
    with django_on(data):
        fill({unit_id: user_id for user_id, unit_id in _made()})
    fact("100,000 tasks and 20,000 documents written", f"{time.monotonic() - begun:.1f} s", "")
    (data / "filled").touch()


def _made() -> Iterator[tuple[int, int]]:
    """Twenty users with their grants: eight of the province, nine of communes, three of cells."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from nhiemky.access.models import Grant
    from nhiemky.accounts.models import User
    from nhiemky.organisation import selectors

    held = selectors.structure()
    [root] = held.roots(TODAY)
    communes = [p for p in held.children(root, TODAY) if held.children(p, TODAY)][::7][:9]
    cells = [held.children(p, TODAY)[0] for p in communes[:3]]
    roles = ["specialist"] * 5 + ["leader"] * 2 + ["auditor"] + ["clerk"] * 9 + ["secretary"] * 3
    for number, (role, place) in enumerate(zip(roles, [root] * 8 + communes + cells, strict=True)):
        user = User.objects.create(username=f"bench{number}", full_name=f"Người dùng {number}", password="!")
        unit_id = int(held.ids[place])
        Grant.objects.create(user=user, role=role, unit_id=unit_id, during=DateRange(TODAY.replace(year=2025), None))
        yield user.pk, unit_id


def _users() -> dict[str, tuple[int, str]]:
    """Id and unit code of each."""
    from nhiemky.access.models import Grant

    found = Grant.objects.filter(user__username__startswith="bench").order_by("user_id")
    return {name: (pk, code) for name, pk, code in found.values_list("user__username", "user_id", "unit__code")}


def _client(session: str = "") -> Any:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def _session(username: str) -> str:
    """Signed in as by the demo's door."""
    from nhiemky.accounts.models import User

    client = _client()
    client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["demo_door"] = True
    session.save()
    return str(session.session_key)


def _paths(name: str, user_id: int, code: str) -> Paths:
    """Every page that the user may open, with a few addresses each."""
    from nhiemky.access.selectors import actor_for

    actor, rng = actor_for(user_id, name, TODAY, verified=True), random.Random(name)
    found: Paths = {key: [path] for key, path in FIXED.items()}
    found |= {key: [path.format(code)] for key, path in OF_UNIT.items()}
    for key, path, rows in _shown(actor):
        if some := list(rows.order_by("pk").values_list("pk", flat=True)[:3_000]):
            found[key] = [path.format(pk) for pk in rng.sample(some, min(4, len(some)))]
    return found if actor.may("work.write") else {key: some for key, some in found.items() if "form:" not in key}


def _shown(actor: Any) -> Iterator[tuple[str, str, Any]]:
    """Pages of one thing, with the things that the actor may see."""
    from nhiemky.conferences import selectors as conferences
    from nhiemky.directives import selectors as directives
    from nhiemky.documents import drafts
    from nhiemky.documents import selectors as documents
    from nhiemky.proposals import selectors as proposals
    from nhiemky.regulations import selectors as regulations
    from nhiemky.tasks import selectors as tasks

    held = conferences.conferences(actor)
    yield "one document", "/documents/{}", documents.documents(actor)
    yield "documents of an issuer", "/documents/?issuer={}&state=holds", documents.issuers(actor)
    yield "one number book", "/documents/books/{}", documents.series(actor).order_by()
    yield "one draft", "/documents/drafts/{}", drafts.drafts(actor)
    yield "one task", "/tasks/{}/", tasks.tasks(actor)
    yield "one programme", "/programmes/{}/", tasks.programmes(actor)
    yield "one ask", "/directives/{}/", directives.asks(actor)
    yield "one asked unit", "/directives/asked/{}/", directives.asked(actor)
    yield "one regulation", "/regulations/{}", regulations.regulations(actor)
    yield "one proposal", "/proposals/{}", proposals.proposals(actor)
    yield "one conference", "/conferences/{}/", held
    yield "invitees of a conference", "/conferences/{}/invitees/", held
    yield "instructions of a conference", "/conferences/{}/instructions/", held
    yield "room of a conference", "/conferences/{}/room/", held
    yield "summary of a conference", "/conferences/{}/summary/", held


def _cost(session: str, path: str) -> str:
    """Statements of a page, and the processor time that it takes here and in the database, whoever else is busy."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(session)
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        status = client.get(path).status_code
        statements = len(caught)
    if status != 200:
        return f"HTTP {status}"
    found = []
    for _ in range(5):
        begun = time.thread_time() + _busy(connection)
        client.get(path)
        found.append(time.thread_time() + _busy(connection) - begun)
    return f"{statements} statements, {summary.median(found) * 1000:.0f} ms of processor"


def _busy(connection: Any) -> float:
    """Seconds that the database worked for this process."""
    connection.ensure_connection()
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def _alone(users: dict[str, _Known], paths: dict[str, Paths], costs: dict[str, str]) -> None:
    """Each page with nobody else there: of a specialist of the province, then of a clerk of a commune."""
    print(f"  load average {os.getloadavg()[0]:.1f}")
    for name in ("bench0", "bench8"):
        for key, [path, *_rest] in paths[name].items():
            get: Callable[[], str] = lambda path=path, name=name: users[name].get(path)  # type: ignore[misc]  # noqa: E731
            line(f"{key} ({'province' if name == 'bench0' else 'commune'})", times(get, 5), "p95 < 300",
                 note=costs.get(key, "") if name == "bench0" else "")  # fmt: skip
    for key, path in (("the matrix as .xlsx", "/directives.xlsx"), ("all tasks as .xlsx", "/tasks/all.xlsx")):
        line(key, times(lambda path=path: users["bench0"].get(path), 3, warm=1), "")  # type: ignore[misc]


def _office(users: list[tuple[str, _Known]], paths: dict[str, Paths]) -> None:
    """20 users, each opening any of their pages every two seconds."""
    _warm(users[0][1])
    found: dict[str, list[float]] = defaultdict(list)
    stop = time.monotonic() + SECONDS

    def one(number: int) -> None:
        (name, user), rng = users[number], random.Random(number)
        time.sleep(number / 10)
        deck: list[str] = []
        while time.monotonic() < stop:
            deck = deck or rng.sample(sorted(paths[name]), len(paths[name]))
            key, begun = deck.pop(), time.perf_counter()
            user.get(rng.choice(paths[name][key]))
            found[key].append(time.perf_counter() - begun)
            time.sleep(max(0.0, 2 - (time.perf_counter() - begun)))

    _together(len(users), one)
    _told(found)


def _warm(user: _Known) -> None:
    """Every worker reads the register once after the start; that is measured apart."""
    took: list[float] = []

    def one(_number: int) -> None:
        took.extend(times(lambda: user.get("/"), 2, warm=0))

    _together(8, one)
    fact("first page after the start, at the worst", f"{max(took) * 1000:.0f} ms", "")


def _told(found: dict[str, list[float]]) -> None:
    for key in sorted(found, key=lambda key: -p95(found[key])):
        line(f"20 users: {key}", found[key], "p95 < 300", note=f"{p95(found[key]) / LIMIT:.2f} of the limit, max "
             f"{max(found[key]) * 1000:.0f} ms, {len(found[key])} pages")  # fmt: skip
    every = [one for some in found.values() for one in some]
    line("20 users, a page every 2 s: all", every, "p95 < 300", note=f"{p95(every) / LIMIT:.2f} of the limit, max "
         f"{max(every) * 1000:.0f} ms, {len(every)} pages; load average {os.getloadavg()[0]:.1f}")  # fmt: skip
    over = [key for key in found if p95(found[key]) > LIMIT]
    slowest = max(found, key=lambda key: summary.median(found[key]))
    fact("pages over the limit", f"{len(over)} of {len(found)}", f"slowest by its median: {slowest}")
