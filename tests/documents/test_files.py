"""Files: what is kept, what is read in it and found again, and what is refused by its content."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document as new_docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

import builders
from documents.papers import clerk, enter, issuer
from nhiemky.documents import selectors
from nhiemky.documents.models import Document, File
from nhiemky.documents.services.attaching import content_of, file_add
from nhiemky.domain.access import Denied
from nhiemky.domain.documents import attaching
from nhiemky.domain.findings import Refused
from pages_kit import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db: None) -> Document:
    """A commune's plan."""
    builders.province()
    return enter(5, "plan", by=issuer("ĐU", "X1"), title="Thực hiện Nghị quyết")


def docx(*paragraphs: str, more: dict[str, bytes] | None = None) -> bytes:
    paper, out = new_docx(), io.BytesIO()
    for text in paragraphs:
        paper.add_paragraph(text)
    table = paper.add_table(rows=1, cols=1)
    table.rows[0].cells[0].text = "Ô trong bảng"
    paper.save(out)
    if more:
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
            for name, content in more.items():
                packed.writestr(name, content)
    return out.getvalue()


def pdf(text: str = "", *, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(595, 842)
    if text:
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                                 NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 14 Tf 60 700 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def add(document: Document, content: bytes, name: str = "kế hoạch.docx", **more: Any) -> File:
    file = io.BytesIO(content)
    return file_add(actor=more.pop("actor", builders.SYSTEM), document_id=document.pk, file=file,
                    size=more.pop("size", len(content)), name=name, **more)  # fmt: skip


def found(text: str) -> list[Document]:
    return list(selectors.search(Document.objects.all(), text))


def test_the_words_of_a_file_are_found_without_diacritics(made: Document) -> None:
    add(made, docx("Kết nạp 1.666 đảng viên mới", "Tổ dân phố"))
    assert found("ket nap dang vien") == [made]
    assert found("ô trong bảng") == [made]
    assert found("khong co chu nay") == []
    file = add(made, pdf("Chi bo thon Dong"), "scan.PDF")
    assert (file.format, file.text, found("thon dong")) == ("pdf", "Chi bo thon Dong", [made])


def test_a_scanned_paper_is_kept_and_says_that_it_has_no_text(made: Document) -> None:
    file = add(made, pdf(), "scan.pdf")
    assert (file.text, file.words, file.sealed) == ("", None, False)


def test_a_file_of_the_same_name_is_the_next_version(made: Document) -> None:
    first, second = add(made, docx("một")), add(made, docx("hai"))
    assert (first.version, second.version) == (1, 2)
    assert [file.version for file in selectors.files_of(made)] == [2, 1]
    assert content_of(File.objects.get(pk=first.pk)) == content_of(first)
    assert len(first.sha256) == 64
    with pytest.raises(Refused, match="file_same"):
        add(made, content_of(second))


def test_a_sealed_file_keeps_no_word_in_the_open(made: Document) -> None:
    content = docx("Số định danh 051090001234")
    file = add(made, content, sealed=True)
    kept = File.objects.get(pk=file.pk)
    assert content_of(kept) == content
    assert content not in bytes(kept.content)
    assert (kept.text, kept.words, found("dinh danh")) == ("", None, [])


def lying_bomb() -> bytes:
    """A .docx whose directory says that a part of a hundred megabytes has ten bytes."""
    content = bytearray(docx("x", more={"word/media/a.bin": b"\0" * (100 * 2**20)}))
    size = (100 * 2**20).to_bytes(4, "little")
    return bytes(content.replace(size, (10).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00" + b"x" * 100, "file_program"),
        (b"\x7fELF" + b"x" * 100, "file_program"),
        (b"#!/bin/sh\nrm -rf /", "file_program"),
        (b"<html>", "file_other"),
        (b"PK\x03\x04 broken", "file_broken"),
        (b"%PDF-1.7\nbroken", "file_broken"),
        (pdf("mat", password="x"), "file_broken"),
        (docx("x", more={"word/vbaProject.bin": b"x"}), "file_macros"),
        (docx("x", more={"word/embeddings/a.bin": b"MZ\x90"}), "file_program"),
        (docx("x", more={"word/media/a.bin": b"\0" * (50 * 2**20)}), "file_bomb"),
        (lying_bomb(), "file_broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_file_is_counts_and_not_what_it_is_called(made: Document, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as no:
        add(made, content)
    assert [finding.code for finding in no.value.findings] == [f"documents.{code}"]
    assert not File.objects.exists()


class Unread(io.RawIOBase):
    """Two gigabytes that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("it was read")


def test_a_file_of_two_gigabytes_is_refused_unread(made: Document) -> None:
    with pytest.raises(Refused) as no:
        file_add(actor=builders.SYSTEM, document_id=made.pk, file=Unread(), size=2 * 2**30, name="x.pdf")  # type: ignore[arg-type]
    assert no.value.findings[0].facts == {"size": 2048, "most": attaching.FILE_BYTES // 2**20}


def test_files_follow_the_document(made: Document) -> None:
    file = add(made, docx("một"))
    assert selectors.visible_file(clerk("X1"), file.pk) == file
    with pytest.raises(Denied):
        selectors.visible_file(clerk("X3"), file.pk)
    with pytest.raises(Denied):
        add(made, docx("hai"), actor=clerk("X3"))
    secret = enter(6, "plan", by=made.issuer, title="", withheld=True)
    with pytest.raises(Refused, match="file_withheld"):
        add(secret, docx("hai"))


@pytest.mark.parametrize("word", ["{0:x}/{1:x}-{0:x}", "{2}{3}"])
def test_a_text_of_ever_new_words_is_kept(word: str) -> None:
    """A search vector has at most a megabyte: letters of three bytes and addresses fill it soonest."""
    words = [
        word.format(n * 7919, n * 104729, chr(0x4E00 + n // 20000), chr(0x4E00 + n % 20000)) for n in range(120000)
    ]
    content = docx(" ".join(words))
    paper = enter()
    file_add(actor=builders.SYSTEM, document_id=paper.pk, file=io.BytesIO(content), size=len(content), name="a.docx")
    assert paper.files.count() == 1


def test_a_sealed_file_is_opened_where_it_is_kept_and_not_by_all_below() -> None:
    builders.province()
    paper = enter(7, "plan", by=issuer("TU", "T"), title="Danh sách")
    content = docx("Danh sách kín")
    kept = file_add(
        actor=builders.SYSTEM, document_id=paper.pk, file=io.BytesIO(content), size=len(content), name="ds.docx",
        sealed=True,
    )  # fmt: skip
    below, there = somebody("clerk", "X1"), somebody("specialist", "T")
    assert below.get(f"/documents/files/{kept.pk}").status_code == 403
    assert there.get(f"/documents/files/{kept.pk}").status_code == 200
    page = f"/documents/{paper.pk}"
    assert f"/documents/files/{kept.pk}" not in below.get(page).content.decode()
    assert f"/documents/files/{kept.pk}" in there.get(page).content.decode()


def test_a_body_that_would_fill_the_memory_is_not_read_as_a_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx("x" * 5_000)
    assert attaching.format_of(content) == "docx"
    monkeypatch.setattr(attaching, "TREE_BYTES", 4_000)
    with pytest.raises(Refused, match="file_bomb"):
        attaching.format_of(content)
