"""Cases and the ledger: what a step books, what taking it back means, and whom a case follows."""

from __future__ import annotations

from datetime import date

import paths
import pytest

import builders
from nhiemky.admissions import selectors
from nhiemky.admissions.models import Case
from nhiemky.admissions.services.stepping import Counts
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person
from nhiemky.members.services import ledger

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
