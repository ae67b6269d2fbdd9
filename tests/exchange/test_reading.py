"""A file becomes a table or is refused with a reason, whatever it holds."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import books
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhiemky.domain.exchange import limits
from nhiemky.domain.exchange.headings import layout
from nhiemky.domain.exchange.reading import Sheet
from nhiemky.domain.findings import Refused
from nhiemky.exchange.reading import read

FILES = Path(__file__).parent / "files"
ROW = books.row(1, "Nguyễn Thị Ân")
WORKBOOK = books.members(ROW, books.row(2, "Trần Văn Bình", sex="Nam"))


SHEET = "xl/worksheets/sheet1.xml"


def packed(parts: dict[str, bytes], like: bytes = WORKBOOK) -> bytes:
    """The workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(like)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts.get(name) if name in parts else old.read(name))
    return out.getvalue()


def with_sheet(text: str) -> bytes:
    """A workbook whose sheet is these rows of XML."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return packed({SHEET: f"<worksheet {space}><sheetData>{text}</sheetData></worksheet>".encode()})


def why(content: bytes) -> str:
    with pytest.raises(Refused) as no:
        read(content)
    return no.value.findings[0].code.removeprefix("exchange.")


@pytest.mark.parametrize("name", ["dang-vien.xls", "dang-vien.ods"])
def test_old_excel_and_libreoffice_files_are_read(name: str) -> None:
    sheet = read((FILES / name).read_bytes())
    found = layout(sheet)
    assert [sheet.rows[at][1] for at in found.data] == ["Nguyễn Thị Ân", "Đinh Văn Hrê"]
    assert sheet.rows[found.data[0]][7] == "00012345"


def cell(ref: str) -> str:
    return f'<row r="{ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{ref}"><v>1</v></c></row>'


ODS = (FILES / "dang-vien.ods").read_bytes()
LOCKED = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
    b"<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
)
BOMB = packed({"xl/bomb.bin": bytes(400 * 2**20)})
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "file_empty"),
    "blanks": (lambda: b" \n\r\n", "file_empty"),
    "a workbook without a filled cell": (lambda: books.xlsx([[]]), "file_empty"),
    "a page of the web called .xls": (lambda: b"<html><table><tr><td>x</td></tr></table></html>", "not_a_spreadsheet"),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj", "not_a_spreadsheet"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "not_a_spreadsheet"),
    "noise": (lambda: random.Random(1).randbytes(4000), "not_a_spreadsheet"),
    "a Word file": (lambda: _zip({"word/document.xml": b"<w/>"}), "not_a_spreadsheet"),
    "half a workbook": (lambda: WORKBOOK[: len(WORKBOOK) // 2], "file_broken"),
    "a workbook under a password": (lambda: limits._OLE + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
    "an .ods under a password": (lambda: packed({"META-INF/manifest.xml": LOCKED}, ODS), "file_encrypted"),
    "half an old workbook": (lambda: (FILES / "dang-vien.xls").read_bytes()[:3000], "file_broken"),
    "a zip bomb": (lambda: BOMB, "file_bomb"),
    "many entries": (lambda: _zip({f"xl/{n}": b"" for n in range(2500)}), "file_bomb"),
    "a lone cell in the last corner": (lambda: with_sheet(cell("XFD1048576")), "too_many_columns"),
    "a lone cell in the last row": (lambda: with_sheet(cell("A1048576")), "too_many_rows"),
    "a row that lies about its cells": (lambda: with_sheet('<row r="1"><c r="B900000"><v>1</v></c></row>'),
                                        "too_many_rows"),
    "a wide and long sheet": (lambda: with_sheet(cell("AB1") + cell("B400000")), "too_many_cells"),
    "201 columns": (lambda: books.xlsx([[str(n) for n in range(201)]]), "too_many_columns"),
    "201 columns of text": (lambda: ",".join(map(str, range(201))).encode(), "too_many_columns"),
    "more than half a million rows": (lambda: b"a,b\n" * 500_002, "too_many_rows"),
    "an .ods that repeats a filled row": (lambda: _ods('<table:table-row table:number-rows-repeated="900000"><table:'
                                                       'table-cell office:value-type="string"/></table:table-row>'),
                                          "too_many_rows"),
    "an .ods that repeats a filled cell": (lambda: _ods('<table:table-row><table:table-cell office:value-type="string" '
                                                        'table:number-columns-repeated="9000"/></table:table-row>'),
                                           "too_many_columns"),
}  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def _ods(rows: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ODS)) as old:
        text = old.read("content.xml").decode()
    return packed({"content.xml": text.replace("</table:table>", f"{rows}</table:table>", 1).encode()},
                  ODS)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_list_is_refused_with_its_reason(name: str) -> None:
    made, code = HOSTILE[name]
    assert why(made()) == code


def test_two_hundred_columns_are_taken() -> None:
    assert read(books.xlsx([[str(n) for n in range(200)]])).width == 200


def test_a_file_beyond_the_limit_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    assert why(WORKBOOK) == "file_large"


def test_a_formula_gives_its_last_value_and_is_marked() -> None:
    sheet = read(books.members(books.row(1, "Nguyễn Thị Ân", group='=HYPERLINK("http://x")')))
    assert sheet.rows[1][4] == "Kinh"
    assert sheet.formulas == {(1, 4)}


def test_a_workbook_with_macros_is_read_and_nothing_in_it_runs() -> None:
    sheet = read(packed({"xl/vbaProject.bin": b"Sub AutoOpen()"}))
    assert sheet.rows[1][1] == "Nguyễn Thị Ân"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_are_cut_by_whatever_sign_they_use(sign: str, encoding: str) -> None:
    text = "\r\n".join(sign.join(row) for row in (["Họ và tên", "Quê quán"], ["Nguyễn Thị Ân", "Mộ Đức"]))
    assert read(text.encode(encoding)).rows == [["Họ và tên", "Quê quán"], ["Nguyễn Thị Ân", "Mộ Đức"]]


SEEDS = (WORKBOOK, (FILES / "dang-vien.xls").read_bytes(), (FILES / "dang-vien.ods").read_bytes(),
         "Họ và tên;Ngày sinh\nNguyễn Thị Ân;1990".encode())  # fmt: skip


def mutated(content: bytes, data: st.DataObject) -> bytes:
    """Some bytes replaced, some added, some left out."""
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(changed)))
        changed[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    return bytes(changed)


@settings(max_examples=40)
@given(st.data())
def test_mutated_files_are_a_table_or_refused(data: st.DataObject) -> None:
    try:
        found = read(mutated(data.draw(st.sampled_from(SEEDS)), data))
    except Refused:
        return
    assert isinstance(found, Sheet)
    assert len({len(row) for row in found.rows}) == 1
    layout(found)


@settings(max_examples=25)
@given(st.data())
def test_mutated_parts_of_a_sound_zip_are_a_table_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]))
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old:
        content = mutated(old.read(name), data)
    try:
        layout(read(packed({name: content})))
    except Refused:
        return


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12) | st.integers() | st.floats(allow_nan=False), min_size=2, max_size=5),
                min_size=1, max_size=8))  # fmt: skip
def test_headings_are_looked_for_in_any_table(rows: list[list[str | int | float]]) -> None:
    width = max(map(len, rows))
    sheet = Sheet("x", [[*row, *[""] * (width - len(row))] for row in rows])
    found = layout(sheet)
    assert set(found.data) | {at for at, _why in found.skipped} <= set(range(len(rows)))
