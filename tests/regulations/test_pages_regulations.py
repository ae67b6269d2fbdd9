"""Regulations on pages: from the list to the answer of a body, and two texts side by side."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import builders
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.documents import drafts
from nhiemky.documents.models import DraftText, Opinion
from nhiemky.regulations.desk import due
from nhiemky.regulations.models import Regulation
from pages_kit import somebody, words
from regulations.cared import ask, begin, care, paper, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def test_from_entering_to_being_asked_for_opinions() -> None:
    paper()
    client = somebody("clerk", "X1")
    sent = {"unit": "X1", "subject": "Quy chế làm việc", "document": "5-QĐ/DUX1", "next_review_on": "01/01/2027"}
    assert client.post(reverse("regulations:enter"), sent).status_code == 302
    held = Regulation.objects.get()
    for deed, data in (
        ("begin", {"reason": "sửa theo quy định mới"}),
        ("write", {"text": "Điều 1. Họp mỗi tháng một lần.", "note": "lần đầu"}),
        ("ask", {"bodies": "X2\nT: Ban Tuyên giáo và Dân vận", "days": 5}),
    ):
        answer = client.post(reverse("regulations:deed", args=[held.pk, deed]), data)
        assert answer.status_code == 302, words(answer.content)
    text = words(client.get(reverse("regulations:regulation", args=[held.pk])).content)
    assert "out for opinions" in text
    assert "Ban Tuyên giáo và Dân vận" in text
    assert "Điều 1. Họp mỗi tháng một lần." in text


def test_a_file_is_the_next_version_though_the_text_of_the_last_one_stands_beside_it() -> None:
    held = care(document=paper())
    begin(held)
    write(held, "Điều 1. Họp mỗi tháng một lần.")
    sent = {
        "text": "Điều 1. Họp mỗi tháng một lần.",
        "file": SimpleUploadedFile("ban2.txt", "Điều 1. Họp mỗi tháng hai lần.".encode()),
    }
    answer = somebody("clerk", "X1").post(reverse("regulations:deed", args=[held.pk, "write"]), sent)
    assert answer.status_code == 302, words(answer.content)
    assert DraftText.objects.get(version=2).text == "Điều 1. Họp mỗi tháng hai lần."


def test_the_line_of_opinions_still_in_time_tells_their_own_day() -> None:
    for code, days in (("X1", 1), ("X2", 30)):
        held = care(code, document=paper(unit=code))
        begin(held)
        write(held)
        ask(held, [("X3", "")], days=days, on=date(2026, 10, 1))
    actor = actor_for(_clerk_of("X3").pk, "", builders.TODAY, verified=True)
    told = {line.overdue: line.on for line in drafts.due(actor, builders.TODAY)}
    assert told[True] < builders.TODAY <= told[False]


def _clerk_of(code: str) -> User:
    somebody("clerk", code, name=f"clerk{code}")
    return User.objects.get(username=f"clerk{code}")


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do() -> None:
    held = care(document=paper())
    client = somebody("clerk", "X1")
    answer = client.post(reverse("regulations:deed", args=[held.pk, "write"]), {"text": "Điều 1"})
    assert answer.status_code == 422
    assert "Điều 1" in words(answer.content)


def test_a_body_outside_sees_the_draft_it_was_asked_about_and_answers_there() -> None:
    held = care("X3", document=paper(unit="X3"))
    begin(held)
    write(held)
    client = somebody("clerk", "X1")
    draft = reverse("documents:draft", args=[DraftText.objects.get().draft_id])
    assert client.get(draft).status_code == 404
    ask(held, (("X1", ""),))
    assert client.get(reverse("regulations:regulation", args=[held.pk])).status_code == 404
    assert "Give an opinion" in words(client.get(draft).content)
    assert "Chế độ sinh hoạt" in words(client.get(reverse("documents:opinions")).content)
    one = reverse("documents:opinion", args=[Opinion.objects.get().pk])
    assert client.post(one, {"stance": "changes", "text": "Thêm điều 2"}).status_code == 302
    assert "agrees, with changes" in words(client.get(draft).content)


def test_whom_it_binds_sees_the_regulation_but_not_its_draft() -> None:
    held = care(document=paper())
    begin(held)
    write(held, "Chỉ để bàn trong nội bộ")
    client = somebody("secretary", "C1")
    answer = client.get(reverse("regulations:regulation", args=[held.pk]))
    assert answer.status_code == 200
    assert "Chỉ để bàn" not in words(answer.content)
    key = f"t{DraftText.objects.get().pk}"
    assert client.get(reverse("documents:compare"), {"left": key, "right": key}).status_code == 404
    assert client.get(reverse("regulations:deed", args=[held.pk, "write"])).status_code == 403


def test_two_versions_side_by_side_mark_the_words_that_differ() -> None:
    held = care(document=paper())
    begin(held)
    write(held, "Điều 1. Họp tháng một lần.")
    write(held, "Điều 1. Họp tháng hai lần.")
    old, new = DraftText.objects.order_by("version").values_list("pk", flat=True)
    page = somebody("clerk", "X1").get(reverse("documents:compare"), {"left": f"t{old}", "right": f"t{new}"})
    assert "<del>một</del>" in page.content.decode()
    assert "<ins>hai</ins>" in page.content.decode()
    assert somebody("clerk", "X1", name="a").get(reverse("documents:compare"), {"left": "x"}).status_code == 404


def test_the_list_tells_first_what_is_due_for_review() -> None:
    care(document=paper(), review=date(2026, 10, 1))
    care("X2", document=paper(unit="X2"), review=date(2027, 10, 1))
    client = somebody("clerk", "H1")
    text = words(client.get(reverse("regulations:list")).content)
    assert text.index("Chế độ sinh hoạt của X1") < text.index("Chế độ sinh hoạt của X2")
    assert "due for review" in text
    only = words(client.get(reverse("regulations:list"), {"state": "due"}).content)
    assert "của X1" in only
    assert "của X2" not in only
    in_force = words(client.get(reverse("regulations:list"), {"state": "in_force", "q": "sinh hoat"}).content)
    assert "của X2" in in_force


def test_desks_tell_of_reviews_and_of_opinions_asked() -> None:
    care(document=paper(), review=date(2026, 10, 1))
    held = care("X3", document=paper(unit="X3"))
    begin(held)
    write(held)
    ask(held, (("X1", ""),))
    somebody("clerk", "X1")
    user = User.objects.get(username="clerk-x1")
    actor = actor_for(user.pk, user.username, builders.TODAY, verified=True)
    assert [line.finding.code for line in due(actor, builders.TODAY)] == ["regulations.reviews_due"]
    assert [(line.finding.code, line.overdue) for line in drafts.due(actor, builders.TODAY)] == [
        ("documents.opinions_late", True)
    ]
