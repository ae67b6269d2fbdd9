"""From a messy spreadsheet into the register, and again without a trace."""

from __future__ import annotations

from datetime import date

import pytest
from books import codes, judged, members, row, take_over, xlsx

from builders import SYSTEM, TODAY, person, province
from nhiemky.audit.models import Event
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Person, PersonChange, Stay
from nhiemky.members.sums import View

MESSY = [
    ["ĐẢNG BỘ XÃ AN PHÚ"],
    ["DANH SÁCH ĐẢNG VIÊN"],
    [],
    ["TT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Dân tộc", "Số thẻ ĐV", "Số CCCD", "Vào Đảng", "", "Đơn vị"],
    ["", "", "Nam", "Nữ", "", "", "", "Dự bị", "Chính thức", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
    ["I", "Chi bộ thôn Đông"],
    [1, "Nguyễn Thị Ân", "", "19/5/1990", "Kinh", 12345, 51190000123, "02-03-2020", "2/3/2021", "Chi bộ thôn Đông"],
    [2, "  Trần   Văn Bình ", 1975, "", "H're", "00000002", "", "1/2/99", date(2000, 2, 1), "thôn Tây"],
    [3, "Lê Cường", "31/02/1980", "", "Kinh", "", "", "", "1/1/2010", "C1"],
    ["", "Tổng cộng", 2, 1],
    ["", "Người lập biểu"],
]


@pytest.fixture(autouse=True)
def units(db: None) -> None:
    province()


def test_a_messy_list_is_understood_row_by_row_and_nothing_is_written() -> None:
    draft = judged(xlsx(MESSY))
    assert draft.judgement.counts() == {"rows": 3, "new": 2, "changed": 0, "same": 0, "refused": 1, "warning": 2}
    assert codes(draft) == {
        8: {"exchange.zero_added", "exchange.zero_added_sealed"},
        9: {"exchange.century"},
        10: {"exchange.not_understood"},
    }
    assert {why for _at, why in draft.laid.layout.skipped} == {"title", "numbering", "section", "total"}
    assert not Person.objects.exists()


def test_an_import_enters_people_with_entries_stays_and_one_event_each() -> None:
    held = take_over(xlsx(MESSY), good_rows=True)
    assert held.counts["new"] == 2
    first, second = Person.objects.order_by("pk")
    assert (first.full_name, first.sex, first.card_number) == ("Nguyễn Thị Ân", "female", "00012345")
    assert (second.full_name, second.birth_date, second.birth_year_only) == ("Trần Văn Bình", date(1975, 1, 1), True)
    assert (second.ethnic_group, second.admitted_on, second.official_on) == (19, date(1999, 2, 1), date(2000, 2, 1))
    assert [stay.unit.code for stay in Stay.objects.order_by("person_id")] == ["C1", "C2"]
    assert set(Movement.objects.values_list("kind", "on")) == {("opening", TODAY)}
    view = View(TODAY)
    assert view.members.of(view.structure.by_code["T"]) == 2
    made = list(Event.objects.order_by("seq").values_list("action", flat=True))
    assert made[-2:] == ["members.people_taken_over", "exchange.imported"]


def test_the_same_file_again_changes_nothing() -> None:
    content = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "C2"))
    take_over(content)
    before = list(Person.objects.values())
    held = take_over(content)
    assert held.counts == {"rows": 2, "new": 0, "changed": 0, "same": 2, "refused": 0, "warning": 0}
    assert list(Person.objects.values()) == before
    assert not PersonChange.objects.exists()


def test_all_or_nothing_is_nothing_where_one_row_is_refused() -> None:
    content = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "Chi bộ nào đó"))
    with pytest.raises(Refused) as no:
        take_over(content)
    assert [(f.code, f.row) for f in no.value.findings] == [("exchange.unit_unknown", 3)]
    assert not Person.objects.exists()


def test_particulars_of_who_is_known_are_changed_with_a_history() -> None:
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    headings = ["Họ tên", "Ngày sinh", "Quê quán", "SĐT"]
    content = members(["Nguyễn Thị Ân", "19/05/1990", "Mộ Đức", 905123456], headings=headings)
    assert take_over(content).counts["changed"] == 1
    who.refresh_from_db()
    assert (who.home_place, who.phone) == ("Mộ Đức", "0905123456")
    assert set(PersonChange.objects.values_list("field", "source")) == {("home_place", "import"), ("phone", "import")}
    assert SYSTEM.name == PersonChange.objects.first().user_name  # type: ignore[union-attr]
