"""Papers in the form of Party documents."""

from __future__ import annotations

import io
from datetime import date

from docx import Document

from nhiemky.core.papers import Grid, Paper, Text, docx_of, write_day
from nhiemky.domain.organisation.issuers import issuer


def lines(paper: Paper) -> list[str]:
    """Everything the paper says, cell by cell and paragraph by paragraph."""
    document = Document(io.BytesIO(docx_of(paper)))
    cells = [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return cells + [p.text for p in document.paragraphs]


def test_a_cell_issues_a_resolution() -> None:
    made = issuer("Chi bộ thôn Đông", "cell", ["Đảng bộ xã An Phú", "Đảng bộ tỉnh Quảng Ngãi"])
    grid = Grid(("TT", "Họ và tên"), [("1", "Nguyễn Thị Ân")], (1.5, 12))
    blocks = [Text("tán thành 11/12 đồng chí.", lead="Kết quả: "), grid]
    paper = Paper("Nghị quyết", "đề nghị kết nạp đảng viên", blocks, made, "6-NQ/CB", date(2026, 3, 2), "Mẫu 6-KNĐ")
    said = lines(paper)
    for line in ("ĐẢNG ỦY XÃ AN PHÚ", "CHI BỘ THÔN ĐÔNG", "Số 6-NQ/CB", "ĐẢNG CỘNG SẢN VIỆT NAM", "Mẫu 6-KNĐ",
                 "An Phú, ngày 02 tháng 03 năm 2026", "NGHỊ QUYẾT", "Kết quả: tán thành 11/12 đồng chí.",
                 "T/M CHI BỘ", "BÍ THƯ", "Nguyễn Thị Ân"):  # fmt: skip
        assert line in said, line
    assert "(ký hiệu chờ xác nhận)" in said


def test_what_is_not_known_leaves_room() -> None:
    said = lines(Paper("Đơn xin vào Đảng", "", [Text("Tôi là …")]))
    assert f"............., {write_day(None)}" in said
    assert "NGƯỜI VIẾT" in said
    assert not [line for line in said if line.startswith("Số")]
