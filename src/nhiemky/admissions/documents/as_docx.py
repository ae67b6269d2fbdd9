"""Papers as .docx in the form of Party documents (guide 36-HD/VPTW): heading, number, title, text, signature."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from nhiemky.admissions.documents.dossier import Line, Sheet

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip
_WIDTHS = (7.6, 8.9)


def written(key: str, sheets: Sequence[Sheet]) -> bytes:
    """The pages of one paper as a file."""
    document = Document()
    _page(document)
    for number, sheet in enumerate(sheets):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _write(document, f"Mẫu {key}", 12, bold=True, align=RIGHT)
        _heading(document, sheet)
        _write(document, sheet.title, 16, bold=True, before=14)
        if sheet.subject:
            _write(document, sheet.subject, 14, bold=True)
        _write(document, "-----", 14, after=6)
        for line in sheet.lines:
            _line(document, line)
        _signature(document, sheet)
    document.core_properties.title = f"{key} {sheets[0].title}"
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    for script in ("w:eastAsia", "w:cs"):
        normal.element.rPr.rFonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)


def _write(
    place: Any, text: str, size: float = 14, *, bold: bool = False, italic: bool = False, align: Any = CENTRE,
    before: float = 0, after: float = 0, indent: float = 0,
) -> Any:  # fmt: skip
    """One paragraph in a cell or the document."""
    first = hasattr(place, "_tc") and len(place.paragraphs) == 1 and not place.paragraphs[0].text
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Cm(indent)
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    return paragraph


def _heading(document: Any, sheet: Sheet) -> None:
    """Issuer at the left with an asterisk, the Party's name at the right with a line of its own length."""
    left, right = _two(document)
    for number, name in enumerate(sheet.left):
        _write(left, name.upper(), 14, bold=number == len(sheet.left) - 1)
    if sheet.number:
        _write(left, "*")
        _write(left, f"Số {sheet.number}")
    _line_under(_write(right, "ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True))
    _write(right, sheet.place_and_day, 14, italic=True, before=8)


def _two(document: Any) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    cells = table.rows[0].cells
    for cell, width in zip(cells, _WIDTHS, strict=True):
        cell.width = Cm(width)
    return cells[0], cells[1]


def _line_under(paragraph: Any) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(0.7)


def _line(document: Any, line: Line) -> None:
    if line.kind == "centre":
        _write(document, line.text, bold=True, before=6, after=6)
    elif line.kind == "blank":
        _write(document, line.text, align=LEFT, after=2)
    else:
        bold = line.kind == "bold"
        _write(document, line.text, bold=bold, align=JUSTIFY, indent=1, before=2, after=4)


def _signature(document: Any, sheet: Sheet) -> None:
    """Recipients at the left, whoever signs at the right; two who sign stand side by side."""
    left, right = _two(document)
    if len(sheet.signs) == 2:
        _signed(left, sheet.signs[0])
        _signed(right, sheet.signs[1])
        return
    if sheet.recipients:
        _write(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT, before=10)
        for recipient in sheet.recipients:
            _write(left, f"- {recipient},", 11, align=LEFT)
    for sign in sheet.signs:
        _signed(right, sign)


def _signed(place: Any, sign: tuple[str, str]) -> None:
    for number, part in enumerate(sign[0].split("\n")):
        _write(place, part, bold=True, before=0 if number else 10)
    _write(place, "(ký, ghi rõ họ tên)", 13, italic=True)
    _write(place, sign[1], bold=True, before=44)
