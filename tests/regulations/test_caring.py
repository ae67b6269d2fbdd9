"""A regulation from its review to the document that changes it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

import builders
from builders import SYSTEM, TODAY
from documents.papers import clerk, enter, issuer, relate
from nhiemky.audit.models import Event
from nhiemky.documents import drafts
from nhiemky.documents.models import DraftText, Opinion, Relation
from nhiemky.documents.services.drafting import opinion_give
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.regulations import selectors
from nhiemky.regulations.models import Regulation, RegulationStep, Revision
from nhiemky.regulations.services import caring
from regulations.cared import BODIES, DAY, ask, begin, care, codes, paper, step, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def through(held: Regulation) -> None:
    """Reviewed, drafted, consulted on and appraised."""
    begin(held)
    write(held)
    ask(held)
    step(held, "appraise")


def issue(held: Regulation, document: int, change: str, **more: object) -> Revision:
    return caring.regulation_issue(
        actor=SYSTEM, regulation_id=held.pk, document_id=document, change=change, on=date(2026, 10, 6), today=TODAY,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_replacement_takes_the_place_and_the_register_says_so() -> None:
    old = paper()
    held = care(document=old)
    through(held)
    new = paper(8, date(2026, 10, 5))
    issue(held, new.pk, "replaces", next_review_on=date(2028, 1, 1))
    held.refresh_from_db()
    assert held.document_id == new.pk
    assert Relation.objects.get(source=new, target=old).kind == "replaces"
    assert selectors.states_on([held], TODAY)[held.pk].key == "in_force"
    assert selectors.open_revision(held) is None
    assert held.next_review_on == date(2028, 1, 1)


@pytest.mark.parametrize(("change", "state"), [("amends", "amended"), ("supplements", "supplemented"),
                                               ("repeals", "repealed")])  # fmt: skip
def test_what_only_changes_it_leaves_it_by_the_same_document(change: str, state: str) -> None:
    old = paper()
    held = care(document=old, review=date(2026, 8, 1))
    through(held)
    issue(held, paper(8, date(2026, 10, 5)).pk, change)
    held.refresh_from_db()
    assert held.document_id == old.pk
    assert selectors.states_on([held], TODAY)[held.pk].key == state
    assert held.next_review_on is None


def test_a_relation_that_the_register_has_is_not_entered_twice() -> None:
    old, new = paper(), paper(8, date(2026, 10, 5))
    relate(new, "replaces", old)
    held = care(document=old)
    through(held)
    issue(held, new.pk, "replaces")
    assert Relation.objects.filter(source=new, target=old).count() == 1


def test_the_first_document_is_new() -> None:
    held = care()
    through(held)
    new = paper(8, date(2026, 10, 5))
    with pytest.raises(Refused) as no:
        issue(held, new.pk, "replaces")
    assert codes(no.value.findings) == {"nothing_to_change"}
    issue(held, new.pk, "new")
    held.refresh_from_db()
    assert held.document_id == new.pk


def test_a_document_of_somebody_else_is_no_outcome() -> None:
    held = care(document=paper())
    through(held)
    other = enter(9, "regulation", date(2026, 10, 5), by=issuer("DUX2", "X2"), organ="committee")
    with pytest.raises(Refused) as no:
        issue(held, other.pk, "replaces")
    assert codes(no.value.findings) == {"not_of_unit"}
    assert selectors.open_revision(held) is not None


def test_a_document_is_under_care_once() -> None:
    old = paper()
    care(document=old)
    with pytest.raises(Refused) as no:
        care(document=old)
    assert codes(no.value.findings) == {"under_care"}


def test_nothing_goes_on_while_an_answer_may_still_come_in_time() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held, days=5, on=date(2026, 10, 26))  # until Monday, 2 November
    with pytest.raises(Refused) as no:
        step(held, "appraise", on=TODAY)
    assert codes(no.value.findings) == {"opinions_wait"}
    for one in Opinion.objects.all():
        opinion_give(actor=SYSTEM, opinion_id=one.pk, stance="agrees", text="", on=None, today=TODAY)
    step(held, "appraise", on=TODAY)


def test_days_to_answer_are_working_days() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held, days=5)  # asked on 1 September; the 2nd is a holiday
    assert set(Opinion.objects.values_list("due_on", flat=True)) == {date(2026, 9, 9)}


def test_an_answer_stays_even_for_the_database() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held)
    one = Opinion.objects.first()
    assert one is not None
    opinion_give(actor=SYSTEM, opinion_id=one.pk, stance="disagrees", text="Điều 1 trái Điều lệ", on=None, today=TODAY)
    with pytest.raises(Refused) as no:
        opinion_give(actor=SYSTEM, opinion_id=one.pk, stance="agrees", text="", on=None, today=TODAY)
    assert codes(no.value.findings) == {"answered_already"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=one.pk).update(stance="agrees")


def test_whoever_does_not_agree_says_why() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held)
    with pytest.raises(Refused) as no:
        opinion_give(actor=SYSTEM, opinion_id=Opinion.objects.values_list("pk", flat=True)[0], stance="changes",
                     text=" ", on=None, today=TODAY)  # fmt: skip
    assert codes(no.value.findings) == {"opinion_unsaid"}


def test_only_the_body_that_was_asked_answers_and_nobody_else_sees_the_draft() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held, (("X2", ""),))
    one = Opinion.objects.get()
    with pytest.raises(Denied) as outside:
        opinion_give(actor=clerk("X3"), opinion_id=one.pk, stance="agrees", text="", on=None, today=TODAY)
    assert outside.value.status == 404
    with pytest.raises(Denied) as owner:
        opinion_give(actor=clerk("X1"), opinion_id=one.pk, stance="agrees", text="", on=None, today=TODAY)
    assert owner.value.status == 403
    opinion_give(actor=clerk("X2"), opinion_id=one.pk, stance="agrees", text="", on=None, today=TODAY)
    assert not Opinion.objects.filter(answered_on=None).exists()


def test_a_new_text_makes_it_a_draft_again_and_is_asked_about_anew() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held)
    write(held, "Điều 1. Họp tháng hai lần.")
    revision = selectors.open_revision(held)
    assert revision is not None
    assert revision.state == "drafting"
    ask(held)
    assert [one.version for one in drafts.opinions_of(revision.draft)] == [2, 2, 1, 1]
    with pytest.raises(Refused) as no:
        ask(held, BODIES[:1])
    assert codes(no.value.findings) == {"asked_twice"}


def test_the_same_text_is_no_new_version() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    with pytest.raises(Refused) as no:
        write(held)
    assert codes(no.value.findings) == {"draft_same"}
    assert DraftText.objects.count() == 1


def test_one_review_at_a_time() -> None:
    held = care(document=paper())
    begin(held)
    with pytest.raises(Refused) as no:
        begin(held)
    assert codes(no.value.findings) == {"not_in_stage"}
    revision = Revision.objects.get()
    draft = revision.draft
    draft.pk = None
    draft.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(regulation=held, draft=draft, state="review", began_on=DAY, seq=1)


def test_what_is_kept_says_when_it_is_looked_at_again() -> None:
    held = care(document=paper(), review=date(2026, 8, 1))
    assert list(selectors.review_due(Regulation.objects.all(), TODAY)) == [held]
    begin(held)
    assert not selectors.review_due(Regulation.objects.all(), TODAY).exists()
    with pytest.raises(Refused) as no:
        step(held, "keep")
    assert codes(no.value.findings) == {"review_missing"}
    step(held, "keep", next_review_on=date(2028, 8, 1))
    assert not selectors.review_due(Regulation.objects.all(), TODAY).exists()
    assert Revision.objects.get().state == "kept"


def test_what_has_no_document_cannot_be_kept() -> None:
    held = care()
    begin(held)
    with pytest.raises(Refused) as no:
        step(held, "keep", next_review_on=date(2028, 8, 1))
    assert codes(no.value.findings) == {"nothing_to_keep"}


def test_a_closed_draft_is_not_answered() -> None:
    held = care(document=paper())
    begin(held)
    write(held)
    ask(held)
    step(held, "withdraw")
    with pytest.raises(Refused) as no:
        opinion_give(actor=SYSTEM, opinion_id=Opinion.objects.values_list("pk", flat=True)[0], stance="agrees",
                     text="", on=None, today=TODAY)  # fmt: skip
    assert codes(no.value.findings) == {"draft_closed"}


def test_every_step_is_told_once_and_stays() -> None:
    held = care(document=paper())
    through(held)
    assert list(held.steps.order_by("pk").values_list("act", flat=True)) == [
        "enter", "begin", "write", "ask", "appraise",
    ]  # fmt: skip
    assert set(Event.objects.filter(app="regulations").values_list("seq", flat=True)) == set(
        held.steps.values_list("seq", flat=True)
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        RegulationStep.objects.update(on=F("on"))


def test_steps_follow_each_other_in_time() -> None:
    held = care(document=paper())
    begin(held, on=date(2026, 9, 10))
    with pytest.raises(Refused) as no:
        write(held, on=date(2026, 9, 9))
    assert codes(no.value.findings) == {"before_last_step"}


def test_what_depends_on_it_comes_through_its_amendments_too() -> None:
    old = paper()
    held = care(document=old)
    amendment = paper(8, date(2026, 10, 5))
    relate(amendment, "amends", old)
    plan = enter(1, "plan", date(2026, 10, 6), by=issuer("DUX1", "X1"), organ="committee", title="Kế hoạch")
    relate(plan, "implements", amendment)
    report = enter(2, "report", date(2026, 10, 6), by=issuer("DUX1", "X1"), organ="committee", title="Báo cáo")
    relate(report, "cites", old)
    assert held.document is not None
    found = {one.source_id for one in selectors.dependants(SYSTEM, held.document)}
    assert found == {amendment.pk, plan.pk, report.pk}
