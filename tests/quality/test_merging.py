"""Two made one and made two again: the ledger's sums, both histories, and what stands against it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import builders
from builders import SYSTEM, TODAY
from nhiemky.config.checking import check
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.members import identity
from nhiemky.members.models import Movement, Person, PersonChange, Stay
from nhiemky.members.selectors import that_count
from nhiemky.members.services.particulars import person_amend
from nhiemky.members.sums import View
from nhiemky.organisation import services as organisation
from nhiemky.organisation.models import Unit
from nhiemky.quality import pairing
from nhiemky.quality.models import Merge, NotSame
from nhiemky.quality.services.merging import merge_undo, not_same_say, not_same_undo, people_merge

NUMBER = "051190123456"


@pytest.fixture
def two(db: None) -> tuple[Person, Person]:
    """Ân in C1, and again in C2 and C3, where she is official and exempt."""
    builders.province()
    kept = builders.person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    again = builders.person("Nguyễn Thị Ân", "C2", date(2020, 3, 2))
    builders.book(again, "official_recognition", date(2021, 6, 1))
    builders.book(again, "exemption_on", date(2022, 6, 1))
    builders.book(again, "transfer_within", date(2024, 6, 3), "C3")
    amend(again, identity_number=NUMBER, card_number="12345678", home_place="Mộ Đức")
    return Person.objects.get(pk=kept.pk), Person.objects.get(pk=again.pk)


def amend(person: Person, **values: Any) -> None:
    person_amend(actor=SYSTEM, person_id=person.pk, values=values, reason="nhập", today=TODAY)


def merge(kept: Person, dropped: Person, actor: Actor = SYSTEM) -> Merge:
    return people_merge(actor=actor, kept_id=kept.pk, dropped_id=dropped.pk, reason="cùng thẻ", today=TODAY)


def sums(*days: date) -> list[tuple[int, ...]]:
    made = []
    for on in days or (date(2020, 12, 31), date(2023, 1, 1), TODAY):
        view = View(on)
        made.append(tuple(int(view.members.of(view.structure.by_code[code]) or 0) for code in ("T", "C1", "C2", "C3")))
    return made


def story(person: Person) -> list[tuple[Any, ...]]:
    """The entries that count with all they say, and the stays they make."""
    entries = that_count(person).order_by("on", "pk")
    told: list[tuple[Any, ...]] = [
        (m.kind, m.on, m.from_unit_id, m.to_unit_id, m.paper_number, m.paper_date, m.paper_body, str(m.stamps_before))
        for m in entries
    ]
    stays = Stay.objects.filter(person=person).order_by("during")
    return told + [(s.unit_id, s.standing, s.exempt, str(s.during)) for s in stays]


def particulars(person: Person) -> tuple[Any, ...]:
    now = Person.objects.get(pk=person.pk)
    number = identity.unseal(bytes(now.identity_sealed)) if now.identity_sealed else ""
    return number, now.card_number, now.home_place, now.official_on, now.last_unit_id


def sound() -> dict[str, Any]:
    return {name: part["findings"] for name, part in check()["checks"].items() if not part["ok"]}


def test_a_merge_takes_one_out_of_every_sum_and_leaves_all_entries(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    assert sums() == [(2, 1, 1, 0), (2, 1, 1, 0), (2, 1, 0, 1)]
    written = Movement.objects.count()
    made = merge(kept, dropped)
    assert sums() == [(1, 1, 0, 0)] * 3
    assert Movement.objects.count() == written + len(made.taken)
    assert all(m.reason == f"trùng với hồ sơ #{kept.pk}" for m in dropped.movements.exclude(reverses=None))
    assert sound() == {}


def test_a_merge_copies_what_the_kept_one_lacks_and_only_that(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    amend(kept, home_place="Sơn Tịnh")
    merge(kept, dropped)
    assert particulars(kept)[:3] == (NUMBER, "12345678", "Sơn Tịnh")
    assert particulars(dropped)[:3] == ("", "", "Mộ Đức")
    changes = PersonChange.objects.filter(source="merge")
    assert {(c.person_id, c.field) for c in changes} == {
        (p.pk, f) for p in (kept, dropped) for f in ("identity_number", "card_number")
    }
    assert NUMBER not in str(list(PersonChange.objects.values())) + str(list(Merge.objects.values()))


def test_undoing_gives_back_exactly_what_was_taken(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    before = [sums(), story(kept), story(dropped), particulars(kept), particulars(dropped)]
    made = merge(kept, dropped)
    assert story(dropped) == []
    merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)
    assert [sums(), story(kept), story(dropped), particulars(kept), particulars(dropped)] == before
    assert sound() == {}
    with pytest.raises(Refused, match="undone_already"):
        merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)


def test_undoing_keeps_what_was_changed_since(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    made = merge(kept, dropped)
    amend(kept, home_place="Bình Sơn")
    merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)
    assert particulars(kept)[:3] == ("", "", "Bình Sơn")
    assert particulars(dropped)[:3] == (NUMBER, "12345678", "Mộ Đức")


def test_entries_of_reorganisations_go_and_come_back_with_the_rest(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    into = {"op": "merge", "units": ["C3"], "into": "C4"}
    organisation.reorganisation_apply(actor=SYSTEM, decision=builders.decision(into), today=TODAY)
    before = story(dropped)
    assert "en_bloc" in [row[0] for row in before]
    made = merge(kept, dropped)
    merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)
    assert story(dropped) == before
    assert sound() == {}


def test_who_holds_a_seat_is_not_dropped(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    builders.seat(dropped, "X2")
    with pytest.raises(Refused, match="seat_hangs"):
        merge(kept, dropped)
    assert sums()[-1] == (2, 1, 0, 1)
    merge(dropped, kept)


def test_a_pair_across_grants_is_merged_by_the_common_superior_only(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    units = Unit.objects.filter(code__in=("X1", "C1", "C2")).values_list("pk", flat=True)
    scope = Scope(unit_ids=frozenset(units))
    clerk = Actor(1, "clerk", dict.fromkeys(("organisation.view", "members.view", "members.write"), scope))
    with pytest.raises(Denied):
        merge(kept, dropped, clerk)
    shown = pairing.pairs_of(View(TODAY), clerk)
    assert [(pair.person, pair.other, pair.other_unit) for pair in shown] == [(kept, None, "")]
    assert pairing.to_decide(View(TODAY), clerk) == 0
    elsewhere = Scope(unit_ids=frozenset(Unit.objects.filter(code="C4").values_list("pk", flat=True)))
    assert pairing.pairs_of(View(TODAY), Actor(2, "x", {"members.view": elsewhere})) == []
    assert pairing.to_decide(View(TODAY), SYSTEM) == 1


def test_two_who_are_two_are_remembered_until_it_is_taken_back(two: tuple[Person, Person]) -> None:
    first, second = two
    assert [one.pair for one in pairing.candidates(View(TODAY))] == [(first.pk, second.pk)]
    said = not_same_say(actor=SYSTEM, first_id=second.pk, second_id=first.pk, reason="hai chị em")
    assert pairing.candidates(View(TODAY)) == []
    not_same_undo(actor=SYSTEM, not_same_id=said.pk)
    assert len(pairing.candidates(View(TODAY))) == 1
    assert NotSame.objects.count() == 1
    with pytest.raises(Refused, match="same_person"):
        not_same_say(actor=SYSTEM, first_id=first.pk, second_id=first.pk, reason="x")
