"""Pages of reorganisations: from a file to the preview, applied, undone; who may."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builders import SYSTEM, TODAY, decision, person, province
from nhiemky.organisation import selectors, services
from nhiemky.organisation.models import Reorganisation
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
NEW = "/reorganisations/new/"
MERGE = {"op": "merge", "units": ["C1", "C2"], "into": "C3"}
NO_TARGET = {"op": "dissolve", "unit": "C4"}
UNKNOWN = {"op": "move", "unit": "KHONG", "parent": "T"}
HEAD = [["Số quyết định", "10-QĐ/TU"], ["Ngày quyết định", "16/06/2025"], ["Cơ quan ban hành", "Tỉnh ủy"],
        ["Có hiệu lực từ ngày", "01/07/2025"]]  # fmt: skip


@pytest.fixture(autouse=True)
def _province() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    person("Trần Văn Bình", "C4", date(2020, 1, 11))


def upload(client: Client, name: str, content: bytes) -> str:
    answer = client.post(NEW, {"file": SimpleUploadedFile(name, content)}, follow=True)
    return words(answer.content)


def as_json(*operations: dict[str, object]) -> bytes:
    return json.dumps(decision(*operations)).encode()


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_preview_shows_every_objection_at_once_and_offers_no_apply() -> None:
    client = somebody("specialist", "T")
    said = upload(client, "qd.json", as_json(MERGE, NO_TARGET, UNKNOWN))
    assert "1 members belong to the organisation itself" in said
    assert "There is no organisation with the code “KHONG”" in said
    assert "Apply" not in said


def test_from_spreadsheet_to_applied_and_undone() -> None:
    client = somebody("specialist", "T")
    rows = [*HEAD, ["Thao tác", "Các tổ chức hợp nhất", "Vào tổ chức"], ["Hợp nhất", "C1, C2", "C3"]]
    said = upload(client, "qd.xlsx", as_xlsx(rows))
    assert "No rule stands against it" in said
    assert "✓ equal" in said
    assert not Reorganisation.objects.exists()
    page = client.get(f"{NEW}preview/")
    answer = client.post(f"{NEW}apply/", {"digest": page.context["digest"]}, follow=True)
    made = Reorganisation.objects.get()
    assert answer.request["PATH_INFO"] == f"/reorganisations/{made.pk}/"
    assert "Chi bộ thôn Đông" in words(answer.content)
    answer = client.post(f"/reorganisations/{made.pk}/undo/", {"sure": "on"}, follow=True)
    made.refresh_from_db()
    assert made.status == Reorganisation.UNDONE
    assert "no longer in force" in words(answer.content)


def test_apply_of_another_draft_than_the_previewed_is_refused() -> None:
    client = somebody("specialist", "T")
    upload(client, "qd.json", as_json(MERGE))
    answer = client.post(f"{NEW}apply/", {"digest": "0" * 16})
    assert answer.status_code == 422
    assert "The draft was changed" in words(answer.content)
    assert not Reorganisation.objects.exists()


def test_undo_names_what_was_built_since() -> None:
    client = somebody("specialist", "T")
    made = services.reorganisation_apply(
        actor=SYSTEM, decision=decision({"op": "rename", "unit": "X1", "name": "Xã A"}), today=TODAY
    )
    later = decision({"op": "rename", "unit": "X1", "name": "Xã B"}, effective=date(2026, 1, 1), number="11")
    services.reorganisation_apply(actor=SYSTEM, decision=later, today=TODAY)
    shown = client.get(f"/reorganisations/{made.pk}/").content
    assert "“X1” was changed by a later decision" in words(shown)
    assert b"/undo/" not in shown  # no button for what would be refused
    answer = client.post(f"/reorganisations/{made.pk}/undo/", {"sure": "on"})
    assert answer.status_code == 422
    assert "“X1” was changed by a later decision" in words(answer.content)


def test_who_may_not_undo_is_offered_no_button_and_sees_the_undone_decision_too() -> None:
    move = decision({"op": "move", "unit": "C2", "parent": "X3"}, effective=date(2026, 1, 1))
    made = services.reorganisation_apply(actor=SYSTEM, decision=move, today=TODAY)
    local = somebody("specialist", "X3")
    assert b"/undo/" not in local.get(f"/reorganisations/{made.pk}/").content
    assert local.post(f"/reorganisations/{made.pk}/undo/", {"sure": "on"}).status_code == 404
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=made.pk, today=TODAY)
    assert local.get(f"/reorganisations/{made.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([["Thao tác", "Tổ chức"], ["Đổi tên", "X1"]], ["Row 6", "The column “Tên” is missing"]),
        ([["Thao tác", "Tổ chức", "Tên"], ["Đổi tên", "X1", ""]], ["Row 6, Name (C)", "is empty"]),
        ([["Thao tác", "Tổ chức", "Sai"], ["Giải thể", "X1", "?"]], ["Row 5, C", "No column is called “Sai”"]),
        ([["Thao tác", "Tổ chức"], ["Xóa", "X1"]], ["Row 6", "“Xóa” is no operation"]),
        ([["Tổ chức"], ["X1"]], ["No row with the headings"]),
        ([["Thao tác", "Tổ chức", "Cấp trên"], ["Chuyển về", "X9", "T"]], ["Row 6", "the code “X9”"]),
        ([["Thao tác", "Tổ chức", "Cấp trên"], ["Chuyển về", "H1", "X1"]], ["Row 6", "would stand under itself"]),
        (
            [["Thao tác", "Mã mới", "Tên", "Loại hình", "Lĩnh vực", "Cấp trên"],
             ["Thành lập", "C1", "Chi bộ mới", "Chi bộ trực thuộc", "Cơ quan", "X1"]],
            ["Row 6", "The code “C1” is already taken"],
        ),
        ([["Thao tác", "Các tổ chức", "Vào tổ chức"], ["Hợp nhất", "C1, C2", ""]], ["Row 6", "Target (C)” is empty"]),
        ([["Thao tác", "Các tổ chức", "Vào tổ chức"], ["Hợp nhất", "C1", "X2"]], ["“X2” is not a cell"]),
    ],
)  # fmt: skip
def test_wrong_spreadsheets_name_row_and_column(table: list[list[str]], said: list[str]) -> None:
    client = somebody("specialist", "T")
    found = upload(client, "qd.xlsx", as_xlsx([*HEAD, *table]))
    for part in said:
        assert part in found
    assert not Reorganisation.objects.exists()


def test_wrong_order_of_days_and_a_day_that_is_none() -> None:
    client = somebody("specialist", "T")
    operations = [["Thao tác", "Tổ chức", "Tên"], ["Đổi tên", "X1", "Xã A"]]
    late = [*HEAD[:3], ["Có hiệu lực từ ngày", "01/05/2025"], *operations]
    assert "takes effect before it was made" in upload(client, "qd.xlsx", as_xlsx(late))
    none = [*HEAD[:3], ["Có hiệu lực từ ngày", "31/02/2025"], *operations]
    assert "“31/02/2025” is not a day" in upload(client, "qd.xlsx", as_xlsx(none))


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK broken"), ("a.json", b"{"), ("a.csv", b"\xff\xfe\x00")])
def test_broken_files_are_told(name: str, content: bytes) -> None:
    said = upload(somebody("specialist", "T"), name, content)
    assert "cannot be opened" in said or "No row with the headings" in said


def test_a_file_of_another_kind_is_told() -> None:
    assert "is not a file that can be read here" in upload(somebody("specialist", "T"), "a.pdf", b"%PDF")


def test_the_template_can_be_filled_in_and_read() -> None:
    client = somebody("specialist", "T")
    answer = client.get("/reorganisations/template.xlsx")
    said = upload(client, "mau.xlsx", answer.content)
    assert "The decision has no operation yet" in said
    assert "No column is called" not in said


def test_line_by_line_on_the_page() -> None:
    client = somebody("specialist", "T")
    head = {"number": "5", "date": "16/06/2025", "body": "Tỉnh ủy", "effective": "01/07/2025"}
    assert client.post(f"{NEW}head/", head).status_code == 302
    split = {"unit": "H1", "into": "H1, H2"}
    asked = client.post(f"{NEW}add/split/", split)
    assert asked.status_code == 422
    assert "Đảng bộ xã An Phú (X1)" in words(asked.content)
    answer = client.post(f"{NEW}add/split/", {**split, "assign_X1": "H1", "assign_X2": "H2"})
    assert answer.status_code == 302
    said = words(client.get(f"{NEW}preview/").content)
    assert "No rule stands against it" in said
    client.post(f"{NEW}remove/", {"line": "0"})
    assert client.get(f"{NEW}preview/").status_code == 302


def test_who_may() -> None:
    outside = services.reorganisation_apply(
        actor=SYSTEM, decision=decision({"op": "rename", "unit": "X3", "name": "Đảng bộ xã Ba"}), today=TODAY
    )
    clerk = somebody("clerk", "X1")
    assert clerk.get(NEW).status_code == 403
    assert clerk.get(f"/reorganisations/{outside.pk}/").status_code == 404
    assert "Ba" not in words(clerk.get("/reorganisations/").content)
    leader = somebody("leader", "T")
    assert leader.get(f"/reorganisations/{outside.pk}/").status_code == 200
    assert leader.post(f"/reorganisations/{outside.pk}/undo/", {"sure": "on"}).status_code == 403
    local = somebody("specialist", "X1")
    answer = local.post(NEW, {"file": SimpleUploadedFile("a.json", as_json(NO_TARGET))}, follow=True)
    assert answer.status_code == 404


def test_lookup_offers_codes_within_the_scope() -> None:
    clerk = somebody("clerk", "X1")
    assert b'value="C1"' in clerk.get("/lookup/units?unit=thon+dong").content
    assert clerk.get("/lookup/units?unit=thon+bac").content.strip() == b""
    assert b'value="C1, C2"' in clerk.get("/lookup/units?units=C1,thon+tay").content
    selectors.forget()
