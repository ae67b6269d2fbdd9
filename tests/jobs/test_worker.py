"""The worker as the command starts it: a process of its own that takes work from the queue."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from builders import TODAY, person, province
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.core.sealing import unseal_bytes
from nhiemky.jobs.models import DONE, INTERRUPTED, RUNNING, Job
from nhiemky.jobs.services import job_start
from pages_kit import somebody

pytestmark = pytest.mark.usefixtures("own_database")
PATIENCE = 60
ASKED = {"unit": "X1", "year": 2026, "on": None, "structure": None, "language": "vi"}


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker on this test's database."""
    held = connection.get_connection_params()
    kept = {key: held[key] for key in ("host", "port", "user", "password", "dbname") if held.get(key)}
    environment = {**os.environ, "DATABASE_URL": _url(kept), "DJANGO_SETTINGS_MODULE": "nhiemky.config.settings"}
    process = subprocess.Popen([sys.executable, "-m", "nhiemky.config.worker"], env=environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def _url(held: dict[str, str]) -> str:
    host = held.get("host", "")
    query = urlencode({"host": host, **({"port": held["port"]} if "port" in held else {})})
    secret = f":{quote(held['password'])}" if held.get("password") else ""
    return f"postgresql://{quote(held['user'])}{secret}@/{held['dbname']}?{query}"


def state(job: Job, wanted: str) -> str:
    """The job's state, once it is the wanted one or patience is over."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        job.refresh_from_db()
        if job.state == wanted:
            break
        time.sleep(0.1)
    return job.state


def test_it_takes_what_was_asked_before_and_while_it_runs_and_tells_what_was_interrupted() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2026, 3, 2))
    somebody("clerk", "X1", name="anphu")
    user = User.objects.get(username="anphu")
    actor = actor_for(user.pk, user.username, TODAY, verified=True)
    lost = Job.objects.create(user=user, verified=True, kind="x", title="x", arguments={}, state=RUNNING)
    before = job_start(actor=actor, kind="reporting.review_file", title="trước", arguments=ASKED)
    with worker():
        assert state(before, DONE) == DONE
        after = job_start(actor=actor, kind="reporting.review_file", title="sau", arguments=ASKED)
        assert state(after, DONE) == DONE
    assert state(lost, INTERRUPTED) == INTERRUPTED
    assert unseal_bytes(bytes(after.file or b""))[:2] == b"PK"
