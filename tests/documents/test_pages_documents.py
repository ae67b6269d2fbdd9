"""The pages of documents: the register, one document on a day, numbers, files, relations, the paper."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import builders
from documents.papers import enter, issuer, relate
from documents.test_files import docx
from nhiemky.documents.models import Document, File, Relation
from nhiemky.documents.services.numbering import number_give
from pages_kit import somebody, words


@pytest.fixture
def kept(db: None) -> dict[str, Document]:
    """A directive of the centre, what replaced it, and a commune's plan."""
    builders.province()
    builders.term("X1", start=date(2025, 8, 1), end=date(2030, 8, 1))
    old = enter(50, "regulation", date(2021, 12, 27), title="Về công tác quy hoạch cán bộ")
    new = enter(377, "regulation", date(2025, 10, 8), title="Về phân cấp quản lý cán bộ")
    relate(new, "replaces", old)
    plan = enter(4, "plan", date(2026, 2, 1), by=issuer("ĐU", "X1"), title="Thực hiện Quy định 377-QĐ/TW")
    relate(plan, "implements", new)
    return {"old": old, "new": new, "plan": plan}


def test_the_register_tells_the_state_on_the_day_looked_at(kept: dict[str, Document]) -> None:
    client = somebody("clerk", "X1")
    told = words(client.get("/documents/").content)
    assert "3 documents" in told
    assert "50-QĐ/TW Về công tác quy hoạch cán bộ Regulation Nơi TW 27/12/2021 replaced" in told
    before = words(client.get("/documents/?on=2025-10-07").content)
    assert "27/12/2021 in force" in before
    assert "08/10/2025 not yet in force" in before


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("q=quy hoach can bo", {50}), ("q=377-qd/tw", {377, 4}), ("kind=plan", {4}), ("year=2025", {377}),
        ("state=replaced", {50}), ("state=holds", {377, 4}), ("state=replaced&on=2025-01-01", set()),
    ],
)  # fmt: skip
def test_the_register_is_filtered(kept: dict[str, Document], query: str, numbers: set[int]) -> None:
    answer = somebody("clerk", "X1").get(f"/documents/?{query}")
    assert {row.number for row in answer.context["table"].rows} == numbers


def test_the_page_names_what_replaced_the_document(kept: dict[str, Document]) -> None:
    client, old = somebody("clerk", "X1"), kept["old"]
    told = words(client.get(f"/documents/{old.pk}").content)
    assert "replaced Quy định số 377-QĐ/TW ngày 8/10/2025 (08/10/2025)" in told
    before = words(client.get(f"/documents/{old.pk}?on=2022-01-01").content)
    assert "What holds on 01/01/2022 in force" in before
    both = words(client.get(f"/documents/{kept['new'].pk}").content)
    assert "replaces Quy định số 50-QĐ/TW ngày 27/12/2021" in both
    assert "is implemented by Kế hoạch số 04-KH/ĐU ngày 1/2/2026" in both


def test_others_do_not_learn_of_a_communes_plan(kept: dict[str, Document]) -> None:
    client = somebody("clerk", "X3")
    assert client.get(f"/documents/{kept['plan'].pk}").status_code == 404
    assert "04-KH/ĐU" not in words(client.get(f"/documents/{kept['new'].pk}").content)
    assert words(client.get("/documents/").content).count("KH/ĐU") == 0


FORM = {"kind": "plan", "number": "5-KH/ĐU", "signed_on": "02/03/2026", "title": "Về kiểm tra"}


def test_a_document_is_entered_as_its_paper_says(kept: dict[str, Document]) -> None:
    client, by = somebody("clerk", "X1"), issuer("ĐU", "X1")
    form: dict[str, Any] = {**FORM, "issuer": by.pk}
    wrong = client.post("/documents/enter", {**form, "number": "5-NQ/ĐU"})
    assert wrong.status_code == 422
    assert "type and issuer make 05-KH/ĐU" in words(wrong.content)
    assert client.post("/documents/enter", form).status_code == 302
    assert Document.objects.get(number=5).signed_on == date(2026, 3, 2)
    again = client.post("/documents/enter", {**form, "title": "Về việc khác"})
    assert "05-KH/ĐU of 02/03/2026 is in the register with another title: “Về kiểm tra”" in words(again.content)
    outside = client.post("/documents/enter", {**form, "issuer": issuer().pk})
    assert outside.status_code == 422


