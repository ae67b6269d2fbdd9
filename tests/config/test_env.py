"""The environment is read in one place, and told on one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nhiemky.config import env

ROOT = Path(__file__).parents[2]


def test_every_variable_is_told_and_none_that_is_not_read() -> None:
    read = set(re.findall(r'environ\.get\("(\w+)"', Path(env.__file__).read_text()))
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE))
    assert read == told
    assert len(read) >= 8


def test_nobody_else_reads_the_environment() -> None:
    """Commands hand the address of the server they started to Django; nothing else is looked up."""
    allowed = {"DATABASE_URL", "NHIEMKY_DATA", "NHIEMKY_DEMO", "NHIEMKY_TODAY", "DJANGO_SETTINGS_MODULE"}
    for path in (ROOT / "src/nhiemky").rglob("*.py"):
        if path.name == "env.py":
            continue
        named = set(re.findall(r'environ(?:\.\w+\(|\[)"(\w+)"', path.read_text()))
        assert named <= allowed, path
        if path.parts[-2] not in ("config", "commands"):
            assert not named, path


def test_the_data_folder_does_not_depend_on_where_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NHIEMKY_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert env.read().data == ROOT / "data"


def test_a_given_folder_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHIEMKY_DATA", "dữ liệu")
    assert env.read().data == tmp_path / "dữ liệu"
