"""Figures of work: counted from the records of the parts, as of any day, by unit, each with its rows."""

from __future__ import annotations

from datetime import date

import pytest

import builders
from conferences import meeting
from directives import asked as papers
from nhiemky.conferences.models import Conference
from nhiemky.conferences.services import holding, noting
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.tasks.kinds import OUTCOMES
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation import services as reorganising
from nhiemky.organisation.models import Unit
from nhiemky.reporting import listing, selectors, splitting
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.review import Review, review
from nhiemky.reporting.selectors import Question
from nhiemky.reporting.work_indicators import SORTS, WORK
from nhiemky.tasks import rollup
from nhiemky.tasks.models import Task
from nhiemky.tasks.services import assigning, following, more_time, programmes
from nhiemky.tasks.services.assigning import TaskGiven
from nhiemky.tasks.services.programmes import ProgrammeGiven
from pages_kit import somebody, words
from regulations import cared
from tasks.given import act, finish, give, hand_in

pytestmark = pytest.mark.django_db
NOW = builders.TODAY
KEYS = ("tasks.done_on_time", "tasks.done_late", "tasks.overdue", "tasks.not_due", "tasks.cancelled")


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()


def asked(code: str, year: int, on: date | None = None, structure: date | None = None) -> Question:
    return selectors.question(organisation.structure().by_code[code], year, NOW, on=on, structure=structure)


def values(code: str, year: int, *keys: str, on: date | None = None, structure: date | None = None) -> list[int | None]:
    found = selectors.figures(asked(code, year, on, structure), keys)
    return [found[key].value for key in keys]


def tasks_of_2025() -> dict[str, Task]:
    """Every outcome, one returned, one given more time, one taken over from 2024."""
    january, june = date(2025, 1, 6), date(2025, 6, 27)
    made = {name: give(code, today=january, due_on=june, title=name) for name, code in (
        ("in time", "X1"), ("late", "C1"), ("overdue", "X2"), ("dropped", "X3"), ("returned", "C4"), ("longer", "X3"),
    )}  # fmt: skip
    made["old"] = give("X1", today=date(2024, 3, 4), due_on=date(2024, 12, 20), title="old")
    finish(made["in time"], june, date(2025, 7, 10))
    finish(made["late"], date(2025, 6, 30))
    act(made["dropped"], "cancel", today=date(2025, 3, 3))
    hand_in(made["returned"], today=date(2025, 6, 2))
    act(made["returned"], "begin", "submit", today=date(2025, 6, 2))
    act(made["returned"], "return", today=date(2025, 7, 1))
    more_time.time_ask(actor=builders.SYSTEM, task_id=made["longer"].pk, until=date(2025, 9, 1), reason="x", today=june)
    more_time.time_decide(
        actor=builders.SYSTEM, task_id=made["longer"].pk, grant=True, answer="", today=date(2025, 7, 2)
    )
    finish(made["old"], date(2025, 2, 3))
    return made


@pytest.mark.parametrize("day", ["2025-02-01", "2025-06-28", "2025-06-30", "2025-07-01", "2025-07-10", "2025-12-31"])
def test_tasks_are_counted_as_the_roll_up_counts_them_on_every_day(day: str) -> None:
    tasks_of_2025()
    on = date.fromisoformat(day)
    for code in ("T", "H1", "H2", "X1", "X3", "C4"):
        told = rollup.rollup(Unit.objects.get(code=code).pk, 2025, NOW, on=on).counts()
        assert dict(zip(OUTCOMES, values(code, 2025, *KEYS, on=on), strict=True)) == told, (code, told)


def test_a_year_takes_over_what_the_one_before_left() -> None:
    tasks_of_2025()
    assert values("T", 2025, "tasks.carried", "tasks.carried.done") == [1, 1]
    assert values("T", 2026, "tasks.carried", "tasks.carried.done") == [3, 0]  # overdue, returned, given more time
    assert values("T", 2024, "tasks.due", "tasks.overdue") == [1, 1]


def test_a_write_is_told_by_the_next_figure_and_an_earlier_day_stays() -> None:
    made = tasks_of_2025()
    assert values("X2", 2025, "tasks.overdue", "tasks.done_late") == [1, 0]
    finish(made["overdue"], date(2025, 11, 3))
    assert values("X2", 2025, "tasks.overdue", "tasks.done_late") == [0, 1]
    assert values("X2", 2025, "tasks.overdue", on=date(2025, 11, 2)) == [1]


