"""Pages of figures: who may open what, what they say, and how much they ask the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

import builders
from nhiemky.audit.models import Event
from nhiemky.members.models import Person
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Unit
from nhiemky.reporting.models import Target

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Any]


@pytest.fixture(autouse=True)
def people(cast_of_users: dict[str, Any]) -> None:
    """Members in both districts, and targets."""
    for number, cell in enumerate(("C1", "C1", "C2", "C4")):
        builders.person(f"Nguyễn Thị Số {number}", cell, date(2022, 3, 10 + number))
    builders.person("Trần Văn Trước", "C1", date(2021, 5, 5))
    for code, value in (("T", 3), ("H1", 4), ("H2", 1)):
        Target.objects.create(
            unit=Unit.objects.get(code=code), indicator="members.admitted", year=2022, value=value, source="1-KH/TU"
        )


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/figures/?unit=T&year=2022",
        "/figures/?unit=T&year=2022&structure=2026-01-01",
        "/figures/members.admitted/?unit=T&year=2022",
        "/figures/members.admitted/rows/?unit=T&year=2022",
        "/figures/members.total/rows/?unit=T&year=2022",
        "/figures/units.total/rows/?unit=T&year=2022",
        "/review/T/2022/",
        "/charts/T/2022/admissions.svg",
        "/charts/T/2022/trend.members.total.svg?theme=dark",
        "/targets/?unit=T&year=2022",
    ],
)
def test_pages_open_with_few_statements(signed: Signed, address: str) -> None:
    client = signed("chuyenvien")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(asked) <= (35 if address == "/" else 30), len(asked)  # the first page asks every part for its desk


@pytest.mark.parametrize(
    ("name", "address", "status"),
    [
        ("anphu", "/figures/?unit=X1&year=2022", 200),
        ("anphu", "/figures/?unit=X3&year=2022", 404),
        ("anphu", "/figures/?unit=T&year=2022", 404),
        ("anphu", "/figures/members.total/rows/?unit=T&year=2022", 404),
        ("anphu", "/figures/members.total/rows.xlsx?unit=H1&year=2022", 404),
        ("anphu", "/review/T/2022/", 404),
        ("anphu", "/review/T/2022/review.docx", 404),
        ("anphu", "/review/T/2022/review.xlsx", 404),
        ("anphu", "/charts/T/2022/ages.svg", 404),
        ("anphu", "/targets/?unit=X3", 404),
        ("anphu", "/review/X1/2022/", 200),
        ("bithu", "/review/X1/2022/review.json", 404),
        ("bithu", "/review/C1/2022/review.json", 200),
        ("quantri", "/figures/?unit=T&year=2022", 403),
        ("quantri", "/review/T/2022/", 403),
        ("quantri", "/", 200),
        ("hetquyen", "/figures/", 403),
        ("hetquyen", "/", 200),
        ("chuyenvien", "/figures/no.such/?unit=T", 404),
        ("chuyenvien", "/figures/?unit=NONE", 404),
        ("chuyenvien", "/review/T/2022/review.pdf", 404),
        ("chuyenvien", "/charts/T/2022/secret.svg", 404),
    ],
)
def test_scope(signed: Signed, name: str, address: str, status: int) -> None:
    assert signed(name).get(address).status_code == status


def test_the_numbers_of_the_review_open_their_figure(signed: Signed) -> None:
    client = signed("chuyenvien")
    page = client.get("/review/T/2022/").content.decode()
    assert "Toàn tỉnh kết nạp được" in page
    assert 'href="/figures/members.admitted/?unit=T&amp;year=2022"' in page
    panel = client.get("/figures/members.admitted/?unit=T&year=2022", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel
    assert "khớp 4 dòng" in panel
    assert "/figures/members.admitted/rows/" in panel


def test_no_person_is_named_to_who_may_not_see_members(signed: Signed, cast_of_users: dict[str, Any]) -> None:
    """Nobody of the roles sees figures without members, so the right is taken away here."""
    from nhiemky.domain import access

    before = access.ROLES["leader"]
    access.ROLES["leader"] = before - {"members.view"}  # type: ignore[index]
    try:
        client = signed("lanhdao")
        panel = client.get("/figures/members.admitted/?unit=T&year=2022")
        assert panel.status_code == 200
        assert "rows/" not in panel.content.decode()
        assert client.get("/figures/members.admitted/rows/?unit=T&year=2022").status_code == 403
        assert client.get("/figures/members.admitted/rows.xlsx?unit=T&year=2022").status_code == 403
        assert "Nguyễn Thị Số" not in client.get("/").content.decode()
        book = _workbook(client.get("/review/T/2022/review.xlsx"))
        text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
        assert "Nguyễn Thị Số" not in text
        assert "Không có quyền xem danh sách đảng viên" in text
    finally:
        access.ROLES["leader"] = before  # type: ignore[index]


def _workbook(answer: Any) -> CalamineWorkbook:
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))


def test_typed_text_stays_text_in_workbooks(signed: Signed) -> None:
    Person.objects.filter(full_name="Nguyễn Thị Số 0").update(full_name="=cmd|' /C calc'!A0")
    book = _workbook(signed("chuyenvien").get("/figures/members.admitted/rows.xlsx?unit=T&year=2022"))
    rows = book.get_sheet_by_index(0).to_python()
    assert "=cmd|' /C calc'!A0" in [row[0] for row in rows]
    assert len(rows) - 4 == 4


def test_a_day_of_another_year_leads_to_that_year(signed: Signed) -> None:
    answer = signed("chuyenvien").get("/review/T/2022/?on=2021-06-30")
    assert answer.status_code == 302
    assert answer["Location"] == "/review/T/2021/?on=2021-06-30"


def test_the_review_of_the_menu_is_of_the_last_full_year(signed: Signed) -> None:
    assert signed("anphu").get("/review/")["Location"] == "/review/X1/2025/"
    assert signed("chuyenvien").get("/review/?unit=H1&year=2022")["Location"] == "/review/H1/2022/"


def test_restated_pages_say_so(signed: Signed) -> None:
    page = signed("chuyenvien").get("/figures/?unit=T&year=2022&structure=2026-01-01").content.decode()
    assert "Tính lại theo cơ cấu ngày 01/01/2026." in page


def test_english_speaks_english(signed: Signed) -> None:
    client = signed("chuyenvien")
    client.cookies["django_language"] = "en"
    page = client.get("/review/T/2022/").content.decode()
    assert "The province admitted" in page
    assert "Toàn tỉnh" not in page


def test_the_part_of_a_figure_opens_exactly_its_rows(signed: Signed) -> None:
    client = signed("chuyenvien")
    page = client.get("/figures/members.admitted/?unit=T&year=2022").content.decode()
    assert "part=H1" in page
    rows = client.get("/figures/members.admitted/rows/?unit=T&year=2022&part=H1").content.decode()
    assert "khớp 3 dòng" in rows
    book = _workbook(client.get("/figures/members.admitted/rows.xlsx?unit=T&year=2022&part=H2"))
    assert len(book.get_sheet_by_index(0).to_python()) - 4 == 1
    assert client.get("/figures/members.admitted/rows/?unit=T&year=2022&part=NONE").status_code == 404


def test_a_unit_that_did_not_exist_leads_to_the_structure_that_has_it(signed: Signed) -> None:
    builders.unit("X9", "Đảng bộ xã Mới", "grassroots_committee", "residential", "H1", start=date(2025, 7, 1))
    organisation.forget()
    page = signed("chuyenvien").get("/review/X9/2022/").content.decode()
    assert "/review/X9/2022/?structure=2025-07-01" in page
    assert "Tính lại theo cơ cấu ngày 01/07/2025" in page


def test_what_does_not_add_up_says_so(signed: Signed) -> None:
    client = signed("chuyenvien")
    assert "Cộng dồn" in client.get("/figures/members.transferred_in/?unit=T&year=2022").content.decode()
    assert "Cộng dồn" not in client.get("/figures/members.admitted/?unit=T&year=2022").content.decode()


def test_a_part_year_stands_over_the_columns(signed: Signed) -> None:
    page = signed("chuyenvien").get("/figures/?unit=T&on=2022-06-30").content.decode()
    assert "Cùng kỳ 2021 (đến ngày 30/06)" in page


def test_a_symbol_that_no_source_confirms_is_said(signed: Signed) -> None:
    client = signed("chuyenvien")
    assert "cần xác nhận trước khi ban hành" in client.get("/review/X1/2022/").content.decode()
    assert "cần xác nhận trước khi ban hành" not in client.get("/review/T/2022/").content.decode()


class TestTargets:
    """Targets are set together, with a paper, in one's own subtree."""

    address = "/targets/?unit=T&year=2022"

    def test_difference_is_shown(self, signed: Signed) -> None:
        assert "lệch +2" in signed("chuyenvien").get(self.address).content.decode()

    def test_set_withdraw_and_record(self, signed: Signed) -> None:
        answer = signed("chuyenvien").post(self.address, {"T": "5", "H1": "4", "H2": "", "source": "2-KH/TU"})
        assert answer.status_code == 302
        held = dict(Target.objects.values_list("unit__code", "value"))
        assert held == {"T": 5, "H1": 4}
        event = Event.objects.get(app="reporting")
        assert (event.action, event.facts["units"]) == ("reporting.targets_set", ["T", "H2"])
        assert event.facts["values"] == {"T": 5, "H2": None}
        assert event.unit_ids == sorted(Unit.objects.filter(code__in=["T", "H2"]).values_list("pk", flat=True))

    def test_a_paper_may_confirm_what_stays_the_same(self, signed: Signed) -> None:
        Target.objects.update(assumed=True)
        posted = {"T": "3", "H1": "4", "H2": "1", "source": "9-KH/TU", "all_of_them": "on"}
        assert signed("chuyenvien").post(self.address, posted).status_code == 302
        assert set(Target.objects.values_list("assumed", "source")) == {(False, "9-KH/TU")}

    def test_a_proposal_fills_in_shares_and_saves_nothing(self, signed: Signed) -> None:
        """Four members stand under H1, one under H2."""
        posted = {"T": "10", "H1": "4", "H2": "1", "source": "2-KH/TU", "propose": "1"}
        answer = signed("chuyenvien").post(self.address, posted)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert re.search(r'name="H1" value="8"', page)
        assert re.search(r'name="H2" value="2"', page)
        assert "Chưa có gì được lưu" in page
        assert dict(Target.objects.values_list("unit__code", "value")) == {"T": 3, "H1": 4, "H2": 1}
        assert not Event.objects.filter(app="reporting").exists()

    def test_nothing_to_share_out_is_said(self, signed: Signed) -> None:
        answer = signed("chuyenvien").post(self.address, {"T": "", "H1": "4", "H2": "1", "source": "x", "propose": "1"})
        assert answer.status_code == 422
        assert Target.objects.get(unit__code="T").value == 3

    def test_a_superior_without_a_target_has_the_sum_of_those_below(self, signed: Signed) -> None:
        Target.objects.get(unit__code="T").delete()
        page = signed("chuyenvien").get("/figures/?unit=T&year=2022").content.decode()
        assert "cộng từ cấp dưới" in page
        assert "cộng từ cấp dưới" in signed("chuyenvien").get(self.address).content.decode()
        Target.objects.get(unit__code="H2").delete()
        assert "cộng từ cấp dưới" not in signed("chuyenvien").get("/figures/?unit=T&year=2022").content.decode()

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({"T": "5", "H1": "4", "H2": "1"}, "văn bản giao chỉ tiêu"),
            ({"T": "0", "H1": "4", "H2": "1", "source": "x"}, "errors"),
            ({"T": "abc", "H1": "4", "H2": "1", "source": "x"}, "errors"),
            ({"T": "3", "H1": "4", "H2": "1"}, "Không có chỉ tiêu nào khác"),
        ],
    )
    def test_what_is_wrong_changes_nothing(self, signed: Signed, posted: dict[str, str], said: str) -> None:
        answer = signed("chuyenvien").post(self.address, posted)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert dict(Target.objects.values_list("unit__code", "value")) == {"T": 3, "H1": 4, "H2": 1}
        assert not Event.objects.filter(app="reporting").exists()

    def test_without_the_right_they_are_only_read(self, signed: Signed) -> None:
        client = signed("lanhdao")
        assert 'name="H1"' not in client.get(self.address).content.decode()
        assert client.post(self.address, {"T": "9", "source": "x"}).status_code == 403
        assert Target.objects.get(unit__code="T").value == 3
