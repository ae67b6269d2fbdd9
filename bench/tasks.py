"""Pages of tasks with 100,000 tasks and 20,000 documents in one province: one after the other, then 20 users."""

from __future__ import annotations

import random
import shutil
import statistics as summary
import subprocess
import time
from datetime import date, timedelta

from pages import Browser, _together, server
from table import FOLDER, TODAY, demo_folder, django_on, fact, line, times

TASKS, DOCUMENTS, BATCH = 100_000, 20_000, 10_000
PERSONAS = ("chuyenvien", "lanhdao", "anphu", "bithu")
PAGES = {
    "my tasks": "/tasks/",
    "all tasks": "/tasks/all/",
    "all tasks, overdue of a year": "/tasks/all/?year=2026&outcome=overdue",
    "all tasks, words": "/tasks/all/?q=bao+cao",
    "programmes": "/programmes/",
    "first page": "/",
}
PROVINCE = {
    "board, province": "/units/T-51/tasks/?year=2026",
    "timeline, province": "/units/T-51/tasks/timeline/?year=2026",
    "ten key tasks": "/units/T-51/key-tasks/2023/",
}


def tasks() -> None:
    """Fill a copy of the demo, then measure."""
    data = FOLDER / "tasks"
    if not (data / "filled").exists():
        shutil.rmtree(data, ignore_errors=True)
        # The database may belong to a user of its own, which a copy must keep.
        subprocess.run(["cp", "-a", str(demo_folder()), str(data)], check=True)
        begun = time.monotonic()
        with django_on(data):
            _fill()
        fact("100,000 tasks and 20,000 documents written", f"{time.monotonic() - begun:.1f} s", "")
        (data / "filled").touch()
    with server(data):
        user = Browser("chuyenvien")
        bare = summary.median(times(lambda: user.get("/me"), 20))
        for name, path in {**PAGES, **PROVINCE}.items():
            line(name, times(lambda path=path: user.get(path), 25, warm=4), "p95 < 300", bare)  # type: ignore[misc]
        _office()


def _office() -> None:
    """20 users of every rank, each opening a page every two seconds for 40 seconds."""
    found: list[float] = []
    stop = time.monotonic() + 40
    users = [(name, Browser(name)) for name in PERSONAS for _ in range(5)]

    def one(number: int) -> None:
        name, user = users[number]
        paths = [*PAGES.values(), *(PROVINCE.values() if name in PERSONAS[:2] else ())]
        time.sleep(number / 10)
        turn = number
        while time.monotonic() < stop:
            begun = time.perf_counter()
            user.get(paths[turn % len(paths)])
            found.append(time.perf_counter() - begun)
            turn += 1
            time.sleep(max(0.0, 2 - (time.perf_counter() - begun)))

    _together(20, one)
    line("20 users, a page every 2 s", found, "p95 < 300", note=f"{len(found)} pages")


def _fill() -> None:
    """Rows of five years over all units that exist, in every state, with steps and deliverables as acts leave them."""
    from django.db import connection, transaction

    from nhiemky.core.copying import copy_rows, take_ids
    from nhiemky.documents.models import Issuer
    from nhiemky.organisation import selectors

    rng = random.Random(20230106)
    held = selectors.structure()
    alive = held.alive(TODAY).nonzero()[0].tolist()
    pairs = [(int(held.ids[p]), int(held.ids[held.parent(p, TODAY) or p])) for p in alive]
    with transaction.atomic():
        issuer = Issuer.objects.create(name="Ban Tổ chức Tỉnh ủy", symbol="BTC-BENCH")
        days = [date(2022, 1, 1) + timedelta(n % 1700) for n in range(DOCUMENTS)]
        names = ("issuer_id", "kind", "number", "signed_on", "title", "folded", "body", "signer", "withheld",
                 "in_force_from", "seq")  # fmt: skip
        copy_rows("documents_document", names,
                  ((issuer.pk, "letter", n + 1, day, f"Công văn {n}", f"cong van {n}", "", "", "f", day, 0)
                   for n, day in enumerate(days)))  # fmt: skip
        for _ in range(TASKS // BATCH):
            _write(copy_rows, take_ids("tasks_task", BATCH), pairs, rng)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(copy_rows: object, ids: range, pairs: list[tuple[int, int]], rng: random.Random) -> None:
    """One batch: most closed, some open, a few late, as a province's are."""
    from nhiemky.domain.names import fold
    from nhiemky.domain.tasks.days import last_day

    tasks, steps, handed = [], [], []
    for number in ids:
        unit, giver = rng.choice(pairs)
        given = date(2022, 1, 3) + timedelta(rng.randrange(1740))
        due = given + timedelta(rng.randrange(7, 90))
        state = "done" if due < TODAY and rng.random() < 0.97 else rng.choice(("assigned", "accepted", "working"))
        done = min(due + timedelta(rng.choice((-3, -1, 0, 9))), TODAY) if state == "done" else None
        title = f"Báo cáo kết quả công tác số {number}"
        tasks.append((number, unit, giver, title, fold(title), given, given, due, last_day(due), "Báo cáo",
                      "deliverables", "", "", "t", state, done, done, 0))  # fmt: skip
        acts = ["assign", *{"accepted": ["accept"], "working": ["begin"], "done": ["submit", "done"]}.get(state, [])]
        steps += [(number, act, done or given, "", "bench", 0) for act in acts]
        handed.append((number, "Báo cáo", "", "", done, done))
    columns = (
        "id", "unit_id", "giver_id", "title", "folded", "given_on", "start_on", "due_on", "last_on",
        "deliverable", "measure", "indicator", "part", "required", "state", "done_on", "closed_on", "seq",
    )  # fmt: skip
    copy = copy_rows
    assert callable(copy)
    copy("tasks_task", columns, tasks)
    copy("tasks_step", ("task_id", "act", "on", "text", "user_name", "seq"), steps)
    copy("tasks_deliverable", ("task_id", "title", "file_name", "note", "handed_on", "accepted_on"), handed)
