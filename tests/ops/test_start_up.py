"""Start, second start, the end by Ctrl-C, and the start after everything was killed."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ops.running import PATIENCE, answer, gone, nhiemky, processes, serving


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small demo in a folder with spaces, Vietnamese letters and a long name."""
    folder = tmp_path_factory.mktemp("ops") / "Dữ liệu của Tỉnh ủy, năm 2026" / ("rất " * 15 + "dài")
    begun = time.monotonic()
    done = nhiemky(folder, "demo", "--small", "--no-serve", "--json")
    assert done.returncode == 0, done.stderr
    assert answer(done)["generated"] is True
    assert time.monotonic() - begun < 60
    assert gone(folder) == {}
    yield folder
    assert gone(folder) == {}


def test_the_second_start_generates_nothing(data: Path) -> None:
    done = nhiemky(data, "demo", "--small", "--no-serve", "--json")
    assert answer(done)["generated"] is False


def test_ctrl_c_stops_every_process(data: Path) -> None:
    with serving(data, "serve") as served:
        assert served.status() < 500
        assert len(processes(data)) >= 6  # command, database, web server and its two workers, worker for long work
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(PATIENCE) == 0
    assert gone(data) == {}


def test_a_second_start_is_refused_and_short_commands_are_not(data: Path) -> None:
    with serving(data, "serve") as served:
        second = nhiemky(data, "serve", "--port", "0", "--json")
        assert second.returncode == 1
        assert answer(second)["findings"][0]["code"] == "config.folder_busy"
        assert str(served.process.pid) in second.stderr
        tree = nhiemky(data, "tree", "--on", "2025-07-01", "--depth", "1", "--json")
        assert tree.returncode == 0, tree.stderr
        assert answer(tree)["children"]
        assert served.status() < 500


def test_after_kill_9_of_everything_the_next_start_recovers(data: Path) -> None:
    with serving(data, "serve") as served:
        assert served.status() < 500
        for pid in processes(data):
            with suppress(ProcessLookupError):  # children may end themselves once the command is gone
                os.kill(pid, signal.SIGKILL)
    with serving(data, "serve") as again:
        assert again.status() < 500
    assert answer(nhiemky(data, "check", "--json"))["ok"] is True


def test_after_kill_9_of_the_command_alone_nothing_lives_on(data: Path) -> None:
    with serving(data, "serve") as served:
        os.kill(served.process.pid, signal.SIGKILL)
    assert gone(data) == {}
    with serving(data, "serve") as again:
        assert again.status() < 500


def test_a_taken_port_is_told(data: Path) -> None:
    with serving(data, "serve") as served:
        done = nhiemky(data, "demo", "--port", str(served.port), "--json")
    assert done.returncode == 1
    assert answer(done)["findings"][0]["code"] == "config.port_taken"


def test_the_demo_is_ready_again(data: Path) -> None:
    """How soon is measured in `make bench`."""
    with serving(data, "demo") as served:
        assert served.status() < 500


def test_short_commands_at_once_do_not_stop_the_server_under_each_other(data: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        runs = pool.map(lambda depth: nhiemky(data, "tree", "--on", "2025-07-01", "--depth", depth), "1221")
    assert [run.returncode for run in runs] == [0, 0, 0, 0]


def test_a_decision_applied_before_takes_effect_when_its_day_has_come(data: Path, tmp_path: Path) -> None:
    """People of a merged cell are looked up in the new one from the day on, by whoever serves then."""
    tree = answer(nhiemky(data, "tree", "--on", "2026-10-31", "--unit", "X25-21034", "--json"))
    cells = [child["code"] for child in tree["children"] if child["kind"] == "cell"][:2]
    head = {"number": "99-QĐ/TU", "date": "2026-10-30", "body": "Đảng ủy xã", "effective": "2026-12-01"}
    merge = {"op": "merge", "units": [cells[0]], "into": cells[1]}
    file = tmp_path / "decision.json"
    file.write_text(json.dumps({"decision": head, "operations": [merge]}), encoding="utf-8")
    applied = nhiemky(data, "reorganise", str(file), "--as", "chuyenvien", "--json", NHIEMKY_TODAY="2026-10-31")
    assert applied.returncode == 0, applied.stderr
    assert answer(nhiemky(data, "check", "--json", NHIEMKY_TODAY="2026-10-31"))["ok"] is True
    assert answer(nhiemky(data, "check", "--json", NHIEMKY_TODAY="2026-12-02"))["ok"] is False
    with serving(data, "serve", NHIEMKY_TODAY="2026-12-02") as served:
        assert served.status() < 500
    assert answer(nhiemky(data, "check", "--json", NHIEMKY_TODAY="2026-12-02"))["ok"] is True
