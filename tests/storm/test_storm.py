"""Whatever happens in whatever order: every sum is proved again, and taking everything back leaves nothing."""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import SYSTEM, TODAY, province
from nhiemky.config.checking import check
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.members import snapshot
from nhiemky.members.models import Movement, Stay
from nhiemky.members.services import ledger
from nhiemky.organisation import selectors, services
from nhiemky.organisation.models import Reorganisation, UnitVersion
from storm.acts import ACTS

pytestmark = pytest.mark.django_db
LENGTH = 40
# More and longer ones: NHIEMKY_STORM=200 .venv/bin/pytest tests/storm
STORMS = int(os.environ.get("NHIEMKY_STORM", "12"))


def storm(seed: int) -> Counter[str]:
    """A row of acts; how many of each went through. A refusal must leave nothing behind, and the storm goes on."""
    draw, done = Random(seed), Counter[str]()
    names = [name for name, (_act, weight) in ACTS.items() for _ in range(weight)]
    for name in ("admit", "receive", "admit", *(draw.choice(names) for _ in range(LENGTH))):
        try:
            with transaction.atomic():
                ACTS[name][0](draw)
            done[name] += 1
        except (Refused, Denied, IndexError):
            forget()
    return done


def forget() -> None:
    selectors.forget()
    snapshot.SNAPSHOT.forget()


def broken() -> dict[str, object]:
    return {name: part["findings"] for name, part in check()["checks"].items() if not part["ok"]}  # type: ignore[attr-defined]


def take_everything_back() -> None:
    """The newest write first: entries of people and decisions, each by its own counter-act."""
    effective = Movement.objects.filter(reverses=None, reversed_by=None)
    applied = Reorganisation.objects.filter(status=Reorganisation.APPLIED)
    while True:
        entry = effective.filter(reorganisation=None).order_by("-seq", "-on").first()
        decision = applied.order_by("-applied_seq").first()
        if entry is None and decision is None:
            return
        if decision is not None and (entry is None or (decision.applied_seq or 0) > entry.seq):
            services.reorganisation_undo(actor=SYSTEM, reorganisation_id=decision.pk, today=TODAY)
        elif entry is not None:
            ledger.movement_reverse(actor=SYSTEM, movement_id=entry.pk, reason="bão", today=TODAY)


@settings(max_examples=STORMS, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_every_sum_is_proved_after_a_storm(seed: int) -> None:
    with transaction.atomic():
        forget()
        province()
        storm(seed)
        assert broken() == {}, seed
        transaction.set_rollback(True)
    forget()


@settings(max_examples=STORMS * 2 // 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_taking_everything_back_leaves_nothing(seed: int) -> None:
    with transaction.atomic():
        forget()
        province()
        before = set(UnitVersion.objects.values_list("unit__code", "name", "during"))
        storm(seed)
        take_everything_back()
        assert Stay.objects.count() == 0
        assert set(UnitVersion.objects.values_list("unit__code", "name", "during")) == before
        assert broken() == {}, seed
        transaction.set_rollback(True)
    forget()


def test_the_storms_do_something() -> None:
    province()
    done = sum((storm(seed) for seed in range(6)), Counter[str]())
    assert {name: count for name, count in done.items() if not count} == {}
    assert set(done) == set(ACTS)
    assert Stay.objects.count() >= 10