def test_a_task_that_followed_a_merger_is_told_where_it_stood_and_restated_where_its_unit_went() -> None:
    task = give("X2", today=date(2026, 1, 6), due_on=date(2026, 3, 3))
    finish(give("X2", today=date(2026, 1, 6), due_on=date(2026, 3, 4)), date(2026, 2, 3))
    decision = builders.decision({"op": "merge", "units": ["X2"], "into": "X1"}, effective=date(2026, 7, 1))
    reorganising.reorganisation_apply(actor=builders.SYSTEM, decision=decision, today=NOW)
    if following.left_behind(NOW):
        following.tasks_follow(actor=builders.SYSTEM, today=NOW)
    assert Task.objects.get(pk=task.pk).unit.code == "X1"
    assert values("X1", 2026, "tasks.due", "tasks.overdue") == [1, 1]
    assert values("H1", 2026, "tasks.due", "tasks.done_on_time") == [2, 1]
    parts = splitting.split(asked("H1", 2026), BY_KEY["tasks.due"])
    assert {part.mark: part.count.value for part in parts} == {"X1": 1, "-ended": 1}
    successor = Unit.objects.get(code="X1").pk
    assert values("X1", 2026, "tasks.due", structure=NOW) == [2] == [rollup.rollup(successor, 2026, NOW).total]
    assert values("X2", 2026, "tasks.overdue", on=date(2026, 3, 5)) == [1]


def test_directives_count_once_at_whoever_carries_them_out_and_papers_at_whoever_owes_them() -> None:
    resolution = papers.directive()
    first = papers.ask("X1", "X2", "X3", document_id=resolution.pk)
    papers.ask("X1", what="report", document_id=resolution.pk, due_on=date(2026, 12, 1))
    papers.answer(first, "X1", date(2026, 10, 1))
    papers.answer(first, "X2", date(2026, 10, 22))
    keys = ("papers.asked", "papers.in_time", "papers.issued_late", "papers.missing")
    assert values("T", 2026, *keys) == [4, 1, 1, 1]
    assert values("H1", 2026, *keys) == [3, 1, 1, 0]
    assert values("T", 2026, *keys, on=date(2026, 10, 20)) == [4, 1, 0, 0]
    assert [values(code, 2026, "directives.under_way") for code in ("X1", "X3", "H1", "T")] == [[1], [1], [0], [1]]
    assert values("X1", 2027, "directives.under_way") == [1]
    assert values("X2", 2025, "directives.under_way") == [None]


def test_a_directive_stays_in_hand_where_the_asker_went() -> None:
    papers.ask("X1", asker_code="H1", today=date(2026, 5, 4), due_on=date(2026, 12, 1))
    decision = builders.decision({"op": "merge", "units": ["H1"], "into": "H2"}, effective=date(2026, 7, 1))
    reorganising.reorganisation_apply(actor=builders.SYSTEM, decision=decision, today=NOW)
    assert values("H2", 2026, "directives.under_way") == [1]
    assert values("H2", 2026, "directives.under_way", on=date(2026, 6, 1)) == [0]
    assert values("H1", 2026, "directives.under_way", on=date(2026, 6, 1)) == [1]


def test_programmes_and_plans_count_in_the_year_of_their_paper() -> None:
    for code, kind, year in (("T", "programme", 2025), ("X1", "plan", 2025), ("X3", "plan", 2026)):
        given = ProgrammeGiven(code, kind, f"{kind} {code}", date(year, 4, 1))
        programmes.programme_enter(actor=builders.SYSTEM, given=given, today=NOW)
    assert values("T", 2025, "programmes.issued", "plans.issued", "programmes.work") == [1, 1, 0]
    assert values("T", 2026, "programmes.issued", "plans.issued") == [0, 1]
    assert values("H1", 2025, "plans.issued") == [1]


def test_regulations_count_by_what_came_of_the_review() -> None:
    held = cared.care(document=cared.paper())
    cared.begin(held)
    assert values("X1", 2026, "regulations.under_review", "regulations.changed") == [1, 0]
    cared.write(held)
    cared.step(held, "keep", next_review_on=date(2028, 8, 1))
    assert values("X1", 2026, "regulations.under_review", "regulations.kept", "regulations.changed") == [0, 1, 0]
    assert values("T", 2026, "regulations.under_review", on=date(2026, 9, 15)) == [1]


def _held(on: date) -> Conference:
    """A conference of the province under way, with a chair."""
    held = meeting.plan(on=on, reviewed_year=on.year - 1, today=on)
    meeting.chair(held)
    return holding.conference_open(actor=builders.SYSTEM, conference_id=held.pk, today=on)


