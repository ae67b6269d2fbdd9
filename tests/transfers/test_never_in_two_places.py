"""Random days at several offices: whatever they send, receive, return, withdraw or merge, everybody is in one place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import SYSTEM, book, decision, person, province
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person, Stay
from nhiemky.members.snapshot import SNAPSHOT
from nhiemky.organisation import selectors, services
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.services import receiving, sending
from transfers.letters import letter, receive, send

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)
TARGETS = {"C1": "X1", "C2": "X1", "C3": "X2", "C4": "X3", "C5": "C5"}
ACT = st.sampled_from(
    ["send", "send", "send", "receive", "receive", "return", "again", "withdraw", "end", "merge", "die", "book"]
)
STEP = st.tuples(ACT, st.integers(0, 2), st.sampled_from(sorted(TARGETS)), st.booleans())


class Offices:
    """Plays the steps, one every few days; what a rule forbids does not happen."""

    def __init__(self) -> None:
        province()
        names = ("Nguyễn Thị Ân", "Trần Văn Bảo", "Lê Thị Chi")
        self.people = [
            person(name, cell, date(2020, 1, 10)) for name, cell in zip(names, ("C1", "C3", "C4"), strict=True)
        ]
        self.today, self.merged, self.dead = FIRST, 0, 0

    def step(self, act: str, number: int, cell: str, temporary: bool) -> None:
        self.today += timedelta(days=3)
        who = self.people[number]
        try:
            with transaction.atomic():
                getattr(self, f"do_{act}")(who, cell, temporary)
        except Refused:
            pass

    def open(self, who: Person) -> Transfer:
        found = Transfer.objects.filter(person=who).order_by("-pk").first()
        if found is None:
            raise Refused([])
        return found

    def written(self, cell: str, temporary: bool) -> Any:
        more = {"kind": "temporary", "purpose": "work", "until": self.today + timedelta(days=200)} if temporary else {}
        return letter(TARGETS[cell], on=self.today, **more)

    def do_send(self, who: Person, cell: str, temporary: bool) -> None:
        send(who, self.written(cell, temporary), today=self.today)

    def do_again(self, who: Person, cell: str, temporary: bool) -> None:
        asked = {"letter": self.written(cell, temporary), "today": self.today}
        sending.transfer_send_again(actor=SYSTEM, transfer_id=self.open(who).pk, **asked)

    def do_receive(self, who: Person, cell: str, temporary: bool) -> None:
        late = timedelta(days=2) if temporary else timedelta(0)
        receive(self.open(who), cell, self.today - late, today=self.today)

    def do_return(self, who: Person, cell: str, temporary: bool) -> None:
        receiving.transfer_return(actor=SYSTEM, transfer_id=self.open(who).pk, reason="x", today=self.today)

    def do_withdraw(self, who: Person, cell: str, temporary: bool) -> None:
        sending.transfer_withdraw(actor=SYSTEM, transfer_id=self.open(who).pk, reason="x", today=self.today)

    def do_end(self, who: Person, cell: str, temporary: bool) -> None:
        asked = {"on": self.today, "reason": "x", "today": self.today}
        receiving.stay_end(actor=SYSTEM, transfer_id=self.open(who).pk, **asked)

    def do_merge(self, who: Person, cell: str, temporary: bool) -> None:
        old, new = (("C2", "C1"), ("C3", "C4"))[self.merged % 2]
        made = decision({"op": "merge", "units": [old], "into": new}, effective=self.today, number=f"{self.merged}-QĐ")
        services.reorganisation_apply(actor=SYSTEM, decision=made, today=self.today)
        self.merged += 1

    def do_die(self, who: Person, cell: str, temporary: bool) -> None:
        if self.dead:
            raise Refused([])
        book(who, "death", self.today)
        self.dead += 1

    def do_book(self, who: Person, cell: str, temporary: bool) -> None:
        book(who, "transfer_within", self.today, cell)

    def sound(self) -> None:
        """Each person alive is in exactly one cell that exists, today and on the days before."""
        held = selectors.structure()
        for day in (self.today, self.today - timedelta(days=1), self.today - timedelta(days=4)):
            there = list(Stay.objects.filter(during__contains=day))
            assert len({stay.person_id for stay in there}) == len(there)
            assert len(there) >= len(self.people) - self.dead
            assert all(held.version(held.index[stay.unit_id], day) is not None for stay in there)
        assert Stay.objects.filter(during__contains=self.today).count() == len(self.people) - self.dead
        for who in self.people:
            opened = Transfer.objects.filter(person=who, state__in=("sent", "returned"))
            assert opened.count() <= 1
            guest = GuestStay.objects.filter(person=who, during__contains=self.today)
            assert guest.count() <= 1
        for done in Transfer.objects.filter(state="received").exclude(kind="temporary"):
            assert done.movement is not None
            assert (done.movement.person_id, done.movement.on) == (done.person_id, done.received_on)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.lists(STEP, min_size=12, max_size=30))
def test_nobody_is_ever_in_two_places_or_in_none(steps: list[tuple[str, int, str, bool]]) -> None:
    with transaction.atomic():
        selectors.forget()
        SNAPSHOT.forget()
        offices = Offices()
        for step in steps:
            offices.step(*step)
            offices.sound()
        transaction.set_rollback(True)
    selectors.forget()
    SNAPSHOT.forget()
