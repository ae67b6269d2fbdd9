"""Whatever happens in whatever order: every sum is proved again, and taking everything back leaves nothing.

A storm is known by its number, so one that went wrong is played again by it. More and other ones:
NHIEMKY_STORM=200 NHIEMKY_STORM_FROM=1000 .venv/bin/pytest tests/storm
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.members import snapshot
from nhiemky.organisation import selectors
from storm.acts import ACTS
from storm.properties import Asked, assert_sound, broken
from storm.ways_back import entries, register, take_everything_back
from storm.weather import Calm, Storm

pytestmark = pytest.mark.django_db
LENGTH = int(os.environ.get("NHIEMKY_STORM_LENGTH", "24"))
FIRST = int(os.environ.get("NHIEMKY_STORM_FROM", "0"))
STORMS = range(FIRST, FIRST + int(os.environ.get("NHIEMKY_STORM", "2")))
_NAMES = [name for name, (_act, weight) in ACTS.items() for _ in range(weight)]


@pytest.fixture(autouse=True)
def _own_day(settings: Any) -> None:
    """The storm sets the day of the office; the fixture sets it back."""
    settings.NHIEMKY_TODAY = None
    forget()


def forget() -> None:
    selectors.forget()
    snapshot.SNAPSHOT.forget()


def blow(storm: Storm) -> str:
    """One act, and which; of some that were refused, which must leave nothing behind, the last is none."""
    storm.sunrise()
    for _ in range(4):
        name = storm.draw.choice(_NAMES)
        try:
            with transaction.atomic():
                ACTS[name][0](storm)
        except (Refused, Denied, Calm):
            forget()
            continue
        return name
    return ""


@pytest.mark.parametrize("seed", STORMS)
def test_everything_holds_after_every_act(seed: int) -> None:
    storm = Storm.over_the_province(seed)
    for number in range(LENGTH):
        asked = Asked(storm)
        act = blow(storm)
        if act:
            where = f"act {number}: {act} on {storm.today}"
            try:
                asked.assert_unchanged()
                assert_sound(storm)
            except Exception as error:
                error.add_note(where)
                raise


@pytest.mark.parametrize("seed", STORMS)
def test_taking_everything_back_leaves_the_register_as_it_was(seed: int) -> None:
    storm = Storm.over_the_province(seed)
    before, counted = register(), entries()
    for _ in range(LENGTH):
        blow(storm)
    take_everything_back(storm, counted)
    assert register() == before
    assert entries() == counted
    assert broken() == {}


def test_the_storms_do_nearly_everything_that_can_be_done() -> None:
    """An act that is always refused would prove nothing; the rarest need more storms than these."""
    done: Counter[str] = Counter()
    for seed in range(3):
        with transaction.atomic():
            forget()
            storm = Storm.over_the_province(seed)
            done.update(blow(storm) for _ in range(50))
            transaction.set_rollback(True)
    assert len(set(ACTS) - set(done)) <= 6
    assert done[""] < 40
