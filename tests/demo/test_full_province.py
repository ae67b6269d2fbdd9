"""The full demo province, made once by the real command in a data folder of its own: the figures of the contract."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent


class Province:
    """Runs commands against the data folder; answers of the command line are remembered."""

    def __init__(self, data: Path) -> None:
        ours = ("NHIEMKY_", "DATABASE_", "DJANGO_")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        self.environment = {**kept, "NHIEMKY_DATA": str(data), "NHIEMKY_TODAY": "2026-10-31"}

    def run(self, *arguments: str) -> str:
        """The standard output of a program that must succeed."""
        done = subprocess.run([sys.executable, *arguments], env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def asked(self, *arguments: str) -> dict[str, Any]:
        """The answer of a command as data."""
        answer: dict[str, Any] = json.loads(self.run("-m", "nhiemky", *arguments, "--json"))
        return answer


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    made = Province(tmp_path_factory.mktemp("full") / "d")
    assert made.asked("demo", "--no-serve")["generated"]
    return made


@pytest.fixture(scope="module")
def told(province: Province) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(province.run(str(HERE / "full_figures.py")))
    return found


def test_the_year_of_the_report_and_its_rows(province: Province) -> None:
    cells = ("cells.residential.total", "cells.residential.with_committee")
    keys = ("members.admitted", "units.founded.non_state", *cells)
    chosen = [part for key in keys for part in ("--indicator", key)]
    found = province.asked("figures", "--unit", "T-51", "--year", "2022", *chosen, "--rows")["figures"]
    admitted = found["members.admitted"]
    assert [admitted[key] for key in ("value", "previous", "change", "target")] == [1666, 1148, 518, 1400]
    assert admitted["target_assumed"] is True
    assert [found[key]["value"] for key in keys[1:]] == [3, 954, 933]
    for key in keys:
        assert len(found[key]["rows"]) == found[key]["value"], key


def test_members_on_the_day_of_the_congress(told: dict[str, Any]) -> None:
    assert told["congress"] == 91_788


def test_both_structures_stand_on_their_days(province: Province, told: dict[str, Any]) -> None:
    assert told["communes"] == {"before": 272, "after": 96}
    tree = province.asked("tree", "--on", "2025-07-01", "--depth", "1")
    assert [node["code"] for node in tree["children"]] == ["T-51"]
    communes = [node for node in tree["children"][0]["children"] if node["code"].startswith("X25-")]
    assert len(communes) == 96


def test_restated_figures_of_the_new_units_are_both_old_provinces(told: dict[str, Any]) -> None:
    """For every figure that adds up over units; where former units were split, the bounds hold the old total."""
    exact = 0
    for key in told["additive"]:
        old = sum(told["old"][code][key][0] for code in ("T-51", "T-62"))
        low, high = told["own"][key]
        for figures in told["below"].values():
            low, high = low + figures[key][0], high + figures[key][1]
        assert told["restated"][key] == [old, old], key
        assert low <= old <= high, key
        exact += low == high
        if key.startswith(("members.", "cells.")):
            assert low == high == old, key
    assert exact > 0.8 * len(told["additive"])
