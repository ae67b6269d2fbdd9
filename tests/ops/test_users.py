"""From an empty database to the first sign-in, by commands alone (docs/first-day.md)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ops.running import answer, environment, nhiemky

PASSWORD = "một hai ba bốn năm"
ROOT = {
    "decision": {"number": "1-QĐ/TU", "date": "2025-01-02", "body": "Tỉnh ủy", "effective": "2025-01-02"},
    "operations": [{"op": "found", "code": "T", "name": "Đảng bộ tỉnh Mẫu", "kind": "provincial", "sector": "agency"}],
}


def piped(data: Path, text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nhiemky", *arguments]
    return subprocess.run(command, env=environment(data), input=text, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ops") / "d"
    file = folder.parent / "root.json"
    file.write_text(json.dumps(ROOT))
    done = nhiemky(folder, "reorganise", str(file), "--json")
    assert done.returncode == 0, done.stderr
    return folder


def users(data: Path) -> dict[str, Any]:
    return {one["username"]: one for one in answer(nhiemky(data, "user", "list", "--json"))["users"]}


def test_the_first_administrator_comes_in(data: Path) -> None:
    assert nhiemky(data, "reorganise", str(data.parent / "root.json")).returncode == 2  # from now on by a user
    added = piped(data, PASSWORD + "\n", "user", "add", "quantri", "--full-name", "Lê Quốc Việt", "--json")
    assert added.returncode == 0, added.stderr
    granted = nhiemky(data, "user", "grant", "quantri", "administrator", "T", "--from", "2025-01-02", "--json")
    assert granted.returncode == 0, granted.stderr
    told = users(data)["quantri"]
    assert (told["must_change"], told["second_factor"], told["active"]) == (True, False, True)
    assert told["grants"] == [
        {"role": "administrator", "unit": "T", "from": "2025-01-02", "until": None, "withdrawn": False}
    ]
    assert nhiemky(data, "user", "unlock", "quantri").returncode == 0
    assert piped(data, "mật khẩu thứ hai\n", "user", "password", "quantri", "--password-stdin").returncode == 0
    check = answer(nhiemky(data, "check", "--json"))
    assert check["ok"] is True
    assert check["head"]["seq"] >= 5
    assert len(check["head"]["hash"]) == 64


@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        (["add", "Lê Việt", "--full-name", "L"], PASSWORD, "accounts.username_form"),
        (["add", "ngan", "--full-name", "L"], "ngắn", "accounts.weak_password"),
        (["password", "khongai"], PASSWORD, "access.no_such_user"),
        (["unlock", "khongai"], "", "accounts.no_such_user"),
        (["grant", "khongai", "clerk", "T"], "", "access.no_such_user"),
        (["grant", "khongai", "vua", "T"], "", "access.no_such_user"),
        (["grant", "khongai", "clerk", "XX"], "", "denied.no_such_unit"),
    ],
)
def test_what_is_wrong_is_told(data: Path, arguments: list[str], text: str, code: str) -> None:
    done = piped(data, text, "user", *arguments, "--json")
    assert done.returncode == 1, done.stderr
    assert answer(done)["findings"][0]["code"] == code


def test_no_password_is_taken_as_an_argument(data: Path) -> None:
    assert nhiemky(data, "user", "add", "x", "--full-name", "X", "--password", PASSWORD).returncode == 2
