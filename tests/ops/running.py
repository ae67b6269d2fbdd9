"""Runs the real command in processes of its own, and sees what it leaves behind."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0


def environment(data: Path, **more: str) -> dict[str, str]:
    """Of a user who set nothing but the data folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NHIEMKY_", "DATABASE_", "DJANGO_"))}
    return {**kept, "NHIEMKY_DATA": str(data), **more}


def nhiemky(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    command = [sys.executable, "-m", "nhiemky", *arguments]
    return subprocess.run(
        command, env=environment(data, **more), capture_output=True, text=True, timeout=180, check=False, cwd="/"
    )


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """All of stdout as JSON: anything else on it fails here."""
    return dict(json.loads(done.stdout))


def processes(data: Path) -> dict[int, str]:
    """Everything alive that names the data folder in its command or environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "cmdline").read_bytes() + b"\0" + (folder / "environ").read_bytes()
            zombie = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            continue
        # Whole, or as the beginning of a path below it.
        if re.search(re.escape(os.fsencode(data)) + rb"[/\0]", told) and not zombie and int(folder.name) != os.getpid():
            found[int(folder.name)] = told[:80].decode(errors="replace")
    return found


def gone(data: Path) -> dict[int, str]:
    """What is still alive after a moment; empty is right."""
    end = time.monotonic() + 15
    while processes(data) and time.monotonic() < end:
        time.sleep(0.1)
    return processes(data)


@dataclass
class Served:
    """A server that answered."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def status(self) -> int:
        """Of the first page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        finally:
            connection.close()


@contextmanager
def serving(data: Path, *arguments: str, **more: str) -> Iterator[Served]:
    """`nhiemky serve` or `demo` on a free port, until the block ends."""
    command = [sys.executable, "-m", "nhiemky", *arguments, "--port", "0"]
    process = subprocess.Popen(command, env=environment(data, **more), stderr=subprocess.PIPE, text=True, cwd="/")
    try:
        yield _ready(process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        assert process.stderr is not None
        process.stderr.close()


def _ready(process: subprocess.Popen[str]) -> Served:
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if address:
            return Served(process, int(address.group(1)), said)
    raise AssertionError(said)
