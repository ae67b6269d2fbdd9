"""Pages of directives: asked with a confirmation, answered, reminded, and every number opens its rows."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from builders import SYSTEM, TODAY, province
from directives.asked import answer, ask, directive, of, states
from documents.papers import issuer
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.directives import desk
from nhiemky.directives.models import Ask
from nhiemky.directives.services import asking, reminding
from pages_kit import somebody, words
from tasks.given import user

pytestmark = pytest.mark.django_db
FORM = {"document": "21-NQ/TW 16/06/2022", "asker": "T", "what": "plan", "asked_on": "01/09/2026",
        "due_on": "20/10/2026", "codes": "X1, X2\nX3"}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.NHIEMKY_TODAY = TODAY
    province()


def lines(who: User) -> dict[str, int]:
    """The lines of somebody's desk."""
    acting = actor_for(who.pk, who.username, TODAY, verified=True)
    return {due.finding.code.removeprefix("directives."): due.count for due in desk.due(acting, TODAY)}


def test_one_is_told_how_many_before_they_are_asked() -> None:
    directive()
    office = somebody("specialist", "T")
    first = office.post("/directives/new/", FORM)
    assert "3 organisations will be asked" in words(first.content)
    assert not Ask.objects.exists()
    again = office.post("/directives/new/", {**FORM, "confirmed": "edit"})
    assert again.status_code == 200
    assert 'value="20/10/2026"' in again.content.decode()
    made = office.post("/directives/new/", {**FORM, "confirmed": "yes"})
    assert made.status_code == 302
    assert states(Ask.objects.get()) == {"X1": "late", "X2": "late", "X3": "late"}


def test_what_stands_against_asking_is_told_at_its_field() -> None:
    directive()
    office = somebody("specialist", "T")
    wrong = office.post("/directives/new/", {**FORM, "document": "99-NQ/TW"})
    assert wrong.status_code == 422
    assert "No document “99-NQ/TW” was found" in words(wrong.content)
    wrong = office.post("/directives/new/", {**FORM, "codes": "X1 KHÔNG-CÓ"})
    assert "KHÔNG-CÓ" in words(wrong.content)
    assert "You do not ask in the name" in words(somebody("clerk", "X1").post("/directives/new/", FORM).content)
    assert not Ask.objects.exists()


def test_the_unit_answers_by_its_form_and_the_paper_stands_behind_the_cell() -> None:
    made = ask("X1", "X2")
    issuer("ĐU", "X1")
    one, home = of(made, "X1"), somebody("clerk", "X1")
    page = reverse("directives:asked", args=[one.pk])
    assert "Hand in the answer" in words(home.get(page).content)
    empty = home.post(f"{page}answer/", {"title": ""})
    assert empty.status_code == 422
    assert "Choose a document" in words(empty.content)
    both = home.post(f"{page}answer/", {"number": "12", "take": "on", "signed_on": "02/10/2026", "title": "Kế hoạch"})
    assert "Leave the number empty" in words(both.content)
    given = {"number": "12-KH/ĐU", "signed_on": "02/10/2026", "title": "Kế hoạch thực hiện"}
    assert home.post(f"{page}answer/", given).status_code == 302
    shown = home.get("/directives/")
    assert "issued in time" in words(shown.content)
    assert reverse("documents:document", args=[of(made, "X1").document_id]) in shown.content.decode()
    assert "Bình Hòa" not in words(shown.content)
    assert home.get(reverse("directives:asked", args=[of(made, "X2").pk])).status_code == 404


def test_the_reminder_stands_on_the_desk_of_the_late_ones_alone() -> None:
    made = ask("X1", "X2")
    answer(made, "X2", TODAY)
    late, done, office = user("an", "X1"), user("binh", "X2"), user("ha", "T", "specialist")
    assert lines(late) == {"mine_overdue": 1}
    assert lines(office) == {"theirs_overdue": 1}
    specialist = somebody("specialist", "T")
    page = reverse("directives:ask", args=[made.pk])
    assert "Remind the late ones" in words(specialist.get(page).content)
    assert specialist.post(f"{page}remind/").status_code == 302
    assert lines(late) == {"mine_reminded": 1}
    assert lines(done) == {}
    assert specialist.post(f"{page}remind/").status_code == 422
    assert somebody("clerk", "X1").post(f"{page}remind/").status_code == 403


def test_every_line_of_the_desk_opens_as_many_rows_as_it_counts() -> None:
    first, second = ask("X1", "X2"), ask("X1", what="report")
    ask("X1", what="programme", due_on=TODAY)
    reminding.remind(actor=SYSTEM, ask_id=first.pk, today=TODAY)
    assert lines(user("an", "X1")) == {"mine_reminded": 1, "mine_overdue": 1, "mine_soon": 1}
    home = somebody("clerk", "X1")
    for key in ("mine_reminded", "mine_overdue", "mine_soon"):
        rows = home.get(f"/directives/mine/?list={key}").content.decode()
        assert rows.count('<th scope="row"') == 1, key
    assert second.asked.count() == 1


def test_every_number_of_the_matrix_opens_as_many_rows() -> None:
    first = ask("X1", "X2", "X3", "C5")
    ask("X1", "X2", what="report")
    answer(first, "X1", TODAY)
    asking.exempt(actor=SYSTEM, asked_id=of(first, "C5").pk, reason="miễn", today=TODAY)
    office = somebody("specialist", "T")
    page = office.get("/directives/").content.decode()
    numbers = re.findall(r'class="plain-number" href="([^"]+)">([\d.,]+)</a>', page)
    assert len(numbers) >= 12
    for url, number in numbers:
        rows = office.get(url.replace("&amp;", "&")).content.decode()
        assert rows.count('<th scope="row"') == int(number), url


def test_the_filters_leave_what_they_say_and_the_spreadsheet_holds_the_same() -> None:
    ask("X1", "X2")
    ask("X3", what="report", asker_code="H2")
    office = somebody("specialist", "T")
    told = words(office.get("/directives/?year=2026&what=report").content)
    assert "Đức Lân" in told
    assert "An Phú" not in told
    assert "An Phú" in words(office.get("/directives/?year=2026&asker=T").content)
    answer = office.get("/directives.xlsx?year=2026&asker=T")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    cells = [row for row in rows if row and str(row[0]).startswith("Đảng bộ xã")]
    assert [(row[0], row[1], row[4]) for row in cells] == [
        ("Đảng bộ xã An Phú", 1.0, "late"), ("Đảng bộ xã Bình Hòa", 1.0, "late"),
    ]  # fmt: skip


def test_who_is_exempt_or_asked_again_stands_there_with_the_reason() -> None:
    made = ask("X1")
    office = somebody("specialist", "T")
    page = reverse("directives:asked", args=[of(made, "X1").pk])
    assert office.post(f"{page}exempt/", {"reason": "Đã có kế hoạch chung"}).status_code == 302
    assert "Đã có kế hoạch chung" in words(office.get(page).content)
    assert office.post(f"{page}reopen/", {"reason": "Nhầm xã"}).status_code == 302
    assert states(made) == {"X1": "late"}
    ask_page = reverse("directives:ask", args=[made.pk])
    assert office.post(f"{ask_page}withdraw/", {"reason": "Không còn cần"}).status_code == 302
    assert "Không còn cần" in words(office.get(ask_page).content)


def test_the_document_leads_to_asking_and_to_what_was_asked() -> None:
    made = ask("X1")
    page = somebody("specialist", "T").get(reverse("documents:document", args=[directive().pk])).content.decode()
    assert f"/directives/new/?document={directive().pk}" in page
    assert reverse("directives:ask", args=[made.pk]) in page
