"""What others on the machine could see: arguments of processes, folders, traces."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nhiemky.config import archive, embedded, keys
from nhiemky.config.commands import serving
from nhiemky.domain.findings import Refused


def test_no_password_stands_in_the_arguments_of_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: dict[str, Any] = {}

    def run(command: list[str], **more: Any) -> Any:
        ran.update(more, command=command)
        return SimpleNamespace(returncode=0, stderr="")

    monkeypatch.setenv("DATABASE_URL", "postgresql://an:bi%20mat@10.0.0.5:5433/so")
    monkeypatch.setattr(subprocess, "run", run)
    archive._run(["pg_dump"], os.environ["DATABASE_URL"])
    told = " ".join(ran["command"])
    assert "bi" not in told.replace("dbname", "")
    assert {"host=10.0.0.5", "port=5433", "user=an"} <= set(told.replace("--dbname=", "").split())
    assert ran["env"]["PGPASSWORD"] == "bi mat"
    assert "DATABASE_URL" not in ran["env"]


def test_the_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    for name, made in (("a", False), ("b", True)):
        folder = tmp_path / name
        if made:
            folder.mkdir(mode=0o755)
        else:
            keys.read_or_make(folder)
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        embedded._close_to_others(folder)
        mode = stat.S_IMODE(folder.stat().st_mode)
        assert mode == (0o710 if os.geteuid() == 0 else 0o700)
        assert not mode & stat.S_IRWXO


@pytest.mark.parametrize(
    ("host", "hosts", "debug", "refused"),
    [
        ("127.0.0.1", "", "1", False),
        ("::1", "localhost", "1", False),
        ("0.0.0.0", "", "1", True),
        ("127.0.0.1", "tochuc.tinh.vn", "1", True),
        ("0.0.0.0", "tochuc.tinh.vn", "", False),
    ],
)
def test_traces_are_for_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, host: str, hosts: str, debug: str, refused: bool
) -> None:
    monkeypatch.setenv("NHIEMKY_HOSTS", hosts)
    monkeypatch.setenv("NHIEMKY_DEBUG", debug)
    if not refused:
        return serving._refuse_traces_for_others(host)
    with pytest.raises(Refused) as no:
        serving._refuse_traces_for_others(host)
    assert no.value.findings[0].code == "config.debug_only_loopback"
