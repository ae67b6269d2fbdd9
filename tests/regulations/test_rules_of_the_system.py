"""What an authorised office says of a rule: heard by every page, job and command, and by nobody before its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

import builders
from builders import SYSTEM, TODAY
from documents.papers import clerk, enter, issuer
from nhiemky.audit.models import Event
from nhiemky.domain import dated
from nhiemky.domain.access import Denied
from nhiemky.domain.dated import by_book
from nhiemky.domain.findings import Refused
from nhiemky.domain.rulebook import rules as known
from nhiemky.domain.tasks.days import DUE_SOON, soon_until
from nhiemky.regulations import rules
from nhiemky.regulations.models import RuleWord
from nhiemky.regulations.services import speaking
from nhiemky.regulations.services.speaking import Rests
from pages_kit import somebody, words
from regulations.cared import codes
from tasks.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> Any:
    builders.province()
    rules.forget()
    yield
    dated.open_book({})
    rules.forget()


def rests(point: str = "điều 2") -> Rests:
    return Rests(enter(19, "regulation", date(2026, 9, 1), by=issuer("TU", "T"), organ="committee").pk, point)


def supersede(value: str = "12", start: date = date(2026, 10, 1), **more: Any) -> RuleWord:
    more = {"rests": more.get("rests") or rests()} | more
    given = {"actor": SYSTEM, "rule": "tasks.due_soon", "today": TODAY, **more}
    return speaking.rule_supersede(value=value, start=start, **given)


def test_another_value_is_judged_by_from_its_day_on() -> None:
    before = soon_until(TODAY)
    supersede()
    assert soon_until(TODAY) == before, "nobody opened the book"
    with by_book(rules.current()):
        assert soon_until(TODAY) > before
        assert DUE_SOON.at(date(2026, 9, 30)).value == 5
        assert DUE_SOON.at(TODAY).confirmed
        assert DUE_SOON.at(TODAY).cites == "Quy định số 19-QĐ/TU ngày 1/9/2026, điều 2"


def test_pages_hear_it_with_the_next_request() -> None:
    give(due_on=date(2026, 11, 16), title="Báo cáo quý")
    client, address = somebody("clerk", "X1"), f"{reverse('tasks:mine')}?list=mine_soon"
    assert "Báo cáo quý" not in words(client.get(address).content)
    made = supersede()
    assert "Báo cáo quý" in words(client.get(address).content)
    speaking.rule_withdraw(actor=SYSTEM, word_id=made.pk, reason="nhầm", today=TODAY)
    assert "Báo cáo quý" not in words(client.get(address).content)


def test_a_request_that_is_over_leaves_nothing_behind() -> None:
    supersede()
    somebody("clerk", "X1").get(reverse("tasks:mine"))
    assert DUE_SOON.at(TODAY).value == 5


def test_what_was_confirmed_is_no_longer_to_be_confirmed() -> None:
    start, paper = DUE_SOON.steps[0].start, rests()
    speaking.rule_confirm(actor=SYSTEM, rule="tasks.due_soon", start=start, rests=paper, today=TODAY)
    with by_book(rules.current()):
        assert DUE_SOON.at(TODAY).confirmed
        assert DUE_SOON.at(TODAY).value == 5
    with pytest.raises(Refused) as no:
        speaking.rule_confirm(actor=SYSTEM, rule="tasks.due_soon", start=start, rests=paper, today=TODAY)
    assert codes(no.value.findings) == {"confirmed_already"}


def test_only_an_office_over_everything_speaks() -> None:
    paper = rests()
    for actor in (clerk("X1"), clerk("H1", "H2")):
        with pytest.raises(Denied) as no:
            supersede(actor=actor, rests=paper)
        assert no.value.status == 403
    assert (
        somebody("clerk", "X1").get(reverse("regulations:rule_supersede", args=["tasks.due_soon"])).status_code == 403
    )
    assert not RuleWord.objects.exists()


def test_a_word_stays_and_is_told() -> None:
    made = supersede()
    event = Event.objects.get(action="regulations.rule_superseded")
    assert (event.seq, event.facts["value"], event.facts["start"]) == (made.seq, "12", "2026-10-01")
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleWord.objects.update(value="13")


def test_a_word_is_taken_back_once() -> None:
    made = supersede()
    back = speaking.rule_withdraw(actor=SYSTEM, word_id=made.pk, reason="nhầm", today=TODAY)
    for word in (made, back):
        with pytest.raises(Refused) as no:
            speaking.rule_withdraw(actor=SYSTEM, word_id=word.pk, reason="nhầm", today=TODAY)
        assert codes(no.value.findings) == {"taken_back_already"}


def test_a_second_word_is_judged_by_the_first() -> None:
    supersede()
    with pytest.raises(Refused) as no:
        supersede(rests=Rests(RuleWord.objects.get().document_id or 0))
    assert codes(no.value.findings) == {"not_later", "same_value"}


def test_the_province_confirms_on_pages() -> None:
    rests()
    client = somebody("specialist", "T")
    here = reverse("regulations:rule", args=["tasks.due_soon"])
    assert "to be confirmed" in words(client.get(here).content)
    sent = {"start": "2000-01-01", "document": "19-QĐ/TU", "point": "điều 2"}
    answer = client.post(reverse("regulations:rule_confirm", args=["tasks.due_soon"]), sent)
    assert answer.status_code == 302, words(answer.content)
    text = words(client.get(here).content)
    assert "to be confirmed" not in text
    assert "Quy định số 19-QĐ/TU ngày 1/9/2026, điều 2" in text


def test_every_rule_is_on_the_page_with_its_source_and_the_document_it_names() -> None:
    paper = enter(294, "regulation", date(2025, 5, 26), title="Thi hành Điều lệ Đảng")
    answer = somebody("secretary", "C1").get(reverse("regulations:rules"))
    for name in known():
        assert f'id="{name}"' in answer.content.decode()
    assert reverse("documents:document", args=[paper.pk]) in answer.content.decode()
    cite = {one.name for one in rules.citing(SYSTEM, paper, TODAY)}
    assert "transfers.start_limit" in cite
    assert "rights.retention_years" not in cite
