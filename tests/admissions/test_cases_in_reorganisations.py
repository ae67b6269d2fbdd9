"""Cases before the ceremony have no member to follow: reorganisations may not leave them without a cell."""

from __future__ import annotations

from datetime import date

import pytest

import builders
from admissions.paths import TODAY, led, opened, take
from nhiemky.admissions import selectors
from nhiemky.admissions.models import Case
from nhiemky.domain.findings import Refused
from nhiemky.members.services import ledger
from nhiemky.organisation import services

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def apply(*operations: dict[str, object]) -> int:
    made = builders.decision(*operations, effective=DAY)
    return services.reorganisation_apply(actor=builders.SYSTEM, decision=made, today=TODAY).pk


def cells() -> list[str]:
    held = selectors.organisation.structure()
    return [held.codes[held.index[one.unit_id]] for one in selectors.open_cases(builders.SYSTEM, TODAY)]


def test_a_cell_without_members_but_with_a_case_ends_only_with_an_heir() -> None:
    opened("C2")
    with pytest.raises(Refused, match=r"admissions\.cases_left_behind"):
        apply({"op": "dissolve", "unit": "C2"})
    apply({"op": "dissolve", "unit": "C2", "members_to": "C1"})
    assert cells() == ["C1"]


def test_a_founding_is_not_undone_under_an_open_case() -> None:
    new = {"op": "found", "code": "C9", "name": "Chi bộ Mới", "kind": "cell", "sector": "residential", "parent": "X1"}
    founded = apply(new)
    opened("C9")
    with pytest.raises(Refused, match=r"admissions\.cases_left_behind"):
        services.reorganisation_undo(actor=builders.SYSTEM, reorganisation_id=founded, today=TODAY)


def test_a_case_goes_back_when_the_merger_of_its_cell_is_undone() -> None:
    opened("C2")
    merged = apply({"op": "merge", "units": ["C2"], "into": "C1"})
    assert cells() == ["C1"]
    services.reorganisation_undo(actor=builders.SYSTEM, reorganisation_id=merged, today=TODAY)
    assert cells() == ["C2"]


def test_a_ceremony_held_anew_replaces_the_one_that_the_ledger_took_back() -> None:
    case = led("ceremony")
    ledger.movement_reverse(actor=builders.SYSTEM, movement_id=case.admission_id, reason="sai ngày", today=TODAY)
    take(case, "ceremony", on=date(2025, 3, 20))
    (standing,) = selectors.open_cases(builders.SYSTEM, TODAY)
    assert standing.facts.ceremony_on == date(2025, 3, 20)
    assert list(Case.objects.get().steps.filter(key="ceremony", struck="").values_list("on", flat=True)) == [
        date(2025, 3, 20)
    ]
