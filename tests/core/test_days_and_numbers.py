"""Day first everywhere; numbers as each language writes them."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import translation

from nhiemky.core.days import parse_day, parse_year, write_day
from nhiemky.core.forms import DayField
from nhiemky.core.numbers import write_number, write_percent
from nhiemky.core.wording import deed, fill


@pytest.mark.parametrize("text", ["03/04/2026", "3/4/2026", "3-4-2026", "03.04.2026", "2026-04-03", " 03/04/2026 "])
def test_days_are_read_day_first(text: str) -> None:
    assert parse_day(text) == date(2026, 4, 3)


NO_DAYS = ["31/02/2022", "2022", "04/2022", "3/4/26", "hôm nay", "2022/03/04", "1/13/2022", ""]
NOT_OURS = ["0001-01-01", "9999-12-31", "31/12/1899", "01/01/2200", "٣/٤/٢٠٢٦", "²/3/2022"]


@pytest.mark.parametrize("text", NO_DAYS + NOT_OURS)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a day|month|day is out"):
        parse_day(text)


def test_years_of_addresses_are_ours_or_the_default() -> None:
    assert parse_year("2022", 2026) == 2022
    assert [parse_year(text, 2026) for text in ("²", "٢٠٢٢", "0001", "9999", "-200", "20222", "", "x")] == [2026] * 8


@pytest.mark.parametrize("language", ["vi", "en"])
def test_djangos_own_date_field_is_day_first_too(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("03/04/2026") == date(2026, 4, 3)
        assert forms.DateField().clean("25/12/2026") == date(2026, 12, 25)
        assert DayField().clean("03/04/2026") == date(2026, 4, 3)
        assert DayField().prepare_value(date(2026, 4, 3)) == write_day(date(2026, 4, 3)) == "03/04/2026"


def test_a_day_field_says_in_vietnamese_how_to_write_a_day() -> None:
    with translation.override("vi"), pytest.raises(forms.ValidationError, match="ngày/tháng/năm"):
        DayField().clean("31/02/2022")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1666, "1.666", "1,666"),
        (0, "0", "0"),
        (-18, "−18", "−18"),
        (97.84, "97,8", "97.8"),
        (1234567.5, "1.234.567,5", "1,234,567.5"),
    ],
)
def test_numbers_follow_the_language(value: float, vi: str, en: str) -> None:
    with translation.override("vi"):
        assert write_number(value) == vi
    with translation.override("en"):
        assert write_number(value) == en


def test_percent_has_at_most_one_decimal() -> None:
    with translation.override("vi"):
        assert write_percent(97.7987) == "97,8%"
        assert write_percent(119.0) == "119%"


def test_years_in_sentences_are_not_grouped() -> None:
    with translation.override("vi"):
        assert fill("%(year)s: %(count)s", {"year": 2022, "count": 1666}) == "2022: 1.666"


def test_an_old_event_without_a_fact_is_still_told() -> None:
    with translation.override("en"):
        assert deed("accounts.user_created", "an", {}) == "created the user an (–)"
