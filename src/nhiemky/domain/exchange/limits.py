"""What is looked at before a spreadsheet is opened: sizes, zip bombs, far-away cells, encryption, live formulas.

A workbook is a zip that another program unpacks into memory and spreads over a full grid; both are measured here
first, by streaming, so that a small hostile file cannot ask for more than the limits.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from nhiemky.domain.findings import Finding, Refused

ROWS, COLUMNS = 500_000, 200
FILE_BYTES = 60 * 2**20
UNPACKED_BYTES = 700 * 2**20
_ENTRIES = 2_000
# A sheet of equal rows packs 1:60; bombs begin at 1:1000.
_RATIO, _SMALL = 300, 2**20
_GRID = 26_000_000
_BLOCK = 2**22
_MANIFEST = "META-INF/manifest.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(code: str, **facts: object) -> Refused:
    """The file is refused as a whole."""
    return Refused(Finding(f"exchange.{code}", field="file", facts=facts))


def format_of(content: bytes) -> str:
    """xlsx, ods, xls or csv, by what the file is and not by what it is called.

    Raises:
        Refused: empty, too large, encrypted, or no spreadsheet.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise refused("file_empty")
    if len(content) > FILE_BYTES:
        raise refused("file_large", size=len(content) // 2**20, most=FILE_BYTES // 2**20)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refused("file_encrypted")
        return "xls"
    if content.startswith(b"PK"):
        return _packed_format(content)
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<", b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"7z", b"rar!")):
        raise refused("not_a_spreadsheet")
    if b"\x00" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise refused("not_a_spreadsheet")
    return "csv"


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, OverflowError) as wrong:
        raise refused("file_broken") from wrong


def _packed_format(content: bytes) -> str:
    """xlsx or ods, after its directory was found to keep the limits."""
    with _opened(content) as packed:
        entries = packed.infolist()
        names = {entry.filename for entry in entries}
        _check_directory(entries, len(content))
        if "content.xml" in names:
            if _MANIFEST in names and _locked(packed):
                raise refused("file_encrypted")
            return "ods"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    raise refused("not_a_spreadsheet")


def _locked(packed: zipfile.ZipFile) -> bool:
    """Whether the list of an .ods's parts tells of encryption; the parser takes such a file for a broken one."""
    return any(b"encryption-data" in block for block in _streamed(packed, packed.getinfo(_MANIFEST)))


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    bombs = [e for e in entries if e.file_size > _SMALL and e.file_size > _RATIO * max(e.compress_size, 1)]
    if len(entries) > _ENTRIES or unpacked > UNPACKED_BYTES or bombs:
        raise refused("file_bomb", size=unpacked // 2**20, packed=size // 2**20, most=UNPACKED_BYTES // 2**20)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("file_encrypted")


def _streamed(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry in blocks, each with the end of the one before: a cell is never cut in two.

    The directory may lie about sizes: what comes out beyond them does not pass the check sum.
    """
    try:
        with packed.open(entry) as stream:
            kept = b""
            while block := stream.read(_BLOCK):
                yield kept + block
                kept = block[-512:]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as wrong:
        raise refused("file_broken") from wrong


_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# One look tells a usual sheet: no column beyond Z, no row from 500,000 on. Only others are looked at closely.
_UNUSUAL = re.compile(rb"""r=["'](?:[A-Z]{2}|[A-Z]?(?:[5-9]\d{5}|\d{7}))""")
_FAR = re.compile(rb"""r=["'](?:[A-Z]{3}|(?:G[S-Z]|[H-Z][A-Z])\d)""")
_ROW = re.compile(rb"""r=["'][A-Z]{0,3}(\d{1,9})["']""")
_LOW = re.compile(rb"""r=["'][A-Z]{0,3}(?:[5-9]\d{5}|\d{7,})["']""")
_FORMULA = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s>/]""")
Cell = tuple[int, int]


def xlsx_formulas(content: bytes) -> dict[str, set[Cell]]:
    """Measure every sheet; answers by part name the cells (row, column from 0) that hold a formula.

    Raises:
        Refused: more rows, columns or cells than the limits, or the zip is broken.
    """
    with _opened(content) as packed:
        found = {}
        for entry in packed.infolist():
            if _SHEET.fullmatch(entry.filename):
                found[entry.filename] = _measured(packed, entry)
            else:
                for _block in _streamed(packed, entry):
                    pass
        return found


def _measured(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> set[Cell]:
    formulas: set[Cell] = set()
    last_row, wide = 0, False
    for block in _streamed(packed, entry):
        wide = wide or _UNUSUAL.search(block) is not None
        if wide:
            last_row = _looked_at_closely(block, last_row)
        if b"<f" in block or b":f" in block:
            formulas |= {(int(row) - 1, _column(letters)) for letters, row in _FORMULA.findall(block)}
    return formulas


def _looked_at_closely(block: bytes, last_row: int) -> int:
    if _FAR.search(block):
        raise refused("too_many_columns", most=COLUMNS)
    if _LOW.search(block):
        raise refused("too_many_rows", most=ROWS)
    last_row = max([last_row, *map(int, _ROW.findall(block))])
    if last_row * COLUMNS > _GRID:
        raise refused("too_many_cells", rows=last_row, most=_GRID // COLUMNS)
    return last_row


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


_REPEATED = re.compile(rb'<table:table-cell\b[^>]*?number-columns-repeated="(\d{1,12})"[^>]*>')
_ROWS_REPEATED = re.compile(
    rb'<table:table-row\b[^>]*?number-rows-repeated="(\d{1,12})"[^>]*>(.*?)</table:table-row>', re.DOTALL
)


def ods_measured(content: bytes) -> None:
    """Refuse an .ods whose filled cells are repeated beyond the limits.

    Raises:
        Refused: as for `xlsx_formulas`.
    """
    with _opened(content) as packed:
        entry = packed.getinfo("content.xml")
        text = b"".join(block if n == 0 else block[512:] for n, block in enumerate(_streamed(packed, entry)))
    for found in _REPEATED.finditer(text):
        if b"office:value" in found.group() and int(found.group(1)) > COLUMNS:
            raise refused("too_many_columns", most=COLUMNS)
    rows = text.count(b"<table:table-row")
    for found in _ROWS_REPEATED.finditer(text):
        if b"office:value" in found.group(2):
            rows += int(found.group(1))
    if rows > ROWS:
        raise refused("too_many_rows", most=ROWS)
