"""Citations against the register: links, candidates, what no longer holds; the page, the workbook, the command."""

from __future__ import annotations

import io
import json
from argparse import Namespace
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as new_docx
from python_calamine import CalamineWorkbook

import builders
from documents.papers import clerk, enter, issuer, relate
from nhiemky.config.commands import citations as command
from nhiemky.documents import citing
from nhiemky.documents.models import Document
from nhiemky.domain.findings import Refused
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
URL = "/documents/citations"
TEXT = "Thực hiện Quy định số 80-QĐ/TW và Kết luận số 21-KL/TW; xem Hướng dẫn số 11-HD/BTCTW, Nghị quyết số 5-NQ/TW."


@pytest.fixture
def register(db: None) -> dict[str, Document]:
    """Two regulations, the second of which replaces the first; a conclusion; two guidances of one number."""
    builders.province()
    commission = issuer("BTCTW")
    made = {
        "old": enter(80, "regulation", date(2022, 8, 18)),
        "new": enter(377, "regulation", date(2025, 10, 8)),
        "kl": enter(21, "conclusion", date(2021, 10, 25)),
        "first": enter(11, "guidance", date(2007, 5, 3), by=commission),
        "second": enter(11, "guidance", date(2021, 12, 13), by=commission),
    }
    relate(made["new"], "replaces", made["old"], on=date(2025, 10, 8))
    return made


def _told(text: str, on: date, *codes: str) -> list[citing.Citation]:
    return citing.citations(clerk(*codes) if codes else builders.SYSTEM, text, on)


def test_known_documents_are_linked_several_are_candidates_others_unknown(register: dict[str, Document]) -> None:
    told = _told(TEXT, date(2026, 1, 5))
    assert [one.state for one in told] == ["linked", "linked", "several", "unknown"]
    assert [c.document for c in told[2].candidates] == [register["second"], register["first"]]


def test_what_was_replaced_is_flagged_from_the_day_of_the_replacement_on(register: dict[str, Document]) -> None:
    before, after = (_told(TEXT, day)[0] for day in (date(2025, 10, 7), date(2025, 10, 8)))
    assert (before.outdated, after.outdated) == (False, True)
    assert after.linked is not None
    assert (after.linked.state.key, after.linked.by) == ("replaced", (register["new"],))
    assert not _told(TEXT, date(2026, 1, 5))[1].outdated


def test_documents_of_units_that_the_reader_does_not_see_are_not_told(register: dict[str, Document]) -> None:
    enter(7, "plan", date(2025, 3, 3), by=issuer("ĐU", "X3"))
    text = "Kế hoạch số 07-KH/ĐU"
    assert [_told(text, builders.TODAY, code)[0].state for code in ("X3", "X1")] == ["linked", "unknown"]


def test_any_number_of_citations_costs_few_questions(
    register: dict[str, Document], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        _told(" ".join(f"Kết luận số {n}-KL/TW;" for n in range(1, 400)) + TEXT, builders.TODAY)


def test_a_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citing, "CHARACTERS", 10)
    with pytest.raises(Refused):
        _told("Kết luận số 21", builders.TODAY)


def test_the_page_marks_the_text_and_tells_what_no_longer_holds(register: dict[str, Document]) -> None:
    client = somebody("specialist", "T")
    answer = client.post(URL, {"text": TEXT, "on": "05/01/2026"})
    assert answer.status_code == 200
    assert '<mark class="bad" id="c1" title="replaced">Quy định số 80-QĐ/TW</mark>' in answer.content.decode()
    said = words(answer.content)
    assert "Quy định số 377-QĐ/TW ngày 8/10/2025" in said
    assert "several fit" in said
    assert "not in the register" in said


def test_marks_of_the_text_stay_text(register: dict[str, Document]) -> None:
    answer = somebody("specialist", "T").post(URL, {"text": "<b>Kết luận số 21-KL/TW</b>", "on": "05/01/2026"})
    assert "&lt;b&gt;<mark" in answer.content.decode()


def test_nothing_is_asked_twice_or_half_done(register: dict[str, Document]) -> None:
    client = somebody("specialist", "T")
    assert client.post(URL, {"text": "  ", "on": "05/01/2026"}).status_code == 422
    assert client.post(URL, {"text": TEXT, "on": "31/02/2026"}).status_code == 422
    program = SimpleUploadedFile("bao-cao.docx", b"MZ\x90\x00")
    assert client.post(URL, {"file": program, "on": "05/01/2026"}).status_code == 422


def _docx(text: str) -> bytes:
    paper, out = new_docx(), io.BytesIO()
    paper.add_paragraph(text)
    paper.save(out)
    return out.getvalue()


def test_a_file_is_read_shown_and_not_kept(register: dict[str, Document]) -> None:
    given = SimpleUploadedFile("bao-cao.docx", _docx(TEXT))
    answer = somebody("specialist", "T").post(URL, {"file": given, "on": "05/01/2026"})
    assert answer.content.decode().count("<mark") == 4
    assert answer["Cache-Control"] == "no-store"


def test_the_table_leaves_as_a_workbook(register: dict[str, Document]) -> None:
    answer = somebody("specialist", "T").post(URL, {"text": TEXT, "on": "05/01/2026", "xlsx": "1"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[-4:]] == [
        "Quy định số 80-QĐ/TW", "Kết luận số 21-KL/TW", "Hướng dẫn số 11-HD/BTCTW", "Nghị quyết số 5-NQ/TW",
    ]  # fmt: skip


def test_the_command_tells_offsets_key_link_and_state(
    register: dict[str, Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "database", lambda: nullcontext())
    file = tmp_path / "bao-cao.txt"
    file.write_text(TEXT, "utf-8")
    shown = command.cite(Namespace(file=file, on=date(2026, 1, 5)))
    assert shown is not None
    told = json.loads(json.dumps(shown[0]))["citations"]
    assert [TEXT[one["start"] : one["end"]] for one in told] == [one["text"] for one in told]
    first = told[0]
    assert (first["types"], first["number"], first["issuer"]) == (["regulation"], 80, "TW")
    assert first["outdated"]
    assert first["document"]["by"][0]["cited"] == "Quy định số 377-QĐ/TW ngày 8/10/2025"
    assert [one["state"] for one in told] == ["linked", "linked", "several", "unknown"]
    assert len(told[2]["candidates"]) == 2


def test_a_pdf_without_letters_is_refused_with_what_to_do() -> None:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    with pytest.raises(Refused) as no:
        citing.text_of_file("quet.pdf", out.getvalue())
    assert no.value.findings[0].code == "documents.text_none"


def test_of_a_text_with_thousands_of_citations_the_page_shows_the_first(
    register: dict[str, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    from nhiemky.documents.views import citing as page

    monkeypatch.setattr(page, "_SHOWN", 3)
    told = somebody("specialist", "T").post(URL, {"text": "Kết luận số 21-KL/TW; " * 5, "on": "01/01/2026"})
    assert told.content.decode().count("<mark") == 3
    assert "2 more are not shown here" in words(told.content)
