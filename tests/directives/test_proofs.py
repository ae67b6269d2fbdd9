"""What `nhiemky check` proves of directives: each query is silent on sound rows and sees the fault it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from builders import SYSTEM, TODAY, province
from directives.asked import answer, ask, of
from nhiemky.config import check_directives, checking
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.services import reminding
from nhiemky.documents.models import Document, Relation
from nhiemky.organisation.models import Unit

pytestmark = pytest.mark.django_db


def broken() -> set[str]:
    """The names of the queries that find something."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return {query.name for query in check_directives.QUERIES if not checking.asked(query)["ok"]}


@pytest.fixture
def made() -> Ask:
    """One that answered, one that was reminded."""
    province()
    found = ask("X1", "X2")
    answer(found, "X1", date(2026, 10, 1))
    reminding.remind(actor=SYSTEM, ask_id=found.pk, today=TODAY)
    return found


FAULTS: dict[str, Callable[[Ask], Any]] = {
    "directives.asks_somebody": lambda made: Ask.objects.create(
        document_id=made.document_id, unit_id=made.unit_id, what="plan", asked_on=TODAY, due_on=TODAY, last_on=TODAY,
        seq=1,
    ),
    "directives.owing": lambda made: AskedOf.objects.filter(pk=of(made, "X2").pk).update(
        owing=Unit.objects.get(code="X3")
    ),
    "directives.reminders": lambda made: Ask.objects.update(last_on=TODAY),
}  # fmt: skip
ANSWERS: tuple[Callable[[], Any], ...] = (
    lambda: Document.objects.filter(kind="plan").update(cancelled="nhầm"),
    lambda: Relation.objects.update(struck="nhầm"),
    lambda: AskedOf.objects.filter(document__isnull=False).update(answered_on=TODAY),
    lambda: AskedOf.objects.filter(document__isnull=False).update(
        unit=Unit.objects.get(code="X3"), owing=Unit.objects.get(code="X3")
    ),
)


@pytest.mark.parametrize("name", FAULTS)
def test_each_proof_is_silent_until_its_fault_is_there(made: Ask, name: str) -> None:
    assert broken() == set()
    FAULTS[name](made)
    assert broken() == {name}


@pytest.mark.parametrize("fault", ANSWERS)
def test_an_answer_that_is_none_is_found(made: Ask, fault: Callable[[], Any]) -> None:
    fault()
    assert broken() == {"directives.answers"}