def test_a_number_is_taken_and_its_book_shows_what_became_of_it(kept: dict[str, Document]) -> None:
    client, by = somebody("clerk", "X1"), issuer("ĐU", "X1")
    taken = client.post("/documents/books/take", {"issuer": by.pk, "kind": "plan", "on": "01/10/2026"}, follow=True)
    assert "Plan 05-KH/ĐU" in words(taken.content)
    assert "title not entered yet" in words(taken.content)
    made = Document.objects.get(number=5)
    client.post("/documents/books/take", {"issuer": by.pk, "kind": "plan", "on": "02/10/2026", "title": "Hai"})
    assert client.post(f"/documents/{made.pk}/strike", {"reason": "không ban hành"}).status_code == 302
    book = words(client.get(f"/documents/books/{made.series_id}").content)
    assert "given here from 5 to 6" in book
    assert "1 number was cancelled" in book
    assert "05-KH/ĐU 01/10/2026 không ban hành cancelled" in book
    assert "Plan 2025-2030 5 6" in words(client.get("/documents/books").content)


def test_a_relation_is_entered_by_number_and_struck(kept: dict[str, Document]) -> None:
    client, plan = somebody("clerk", "X1"), kept["plan"]
    url = f"/documents/{plan.pk}/relate"
    assert "No document “99-QĐ/TW” was found" in words(
        client.post(url, {"kind": "cites", "target": "99-QĐ/TW"}).content
    )
    assert client.post(url, {"kind": "cites", "target": "50-QĐ/TW 27/12/2021"}).status_code == 302
    relation = Relation.objects.get(kind="cites")
    assert client.post(f"/documents/relations/{relation.pk}/strike", {"reason": "nhầm"}).status_code == 302
    assert client.post(url, {"kind": "repeals", "target": "50-QĐ/TW"}).status_code == 422


def test_a_file_is_handed_in_and_taken_along(kept: dict[str, Document]) -> None:
    client, plan = somebody("clerk", "X1"), kept["plan"]
    url = f"/documents/{plan.pk}/attach"
    program = SimpleUploadedFile("ke-hoach.docx", b"MZ\x90\x00")
    assert "is a program (Windows)" in words(client.post(url, {"file": program}).content)
    assert client.post(url, {"file": SimpleUploadedFile("kh.docx", docx("Nội dung"))}).status_code == 302
    file = File.objects.get()
    answer = client.get(f"/documents/files/{file.pk}")
    assert answer.content == docx("Nội dung") or len(answer.content) == file.size
    assert answer["Content-Disposition"] == 'attachment; filename="kh.docx"'
    assert somebody("clerk", "X3").get(f"/documents/files/{file.pk}").status_code == 404
    assert "Nội dung" in words(client.get(f"/documents/{plan.pk}").content)


def test_the_paper_bears_number_issuer_day_and_title(kept: dict[str, Document]) -> None:
    by = issuer("ĐU", "X1")
    made = number_give(
        actor=builders.SYSTEM, issuer_id=by.pk, kind="resolution", on=date(2026, 10, 1), title="về công tác phát triển",
        today=builders.TODAY,
    )  # fmt: skip
    answer = somebody("clerk", "X1").get(f"/documents/{made.pk}/paper")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        text = packed.read("word/document.xml").decode()
    for part in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ AN PHÚ", "Số 01-NQ/ĐU", "ngày 01 tháng 10 năm 2026",
                 "NGHỊ QUYẾT", "về công tác phát triển"):  # fmt: skip
        assert part in text
    assert somebody("specialist", "T").get(f"/documents/{kept['new'].pk}/paper").status_code == 404


def test_issuers_are_entered_for_the_own_organisation_only(kept: dict[str, Document]) -> None:
    client = somebody("clerk", "X1")
    form = {"sort": "office", "unit": "X1", "name": "Ban Xây dựng Đảng", "symbol": "BXDĐ"}
    assert client.post("/documents/issuers", form).status_code == 302
    assert client.post("/documents/issuers", {**form, "unit": "X3"}).status_code == 422
    assert client.post("/documents/issuers", {**form, "sort": "central", "unit": ""}).status_code == 403
