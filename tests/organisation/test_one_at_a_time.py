"""That no two rows of one owner overlap in time is held by the database, to the day and for any number."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.organisation.models import Placement, Unit

pytestmark = pytest.mark.django_db
LARGEST = 2**53 - 1
"""The largest number up to which every whole number is a coordinate of its own."""


def _placed(unit: int, start: date, end: date | None) -> None:
    with transaction.atomic():
        Placement.objects.create(unit_id=unit, parent=None, during=DateRange(start, end))


def _refused(unit: int, start: date, end: date | None) -> None:
    with pytest.raises(IntegrityError, match="organisation_placement_no_overlap"):
        _placed(unit, start, end)


@pytest.fixture(params=[7, LARGEST])
def unit(request: pytest.FixtureRequest) -> int:
    for number in (request.param, request.param - 1):
        Unit.objects.create(pk=number, code=f"U{number}")
    return int(request.param)


def test_a_period_begins_on_the_day_on_which_the_one_before_ends(unit: int) -> None:
    _placed(unit, date(2000, 1, 1), date(2020, 7, 1))
    _placed(unit, date(2020, 7, 1), None)
    assert Placement.objects.filter(unit=unit).count() == 2


def test_one_day_in_two_periods_is_refused(unit: int) -> None:
    _placed(unit, date(2000, 1, 1), date(2020, 7, 1))
    _refused(unit, date(2020, 6, 30), None)
    _refused(unit, date(1900, 1, 1), date(2000, 1, 2))


def test_a_period_without_end_reaches_to_the_last_of_all_days(unit: int) -> None:
    _placed(unit, date(2000, 1, 1), None)
    _refused(unit, date(9999, 12, 30), date(9999, 12, 31))
    _placed(unit, date(1, 1, 1), date(2000, 1, 1))
    assert Placement.objects.filter(unit=unit).count() == 2


def test_the_neighbour_by_number_is_somebody_else(unit: int) -> None:
    _placed(unit, date(2000, 1, 1), None)
    _placed(unit - 1, date(2000, 1, 1), None)
    assert Placement.objects.filter(unit__in=(unit, unit - 1)).count() == 2
