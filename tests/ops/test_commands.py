"""Exit codes, JSON alone on stdout, backup and restore."""

from __future__ import annotations

import json
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from ops.running import answer, nhiemky


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ops") / "d"
    assert nhiemky(folder, "demo", "--small", "--no-serve", "--json").returncode == 0
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["tree"],
        ["tree", "--on", "2025-13-01"],
        ["figures", "--unit", "T-51"],
        ["figures", "--unit", "T-51", "--year", "năm"],
        ["serve", "--port", "99999"],
        ["review", "--unit", "T-51", "--year", "2022", "--out", "x.pdf"],
    ],
)
def test_wrong_usage_leaves_with_2_and_says_how_on_stderr(tmp_path: Path, arguments: list[str]) -> None:
    done = nhiemky(tmp_path / "d", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_json_stands_alone_on_stdout(data: Path) -> None:
    tree = answer(nhiemky(data, "tree", "--on", "01/07/2025", "--json"))
    assert tree["on"] == "2025-07-01"
    assert {"code", "name", "kind", "children"} <= set(tree["children"][0])
    check = nhiemky(data, "check", "--json")
    assert check.returncode == 0
    assert answer(check)["ok"] is True


def test_a_backup_comes_back_whole_with_its_keys(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "bản sao.nk", tmp_path / "máy khác"
    done = nhiemky(data, "backup", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    restored = nhiemky(other, "restore", str(file), "--json")
    assert restored.returncode == 0, restored.stderr
    assert answer(restored)["events"] == answer(done)["events"] > 0
    assert (other / "keys.json").read_bytes() == (data / "keys.json").read_bytes()
    assert nhiemky(other, "tree", "--on", "2025-07-01").stdout == nhiemky(data, "tree", "--on", "2025-07-01").stdout
    assert answer(nhiemky(other, "check", "--json"))["ok"] is True
    # The mark came along: the demo serves it, and does not generate again.
    assert answer(nhiemky(other, "demo", "--no-serve", "--json"))["generated"] is False
    again = nhiemky(other, "restore", str(file), "--json")
    assert (again.returncode, answer(again)["findings"][0]["code"]) == (1, "config.not_empty")


def test_a_damaged_backup_leaves_nothing_behind_and_nobody_shredded_since_comes_back(
    data: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "b.nk", tmp_path / "other"
    assert nhiemky(data, "backup", str(file)).returncode == 0
    content = bytearray(file.read_bytes())
    middle = len(content) * 2 // 3
    content[middle : middle + 4000] = b"\0" * 4000
    broken = tmp_path / "broken.nk"
    broken.write_bytes(content)
    assert nhiemky(other, "restore", str(broken), "--json").returncode == 1
    key = bytes.fromhex(json.loads((data / "keys.json").read_text())["sealing"])
    entry = {"of": sha256(b"shredded" + key).hexdigest()[:16], "number": "77-QĐ/TU", "decided_on": "2026-10-01",
             "body": "Ban Thường vụ Tỉnh ủy", "people": [1, 2], "prepared": "một", "done": "hai"}  # fmt: skip
    (other / "shredded.json").write_text(json.dumps([entry]), encoding="utf-8")
    good = nhiemky(other, "restore", str(file), "--json")
    assert good.returncode == 0, good.stderr
    assert answer(good)["shredded_again"] == 2
    assert answer(nhiemky(other, "check", "--json"))["ok"] is True


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ảnh.nk"
    file.write_text("no archive")
    done = nhiemky(tmp_path / "d", "restore", str(file), "--json")
    assert (done.returncode, answer(done)["findings"][0]["code"]) == (1, "config.not_a_backup")


def test_a_backup_of_a_newer_version_is_refused(data: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "b.nk", tmp_path / "x"
    assert nhiemky(data, "backup", str(file)).returncode == 0
    folder.mkdir()
    subprocess.run(["tar", "-xf", str(file), "-C", str(folder)], check=True)
    note = json.loads((folder / "note.json").read_text())
    note["migrations"].append("members.9999_from_the_future")
    (folder / "note.json").write_text(json.dumps(note))
    names = [path.name for path in folder.iterdir()]
    subprocess.run(["tar", "-cf", str(tmp_path / "newer.tar"), "-C", str(folder), *names], check=True)
    done = nhiemky(tmp_path / "d", "restore", str(tmp_path / "newer.tar"), "--json")
    assert (done.returncode, answer(done)["findings"][0]["code"]) == (1, "config.newer_backup")


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    done = nhiemky(tmp_path / "d", "check", "--json", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert answer(done)["findings"][0]["code"] == "config.database_unreachable"


def test_messages_come_in_english_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("no archive")
    done = nhiemky(tmp_path / "d", "restore", str(file), NHIEMKY_LANGUAGE="en")
    assert "is not a backup of this system" in done.stderr


def test_a_decision_is_previewed_applied_and_undone(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "decision.json"
    head = {"number": "77-QĐ/TU", "date": "2026-10-01", "body": "Ban Thường vụ Tỉnh ủy", "effective": "2026-10-15"}
    rename = {"op": "rename", "unit": "X25-21034", "name": "Đảng bộ xã An Phú Mới"}
    file.write_text(json.dumps({"decision": head, "operations": [rename]}), encoding="utf-8")
    seen = answer(nhiemky(data, "reorganise", str(file), "--preview", "--json"))
    assert seen["ok"] is True
    assert [unit["code"] for unit in seen["units"]] == ["X25-21034"]
    assert seen["units"][0]["members_before"] == seen["units"][0]["members_after"]
    assert nhiemky(data, "reorganise", str(file)).returncode == 2  # who?
    assert answer(nhiemky(data, "reorganise", str(file), "--as", "chuyenvien", "--json"))["status"] == "applied"
    again = nhiemky(data, "reorganise", str(file), "--as", "chuyenvien", "--json")
    assert again.returncode == 1
    assert any("đã được thực hiện" in finding["sentence"] for finding in answer(again)["findings"])
    undone = answer(nhiemky(data, "reorganise", "--undo", "77-QĐ/TU", "--as", "chuyenvien", "--json"))
    assert undone["status"] == "undone"
