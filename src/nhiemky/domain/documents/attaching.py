"""What a file is by its content and not by its name, and whether it may be opened: before anything unpacks it."""

from __future__ import annotations

import io
import zipfile
import zlib

from nhiemky.domain.findings import Finding, Refused

FILE_BYTES = 25 * 2**20
"""The largest file that is kept: a scanned paper of a hundred pages."""
UNPACKED_BYTES = 300 * 2**20
TREE_BYTES = 40 * 2**20
"""The body of a .docx is read as a tree, which takes thirteen times its size of memory; a thousand pages are 20 MB."""
_ENTRIES, _RATIO, _SMALL, _BLOCK = 2_000, 300, 2**20, 2**20
TEXT = 2_000_000
"""So many characters of a file are kept as text: a thousand pages."""
DOCX, PDF = "docx", "pdf"
# First bytes of what a machine would run.
_PROGRAMS = (
    (b"MZ", "Windows"), (b"\x7fELF", "Linux"), (b"\xca\xfe\xba\xbe", "Java, macOS"), (b"\xfe\xed\xfa", "macOS"),
    (b"\xcf\xfa\xed\xfe", "macOS"), (b"\xce\xfa\xed\xfe", "macOS"), (b"#!", "script"),
    (b"\x4c\x00\x00\x00\x01\x14", "lnk"),
)  # fmt: skip
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError)


def refused(code: str, **facts: object) -> Refused:
    """The file is refused."""
    return Refused(Finding(f"documents.{code}", field="file", facts=facts))


def check_size(size: int) -> None:
    """Refuse a file by its size, before it is read.

    Raises:
        Refused: empty, or beyond the limit.
    """
    if not size:
        raise refused("file_empty")
    if size > FILE_BYTES:
        raise refused("file_large", size=-(-size // 2**20), most=FILE_BYTES // 2**20)


def format_of(content: bytes) -> str:
    """docx or pdf; a .docx has then been unpacked once, in blocks, and found to keep the limits.

    Raises:
        Refused: empty, too large, a program, a zip bomb, damaged, encrypted, with macros, or something else.
    """
    check_size(len(content))
    for start, what in _PROGRAMS:
        if content.startswith(start):
            raise refused("file_program", what=what)
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK"):
        check_packed(content, ("word/document.xml",))
        return DOCX
    raise refused("file_other")


def check_packed(content: bytes, wanted: tuple[str, ...]) -> None:
    """Unpack an office file once, in blocks; it has to hold one of the wanted entries.

    Raises:
        Refused: a zip bomb, damaged, encrypted, with macros or a program, or something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            _check_directory(entries, len(content))
            names = {entry.filename for entry in entries}
            if not names.intersection(wanted):
                raise refused("file_other")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise refused("file_macros")
            _unpack(packed, entries, len(content))
    except _BROKEN as wrong:
        raise refused("file_broken") from wrong


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    bombs = [e for e in entries if e.file_size > _SMALL and e.file_size > _RATIO * max(e.compress_size, 1)]
    trees = [e.file_size for e in entries if e.filename == "word/document.xml"]
    if max(trees, default=0) > TREE_BYTES or len(entries) > _ENTRIES or unpacked > UNPACKED_BYTES or bombs:
        raise refused("file_bomb", size=unpacked // 2**20, packed=-(-size // 2**20))
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("file_broken")


def _unpack(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int) -> None:
    """The directory may lie about sizes: what comes out is counted, and programs inside are looked for."""
    total = 0
    for entry in entries:
        with packed.open(entry) as stream:
            first = True
            while block := stream.read(_BLOCK):
                total += len(block)
                if total > UNPACKED_BYTES:
                    raise refused("file_bomb", size=total // 2**20, packed=-(-size // 2**20))
                if first and block.startswith((b"MZ", b"\x7fELF")):
                    raise refused("file_program", what=entry.filename[:80])
                first = False
