"""What goes along when two records of one person become one, what stands against it, and that undoing gives it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import ForeignKey

import builders
from admissions import paths
from builders import SYSTEM, TODAY
from nhiemky.admissions import selectors as admissions
from nhiemky.admissions.models import Case, Sponsor
from nhiemky.badges.models import Badge, BadgeDecision, SpecialCase
from nhiemky.config.checking import check
from nhiemky.domain.findings import Refused
from nhiemky.members.carrying import carriers
from nhiemky.members.models import Movement, Person
from nhiemky.members.selectors import that_count
from nhiemky.members.services import ledger
from nhiemky.members.services.particulars import person_amend
from nhiemky.organisation.models import Unit
from nhiemky.quality.models import Merge
from nhiemky.quality.services.merging import merge_undo, people_merge
from nhiemky.rights.models import Holder, Request, Shredded
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.services import receiving, sending
from pages_kit import somebody
from rights import cases as asking
from transfers.letters import letter, receive, send

pytestmark = pytest.mark.django_db
ADMITTED, OFFICIAL = paths.DAYS["ceremony"], paths.DAYS["official_decision"]
CARRIED = (Case, Sponsor, Badge, SpecialCase, Holder, Request, Transfer, GuestStay)


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def twin(cell: str = "C1", *, official: bool = True, admitted: date = ADMITTED) -> Person:
    """Mai a second time, entered without a case."""
    made = builders.person("Trần Thị Mai", cell, admitted, born=date(2001, 3, 8))
    if official:
        builders.book(made, "official_recognition", OFFICIAL)
    return made


def of(case: Case) -> Person:
    assert case.person_id is not None
    return Person.objects.get(pk=case.person_id)


def merge(kept: Person, dropped: Person) -> Merge:
    return people_merge(actor=SYSTEM, kept_id=kept.pk, dropped_id=dropped.pk, reason="một người", today=TODAY)


def undo(made: Merge) -> Merge:
    return merge_undo(actor=SYSTEM, merge_id=made.pk, today=TODAY)


def against(kept: Person, dropped: Person) -> set[str]:
    with pytest.raises(Refused) as no:
        merge(kept, dropped)
    return {finding.code for finding in no.value.findings}


def held(person: Person) -> list[tuple[Any, ...]]:
    """Everything that other parts keep of the person; of entries what they say and whether they count."""
    found = []
    for model in CARRIED:
        for row in model._default_manager.filter(person=person).order_by("pk"):
            told = {field.name: _told(row, field) for field in model._meta.concrete_fields if field.name != "changed"}
            found.append((model.__name__, sorted(told.items(), key=lambda item: item[0])))
    return found


def _told(row: Any, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey) and isinstance(value, Movement):
        counts = that_count(value.person).filter(pk=value.pk).exists()
        return value.person_id, value.kind, value.on, value.to_unit_id, counts
    return getattr(row, field.attname)


def sound() -> dict[str, Any]:
    return {name: part["findings"] for name, part in check()["checks"].items() if not part["ok"]}


def test_whatever_names_a_person_is_carried_or_stands_against_a_merge() -> None:
    carried = {model for carrier in carriers().values() for model in carrier.models}
    naming = {
        relation.related_model
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation and isinstance(relation.field, ForeignKey)
    }
    rest = {model for model in naming - carried if model._meta.app_label not in ("members", "quality")}
    assert rest == {Shredded}


# Cases


def test_a_finished_case_goes_along_and_rests_on_the_kept_entries() -> None:
    case = paths.led("official_decision")
    dropped, kept = of(case), twin()
    before = [held(kept), held(dropped)]
    made = merge(kept, dropped)
    again = Case.objects.get(pk=case.pk)
    assert again.admission is not None
    assert again.outcome is not None
    assert {again.person_id, again.admission.person_id, again.outcome.person_id} == {kept.pk}
    assert admissions.visible_case(SYSTEM, case.pk, TODAY)[1].state.stage == "official"
    assert held(dropped) == []
    assert sound() == {}
    undo(made)
    assert [held(kept), held(dropped)] == before
    assert admissions.visible_case(SYSTEM, case.pk, TODAY)[1].state.stage == "official"
    assert sound() == {}


def test_a_case_goes_on_after_the_merge_and_then_stays_where_it_went_on() -> None:
    case = paths.led("official_grassroots")
    dropped, kept = of(case), twin(official=False)
    made = merge(kept, dropped)
    paths.take(case, "official_decision")
    assert Person.objects.get(pk=kept.pk).official_on == OFFICIAL
    undo(made)
    assert Case.objects.get(pk=case.pk).person_id == kept.pk
    assert sound() == {}


def test_a_case_needs_the_same_entries_of_its_own() -> None:
    case = paths.led("official_decision")
    dropped = of(case)
    assert against(twin("C2"), dropped) == {"admissions.merge_no_entry"}
    kept = twin(official=False)
    assert against(kept, dropped) == {"admissions.merge_no_entry"}
    builders.book(kept, "official_recognition", OFFICIAL)
    other = Case.objects.get(pk=case.pk)
    other.pk, other.person = None, kept
    other.admission, other.outcome = (that_count(kept).get(kind=k) for k in ("admission", "official_recognition"))
    other.save()
    assert against(kept, dropped) == {"admissions.merge_two_cases"}


def test_an_open_case_whose_admission_was_taken_back_is_ended_first() -> None:
    case = paths.led("ceremony")
    dropped, kept = of(case), twin(official=False)
    ledger.movement_reverse(actor=SYSTEM, movement_id=case.admission_id or 0, reason="nhầm", today=TODAY)
    assert against(kept, dropped) >= {"admissions.merge_open"}


def test_who_stands_by_one_case_twice_stands_by_it_once_until_the_undoing() -> None:
    case = paths.led("recommendation")
    first, second = (one.person for one in Sponsor.objects.filter(case=case, role="recommender").order_by("pk"))
    before = [held(first), held(second)]
    made = merge(first, second)
    assert admissions.visible_case(SYSTEM, case.pk, TODAY)[1].facts.recommenders == 1
    undo(made)
    assert [held(first), held(second)] == before
    assert admissions.visible_case(SYSTEM, case.pk, TODAY)[1].facts.recommenders == 2
    stands = of_own(case, first)
    assert against(second, stands) >= {"admissions.merge_stands_by"}


def of_own(case: Case, sponsor: Person) -> Person:
    """The person of a case that the sponsor recommends."""
    for key in paths.ORDER[paths.ORDER.index("recommendation") + 1 : paths.ORDER.index("ceremony") + 1]:
        paths.take(case, key)
    Sponsor.objects.get_or_create(case=case, person=sponsor, role="recommender")
    return of(Case.objects.get(pk=case.pk))


# Letters


@pytest.fixture
def two() -> tuple[Person, Person]:
    """Mai in C2, kept, and Mai in C1."""
    return twin("C2"), twin("C1")


def test_letters_go_along_with_the_entry_they_booked_or_say_that_it_was_taken_back(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    receive(send(dropped, letter("X2")), "C3")
    sent = Transfer.objects.get()
    withdrawn = send(dropped, letter("X1"))
    sending.transfer_withdraw(actor=SYSTEM, transfer_id=withdrawn.pk, reason="thôi", today=TODAY)
    before = [held(kept), held(dropped)]
    made = merge(kept, dropped)
    sent.refresh_from_db()
    assert sent.person_id == kept.pk
    assert sent.movement is not None
    assert sent.movement.reversed_by is not None
    assert sound() == {}
    undo(made)
    assert [held(kept), held(dropped)] == before
    assert sound() == {}


def test_a_letter_names_the_same_entry_of_the_kept_person() -> None:
    kept, dropped = twin("C1"), twin("C1")
    receive(send(dropped, letter("X2")), "C3")
    builders.book(kept, "transfer_within", date(2026, 10, 20), "C3")
    merge(kept, dropped)
    entry = Transfer.objects.get().movement
    assert entry is not None
    assert (entry.person_id, that_count(kept).filter(pk=entry.pk).exists()) == (kept.pk, True)
    assert sound() == {}


def test_two_letters_under_way_stand_against_it_and_say_what_to_withdraw(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    here, there = send(kept, letter("X2")), send(dropped, letter("X3"))
    assert against(kept, dropped) == {"transfers.merge_both_open"}
    page = somebody("clerk", "T").post(
        f"/quality/people/{kept.pk}/same/?other={dropped.pk}", {"decision": "keep_first", "reason": "một người"}
    )
    assert page.status_code == 422
    assert "15-GT/ĐU" in page.content.decode()
    sending.transfer_withdraw(actor=SYSTEM, transfer_id=here.pk, reason="thôi", today=TODAY)
    assert against(kept, dropped) == {"transfers.merge_open_elsewhere"}
    sending.transfer_withdraw(actor=SYSTEM, transfer_id=there.pk, reason="thôi", today=TODAY)
    merge(kept, dropped)
    assert Transfer.objects.filter(person=kept).count() == 2


def test_an_open_letter_goes_along_within_one_cell_and_stays_where_it_was_received() -> None:
    kept, dropped = twin("C1"), twin("C1")
    sent = send(dropped, letter("X2"))
    made = merge(kept, dropped)
    receive(sent, "C3")
    undo(made)
    sent.refresh_from_db()
    assert (sent.person_id, sent.state) == (kept.pk, "received")
    assert Person.objects.get(pk=dropped.pk).last_unit_id == Unit.objects.get(code="C1").pk
    assert sound() == {}


def test_stays_as_a_guest_go_along_and_never_overlap(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    for who in (kept, dropped):
        stay = send(who, letter("X3", "temporary", purpose="work", until=date(2027, 3, 1)))
        receive(stay, "C4")
    assert against(kept, dropped) == {"transfers.merge_two_stays"}
    own = Transfer.objects.get(person=kept)
    GuestStay.objects.filter(transfer=own).delete()
    before = held(dropped)
    made = merge(kept, dropped)
    assert GuestStay.objects.get().person_id == kept.pk
    receiving.stay_end(
        actor=SYSTEM, transfer_id=Transfer.objects.exclude(pk=own.pk).get().pk, on=date(2026, 10, 30), reason="về",
        today=TODAY,
    )  # fmt: skip
    undo(made)
    assert GuestStay.objects.get().person_id == dropped.pk
    assert [row[0] for row in held(dropped)] == [row[0] for row in before]
    assert sound() == {}


# Badges and requests


def badge(who: Person, number: str, years: int = 30, basis: str = "posthumous", **more: Any) -> Badge:
    unit = Unit.objects.get(code="X1")
    decision = BadgeDecision.objects.create(
        unit=unit, day=date(2026, 9, 2), number=number, decided_on=date(2026, 8, 20), body="Tỉnh ủy", seq=1
    )
    return Badge.objects.create(decision=decision, person=who, unit=unit, years=years, basis=basis, **more)


def special(who: Person, day: date) -> SpecialCase:
    return SpecialCase.objects.create(person=who, day=day, years=30, basis="held", reason="chờ kết luận", seq=1)


def test_badges_and_special_cases_go_along_and_come_back(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    badge(dropped, "1-QĐ")
    badge(kept, "2-QĐ", withdrawn_seq=1, withdrawn_reason="nhầm")
    badge(dropped, "3-QĐ", 40, withdrawn_seq=1, withdrawn_reason="nhầm")
    special(dropped, date(2026, 11, 7))
    special(kept, date(2026, 9, 2))
    before = [held(kept), held(dropped)]
    made = merge(kept, dropped)
    assert [len(held(kept)), held(dropped)] == [5, []]
    undo(made)
    assert [held(kept), held(dropped)] == before


def test_one_level_and_one_round_are_one_persons_once(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    given = badge(kept, "1-QĐ")
    badge(dropped, "2-QĐ", basis="due")
    special(kept, date(2026, 11, 7))
    mine = special(dropped, date(2026, 11, 7))
    assert against(kept, dropped) == {"badges.merge_same_level", "badges.merge_same_round"}
    mine.delete()
    given.delete()
    assert against(kept, dropped) == {"badges.merge_too_young"}


def test_requests_and_the_account_go_along_and_one_person_has_one_account(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    asking.objection(asking.member(dropped), dropped)
    before = [held(kept), held(dropped)]
    made = merge(kept, dropped)
    assert [len(held(kept)), held(dropped)] == [2, []]
    undo(made)
    assert [held(kept), held(dropped)] == before
    asking.member(kept)
    assert against(kept, dropped) == {"rights.merge_two_accounts"}


def test_what_is_copied_into_the_merge_names_nobody(two: tuple[Person, Person]) -> None:
    kept, dropped = two
    person_amend(actor=SYSTEM, person_id=dropped.pk, values={"phone": "0905123456"}, reason="x", today=TODAY)
    send(dropped, letter("X2"))
    Transfer.objects.update(state="withdrawn")
    assert "0905123456" not in str(merge(kept, dropped).carried)
