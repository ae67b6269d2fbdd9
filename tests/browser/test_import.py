"""A list with mistakes: handed in, good rows taken over, the others mended in what comes back and handed in again."""

from __future__ import annotations

import io
import re
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from conftest import Visitor

CLERK = "Bùi Thanh Tùng"
HEADINGS = ("TT", "Hä vµ tªn", "Ngày, tháng, năm sinh", "Giới tính", "Dân tộc", "Ngày vào Đảng", "Ngày chính thức",
            "Số thẻ ĐV", "Ở đâu")  # fmt: skip


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Danh sách")
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def hand_in(page: Page, content: bytes) -> None:
    page.get_by_label("Bảng tính").set_input_files(
        {"name": "ds-an-phu.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("h1")).to_have_text("Mỗi cột là gì")


def bad_list(cell: str) -> list[list[object]]:
    """Old letters, a column without a telling heading, a day that does not exist, a row of totals."""
    return [
        ["DANH SÁCH ĐẢNG VIÊN"], list(HEADINGS),
        [1, "NguyÔn ThÞ BrowSer", "19/5/1990", "Nữ", "Kinh", "02-03-2020", "2/3/2021", 99012345, cell],
        [2, "TrÇn V¨n B×nh Hai", "31/02/1980", "Nam", "Kinh", "1/2/99", "1/2/2000", 99012346, cell],
        ["", "Tæng céng", 2],
    ]  # fmt: skip


def test_a_bad_list_is_mended_and_handed_in_again(visitor: Visitor, tmp_path: Path) -> None:
    visitor.come_in_as(CLERK)
    page = visitor.open("/members/")
    cell = page.locator("#rows tbody tr td a").first.inner_text()
    rows = bad_list(cell)
    page = visitor.open("/imports/")
    hand_in(page, workbook(rows))
    expect(page.locator("#content")).to_contain_text("TCVN3")
    # The column of cells is not recognised by its heading: chosen once, it is remembered.
    page.get_by_label("Ở đâu").select_option("unit_name")
    page.get_by_role("button", name="Xem từng dòng").click()
    main = page.locator("#content")
    expect(main).to_contain_text("Không hiểu được “31/02/1980”")
    page.get_by_role("link", name=re.compile("^mới")).click()
    expect(main).to_contain_text("Nguyễn Thị BrowSer")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Dòng chưa nhận (.xlsx)").click()
    back = tmp_path / "chua-nhan.xlsx"
    coming.value.save_as(back)
    page.get_by_role("button", name="Chỉ nhận các dòng đúng (1)").click()
    expect(main).to_contain_text("Danh sách đã được đưa vào sổ")
    mended = CalamineWorkbook.from_path(back).get_sheet_by_index(0).to_python()
    assert mended[1][1] == "Trần Văn Bình Hai"
    assert "31/02/1980" in str(mended[1][-1])
    mended[1][2] = "28/02/1980"
    visitor.open("/imports/")
    hand_in(page, workbook([list(row) for row in mended]))
    page.get_by_label("Ở đâu").select_option("unit_name")
    page.get_by_role("button", name="Xem từng dòng").click()
    page.get_by_role("button", name="Nhận tất cả (1)").click()
    expect(main).to_contain_text("Danh sách đã được đưa vào sổ")
    page.goto(f"{visitor.site}/members/?q=Tran+Van+Binh+Hai")
    expect(page.locator("#rows")).to_contain_text("28/02/1980")
    page.goto(f"{visitor.site}/imports/")
    hand_in(page, workbook(rows))
    chosen = page.get_by_label("Ở đâu")
    expect(chosen).to_have_value("unit_name")
    expect(main).to_contain_text("Đã nhớ")
