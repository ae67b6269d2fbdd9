"""Short papers as .docx in the form of Party documents (36-HD/VPTW as gathered in the domain notes).

Heading at the top right with a line under it, issuer at the left with an asterisk, number and symbol, place and day in
italics, type, subject, text in Times New Roman 14, recipients and signature. Papers are written in Vietnamese, whatever
language the pages are read in: they go into files.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from nhiemky.domain.organisation.issuers import Issuer

FONT = "Times New Roman"
LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
DOTS = "." * 90
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `lead` is set bold before it."""

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; `widths` in centimetres."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in the middle of the line; `width` in centimetres, `alt` for who cannot see it."""

    png: bytes
    width: float
    alt: str


Block = Text | Grid | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    `number` is what comes after "Số"; empty leaves room for it. `day` None leaves room for the day. `form` is the name
    of the printed form ("Mẫu 6-KNĐ"). `signer` is a name, empty leaves room. A paper in somebody's own hand has no
    `issuer`: it begins with the state-like heading of a personal paper.
    """

    kind: str
    subject: str
    blocks: Sequence[Block]
    issuer: Issuer | None = None
    number: str = ""
    day: date | None = None
    form: str = ""
    recipients: Sequence[str] = ()
    signer: str = ""
    sign_as: Sequence[str] = ()


def docx_of(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    return docx_of_all([paper])


def docx_of_all(papers: Sequence[Paper]) -> bytes:
    """Papers as one .docx file, each beginning on a page of its own; called as the first one."""
    document = Document()
    _page(document)
    for number, paper in enumerate(papers):
        if number:
            _write(document, "", 1).runs[0].add_break(WD_BREAK.PAGE)
        _paper(document, paper)
    if papers:
        document.core_properties.title = f"{papers[0].kind} {papers[0].subject}".strip()
        document.core_properties.author = papers[0].issuer.name if papers[0].issuer else ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paper(document: Any, paper: Paper) -> None:
    if paper.form:
        _write(document, paper.form, 12, italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _heading(document, paper)
    _write(document, paper.kind.upper(), 16, bold=True, before=16)
    if paper.subject:
        _write(document, paper.subject, bold=True)
    _write(document, "-----", after=8)
    for block in paper.blocks:
        _BLOCKS[type(block)](document, block)
    _signature(document, paper)


def write_day(day: date | None) -> str:
    """A day as papers write it; room for it where it is not known."""
    return f"ngày {day:%d} tháng {day:%m} năm {day.year}" if day else "ngày ..... tháng ..... năm ........"


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _write(
    place: Any, text: str, size: float = 14, *, bold: bool = False, italic: bool = False, align: Any = CENTRE,
    before: float = 0, after: float = 0, indent: float = 0,
) -> Any:  # fmt: skip
    first = hasattr(place, "_tc") and len(place.paragraphs) == 1 and not place.paragraphs[0].text
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.first_line_indent = Cm(indent) if indent else None
    _run(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _run(paragraph: Any, text: str, size: float = 14, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic


def _columns(document: Any, *widths: float) -> Sequence[Any]:
    table = document.add_table(rows=1, cols=len(widths))
    _widths(table, widths)
    return list(table.rows[0].cells)


def _widths(table: Any, widths: Sequence[float]) -> None:
    """On columns and cells both: some programs read the one, some the other."""
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _heading(document: Any, paper: Paper) -> None:
    left, right = _columns(document, 7.4, 9.1)
    made = paper.issuer
    if made is not None:
        if made.parent:
            _write(left, made.parent.upper())
        _write(left, made.name.upper(), bold=True)
        _write(left, "*")
        _write(left, f"Số {paper.number or '........'}")
        if not made.confirmed:
            _write(left, "(ký hiệu chờ xác nhận)", 11, italic=True)
    _line_under(_write(right, "ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True))
    place = made.place if made is not None and made.place else "............."
    _write(right, f"{place}, {write_day(paper.day)}", italic=True, before=8)


def _line_under(paragraph: Any) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(0.7)


def _text(document: Any, block: Text) -> None:
    align, indent = (CENTRE, 0.0) if block.centred else (JUSTIFY, 1.0)
    paragraph = _write(document, block.lead, bold=True, align=align, before=3, after=3, indent=indent)
    _run(paragraph, block.text, bold=block.bold, italic=block.italic)


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=0, cols=len(block.head))
    table.style = "Table Grid"
    for number, row in enumerate([block.head, *block.rows]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _write(cell, text, 12, bold=number == 0, align=CENTRE if number == 0 else LEFT)
    _widths(table, block.widths)
    document.add_paragraph()


def _picture(document: Any, block: Picture) -> None:
    paragraph = _write(document, "", before=3, after=3)
    shape = paragraph.add_run().add_picture(io.BytesIO(block.png), width=Cm(block.width))
    shape._inline.docPr.set("descr", block.alt)


_BLOCKS: dict[type, Any] = {Text: _text, Grid: _grid, Picture: _picture}


def _signature(document: Any, paper: Paper) -> None:
    left, right = _columns(document, 8.0, 8.5)
    if paper.recipients:
        _line = _write(left, "Nơi nhận:", 12, bold=True, italic=True, align=LEFT, before=12)
        _line.paragraph_format.keep_with_next = True
        for name in paper.recipients:
            _write(left, f"- {name}", 12, align=LEFT)
    made = paper.issuer
    for line in paper.sign_as or ((made.on_behalf, made.post) if made else ("NGƯỜI VIẾT",)):
        _write(right, line, bold=True, before=12 if line == (paper.sign_as or [""])[0] else 0)
    _write(right, made.signer if made else "(ký, ghi rõ họ tên)", 12, italic=True)
    _write(right, paper.signer, bold=True, before=48)
