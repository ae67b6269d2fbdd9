"""Units are asked by a directive, answer with their papers, are exempted, reminded, asked no more."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from builders import SYSTEM, TODAY, province, term
from directives.asked import ASKED, DUE, answer, ask, codes, directive, of, states, wanted
from documents.papers import clerk, enter, issuer, relate
from nhiemky.directives import matrix, selectors
from nhiemky.directives.implementing import asks as carried
from nhiemky.directives.models import Ask, AskedOf, Reminder
from nhiemky.directives.services import asking, reminding
from nhiemky.directives.services.answering import AnswerGiven, answer_give
from nhiemky.documents.models import Relation
from nhiemky.domain.access import Denied
from nhiemky.domain.directives.standing import EXEMPT, IN_TIME, ISSUED, LATE, NOT_DUE, WITHDRAWN, Facts, standing
from nhiemky.domain.findings import Refused
from nhiemky.organisation.models import Unit
from nhiemky.tasks.models import Programme
from nhiemky.tasks.services.programmes import ProgrammeGiven, programme_enter

DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 15))
MAYBE = st.none() | DAYS


@given(last=DAYS, answered=MAYBE, exempt=MAYBE, withdrawn=MAYBE, on=DAYS)
def test_a_paper_that_was_issued_is_never_late_and_what_is_to_come_is_not_known_yet(
    last: date, answered: date | None, exempt: date | None, withdrawn: date | None, on: date
) -> None:
    state = standing(Facts(last, answered, exempt, withdrawn), on)
    assert (state in ISSUED) == (answered is not None and answered <= on)
    if state == LATE:
        assert last < on
    known = [day if day is not None and day <= on else None for day in (answered, exempt, withdrawn)]
    assert standing(Facts(last, *known), on) == state


@pytest.mark.django_db
class TestAsked:
    @pytest.fixture(autouse=True)
    def _province(self) -> None:
        province()

    def test_every_unit_of_the_kinds_is_asked_and_the_picked_ones_once(self) -> None:
        made = ask("X1", "C1", kinds=("grassroots_committee",))
        assert set(states(made)) == {"X1", "X2", "X3", "C1"}
        assert set(states(ask(what="report", kinds=("grassroots_committee",), below="H2"))) == {"X3"}

    def test_what_stands_against_asking_is_all_told_and_nobody_is_asked(self) -> None:
        with pytest.raises(Refused) as no:
            ask(
                "T",
                document_id=enter(5, by=issuer("TU", "T")).pk,
                due_on=date(2026, 8, 1),
                what="poem",
                asked_on=date(2026, 9, 2),
            )
        assert codes(no.value.findings) == {"no_such_kind", "asked_in_future", "due_before", "not_below"}
        with pytest.raises(Refused) as no:
            ask(asked_on=date(2022, 6, 15))
        assert codes(no.value.findings) == {"nobody_asked", "asked_before"}
        ask("X1")
        with pytest.raises(Refused) as no:
            ask("X1", "X2")
        assert codes(no.value.findings) == {"asked_already"}
        assert AskedOf.objects.count() == 1

    def test_what_a_body_outside_asks_of_a_unit_the_unit_notes_for_itself(self) -> None:
        made = ask("T", what="report")
        assert states(made) == {"T": "late"}
        with pytest.raises(Refused) as no:
            ask("T", document_id=enter(6, by=issuer("TU", "T")).pk)
        assert codes(no.value.findings) == {"not_below"}

    def test_nobody_asks_in_the_name_of_others(self) -> None:
        with pytest.raises(Denied):
            ask("C1", actor=clerk("X1", "C1"))
        assert set(states(ask("C1", asker_code="X1", actor=clerk("X1", "C1")))) == {"C1"}

    def test_the_state_of_every_day_is_the_same_in_sql_and_in_the_domain(self) -> None:
        made = ask("X1", "X2", "X3", "C1", "C5")
        answer(made, "X1", date(2026, 10, 20))
        answer(made, "X2", date(2026, 10, 21))
        asking.exempt(actor=SYSTEM, asked_id=of(made, "X3").pk, reason="đã làm", today=date(2026, 10, 5))
        assert states(made) == {
            "X1": "in_time", "X2": "issued_late", "X3": "exempt", "C1": "late", "C5": "late",
        }  # fmt: skip
        asking.ask_withdraw(actor=SYSTEM, ask_id=made.pk, reason="thôi", today=date(2026, 10, 26))
        for day in (ASKED, date(2026, 10, 4), date(2026, 10, 5), DUE, date(2026, 10, 21), TODAY):
            pure = {
                one.unit.code: standing(
                    Facts(one.ask.last_on, one.answered_on, one.exempt_on, one.ask.withdrawn_on), day
                )
                for one in AskedOf.objects.select_related("ask", "unit")
            }
            assert states(made, day) == pure
        assert set(states(made).values()) == {"in_time", "issued_late", WITHDRAWN}
        assert states(made, date(2026, 8, 31)) == {}

    def test_a_due_day_on_which_offices_are_closed_ends_with_the_next_working_day(self) -> None:
        made = ask("X1", due_on=date(2026, 10, 24))  # a Saturday
        assert states(made, date(2026, 10, 26)) == {"X1": NOT_DUE}
        assert states(made, date(2026, 10, 27)) == {"X1": LATE}
        answer(made, "X1", date(2026, 10, 26))
        assert states(made) == {"X1": IN_TIME}

    def test_an_answer_enters_the_paper_links_it_and_is_a_plan_of_the_unit(self) -> None:
        made = ask("X1", part="Mục II")
        given = answer(made, "X1", date(2026, 10, 1), actor=clerk("X1"))
        assert given.document is not None
        paper = given.document
        assert (paper.kind, paper.number, given.answered_on) == ("plan", 7, date(2026, 10, 1))
        relation = Relation.objects.get(source=paper)
        assert (relation.target_id, relation.kind, relation.part) == (directive().pk, "implements", "Mục II")
        plan = Programme.objects.get()
        assert given.programme == plan
        assert (plan.unit.code, plan.kind, plan.document, plan.implements_id, plan.part) == (
            "X1", "plan", paper, directive().pk, "Mục II",
        )  # fmt: skip
        with pytest.raises(Refused) as no:
            answer(made, "X1", date(2026, 10, 2), number=8)
        assert codes(no.value.findings) == {"answered_already"}

    def test_the_plan_stands_in_the_programme_that_the_asker_made_for_the_directive(self) -> None:
        given = ProgrammeGiven("T", "programme", "Chương trình", date(2026, 9, 1), implements_id=directive().pk)
        held = programme_enter(actor=SYSTEM, given=given, today=TODAY)
        plan = answer(ask("X1"), "X1", date(2026, 10, 1)).programme
        assert plan is not None
        assert plan.parent == held

    def test_a_unit_whose_numbers_are_given_here_takes_the_next_one_with_its_answer(self) -> None:
        made, _ours = ask("X1"), issuer("ĐU", "X1")
        term("X1")
        given = AnswerGiven(signed_on=date(2026, 10, 1), title="Kế hoạch", take=True)
        for code, number in (("X1", 1), ("X1", 2)):
            again = made if number == 1 else ask(code, what="plan", part="Mục III")
            one = answer_give(actor=clerk(code), asked_id=of(again, code).pk, given=given, today=TODAY)
            assert one.document is not None
            assert (one.document.number, one.document.series_id is not None) == (number, True)

    def test_a_chosen_paper_that_is_linked_already_is_not_linked_twice(self) -> None:
        made, ours = ask("X1", what="report"), issuer("ĐU", "X1")
        paper = enter(3, "report", date(2026, 10, 2), by=ours)
        relate(paper, "implements", directive())
        given = AnswerGiven(paper.pk)
        answer_give(actor=clerk("X1"), asked_id=of(made, "X1").pk, given=given, today=TODAY)
        assert Relation.objects.count() == 1
        assert not Programme.objects.exists()

    def test_a_paper_of_others_of_another_type_or_older_than_the_directive_is_no_answer(self) -> None:
        made = ask("X1")
        foreign = enter(4, "report", date(2022, 6, 1), by=issuer("ĐU", "X2"))
        with pytest.raises(Refused) as no:
            answer_give(actor=SYSTEM, asked_id=of(made, "X1").pk, given=AnswerGiven(foreign.pk), today=TODAY)
        assert codes(no.value.findings) == {"not_their_paper", "paper_before", "other_kind"}
        programme = enter(5, "programme", date(2026, 10, 1), by=issuer("ĐU", "X1"), sure=True)
        with pytest.raises(Refused) as no:
            answer_give(actor=SYSTEM, asked_id=of(made, "X1").pk, given=AnswerGiven(programme.pk), today=TODAY)
        assert codes(no.value.findings) == {"other_kind"}
        sure = AnswerGiven(programme.pk, sure=True)
        assert answer_give(actor=SYSTEM, asked_id=of(made, "X1").pk, given=sure, today=TODAY).document == programme

    def test_nobody_answers_or_exempts_for_the_other_side(self) -> None:
        made = ask("X1", "X2")
        issuer("ĐU", "X1")
        given = AnswerGiven(number=1, signed_on=date(2026, 10, 1), title="Kế hoạch")
        with pytest.raises(Denied) as no:
            answer_give(actor=clerk("X2"), asked_id=of(made, "X1").pk, given=given, today=TODAY)
        assert no.value.status == 404
        with pytest.raises(Denied) as no:
            asking.exempt(actor=clerk("X1"), asked_id=of(made, "X1").pk, reason="x", today=TODAY)
        assert no.value.status == 403

    def test_an_exemption_needs_a_reason_and_can_be_taken_back(self) -> None:
        made = ask("X1")
        one = of(made, "X1")
        with pytest.raises(Refused):
            asking.exempt(actor=SYSTEM, asked_id=one.pk, reason=" ", today=TODAY)
        asking.exempt(actor=SYSTEM, asked_id=one.pk, reason="đã có kế hoạch chung", today=TODAY)
        assert states(made) == {"X1": EXEMPT}
        with pytest.raises(Refused) as no:
            answer(made, "X1", date(2026, 10, 1))
        assert codes(no.value.findings) == {"exempt_already"}
        asking.reopen(actor=SYSTEM, asked_id=one.pk, reason="nhầm")
        assert states(made) == {"X1": LATE}
        with pytest.raises(Refused) as no:
            asking.reopen(actor=SYSTEM, asked_id=one.pk, reason="nhầm")
        assert codes(no.value.findings) == {"still_owed"}

    def test_only_the_late_ones_are_reminded_and_once_a_day(self) -> None:
        made = ask("X1", "X2", "X3", "C5")
        answer(made, "X2", date(2026, 10, 1))
        asking.exempt(actor=SYSTEM, asked_id=of(made, "X3").pk, reason="miễn", today=TODAY)
        with pytest.raises(Refused) as no:
            reminding.remind(actor=SYSTEM, ask_id=made.pk, today=DUE)
        assert codes(no.value.findings) == {"nobody_late"}
        assert reminding.remind(actor=SYSTEM, ask_id=made.pk, today=TODAY) == 2
        assert set(Reminder.objects.values_list("asked_of__owing__code", flat=True)) == {"X1", "C5"}
        with pytest.raises(Refused) as no:
            reminding.remind(actor=SYSTEM, ask_id=made.pk, today=TODAY)
        assert codes(no.value.findings) == {"reminded_today"}
        with pytest.raises(Denied):
            reminding.remind(actor=clerk("X1"), ask_id=made.pk, today=TODAY)

    def test_the_database_keeps_reminders_and_refuses_half_an_answer(self) -> None:
        made = ask("X1")
        reminding.remind(actor=SYSTEM, ask_id=made.pk, today=TODAY)
        one = of(made, "X1")
        for broken in (
            lambda: Reminder.objects.update(by="x"),
            lambda: Reminder.objects.all().delete(),
            lambda: AskedOf.objects.update(answered_on=TODAY),
            lambda: AskedOf.objects.update(exempt="miễn"),
            lambda: AskedOf.objects.create(ask=made, unit_id=one.unit_id, owing_id=one.unit_id, seq=1),
            lambda: Ask.objects.update(withdrawn="thôi"),
            lambda: Ask.objects.update(due_on=date(2026, 8, 1)),
        ):
            with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
                broken()

    def test_the_sums_of_the_matrix_are_its_cells_and_only_of_what_one_may_see(self) -> None:
        first, second = ask("X1", "X2", "X3"), ask("X1", "X3", what="report")
        answer(first, "X1", date(2026, 10, 1))
        asks = list(matrix.chosen_asks(SYSTEM, matrix.Chosen(2026), TODAY))
        assert asks == [second, first]
        found = matrix.with_cells(SYSTEM, matrix.lines(SYSTEM, asks, TODAY), asks, TODAY)
        assert [(Unit.objects.get(pk=one.unit_id).code, one.late, one.issued, one.total) for one in found] == [
            ("X3", 2, 0, 2), ("X1", 1, 1, 2), ("X2", 1, 0, 1),
        ]  # fmt: skip
        assert all(sum(len(cell) for cell in one.cells.values()) == one.total for one in found)
        counts = matrix.column_counts(SYSTEM, asks, TODAY)
        assert counts == {first.pk: {"in_time": 1, "late": 2}, second.pk: {"late": 2}}
        assert matrix.column_counts(clerk("X2"), asks, TODAY) == {first.pk: {"late": 1}, second.pk: {}}
        assert [one.unit_id for one in matrix.lines(clerk("X2"), asks, TODAY)] == [Unit.objects.get(code="X2").pk]

    def test_the_document_tells_what_was_asked_by_it(self) -> None:
        made = ask("X1", "X2")
        answer(made, "X1", date(2026, 10, 1))
        (line,) = carried(SYSTEM, directive(), TODAY)
        assert "1/2" in line.text
        assert (line.tone, line.on, str(line.state)) == ("bad", DUE, "1 quá hạn")

    def test_the_choice_of_papers_is_the_units_own_of_the_type_asked_for(self) -> None:
        made, ours = ask("X1"), issuer("ĐU", "X1")
        plan = enter(1, "plan", date(2026, 9, 9), by=ours)
        enter(2, "report", date(2026, 9, 9), by=ours)
        enter(3, "plan", date(2022, 1, 9), by=ours)
        enter(4, "plan", date(2026, 9, 9), by=issuer("ĐU", "X2"))
        assert list(selectors.answers_to_choose(clerk("X1"), of(made, "X1"))) == [plan]

    def test_what_is_only_tried_writes_nothing(self) -> None:
        meant = asking.ask_tried(actor=SYSTEM, given=wanted("X1", "X2"), today=ASKED)
        assert len(meant) == 2
        assert not Ask.objects.exists()
