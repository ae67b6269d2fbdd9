"""Two at once, a worker killed in the middle, a register that moved on: told, nothing half done, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from books import given, members, row, take_over
from django.db import connection

from builders import SYSTEM, TODAY, person, province
from nhiemky.domain.findings import Refused
from nhiemky.exchange import running
from nhiemky.exchange.models import DRAFT, RUNNING, Import
from nhiemky.exchange.services import imports
from nhiemky.members.models import Movement, Person

CONTENT = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "C2"))


def received() -> Import:
    return imports.import_receive(actor=SYSTEM, given=given(CONTENT), file_name="ds.xlsx")


def carried_out(held: Import) -> Import:
    return imports.import_carry_out(actor=SYSTEM, import_id=held.pk, today=TODAY)


@pytest.mark.django_db
def test_the_second_of_two_people_with_the_same_file_is_told() -> None:
    province()
    first, second = received(), received()
    with psycopg.connect(_address()) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [running._SPACE, running._key(first)])
        first.state = RUNNING
        assert running.state_of(first) == RUNNING
        with pytest.raises(Refused) as no:
            carried_out(second)
        other.execute("SELECT pg_advisory_unlock_all()")
    assert no.value.findings[0].code == "exchange.running_already"
    assert running.state_of(first) == "interrupted"
    assert carried_out(second).counts["new"] == 2


def _address() -> str:
    """Of the database that the test uses."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.mark.django_db
def test_a_fault_in_the_middle_writes_nothing_and_can_be_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    province()
    held = received()

    def breaks(*_given: Any, **_more: Any) -> None:
        assert Person.objects.count() == 2
        raise OSError("no space left on device")

    monkeypatch.setattr(imports.shown, "returned", breaks)
    monkeypatch.setattr(imports, "Now", breaks)
    with pytest.raises(OSError, match="no space"):
        carried_out(held)
    assert not Person.objects.exists()
    assert running.state_of(Import.objects.get(pk=held.pk)) == "interrupted"
    monkeypatch.undo()
    assert carried_out(held).counts["new"] == 2


@pytest.mark.django_db
def test_a_refused_import_is_a_draft_again() -> None:
    province()
    bad = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "Không đâu"))
    with pytest.raises(Refused):
        take_over(bad)
    assert Import.objects.get().state == DRAFT


@pytest.mark.django_db
def test_what_was_looked_at_must_still_be_so() -> None:
    province()
    held = received()
    imports.import_preview(actor=SYSTEM, import_id=held.pk, today=TODAY)
    person("Nguyễn Thị Ân", "C1", TODAY.replace(year=2020))
    with pytest.raises(Refused) as no:
        carried_out(held)
    assert no.value.findings[0].code == "exchange.changed_since"
    imports.import_preview(actor=SYSTEM, import_id=held.pk, today=TODAY)
    assert carried_out(held).counts["new"] == 1


@pytest.mark.django_db
def test_an_import_is_carried_out_once() -> None:
    province()
    held = received()
    carried_out(held)
    with pytest.raises(Refused) as no:
        carried_out(held)
    assert no.value.findings[0].code == "exchange.done_already"


KILLED = """
import os, signal, django
django.setup()
from datetime import date
from nhiemky.domain.access import Actor
from nhiemky.exchange.services import imports

def stop(part):
    if part > 0.9:  # the last rows are being copied
        print("writing", flush=True)
        signal.pause()

imports.import_carry_out(actor=Actor.system("tests"), import_id=int(os.environ["IMPORT"]), today=date(2026, 10, 31),
                         progress=stop)
"""


def test_a_killed_worker_leaves_nothing_half_done(own_database: None) -> None:
    province()
    held = received()
    environment = {**os.environ, "DATABASE_URL": _address(), "DJANGO_SETTINGS_MODULE": "nhiemky.config.settings",
                   "IMPORT": str(held.pk), "PYTHONPATH": os.pathsep.join(sys.path)}  # fmt: skip
    child = subprocess.Popen([sys.executable, "-W", "ignore", "-c", KILLED], env=environment, stdout=subprocess.PIPE)
    timer = threading.Timer(60, child.kill)
    timer.start()
    assert child.stdout is not None
    assert child.stdout.readline() == b"writing\n"
    assert running.state_of(Import.objects.get(pk=held.pk)) == RUNNING
    with pytest.raises(Refused):
        carried_out(held)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    timer.cancel()
    _until_gone(held)
    assert not Person.objects.exists()
    assert not Movement.objects.exists()
    assert carried_out(held).counts["new"] == 2


def _until_gone(held: Import) -> None:
    """The server notices the lost connection by itself."""
    for _ in range(200):
        if running.state_of(Import.objects.get(pk=held.pk)) == "interrupted":
            return
        threading.Event().wait(0.05)
    raise AssertionError("the lock is still held")
