"""A disk that fills up in the middle of a write."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.running import answer, gone, nhiemky


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 300 MB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_nothing_is_lost(disk: Path) -> None:
    data, filler = disk / "d", disk / "filler"
    assert nhiemky(data, "demo", "--small", "--no-serve", "--json").returncode == 0
    before = nhiemky(data, "tree", "--on", "2025-07-01").stdout
    room = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_bsize - 2 * 2**20)
    done = nhiemky(data, "demo", "--fresh", "--no-serve", "--json")  # the whole province: more than the disk holds
    assert done.returncode == 1
    assert answer(done)["findings"][0]["code"] == "config.disk_full"
    assert gone(data) == {}
    filler.unlink()
    # The interrupted generation begins anew by itself, and gives the same province.
    assert nhiemky(data, "demo", "--small", "--no-serve").returncode == 0
    assert nhiemky(data, "tree", "--on", "2025-07-01").stdout == before
    assert answer(nhiemky(data, "check", "--json"))["ok"] is True


def test_a_disk_that_fills_up_while_a_decision_is_applied(disk: Path) -> None:
    data, filler, file = disk / "d", disk / "filler", disk.parent / "decision.json"
    assert nhiemky(data, "demo", "--small", "--no-serve", "--json").returncode == 0
    before = nhiemky(data, "tree", "--on", "2026-10-31").stdout
    head = {"number": "9-QĐ/TU", "date": "2026-10-01", "body": "Tỉnh ủy", "effective": "2026-10-15"}
    cell = {"op": "found", "kind": "cell", "sector": "residential", "parent": "X25-21034"}
    operations = [{**cell, "code": f"N-{number}", "name": f"Chi bộ thôn {number}"} for number in range(20_000)]
    file.write_text(json.dumps({"decision": head, "operations": operations}), encoding="utf-8")
    room = os.statvfs(disk)
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, room.f_bavail * room.f_bsize - 2 * 2**20)
    done = nhiemky(data, "reorganise", str(file), "--as", "chuyenvien", "--json")
    assert done.returncode == 1, done.stderr
    assert answer(done)["findings"][0]["code"] == "config.disk_full"
    filler.unlink()
    assert nhiemky(data, "tree", "--on", "2026-10-31").stdout == before
    assert answer(nhiemky(data, "check", "--json"))["ok"] is True
    assert answer(nhiemky(data, "reorganise", str(file), "--as", "chuyenvien", "--json"))["ok"] is True
