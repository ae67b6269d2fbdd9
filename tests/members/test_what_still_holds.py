"""After a write, what was counted of days before it still holds; what the arrays say of it must be true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from builders import SYSTEM, TODAY, book, decision, person, province, term
from nhiemky.domain.members.columns import Columns
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number, day_of
from nhiemky.members.models import Movement, Person
from nhiemky.members.register import name_ranks
from nhiemky.members.services import entering, ledger
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.members.snapshot import columns
from nhiemky.members.sums import View
from nhiemky.organisation import services
from nhiemky.reporting import selectors

pytestmark = pytest.mark.django_db
FIRST, LAST = day_number(date(2019, 12, 1)), day_number(date(2026, 12, 1))


def day(held: Columns, number: int) -> set[tuple[int, ...]]:
    """Everybody on the day, with all that is counted of them."""
    rows = held.stays.on(number)
    people = held.stays.person[rows]
    fields = (
        held.people.ids[people],
        held.people.born[people],
        held.people.female[people],
        held.stays.unit[rows],
        held.stays.official[rows],
        held.stays.exempt[rows],
    )
    return set(zip(*(field.tolist() for field in fields), strict=True))


def moves(held: Columns, number: int) -> set[int]:
    return set(held.movements.ids[held.movements.within(number, number + 1)].tolist())


def reverse_last() -> object:
    wrong = Movement.objects.filter(kind="official_recognition").get()
    return ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm", today=TODAY)


WRITES: dict[str, tuple[Callable[[Person], object], date | None]] = {
    "a death": (lambda who: book(who, "death", date(2026, 3, 3)), date(2026, 3, 3)),
    "an admission": (lambda who: person("Lê Văn Mới", "C2", date(2026, 5, 5)), date(2026, 5, 5)),
    "a transfer": (lambda who: book(who, "transfer_within", date(2025, 9, 9), "C4"), date(2025, 9, 9)),
    "an exemption": (lambda who: book(who, "exemption_on", date(2026, 1, 1)), date(2026, 1, 1)),
    "a counter-entry": (lambda who: reverse_last(), date(2021, 6, 1)),
    "an entry before the reform": (lambda who: book(who, "transfer_within", date(2023, 2, 2), "C2"), date(2023, 2, 2)),
    "a term of a committee": (lambda who: term("X2"), None),
}


@pytest.mark.parametrize("name", WRITES)
def test_days_before_a_write_are_as_they_were(name: str) -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    person("Trần Văn Bảo", "C3", date(2020, 4, 2))
    book(who, "official_recognition", date(2021, 6, 1))
    merge = decision({"op": "merge", "units": ["C1"], "into": "C3"}, effective=date(2025, 1, 1))
    services.reorganisation_apply(actor=SYSTEM, decision=merge, today=TODAY)
    before = columns()
    act, first = WRITES[name]
    act(who)
    after = columns()
    still = after.same_before(before)
    if first is None:
        assert still < FIRST
        return
    assert still == day_number(first)
    for number in range(FIRST, still):
        assert day(before, number) == day(after, number), day_of(number)
        assert moves(before, number) == moves(after, number)
    assert (day(before, still), moves(before, still)) != (day(after, still), moves(after, still))


def test_what_is_remembered_is_dropped_from_the_change_on_and_over_several_writes() -> None:
    province()
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    old = columns()
    place = View(TODAY).structure.by_code["T"]
    asked = {on: selectors.question(place, on.year, TODAY, on=on) for on in (date(2021, 1, 1), date(2026, 1, 1))}
    counted = {on: selectors.figures(question, ["members.total"])["members.total"] for on, question in asked.items()}
    assert [figure.value for figure in counted.values()] == [1, 1]
    book(who, "official_recognition", date(2024, 6, 1))
    columns()
    book(who, "death", date(2025, 6, 1))
    assert columns().same_before(old) == day_number(date(2024, 6, 1))
    again = {on: selectors.figures(question, ["members.total"])["members.total"] for on, question in asked.items()}
    assert [figure.value for figure in again.values()] == [1, 0]
    assert View(date(2026, 1, 1)).members.of(place) == 0
    assert View(date(2021, 1, 1)).members.of(place) == 1
    assert old.same_before(columns()) < FIRST  # nothing is known the other way round
    assert columns().same_before(columns()) == FOREVER


def test_who_is_entered_anew_under_another_name_and_birthday_changes_every_day_and_the_order() -> None:
    province()
    person("Nguyễn Thị Bình", "C2", date(2020, 1, 10))
    data = PersonData("Nguyễn Thị Ân", "female", date(1990, 5, 19), 1, card_number="00012345")
    days = {"decided_on": date(2020, 1, 1), "admitted_on": date(2020, 1, 10)}
    paper = Paper("1", date(2020, 1, 1), "Huyện ủy")
    who = entering.person_admit(actor=SYSTEM, person=data, unit_code="C1", **days, paper=paper, today=TODAY)
    before = columns()
    assert name_ranks(before).tolist() == [1, 0]
    ledger.movement_reverse(actor=SYSTEM, movement_id=Movement.objects.get(person=who).pk, reason="x", today=TODAY)
    right = PersonData("Nguyễn Thị Yến", "female", date(1991, 5, 19), 1, card_number="00012345")
    entering.person_admit(actor=SYSTEM, person=right, unit_code="C1", **days, paper=paper, today=TODAY)
    after = columns()
    assert after.same_before(before) < FIRST
    assert name_ranks(after).tolist() == [0, 1]
