"""The four forms as .xlsx, in the form of Party documents and ready to print; in Vietnamese, as all papers are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils import translation

from nhiemky.core.days import write_day
from nhiemky.core.wording import sentence
from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.domain.statistics.counting import Count
from nhiemky.domain.statistics.forms import FORMS, NAMES
from nhiemky.statistics import selectors, tables
from nhiemky.statistics.selectors import Asked
from nhiemky.statistics.tables import Cell, Form, Row

_LIVE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_FONT = {"font_name": "Times New Roman", "font_size": 11}
_A4, _HEAD, _FEW = 9, 7, 8
"""XlsxWriter's number of the paper; the line of the table's head; so many columns still fit the width of a page."""
_BASIS = (
    "Biểu theo nội dung {n}-TCTW (11-HD/BTCTW ngày 13/12/2021), bố cục của hệ thống, chờ xác nhận. "
    "Số liệu đếm từ sổ biến động; không có số nhập tay."
)

_STYLES: dict[str, dict[str, object]] = {
    "text": {"border": 1, "text_wrap": True, "valign": "vcenter"},
    "indented": {"border": 1, "text_wrap": True, "valign": "vcenter", "indent": 1},
    "strong": {"border": 1, "bold": True, "text_wrap": True, "valign": "vcenter"},
    "head": {"border": 1, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"},
    "number": {"border": 1, "num_format": "#,##0"},
    "sum": {"border": 1, "num_format": "#,##0", "bold": True},
    "share": {"border": 1, "num_format": "0.0"},
    "range": {"border": 1, "align": "right", "italic": True},
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "centre": {"align": "center"},
    "bold": {"bold": True, "align": "center"},
    "note": {"italic": True, "text_wrap": True, "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}


def written(asked: Asked) -> bytes:
    """The workbook: a sheet for each form, and one with the cross-checks."""
    out = io.BytesIO()
    with translation.override("vi"), xlsxwriter.Workbook(out, _LIVE) as book:
        made = _Workbook(book, asked)
        for number in FORMS:
            made.form(number)
        made.checks()
    return out.getvalue()


class _Workbook:
    """One workbook under way."""

    def __init__(self, book: Any, asked: Asked) -> None:
        self.book, self.asked, self.count = book, asked, selectors.count(asked)
        self.issuer = _issuer(self.count, asked)
        self.styles = {name: book.add_format({**_FONT, **more}) for name, more in _STYLES.items()}

    def form(self, number: int) -> None:
        """A sheet with one form: the unit, of whom, then part by part."""
        own = self._table(number, parts=False)
        below = self._table(number, parts=True) if self.count.parts.below else None
        heads = [*own.heads, *(("Tỷ lệ %",) if own.shares else ()), *(below.heads[1:] if below else ())]
        page = self.book.add_worksheet(f"{number}-TCTW")
        self._set_up(page, len(heads))
        self._heading(page, number, max(len(heads), 3))
        for at, head in enumerate(["Nội dung", *heads]):
            page.write_string(_HEAD, at, str(head), self.styles["head"])
        parts: Sequence[Row | None] = below.rows if below else [None] * len(own.rows)
        for at, (row, part) in enumerate(zip(own.rows, parts, strict=True), _HEAD + 1):
            self._row(page, at, row, part, own, len(heads))
        self._foot(page, _HEAD + len(own.rows) + 2, number, max(len(heads), 3))

    def _table(self, number: int, *, parts: bool) -> Form:
        return tables.form(self.count, number, parts=parts, every=True, address=lambda *line, **more: "")

    def _set_up(self, page: Any, width: int) -> None:
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        page.set_footer("&C&P/&N")
        page.repeat_rows(_HEAD)
        page.repeat_columns(0)
        if width <= _FEW:
            page.fit_to_pages(1, 0)
        page.freeze_panes(_HEAD + 1, 1)
        page.set_column(0, 0, 46, self.styles["wrapped"])
        page.set_column(1, max(width, 3), 13)

    def _heading(self, page: Any, number: int, width: int) -> None:
        """Issuer at the left, the Party's name at the right, then what the sheet holds."""
        page.write_string(0, 0, self.issuer.parent.upper(), self.styles["centre"])
        page.write_string(1, 0, self.issuer.name.upper(), self.styles["bold"])
        page.write_string(2, 0, "*", self.styles["centre"])
        page.merge_range(0, 1, 0, width, "ĐẢNG CỘNG SẢN VIỆT NAM", self.styles["bold"])
        page.merge_range(1, 1, 1, width, f"Biểu {number}-TCTW", self.styles["centre"])
        page.merge_range(3, 0, 3, width, NAMES[number].vi.upper(), self.styles["title"])
        page.merge_range(
            4, 0, 4, width, f"Đơn vị: {tables.unit_name(self.count, self.asked.shape)}", self.styles["centre"]
        )
        page.merge_range(5, 0, 5, width, _period(self.asked), self.styles["centre"])

    def _row(self, page: Any, line: int, row: Row, part: Row | None, own: Form, width: int) -> None:
        if row.title:
            page.merge_range(line, 0, line, width, row.name, self.styles["strong"])
            return
        style = "strong" if row.strong else "indented" if own.number > 1 or "." in row.key else "text"
        page.write_string(line, 0, row.name, self.styles[style])
        at = 1
        for cell in row.cells:
            at = self._cell(page, line, at, cell, row)
        if own.shares:
            if row.share is None:
                page.write_blank(line, at, None, self.styles["share"])
            else:
                page.write_number(line, at, row.share, self.styles["share"])
            at += 1
        for cell in part.cells[1:] if part else ():
            at = self._cell(page, line, at, cell, row)

    def _cell(self, page: Any, line: int, at: int, cell: Cell, row: Row) -> int:
        if cell.exact:
            page.write_number(line, at, cell.low, self.styles["sum" if row.strong else "number"])
        else:
            page.write_string(line, at, f"{cell.low}–{cell.high} (không chắc)", self.styles["range"])
        return at + 1

    def _foot(self, page: Any, line: int, number: int, width: int) -> None:
        """On what the form rests, the target, and room for who made and who signs it."""
        page.merge_range(line, 0, line, width, _BASIS.format(n=number), self.styles["note"])
        goal = selectors.target(self.asked) if number == 2 else None
        if goal is not None:
            assumed = " (chờ xác nhận)" if goal.assumed else ""
            page.write_string(line + 1, 0, f"Chỉ tiêu kết nạp năm {self.asked.year}: {goal.value}{assumed}")
        page.write_string(line + 3, 0, "NGƯỜI LẬP BIỂU", self.styles["bold"])
        page.write_string(line + 4, 0, "(ký, ghi rõ họ tên)", self.styles["centre"])
        last = min(width, _FEW)
        place = f"{self.issuer.place or '…'}, ngày … tháng … năm …"
        for at, text in enumerate((place, self.issuer.on_behalf, self.issuer.post, self.issuer.signer), start=2):
            page.merge_range(line + at, 1, line + at, last, text, self.styles["bold" if at in (3, 4) else "centre"])

    def checks(self) -> None:
        """A sheet with every cross-check and its numbers."""
        page = self.book.add_worksheet("Đối chiếu")
        page.set_landscape()
        page.set_paper(_A4)
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 110, self.styles["wrapped"])
        page.write_string(0, 0, "Kết quả", self.styles["head"])
        page.write_string(0, 1, "Nội dung đối chiếu", self.styles["head"])
        for line, found in enumerate(selectors.checked(self.asked), start=1):
            verdict = "khớp" if found.ok else "KHÔNG KHỚP" if found.blocks else "chưa thể kết luận"
            page.write_string(line, 0, verdict, self.styles["text"])
            page.write_string(line, 1, sentence(found), self.styles["text"])


def _issuer(count: Count, asked: Asked) -> Issuer:
    held, shape = count.facts.structure, asked.shape
    version = held.last_version(asked.unit, shape)
    above = [held.name(place, shape) for place in held.tree(shape).path(asked.unit)[:-1][::-1]]
    return issuer(tables.unit_name(count, shape), version.kind if version else "", above)


def _period(asked: Asked) -> str:
    name = {0: "Năm", 1: "6 tháng đầu năm", 2: "6 tháng cuối năm"}[asked.half]
    told = f"{name} {asked.year}, từ ngày {write_day(asked.first)} đến ngày {write_day(asked.on)}"
    return told + (f", tính lại theo cơ cấu ngày {write_day(asked.structure)}" if asked.structure else "")
