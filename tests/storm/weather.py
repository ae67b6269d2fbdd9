"""The storm itself: its dice, its clock, and what every act needs to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from django.conf import settings
from django.db.models import Max, QuerySet

from builders import SYSTEM, province
from nhiemky.audit.models import Event
from nhiemky.members.models import Movement, Person
from nhiemky.members.services import entering, turning
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import selectors
from nhiemky.organisation.models import Unit
from nhiemky.transfers.selectors import belongs_to

FIRST = date(2023, 1, 2)
BEGIN = date(2024, 3, 4)
COMMITTEES = ("X1", "X2", "X3")
NO_CELLS = ("T", "H1", "H2", *COMMITTEES)
PAPER = Paper("7-QĐ/TU", date(2024, 3, 1), "Ban Thường vụ")
_NAMES = (("Nguyễn", "Trần", "Lê"), ("Thị", "Văn"), ("An", "Bình", "Ý"))


Row = TypeVar("Row")


class Calm(Exception):
    """There is nothing that the act could be done to."""


@dataclass
class Storm:
    """Dice of a seed, and a day that goes on. `start` is the number of the last event before the storm."""

    draw: Random
    today: date = BEGIN
    start: int = 0

    @classmethod
    def over_the_province(cls, seed: int) -> Storm:
        """The small province, with official members in its cells and one who is long enough in for a badge."""
        settings.NHIEMKY_TODAY = BEGIN
        province()
        storm = cls(Random(seed))
        for number, cell in enumerate(("C1", "C1", "C1", "C2", "C3", "C3", "C4", "C4", "C5")):
            storm.settle(f"Võ Thị {chr(65 + number)}", cell, date(1994 + number % 3, 3, 1))
        storm.start = Event.objects.aggregate(last=Max("seq"))["last"]
        return storm

    def settle(self, name: str, cell: str, decided: date) -> Person:
        """Somebody who has been official for long."""
        return entering.person_receive(
            actor=SYSTEM, person=PersonData(name, "female", date(1970, 1, 1), 1), unit_code=cell, on=date(2020, 1, 6),
            place="Gia Lai", paper=PAPER, today=self.today, decided_on=decided, admitted_on=decided,
            official_on=date(decided.year + 1, 3, 1),
        )  # fmt: skip

    def sunrise(self) -> None:
        """Some days later, and everybody is looked up where they are by then, as the first request of a day does."""
        self.today += timedelta(days=self.draw.choice((0, 1, 5, 20, 45)))
        settings.NHIEMKY_TODAY = self.today
        if turning.due(self.today):
            turning.turn(actor=SYSTEM, today=self.today)

    def day(self, ahead: int = 0) -> date:
        """One of the last days or of any before, and up to so many days from now."""
        back = self.draw.choice((10, 60, (self.today - FIRST).days))
        return self.today + timedelta(days=self.draw.randint(-back, ahead))

    def cell(self, within: int | None = None) -> str:
        """The code of a unit that is or was a cell; mostly one that stands for a part of the unit `within` today."""
        cells = [unit.code for unit in Unit.objects.exclude(code__in=NO_CELLS).order_by("pk")]
        if within is not None and self.draw.random() < 0.8:
            held = selectors.structure()
            cells = [code for code in cells if belongs_to(held.by_code[code], within, self.today)] or cells
        return self.draw.choice(cells)

    def one_of(self, found: Iterable[Row]) -> Row:
        """One of the rows.

        Raises:
            Calm: there is none.
        """
        rows = list(found)
        if not rows:
            raise Calm
        return self.draw.choice(rows)

    def somebody(self) -> Person:
        return self.one_of(Person.objects.order_by("pk"))

    def data(self) -> PersonData:
        name = " ".join(self.draw.choice(part) for part in _NAMES)
        born = date(1980, 1, 1) + timedelta(self.draw.randrange(7000))
        return PersonData(name, self.draw.choice(("female", "male")), born, 1, card_number=self.card())

    def card(self) -> str:
        """A number out of few, so that somebody whose entries were taken back comes again."""
        return self.draw.choice(("", "", *(f"6300000{number}" for number in range(6))))

    def own(self) -> QuerySet[Movement]:
        """Entries of the storm, not those that it found: they would be gone for good, also once booked again."""
        return Movement.objects.filter(reverses=None, on__gte=FIRST).order_by("pk")


Act = Callable[[Storm], object]