def test_limits_and_instructions_count_with_what_became_of_their_tasks() -> None:
    held = _held(date(2026, 1, 6))
    limit = meeting.note(held, "Chậm báo cáo", "limit")
    meeting.note(held, "Chưa kiểm tra", "limit")
    meeting.note(held, "Khắc phục ngay")
    keys = ("limits.pointed_out", "limits.overcome", "limits.overdue", "limits.no_remedy", "instructions.given")
    assert values("T", 2026, *keys) == [2, 0, 0, 2, 1]
    given = meeting.given(due=date(2026, 2, 20))
    noting.instruction_assign(actor=builders.SYSTEM, instruction_id=limit.pk, given=given, today=date(2026, 1, 9))
    assert values("T", 2026, *keys) == [2, 0, 1, 1, 1]
    task = Task.objects.get(instructions=limit)
    finish(task, date(2026, 3, 2))
    assert values("T", 2026, *keys) == [2, 1, 0, 1, 1]
    assert values("T", 2026, *keys, on=date(2026, 1, 8)) == [2, 0, 0, 2, 1]
    assert values("T", 2026, *keys, on=date(2026, 2, 28)) == [2, 0, 1, 1, 1]
    assert values("X1", 2026, "limits.pointed_out") == [0]


def test_key_tasks_are_their_giver_s_own() -> None:
    for rank in (1, 2):
        given = TaskGiven("T", "X1", f"Việc {rank}", date(2026, 5, 4), "Báo cáo", key_year=2026, key_rank=rank)
        task = assigning.task_assign(actor=builders.SYSTEM, given=given, today=date(2026, 1, 9))
    finish(task, date(2026, 4, 1))
    assert values("T", 2026, "tasks.key", "tasks.key.done") == [2, 1]
    assert values("T", 2026, "tasks.key", "tasks.key.done", on=date(2026, 2, 1)) == [2, 0]
    assert values("X1", 2026, "tasks.key") == [0]


def world() -> None:
    tasks_of_2025()
    first = papers.ask("X1", "X2", "X3", today=date(2025, 2, 3), due_on=date(2025, 5, 5))
    papers.answer(first, "X1", date(2025, 3, 3))
    meeting.note(_held(date(2025, 1, 8)), "Chậm báo cáo", "limit")


@pytest.mark.parametrize("structure", [None, NOW])
def test_every_figure_of_work_is_the_sum_of_its_parts_and_has_its_rows(structure: date | None) -> None:
    world()
    counted = 0
    for code in ("T", "H1", "X1"):
        question = asked(code, 2025, structure=structure)
        for indicator in WORK:
            value = selectors.figures(question, [indicator.key])[indicator.key].value
            rows = listing.Rows(builders.SYSTEM, question, indicator)[:]
            assert len(rows) == (value or 0), indicator.key
            assert all(row.name and row.url and row.kind in SORTS for row in rows), indicator.key
            parts = splitting.split(question, indicator)
            assert not parts or sum(part.count.value or 0 for part in parts) == (value or 0), indicator.key
            counted += value or 0
    assert counted > 30


def test_rows_of_work_need_the_right_to_see_work_there() -> None:
    world()
    mine = Scope(unit_ids=frozenset(Unit.objects.filter(code__in=("X1", "C1", "C2")).values_list("pk", flat=True)))
    reader = Actor(None, "r", dict.fromkeys(("organisation.view", "reporting.view", "members.view"), mine))
    worker = Actor(None, "w", dict.fromkeys(("organisation.view", "reporting.view", "work.view"), mine))
    with pytest.raises(Denied):
        listing.Rows(reader, asked("X1", 2025), BY_KEY["tasks.due"])
    assert {row.name for row in listing.Rows(worker, asked("X1", 2025), BY_KEY["tasks.due"])[:]} == {"in time", "late"}
    with pytest.raises(Denied):
        listing.Rows(worker, asked("T", 2025), BY_KEY["tasks.due"])


def written(code: str, year: int) -> str:
    found: Review = review(asked(code, year), "vi")
    return " ".join(str(getattr(piece, "text", piece)) for section in found.sections
                    for line in section.sentences for piece in line)  # fmt: skip


def test_the_review_tells_work_only_where_there_was_some() -> None:
    assert next(section.key for section in review(asked("T", 2025), "vi").sections) == "members"
    world()
    told = written("T", 2025)
    assert "nhiệm vụ đến hạn trong năm" in told
    assert "hạn chế, khuyết điểm" in told
    assert "văn bản triển khai phải ban hành" in told
    keys = [section.key for section in review(asked("T", 2025), "vi").sections]
    assert keys[:3] == ["remedies", "directives", "tasks"]
    assert "regulations" not in keys


def test_pages_and_files_open_the_rows_of_work() -> None:
    world()
    page = somebody("specialist", "T")
    review_page = words(page.get("/review/T/2025/").content)
    assert "were due in the year" in review_page
    rows = page.get("/figures/tasks.overdue/rows/?unit=T&year=2025")
    assert "overdue" in words(rows.content)
    assert page.get("/figures/tasks.overdue/?unit=T&year=2025").status_code == 200
    assert page.get("/figures/papers.missing/rows.xlsx?unit=T&year=2025").status_code == 200
    assert page.get("/review/T/2025/review.xlsx").status_code == 200
    assert page.get("/review/T/2025/review.docx").status_code == 200
