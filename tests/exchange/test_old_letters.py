"""TCVN3, VNI and Windows-1258 are recognised by what they read as; Unicode is left alone."""

from __future__ import annotations

import unicodedata

import books
import pytest

from nhiemky.domain.exchange.encodings import _TCVN3, _VNI, TCVN3, VNI, decoded, from_tcvn3, from_vni, recognise
from nhiemky.exchange.reading import read

NAMES = ["Nguyễn Thị Ân", "Trần Văn Hùng", "Lê Đức Quốc", "Phạm Thị Mỹ Duyên", "Võ Hữu Phước", "Đỗ Thị Cẩm Tú"]
# Every Vietnamese letter with a mark; capitals with a tone are a font's work in TCVN3.
MARKED = [
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    if letter + tone not in "aeiouy"
] + ["đ"]
_TO_TCVN3 = {letter: chr(code) for code, letter in _TCVN3.items()}
_TO_VNI = {letter: code for code, letter in _VNI.items() if code == code.lower() or code == code.upper()}


def in_tcvn3(text: str) -> str:
    return "".join(_TO_TCVN3.get(char, _TO_TCVN3.get(char.lower(), char)) for char in text)


def in_vni(text: str) -> str:
    return "".join(_TO_VNI.get(char, char) for char in text)


def in_windows_1258(text: str) -> bytes:
    """Letter by letter: whole where the page has it, else the letter and its tone."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(part for part in parts if part in "\u0300\u0309\u0303\u0301\u0323")
            shape = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out += shape.encode("cp1258") + tone.encode("cp1258")
    return out


def test_every_letter_has_its_place_in_both_tables() -> None:
    assert len(MARKED) == 67
    assert set(_TCVN3.values()) >= set(MARKED)
    assert set(_VNI.values()) >= set(MARKED) | {letter.upper() for letter in MARKED}


@pytest.mark.parametrize(
    ("old", "new"),
    [("NguyÔn V¨n Quèc", "Nguyễn Văn Quốc"), ("§¶ng bé x· Phæ Minh", "Đảng bộ xã Phổ Minh"), ("Céng hßa", "Cộng hòa")],
)
def test_tcvn3_as_it_was_typed(old: str, new: str) -> None:
    assert from_tcvn3(old) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [("Nguyeãn Vaên Huøng", "Nguyễn Văn Hùng"), ("ÑAÛNG BOÄ", "ĐẢNG BỘ"), ("Traàn Thò Myõ", "Trần Thị Mỹ"),
     ("chuû nghóa", "chủ nghĩa"), ("Quoác Vöông", "Quốc Vương")],
)  # fmt: skip
def test_vni_as_it_was_typed(old: str, new: str) -> None:
    assert from_vni(old) == new


def test_each_is_told_from_the_others_and_from_unicode() -> None:
    assert recognise(NAMES) == "unicode"
    assert recognise([in_tcvn3(name) for name in NAMES]) == TCVN3
    assert recognise([in_vni(name) for name in NAMES]) == VNI
    assert recognise(["Lê Công Bá", "Hà", "Krông Pắc", "Đắk Lắk", "José"]) == "unicode"
    assert recognise(["abc", "12"]) == "unicode"


def test_columns_of_a_workbook_are_converted_each_for_itself() -> None:
    rows = [[in_tcvn3(name), name, in_vni(name)] for name in NAMES]
    sheet = read(books.xlsx([["Hä vµ tªn", "Họ tên", "Queâ quaùn"], *rows]))
    # The font of capitals lies in small letters: Đ was written as the capital it has.
    assert sheet.rows[1:] == [[name, name, name] for name in NAMES]
    assert sheet.encodings == {0: TCVN3, 2: VNI}
    assert sheet.rows[0] == ["Họ và tên", "Họ tên", "Quê quán"]
    before, after = sheet.samples[2]
    assert from_vni(before) == after


def test_a_unicode_cell_in_an_old_column_stays() -> None:
    sheet = read(books.xlsx([["Hä vµ tªn", "x"], *[[in_tcvn3(name), "x"] for name in NAMES], ["Lê Thị Ưng", "x"]]))
    assert sheet.rows[-1][0] == "Lê Thị Ưng"


def test_the_user_decides_where_recognising_errs() -> None:
    content = books.xlsx([["Hä vµ tªn"], [in_tcvn3("Lê Đức")]])
    assert read(content, encoding="unicode").rows[0][0] == "Hä vµ tªn"
    assert read(content, encoding="tcvn3").rows[0][0] == "Họ và tên"


@pytest.mark.parametrize(("encode", "name"), [(in_windows_1258, "windows-1258"),
                                              (lambda text: in_tcvn3(text).encode("latin-1"), "latin-1"),
                                              (lambda text: in_vni(text).encode("latin-1"), "latin-1")])  # fmt: skip
def test_text_files_of_old_programs(encode: object, name: str) -> None:
    content = encode("\n".join(["họ tên;quê", *(f"{one.lower()};mộ đức" for one in NAMES)]))  # type: ignore[operator]
    assert decoded(content)[1] == name
    assert [row[0] for row in read(content).rows] == ["họ tên", *(one.lower() for one in NAMES)]
