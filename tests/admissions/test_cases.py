"""Cases and the ledger: what a step books, what taking it back means, and whom a case follows."""

from __future__ import annotations

from datetime import date

import paths
import pytest
from django.db import DatabaseError, connection, transaction

import builders
from nhiemky.admissions import cases, selectors
from nhiemky.admissions.models import Case, StepTaken
from nhiemky.admissions.services.stepping import Counts, Recommender
from nhiemky.config.check_queries import QUERIES
from nhiemky.domain.admissions.facts import End
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person
from nhiemky.members.services import ledger
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation import services
from nhiemky.organisation.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def state(case: Case):  # type: ignore[no-untyped-def]
    """Where the case stands today."""
    return selectors.visible_case(builders.SYSTEM, case.pk, paths.TODAY)[1].state


def codes(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code for finding in no.value.findings}


def test_a_case_goes_from_the_first_note_to_an_official_member() -> None:
    case = paths.led("official_decision")
    person = Person.objects.get(pk=case.person_id)
    assert (person.decided_on, person.admitted_on, person.official_on) == (
        paths.DAYS["decision"], paths.DAYS["ceremony"], paths.DAYS["official_decision"],
    )  # fmt: skip
    assert [movement.kind for movement in person.movements.order_by("on")] == ["admission", "official_recognition"]
    assert state(case).stage == "official"
    assert state(case).to_do == ()


def test_the_base_of_a_cells_ballot_is_every_official_member_of_the_day() -> None:
    case = paths.led("opinions")
    step = paths.take(case, "cell_vote", counts=Counts(present=6, in_favour=6, against=0, blank=0))
    assert step.base == 9
    assert state(case).first.kind.key == "grassroots"


def test_two_thirds_of_those_present_are_not_enough() -> None:
    case = paths.led("opinions")
    paths.take(case, "cell_vote", counts=Counts(present=6, in_favour=5, against=1, blank=0))
    first = state(case).first
    assert first.kind.key == "cell_vote"
    short = [finding for finding in first.findings if finding.code == "admissions.cell_ballot_undecided"]
    assert short[0].facts["short"] == 1


def test_an_admission_taken_back_in_the_ledger_has_not_happened_in_the_case() -> None:
    case = paths.led("reviews")
    assert case.admission_id is not None
    ledger.movement_reverse(actor=builders.SYSTEM, movement_id=case.admission_id, reason="nhập nhầm", today=paths.TODAY)
    assert state(case).stage == "ceremony"
    paths.take(case, "ceremony", on=date(2025, 4, 4))
    again = Case.objects.get(pk=case.pk)
    assert again.admission_id != case.admission_id
    assert state(case).stage == "recognition"


def test_a_recognition_booked_in_the_ledger_alone_ends_the_case_too() -> None:
    case = paths.led("official_opinions")
    builders.book(Person.objects.get(pk=case.person_id), "official_recognition", date(2026, 4, 2))
    assert state(case).stage == "official"


def test_a_recognition_taken_back_opens_the_case_again() -> None:
    case = paths.led("official_decision")
    assert case.outcome_id is not None
    ledger.movement_reverse(actor=builders.SYSTEM, movement_id=case.outcome_id, reason="nhầm", today=paths.TODAY)
    assert state(case).stage == "recognition"
    assert state(case).first.kind.key == "official_decision"
    assert [one.pk for one in selectors.open_cases(builders.SYSTEM, paths.TODAY)] == [case.pk]


def test_who_dies_on_probation_is_no_open_case() -> None:
    case = paths.led("ceremony")
    builders.book(Person.objects.get(pk=case.person_id), "death", date(2025, 9, 1))
    standing = selectors.visible_case(builders.SYSTEM, case.pk, paths.TODAY)[1]
    assert standing.facts.end == End("death", date(2025, 9, 1))
    assert selectors.open_cases(builders.SYSTEM, paths.TODAY) == []
    closed = selectors.closed_cases(builders.SYSTEM, paths.TODAY, None, selectors.Wanted(stage="ended"))
    assert [one.pk for one in closed] == [case.pk]


