"""The form of the review: heading, recipients, signature, tables, pictures, and the workbook's way around."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

import builders
from builders import SYSTEM, TODAY
from nhiemky.domain.organisation.issuers import issuer
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import AdminArea, UnitVersion
from nhiemky.reporting import charts, commands, places, selectors
from nhiemky.reporting.selectors import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people() -> None:
    builders.province()
    for number, cell in enumerate(("C1", "C1", "C2", "C4")):
        builders.person(f"Nguyễn Thị Số {number}", cell, date(2022, 3, 10 + number))
    builders.person("Trần Văn Trước", "C1", date(2021, 5, 5))


def written(folder: Path, kind: str, unit: str = "T", **more: Any) -> Path:
    out = folder / f"r.{kind}"
    commands.review(unit=unit, year=more.pop("year", 2022), out=out, today=TODAY, **more)
    return out


def text_of(path: Path) -> tuple[str, Any]:
    document = docx.Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells), document


@pytest.mark.parametrize(
    ("unit", "kind", "above", "name", "symbol", "confirmed"),
    [
        ("Đảng bộ tỉnh Quảng Ngãi", "provincial", [], "Tỉnh ủy Quảng Ngãi", "TU", True),
        ("Đảng bộ thành phố Kon Tum", "above_grassroots", ["Đảng bộ tỉnh Kon Tum"], "Thành ủy Kon Tum", "Th.U", False),
        ("Đảng bộ thị xã Đức Phổ", "above_grassroots", ["Đảng bộ tỉnh Quảng Ngãi"], "Thị ủy Đức Phổ", "Th.U", False),
        ("Đảng bộ huyện Ba Tơ", "above_grassroots", ["Đảng bộ tỉnh Quảng Ngãi"], "Huyện ủy Ba Tơ", "HU", False),
        (
            "Đảng bộ Ủy ban nhân dân tỉnh",
            "above_grassroots",
            ["Đảng bộ tỉnh Quảng Ngãi"],
            "Đảng ủy UBND tỉnh Quảng Ngãi",
            "ĐU",
            False,
        ),
        ("Đảng bộ xã An Phú", "above_grassroots", ["Đảng bộ tỉnh Quảng Ngãi"], "Đảng ủy xã An Phú", "ĐU", False),
        ("Chi bộ thôn Đông", "cell", ["Đảng bộ xã An Phú"], "Chi bộ thôn Đông", "CB", False),
    ],
)
def test_issuer(unit: str, kind: str, above: list[str], name: str, symbol: str, confirmed: bool) -> None:
    made = issuer(unit, kind, above)
    assert (made.name, made.symbol, made.confirmed) == (name, symbol, confirmed)


def test_the_province_reports_to_the_centre_and_files_in_its_office(tmp_path: Path) -> None:
    said, _document = text_of(written(tmp_path, "docx"))
    assert "- Ban Tổ chức Trung ương (báo cáo)," in said
    assert "- Lưu Văn phòng Tỉnh ủy." in said
    assert "tổng kết công tác tổ chức xây dựng Đảng năm 2022" in said
    assert "danh sách chi tiết của từng số liệu kèm theo tại tệp bảng tính" in said
    assert "ký hiệu chờ xác nhận" not in said


def test_a_commune_reports_to_its_superior_and_its_symbol_is_to_be_confirmed(tmp_path: Path) -> None:
    said, _document = text_of(written(tmp_path, "docx", "X1"))
    assert "- Huyện ủy Một (báo cáo)," in said
    assert "- Lưu Văn phòng Đảng ủy." in said
    assert "(ký hiệu chờ xác nhận)" in said
    assert "Đảng bộ có 2 chi bộ trực thuộc." in said


def test_a_cell_signs_with_its_name_and_has_one_table(tmp_path: Path) -> None:
    said, _document = text_of(written(tmp_path, "docx", "C1"))
    assert "(ký, ghi rõ họ tên)" in said
    assert "- Lưu chi bộ." in said
    assert not re.search(r"Biểu \d", said)
    assert "Biểu. Các chỉ số của năm" in said


def test_the_secretary_is_named_where_a_seat_says_so(tmp_path: Path) -> None:
    said, _document = text_of(written(tmp_path, "docx", "X1"))
    assert "Trần Văn Bí" not in said
    builders.seat(builders.person("Trần Văn Bí", "C1", date(2015, 5, 5)), "X1", post="secretary")
    said, _document = text_of(written(tmp_path, "docx", "X1"))
    assert "Trần Văn Bí" in said


def test_rows_without_anything_are_left_out_and_ratios_change_by_points(tmp_path: Path) -> None:
    _said, document = text_of(written(tmp_path, "docx"))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows][1:]
    told = {row[0]: row[1:] for row in rows}
    assert not [name for name, row in told.items() if row[:2] == ["0", "0"]]
    assert told["Kết nạp"][:3] == ["1", "4", "+3"]
    assert told["Tỷ lệ đảng viên nữ"][1] == "100,0%"
    assert told["Tỷ lệ đảng viên nữ"][2].endswith("điểm phần trăm")


def test_the_last_paragraph_keeps_the_signature_company(tmp_path: Path) -> None:
    _said, document = text_of(written(tmp_path, "docx"))
    last = [p for p in document.paragraphs if "bốn tốt" in p.text][-1]
    assert last.paragraph_format.keep_with_next


def test_pictures_have_names_and_alternative_texts(tmp_path: Path) -> None:
    _said, document = text_of(written(tmp_path, "docx"))
    shapes = list(document.element.body.iter(qn("wp:docPr")))
    assert len(shapes) >= 2
    for shape in shapes:
        assert len(shape.get("name")) > 5
        assert len(shape.get("descr")) > 40


def test_a_part_of_a_year_says_so_everywhere(tmp_path: Path) -> None:
    day = date(2022, 6, 30)
    said, _document = text_of(written(tmp_path, "docx", on=day))
    assert "Cùng kỳ 2021 (đến ngày 30/06)" in said
    assert "2022 (đến ngày 30/06)" in said
    assert "so với cùng kỳ năm 2021" in said
    book = CalamineWorkbook.from_path(str(written(tmp_path, "xlsx", on=day)))
    assert "Cùng kỳ 2021 (đến ngày 30/06)" in str(book.get_sheet_by_name("Số liệu").to_python()[:5])


def test_not_comparable_for_one_reason_is_said_once(tmp_path: Path) -> None:
    builders.unit("X9", "Đảng bộ xã Mới", "grassroots_committee", "residential", "H1", start=date(2022, 2, 1))
    builders.unit("C9", "Chi bộ thôn Mới", "cell", "residential", "X9", start=date(2022, 2, 1))
    organisation.forget()
    builders.person("Lê Thị Chín", "C9", date(2022, 9, 9))
    said, _document = text_of(written(tmp_path, "docx", "X9"))
    assert said.count("vì khi đó chưa thành lập") == 1


def test_zero_is_said_in_words(tmp_path: Path) -> None:
    said, _document = text_of(written(tmp_path, "docx"))
    assert "không có người dân tộc thiểu số" in said
    assert "Trong năm không thành lập mới tổ chức đảng nào (năm 2021 cũng không có)." in said
    assert "không có đảng viên bị xóa tên, bị khai trừ, xin ra khỏi Đảng, từ trần" in said
    assert "chiếm 0%" not in said


class TestWorkbook:
    """Somebody prints it, filters it, and finds back."""

    def sheets(self, folder: Path) -> dict[str, str]:
        with zipfile.ZipFile(written(folder, "xlsx")) as archive:
            names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
            pages = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, len(names) + 1)]
        return dict(zip(names, pages, strict=True))

    def test_lists_can_be_filtered_printed_and_left(self, tmp_path: Path) -> None:
        sheets = self.sheets(tmp_path)
        listed = {name: page for name, page in sheets.items() if name[:2].isdigit()}
        assert len(listed) > 5
        for name, page in listed.items():
            assert "<autoFilter " in page, name
            assert 'orientation="landscape"' in page, name
            assert 'state="frozen"' in page, name
            assert "location=\"'Số liệu'!A1\"" in page, name

    def test_each_list_shows_why_its_rows_are_counted(self, tmp_path: Path) -> None:
        builders.term("C1", "cell_committee", start=date(2022, 1, 1), end=date(2025, 1, 1))
        book = CalamineWorkbook.from_path(str(written(tmp_path, "xlsx")))
        heads = {
            name[3:]: book.get_sheet_by_name(name).to_python()[3] for name in book.sheet_names if name[0].isdigit()
        }
        assert "Tư cách" in heads["Đảng viên dự bị"]
        assert "Loại hình" in heads["Đảng viên ở thôn, tổ dân phố"]
        assert "Nhiệm kỳ chi ủy" in next(
            head for name, head in heads.items() if name.startswith("Chi bộ thôn, tổ dân phố có")
        )
        assert all("Loại tổ chức" in head for name, head in heads.items() if name.startswith("Tổ chức"))

    def test_ratios_lead_to_the_rows_of_part_and_whole(self, tmp_path: Path) -> None:
        rows = CalamineWorkbook.from_path(str(written(tmp_path, "xlsx"))).get_sheet_by_name("Số liệu").to_python()
        women = next(row for row in rows if row[0] == "Tỷ lệ đảng viên nữ")
        assert women[1] == "%"
        assert women[7:9] == ["tử số", "mẫu số"]
        assert "điểm phần trăm" in str(women[9])


def test_exempt_members_are_shown_with_their_day() -> None:
    from nhiemky.reporting.proofs import proof

    who = builders.person("Lê Văn Già", "C1", date(2012, 5, 5), born=date(1960, 1, 1))
    builders.book(who, "official_recognition", date(2013, 6, 1))
    builders.book(who, "exemption_on", date(2022, 4, 1))
    question = selectors.question(organisation.position("T"), 2022, TODAY)
    made = proof(Asked(selectors.facts(), question), selectors.BY_KEY["members.exempt"], "vi")
    from nhiemky.reporting import listing

    rows = listing.Rows(SYSTEM, question, selectors.BY_KEY["members.exempt"])[:]
    assert made is not None
    assert [made.read(row) for row in rows] == [date(2022, 4, 1)]


class TestCharts:
    """They end where the question ends, and say what is only a part of a year."""

    def spec(self, **more: Any) -> tuple[charts.Chart, list[dict[str, Any]]]:
        question = selectors.question(organisation.position("T"), more.pop("year", 2022), TODAY, **more)
        made = charts.trend(question, "vi", TODAY)
        return made, made.spec(charts.THEMES["light"])["data"]["values"]

    def test_nothing_after_the_year_asked_for(self) -> None:
        made, rows = self.spec()
        assert rows[-1]["year"] == "2022"
        assert not rows[-1]["part"]
        assert "*" not in made.note

    def test_a_part_year_is_marked(self) -> None:
        made, rows = self.spec(on=date(2022, 6, 30))
        assert (rows[-1]["year"], rows[-1]["part"]) == ("2022*", True)
        assert "2022*: chỉ tính đến ngày 30/06/2022." in made.note
        assert made.lines[-1][0] == "2022 (đến ngày 30/06)"

    def test_targets_lie_on_the_axis_and_under_the_labels(self) -> None:
        from nhiemky.organisation.models import Unit
        from nhiemky.reporting.models import Target

        unit = Unit.objects.get(code="T")
        Target.objects.create(unit=unit, indicator="members.admitted", year=2022, value=40)
        made, rows = self.spec()
        top = made.spec(charts.THEMES["light"])["encoding"]["y"]["scale"]["domain"][1]
        assert top > 40
        assert rows[-1]["label"] == 4  # far below the mark
        Target.objects.filter(unit=unit).update(value=4)
        _made, rows = self.spec()
        assert rows[-1]["label"] == 4

    def test_a_district_without_communes_stands_where_the_later_list_has_it(self) -> None:
        """Lý Sơn before 2025: an area without coordinates, and a special zone of the same name in the list of 2025."""
        old = AdminArea.objects.create(
            code_list="2024", level="district", code="536", name="Huyện Một", type="huyện", parent_code="51"
        )
        AdminArea.objects.create(
            code_list="2025", level="commune", code="21548", name="Đặc khu Một", type="đặc khu", lat=15.4, lon=109.1
        )
        UnitVersion.objects.filter(unit__code="H1").update(area=old)
        organisation.forget()
        found = places.points(selectors.question(organisation.position("T"), 2022, TODAY))
        assert [(point.name, point.lon, point.lat) for point in found] == [("Đảng bộ huyện Một", 109.1, 15.4)]

    def test_no_map_of_a_single_commune_and_gaps_are_graded_by_cells(self) -> None:
        assert charts.coverage(selectors.question(organisation.position("X1"), 2022, TODAY), "vi") is None
        grades = [places.Point("Đảng bộ xã A", 0, 0, 9, 40, 40 - gap).grade for gap in (0, 1, 2, 9)]
        assert grades == [0, 1, 2, 2]
        assert places.bare("Đảng bộ huyện Lý Sơn") == "Lý Sơn"
        assert places.Point("Đảng bộ xã A", 0, 0, 9, 0, 0).grade is None
