"""The text of a .docx or .pdf: paragraphs and cells in their order, pages one after the other."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from docx import Document as read_docx
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from nhiemky.domain.documents.attaching import DOCX, TEXT, refused
from nhiemky.domain.names import clean

_PAGES = 2_000
# What pypdf says about odd files is of no use to an office, and may quote them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def text_of(content: bytes, form: str) -> str:
    """The text, one paragraph or line of a page a line, at most `TEXT` characters; "" for a scanned paper.

    Raises:
        Refused: damaged, or encrypted.
    """
    try:
        lines = _docx(content) if form == DOCX else _pdf(content)
        return _limited(lines)
    except RecursionError as wrong:
        raise refused("file_broken") from wrong


def _limited(lines: Iterator[str]) -> str:
    found, size = [], 0
    for line in lines:
        text = clean(line.replace("\x00", ""))
        if text:
            found.append(text)
            size += len(text) + 1
        if size > TEXT:
            break
    return "\n".join(found)[:TEXT]


def _docx(content: bytes) -> Iterator[str]:
    try:
        body: Any = read_docx(io.BytesIO(content)).element.body
    except Exception as wrong:  # python-docx raises whatever its XML library does
        raise refused("file_broken") from wrong
    for paragraph in body.iter(qn("w:p")):
        yield "".join(part.text or "" if part.tag == qn("w:t") else " " for part in paragraph.iter(
            qn("w:t"), qn("w:tab"), qn("w:br")))  # fmt: skip


def _pdf(content: bytes) -> Iterator[str]:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise refused("file_broken")
        for page in reader.pages[:_PAGES]:
            yield from page.extract_text().splitlines()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError) as wrong:
        raise refused("file_broken") from wrong