def test_instead_of_being_recognised_a_member_is_struck_off() -> None:
    case = paths.led("official_opinions")
    paths.take(case, "official_vote", counts=Counts(present=9, in_favour=1, against=8, blank=0))
    paths.take(case, "official_grassroots")
    paths.take(case, "official_decision", outcome="strike_off")
    assert state(case).stage == "ended"
    assert not Person.objects.get(pk=case.person_id).stays.filter(during__upper_inf=True).exists()


@pytest.mark.parametrize("until", ["opinions", "ceremony"])
def test_a_case_goes_with_its_cell_into_the_merged_one_and_back(until: str) -> None:
    case = paths.led(until)
    done = services.reorganisation_apply(
        actor=builders.SYSTEM, decision=builders.decision({"op": "merge", "units": ["C1"], "into": "C3"},
                                                          effective=date(2026, 6, 1)), today=paths.TODAY,
    )  # fmt: skip
    cells = [selectors.visible_case(builders.SYSTEM, case.pk, paths.TODAY)[1].unit_id]
    assert cells == [Unit.objects.get(code="C3").pk]
    place = organisation.position("X2")
    assert [one.pk for one in selectors.open_cases(builders.SYSTEM, paths.TODAY, place)] == [case.pk]
    services.reorganisation_undo(actor=builders.SYSTEM, reorganisation_id=done.pk, today=paths.TODAY)
    assert selectors.visible_case(builders.SYSTEM, case.pk, paths.TODAY)[1].unit_id == Unit.objects.get(code="C1").pk


def test_a_helper_must_be_an_official_member_of_the_cell() -> None:
    stranger = paths.members("C3", 1)[0]
    with pytest.raises(Refused) as no:
        paths.opened(helper_id=stranger.pk)
    assert codes(no) == {"admissions.sponsor_not_official"}


def test_a_recommender_has_worked_with_the_person_for_a_year() -> None:
    case = paths.led("application")
    people = Person.objects.order_by("pk")[:2]
    since = [date(2024, 1, 2), date(2023, 1, 2)]
    given = [Recommender(who.pk, day) for who, day in zip(people, since, strict=True)]
    with pytest.raises(Refused) as no:
        paths.take(case, "recommendation", recommenders=given)
    assert codes(no) == {"admissions.recommender_new"}


def test_the_same_person_is_not_noted_twice_in_a_cell() -> None:
    paths.opened()
    with pytest.raises(Refused) as no:
        paths.opened()
    assert codes(no) == {"admissions.case_known"}


def test_a_step_is_neither_changed_nor_deleted() -> None:
    case = paths.led("course")
    for write in ("UPDATE admissions_steptaken SET paper_number = 'x'", "DELETE FROM admissions_steptaken"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{write} WHERE case_id = {case.pk}")


def test_a_ballot_with_half_its_counts_is_kept_out_by_the_database() -> None:
    case = paths.opened()
    with pytest.raises(DatabaseError), transaction.atomic():
        StepTaken.objects.create(case=case, key="cell_vote", on=date(2025, 1, 6), base=9, seq=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        StepTaken.objects.create(
            case=case, key="cell_vote", on=date(2025, 1, 6), base=9, present=8, in_favour=8, against=1, blank=0, seq=1
        )


def test_what_is_remembered_of_a_case_is_what_a_fresh_look_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    case = paths.led("course")
    for key in ("application", "background", "recommendation", "opinions", "cell_vote"):
        paths.take(case, key)
        seen = cases.standings(cases.rows(), paths.TODAY)[0]
        monkeypatch.setattr(cases, "_memory", cases._Memory())
        assert seen == cases.standings(cases.rows(), paths.TODAY)[0]


def test_check_finds_a_case_that_claims_somebody_elses_admission() -> None:
    case = paths.led("ceremony")
    parts = {query.name: query for query in QUERIES}
    assert broken(parts["admissions.claims"].broken) == []
    other = Person.objects.exclude(pk=case.person_id).earliest("pk")
    Case.objects.filter(pk=case.pk).update(person=other)
    assert [row[0] for row in broken(parts["admissions.claims"].broken)] == [case.pk]


def broken(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
