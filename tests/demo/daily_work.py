"""What the demo province shows of daily work: cases behind the admissions, data to mend, people entered twice."""

from __future__ import annotations

from collections import Counter
from datetime import date

from nhiemky.admissions.cases import rows as rows_of_cases
from nhiemky.admissions.cases import standings
from nhiemky.admissions.models import Case
from nhiemky.conferences.models import Conference
from nhiemky.conferences.selectors import became, before, tally
from nhiemky.demo.quality import TWICE_ON
from nhiemky.domain.admissions.steps import OPEN_STAGES
from nhiemky.members.models import Movement, Person
from nhiemky.rights.models import Holder, Request

TODAY = date(2026, 10, 31)
# So many are wrong on purpose in one way, at the most.
SPOILT = 6


class DailyWork:
    """Tests of a generated province, for `test_province.SmallProvince`."""

    def test_every_admission_since_2020_is_the_outcome_of_a_case(self) -> None:
        admitted = Movement.objects.filter(kind="admission", on__gte=date(2020, 1, 1), reverses=None, reversed_by=None)
        assert set(admitted.values_list("pk", flat=True)) == set(
            Case.objects.filter(admission__isnull=False).values_list("admission_id", flat=True)
        )
        today = max(TODAY, *admitted.values_list("on", flat=True))
        found = standings(rows_of_cases(), today)
        for case in found:
            for step in case.state.steps if case.state.stage == "official" else ():
                assert step.status == "done", (case.pk, step.kind.key)
        stages = Counter(case.state.stage for case in found)
        assert set(stages) >= set(OPEN_STAGES), stages
        assert any(case.state.late for case in found)

    def test_only_recognised_members_have_a_card_but_for_a_few(self) -> None:
        assert 1 <= Person.objects.filter(official_on=None).exclude(card_number="").count() <= SPOILT
        assert 1 <= Person.objects.exclude(official_on=None).filter(card_number="").count() <= 2 * SPOILT

    def test_particulars_are_filled_but_for_a_few(self) -> None:
        people = Person.objects.count()
        for field in ("religion", "home_place", "phone", "general_education", "qualification", "political_theory"):
            assert 1 <= Person.objects.filter(**{field: ""}).count() <= people // 100, field
        assert not Person.objects.filter(occupation="").exists()
        assert Person.objects.filter(religion="none").count() > 0.9 * people

    def test_a_member_has_asked_for_three_things_and_one_is_overdue(self) -> None:
        person = Holder.objects.get(user__username="dangvien").person
        asked = Request.objects.filter(person=person)
        assert person.full_name == "Trần Thị Hạnh"
        assert sorted(asked.values_list("state", flat=True)) == ["acknowledged", "granted", "made"]
        assert asked.filter(due_on__lt=TODAY).count() == 1

    def test_some_are_entered_twice(self) -> None:
        again = Movement.objects.filter(kind="transfer_in", on=TWICE_ON).select_related("person")
        assert again.count() >= 3
        for movement in again:
            person = movement.person
            same = Person.objects.exclude(pk=person.pk).filter(
                decided_on=person.decided_on, home_place=person.home_place
            )
            assert same.filter(birth_date__year=person.birth_date.year).exists()

    def test_the_conference_of_6_january_2023_was_followed_up_and_the_next_one_is_planned(self) -> None:
        held = Conference.objects.get(on=date(2023, 1, 6))
        assert (held.reviewed_year, held.state, held.publications.count()) == (2022, "closed", 1)
        assert held.items.count() == 6
        assert held.invitees.filter(by_code=True).count() > 10
        counts = tally(became(held, TODAY))
        assert counts["done_on_time"] >= 3
        assert counts["overdue"] == 1
        assert counts["waived"] == 1
        assert before(Conference.objects.get(on__year=2024)) == [held]
        coming = Conference.objects.get(state="planned")
        assert coming.on.month == 1
        assert coming.on > TODAY
        assert coming.invitees.exclude(presence="").count() == 0
        assert coming.invitees.count() > 10
