"""Makes the template of the yearly review in the form of Party documents; run it again after a change and commit both.

The form follows guide 36-HD/VPTW as gathered in the project's domain notes: heading at the top right with a line of its
own length under it, issuer at the left with an asterisk, number and symbol, place and date in italics, type of
document, subject, text in Times New Roman 14, recipients and signature. Places that are filled are docxtpl tags.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

OUT = Path(__file__).parents[1] / "src/nhiemky/reporting/documents/review.docx"
FONT = "Times New Roman"
LEFT, CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)
    _type(run, 13)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)


def _type(run: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic


def _write(
    place: Any,
    text: str,
    size: float = 14,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = CENTRE,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
) -> Any:
    """One paragraph in a cell or the document."""
    first = hasattr(place, "_tc") and len(place.paragraphs) == 1 and not place.paragraphs[0].text
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Cm(indent)
    _type(paragraph.add_run(text), size, bold=bold, italic=italic)
    return paragraph


def _line_under(paragraph: Any, *, left: float = 0, right: float = 0) -> None:
    """A solid line under the words, drawn as the lower border of their own paragraph."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = Cm(left), Cm(right)


def _heading(document: Any) -> None:
    """The head of the first page: issuer at the left, the Party's name at the right."""
    table = document.add_table(rows=1, cols=2)
    _plain(table, (7.4, 9.1))
    left, right = table.rows[0].cells
    _write(left, "{%p if parent %}")
    _write(left, "{{ parent }}")
    _write(left, "{%p endif %}")
    _write(left, "{{ issuer }}", bold=True)
    _write(left, "*")
    _write(left, "{{ number }}")
    _write(left, "{%p if unconfirmed %}")
    _write(left, "{{ unconfirmed }}", 11, italic=True)
    _write(left, "{%p endif %}")
    _line_under(_write(right, "{{ party }}", 15, bold=True), left=0.7, right=0.7)
    _write(right, "{{ place_and_day }}", italic=True, before=8)


def _plain(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _title(document: Any) -> None:
    _write(document, "{{ type }}", 16, bold=True, before=20)
    _write(document, "{{ subject }}", 14, bold=True, after=2)
    _write(document, "-----", 14, after=8)
    _write(document, "{{ lead }}", italic=True, align=JUSTIFY, indent=1, after=6)
    _write(document, "{%p if restated %}")
    _write(document, "{{ restated }}", bold=True, italic=True, align=JUSTIFY, indent=1, after=6)
    _write(document, "{%p endif %}")


def _body(document: Any) -> None:
    _write(document, "{%p for section in sections %}")
    heading = _write(document, "{{ section.heading }}", bold=True, align=JUSTIFY, indent=1, before=8, after=4)
    heading.paragraph_format.keep_with_next = True
    _write(document, "{%p for sentence in section.sentences %}")
    _write(document, "{%p if section.last %}")
    _sentence(document).paragraph_format.keep_with_next = True  # the signature never stands alone on a page
    _write(document, "{%p else %}")
    _sentence(document)
    _write(document, "{%p endif %}")
    _write(document, "{%p endfor %}")
    _write(document, "{%p if section.chart %}")
    _caption(document, "{{ section.chart_title }}")
    _write(document, "{{ section.chart }}", after=8)
    _write(document, "{%p endif %}")
    _write(document, "{%p if section.balance %}")
    _caption(document, "{{ balance_title }}")
    titles = ("{{ h.change }}", "{{ h.came }}", "{{ h.went }}", "{{ h.stock }}")
    _table(document, titles, "section.balance", (8, 2.5, 2.5, 3))
    _write(document, "{%p endif %}")
    _write(document, "{%p endfor %}")


def _sentence(document: Any) -> Any:
    paragraph = _write(document, "{{ sentence }}", align=JUSTIFY, indent=1, after=6)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.paragraph_format.line_spacing = Pt(18)
    return paragraph


def _caption(document: Any, text: str) -> None:
    _write(document, text, 13, italic=True, before=6, after=4).paragraph_format.keep_with_next = True


def _table(document: Any, titles: tuple[str, ...], rows: str, widths: tuple[float, ...]) -> None:
    """A ruled table whose head is repeated on every page and whose rows are not cut."""
    table = document.add_table(rows=4, cols=len(titles))
    table.style = "Table Grid"
    _plain(table, widths)
    head, loop, body, end = table.rows
    _mark(head, "w:tblHeader")
    for row in (head, body):
        _mark(row, "w:cantSplit")
    for cell, title in zip(head.cells, titles, strict=True):
        _write(cell, title, 12, bold=True, before=2, after=2)
    loop.cells[0].text = f"{{%tr for row in {rows} %}}"
    end.cells[0].text = "{%tr endfor %}"
    for n, cell in enumerate(body.cells):
        _write(cell, f"{{{{ row[{n}] }}}}", 12, align=RIGHT if n else LEFT, before=1, after=1)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _signature(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    _plain(table, (7.9, 8.6))
    _mark(table.rows[0], "w:cantSplit")
    left, right = table.rows[0].cells
    _write(left, "{{ recipients_title }}", 12, bold=True, italic=True, align=LEFT, before=10)
    _write(left, "{%p for recipient in recipients %}", 11, align=LEFT)
    _write(left, "{{ recipient }}", 11, align=LEFT)
    _write(left, "{%p endfor %}", 11, align=LEFT)
    _write(right, "{{ on_behalf }}", bold=True, before=10)
    _write(right, "{{ post }}")
    _write(right, "{{ signer }}", italic=True, size=12)
    _write(right, "", before=54)
    _write(right, "{{ secretary }}", bold=True)


def _appendix(document: Any) -> None:
    first = _write(document, "{{ appendix }}", 14, bold=True, after=2)
    first.paragraph_format.page_break_before = True
    _write(document, "{{ appendix_note }}", 12, italic=True, after=8)
    _write(document, "{%p if parts %}")
    _caption(document, "{{ parts_title }}")
    _table(document, tuple(f"{{{{ h.part{n} }}}}" for n in range(6)), "parts", (5.5, 2.5, 2.5, 1.9, 1.9, 2.2))
    _write(document, "{%p for note in part_notes %}")
    _write(document, "{{ note }}", 11, italic=True, align=LEFT)
    _write(document, "{%p endfor %}")
    _write(document, "{%p endif %}")
    _caption(document, "{{ figures_title }}")
    _table(document, tuple(f"{{{{ h.figure{n} }}}}" for n in range(5)), "figures", (7.1, 2.6, 2.6, 2.5, 1.7))
    _write(document, "{%p for chart in charts %}")
    _caption(document, "{{ chart.title }}")
    _write(document, "{{ chart.picture }}", after=8)
    _write(document, "{%p endfor %}")


def main() -> None:
    """Write the template."""
    document = Document()
    _page(document)
    _heading(document)
    _title(document)
    _body(document)
    _signature(document)
    _appendix(document)
    document.core_properties.title = ""
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.save(str(OUT))


if __name__ == "__main__":
    main()
