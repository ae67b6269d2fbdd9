"""The person's page leads to what other parts keep of the person, and from there back."""

from __future__ import annotations

from datetime import date

import pytest

import builders
from admissions import paths
from nhiemky.badges.models import Badge, BadgeDecision
from nhiemky.members.models import Person
from nhiemky.organisation.models import Unit
from pages_kit import somebody
from transfers.letters import letter, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def mai() -> Person:
    """Admitted by a case, with a badge of the district and a letter under way."""
    builders.province()
    who = paths.led("official_decision").person
    assert who is not None
    decision = BadgeDecision.objects.create(
        unit=Unit.objects.get(code="H1"), day=date(2026, 9, 2), number="77-QĐ/TU", decided_on=date(2026, 8, 20),
        body="Tỉnh ủy", seq=1,
    )  # fmt: skip
    Badge.objects.create(decision=decision, person=who, unit=decision.unit, years=30, basis="posthumous")
    send(who, letter("X2"))
    return Person.objects.get(pk=who.pk)


def test_the_page_of_a_person_leads_to_case_letter_and_badge_and_each_leads_back(mai: Person) -> None:
    clerk = somebody("clerk", "T")
    shown = clerk.get(f"/members/{mai.pk}/").content.decode()
    case, sent = mai.admission_cases.get(), mai.transfers.get()
    there = (f"/admissions/{case.pk}/", f"/transfers/{sent.pk}/", "/units/H1/badges/2026-09-02/")
    assert [path for path in there if f'href="{path}"' not in shown] == []
    back = f'href="/members/{mai.pk}/"'
    assert [path for path in there[:2] if back not in clerk.get(path).content.decode()] == []


def test_a_round_of_somebody_elses_is_named_without_a_link(mai: Person) -> None:
    shown = somebody("clerk", "X1").get(f"/members/{mai.pk}/").content.decode()
    assert "77-QĐ/TU" in shown
    assert "/units/H1/badges/" not in shown
    assert f'href="/transfers/{mai.transfers.get().pk}/"' in shown


def test_who_has_no_files_has_no_panel(mai: Person) -> None:
    other = builders.person("Bùi Thị Xa", "C4", date(2021, 2, 1))
    assert somebody("clerk", "T").get(f"/members/{other.pk}/").context["filed"] == []
