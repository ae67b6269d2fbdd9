"""What cells mean: day first, the year alone, words, and zeros that programs ate."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.exchange.headings import guess, layout
from nhiemky.domain.exchange.reading import Sheet
from nhiemky.domain.exchange.rows import lines
from nhiemky.domain.exchange.values import reader

TODAY = date(2026, 10, 31)


def value(key: str, cell: Any) -> Any:
    return reader(key, TODAY)(cell)[0]


def told(key: str, cell: Any) -> set[str]:
    return {finding.code.split(".")[1] for finding in reader(key, TODAY)(cell)[1]}


@pytest.mark.parametrize(
    ("cell", "day", "year_only"),
    [
        ("1/2/1990", date(1990, 2, 1), False),
        ("01-02-1990", date(1990, 2, 1), False),
        ("01.02.1990", date(1990, 2, 1), False),
        ("1/2/90", date(1990, 2, 1), False),
        ("1/2/05", date(2005, 2, 1), False),
        ("1/2/12", date(1912, 2, 1), False),
        ("1990-02-01", date(1990, 2, 1), False),
        ("1990-02-01 00:00:00", date(1990, 2, 1), False),
        ("ngày 1 tháng 2 năm 1990", date(1990, 2, 1), False),
        ("01021990", date(1990, 2, 1), False),
        (1021990, date(1990, 2, 1), False),
        (32905, date(1990, 2, 1), False),
        (datetime(1990, 2, 1, tzinfo=UTC), date(1990, 2, 1), False),
        (date(1990, 2, 1), date(1990, 2, 1), False),
        (1990, date(1990, 1, 1), True),
        ("1990", date(1990, 1, 1), True),
        ("năm 1990", date(1990, 1, 1), True),
        ("00/00/1990", date(1990, 1, 1), True),
        ("tháng 5/1990", date(1990, 5, 1), True),
        ("5/1990", date(1990, 5, 1), True),
    ],
)
def test_days_in_the_many_forms_of_a_birth(cell: Any, day: date, year_only: bool) -> None:
    assert value("birth_date", cell) == (day, year_only)


@pytest.mark.parametrize("cell", ["05/25/1990", "31/02/1980", "mùa xuân", "1990/13/45", "32/1/1990", 9e20, -5, "?"])
def test_no_day_is_never_read_month_first_and_never_guessed(cell: Any) -> None:
    assert value("birth_date", cell) is None
    assert told("birth_date", cell) == {"not_understood"}


@given(st.dates(date(1910, 1, 1), TODAY), st.sampled_from(["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}"]))
def test_whatever_day_is_written_day_first_is_that_day(day: date, form: str) -> None:
    assert value("admitted_on", form.format(d=day.day, m=day.month, y=day.year)) == day


def test_a_day_that_must_be_whole_is_left_out_where_only_its_year_is_known() -> None:
    assert value("admitted_on", 1975) is None
    assert told("admitted_on", 1975) == {"day_incomplete"}


@pytest.mark.parametrize(
    ("key", "cell", "wanted", "codes"),
    [
        ("card_number", 12345, "00012345", {"zero_added"}),
        ("card_number", "00012345", "00012345", set()),
        ("card_number", "12.345.678", "12345678", set()),
        ("identity_number", 51190000123.0, "051190000123", {"zero_added_sealed"}),
        ("identity_number", "1190000123", "001190000123", {"zero_added_sealed"}),
        ("identity_number", 212345678, None, {"old_identity"}),
        ("phone", 905123456, "0905123456", {"zero_added"}),
        ("phone", "'0905 123 456", "0905123456", set()),
        ("phone", "+84 905123456", "+84905123456", set()),
        ("phone", "84905123456", "0905123456", set()),
        ("phone", "0905123456/0912000111", "0905123456", {"one_of_several"}),
    ],
)
def test_numbers_are_text_and_get_their_zeros_back(key: str, cell: Any, wanted: str | None, codes: set[str]) -> None:
    assert value(key, cell) == wanted
    assert told(key, cell) == codes


@pytest.mark.parametrize(
    ("key", "cell", "wanted"),
    [
        ("sex", "NỮ", "female"), ("sex", "Nam", "male"), ("ethnic_group", "H'Mông", "8"), ("ethnic_group", "Hrê", "19"),
        ("ethnic_group", "H’re", "19"), ("ethnic_group", "Cơ-tu", "26"), ("ethnic_group", "kinh", "1"),
        ("religion", "Không", "none"), ("religion", "Thiên chúa giáo", "catholicism"), ("general_education", "12/12",
        "upper_secondary"), ("general_education", "9/12", "lower_secondary"), ("general_education", "7/10",
        "lower_secondary"), ("qualification", "ĐH Sư phạm Toán", "university"), ("qualification", "ThS", "master"),
        ("political_theory", "Cao cấp", "advanced"), ("standing", "Dự bị", "probationary"),
        ("standing", "CT", "official"), ("occupation", "Hưu trí", "retired"),
    ],
)  # fmt: skip
def test_words_are_known_by_folding_and_by_habit(key: str, cell: str, wanted: str) -> None:
    assert value(key, cell) == wanted


def test_what_a_line_needs_is_refused_and_what_it_can_do_without_is_left_out() -> None:
    assert told("sex", "khác") == {"not_understood"}
    assert told("ethnic_group", "Sao Hỏa") == {"not_understood"}
    assert told("religion", "Đạo lạ") == {"left_out"}


# --- Headings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Họ và tên", "full_name"), ("HỌ TÊN ĐV", "full_name"), ("Họ và tên đảng viên", "full_name"), ("Năm sinh",
        "birth_date"), ("Ngày sinh\n(dd/mm/yyyy)", "birth_date"), ("Giới tính", "sex"), ("Dân tộc", "ethnic_group"),
        ("Tôn giáo", "religion"), ("Quê quán", "home_place"), ("Ngày vào Đảng", "admitted_on"), ("Ngày chính thức",
        "official_on"), ("Số thẻ ĐV:", "card_number"), ("Số LL", "file_number"), ("Số CCCD/CMND", "identity_number"),
        ("Chi bộ", "unit_name"), ("Mã chi bộ", "unit_code"), ("SĐT", "phone"), ("Trình độ chuyên môn", "qualification"),
        ("LLCT", "political_theory"), ("Ngày quyết định kết nạp", "decided_on"), ("Chỗ ở hiện nay", "residence"),
    ],
)  # fmt: skip
def test_vietnamese_headings_are_recognised(heading: str, key: str) -> None:
    assert guess(["STT", heading, "Ghi chú"]) == {1: key}


def test_a_field_is_given_to_one_column_only() -> None:
    assert guess(["Họ và tên", "Họ tên", "Ngày sinh", "Năm sinh"]) in ({0: "full_name", 3: "birth_date"},
                                                                       {0: "full_name", 2: "birth_date"})  # fmt: skip


def understood(rows: list[list[Any]]) -> list[dict[str, Any]]:
    width = max(map(len, rows))
    sheet = Sheet("x", [[*row, *[""] * (width - len(row))] for row in rows])
    found = layout(sheet)
    return [line.values for line in lines(sheet, found, found.columns, TODAY)]


def test_a_name_in_two_columns_is_one_name() -> None:
    head = ["TT", "Họ và tên", "", "Ngày sinh"]
    assert understood([head, [1, "Nguyễn Thị", "Ân", 1990]])[0]["full_name"] == "Nguyễn Thị Ân"
    head = ["TT", "Họ đệm", "Tên", "Ngày sinh"]
    assert understood([head, [1, "Nguyễn Thị", "Ân", 1990]])[0]["full_name"] == "Nguyễn Thị Ân"


def test_the_sex_is_told_by_the_column_that_is_marked_or_holds_the_birth() -> None:
    rows = [["Họ và tên", "Giới tính", "", "Ngày sinh"], ["", "Nam", "Nữ", ""], ["A B", "x", "", 1990],
            ["C D", "", "X", 1991]]  # fmt: skip
    assert [values["sex"] for values in understood(rows)] == ["male", "female"]
    rows = [["Họ và tên", "Năm sinh", "", "Dân tộc"], ["", "Nam", "Nữ", ""], ["A B", 1990, "", "Kinh"],
            ["C D", "", 1991, "Kinh"]]  # fmt: skip
    assert [(v["sex"], v["birth_date"].year) for v in understood(rows)] == [("male", 1990), ("female", 1991)]


def test_titles_numbering_totals_and_signatures_are_nobody() -> None:
    rows = [["ĐẢNG BỘ XÃ"], [], ["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Chi bộ"], [1, 2, 3, 4, 5],
            [1, "A B", 1990, "Kinh", "C1"], ["", "", "", "", ""], ["", "Cộng: 1"], ["", "Tổng cộng", "", "", 1],
            ["", "", "An Phú, ngày 3 tháng 5 năm 2026"]]  # fmt: skip
    width = 5
    sheet = Sheet("x", [[*row, *[""] * (width - len(row))] for row in rows])
    found = layout(sheet)
    assert found.data == (4,)
    assert {why for _at, why in found.skipped} == {"title", "numbering", "empty", "total", "section"}
    assert found.columns == {1: "full_name", 2: "birth_date", 3: "ethnic_group", 4: "unit_name"}
