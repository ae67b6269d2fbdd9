"""The judge of admission cases: worked cases, and what holds for every case."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.admissions.facts import Done, End, Facts
from nhiemky.domain.admissions.judging import DONE, LATE, judge
from nhiemky.domain.admissions.recording import check_step
from nhiemky.domain.admissions.steps import PAPERS, STEPS
from nhiemky.domain.admissions.voting import PASSED, REJECTED, Vote, check_vote, outcome

CASES = yaml.safe_load(Path(__file__).with_name("admissions.yaml").read_text("utf-8"))
BORN = date(1996, 5, 19)


def facts_of(told: dict[str, Any]) -> Facts:
    done = tuple(
        Done(one["key"], one["day"], Vote(*one["vote"]) if "vote" in one else None, outcome=one.get("outcome", ""))
        for one in told["done"]
    )
    return Facts(told["born"], done, levels=told.get("levels", ["grassroots"]), recommenders=2)


@pytest.mark.parametrize("told", CASES, ids=[told["name"] for told in CASES])
def test_worked_case(told: dict[str, Any]) -> None:
    state = judge(facts_of(told), told["today"])
    steps = {step.kind.key: step for step in state.steps}
    assert state.stage == told["stage"]
    assert {step.kind.key: step.due for step in state.to_do} == told["next"]
    assert [step.kind.key for step in state.late] == told.get("late", [])
    for key, number in told["regulation"].items():
        assert f" {number}" in steps[key].regulation.cites, key
    for key, sure in told.get("confirmed", {}).items():
        assert steps[key].by.confirmed is sure
    for key, short in told.get("short", {}).items():
        assert [finding.facts["short"] for finding in steps[key].findings if "short" in finding.facts] == [short]


# --- What holds for every case ---------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> Facts:
    """A case with its first steps on rising days, votes of all kinds among them."""
    day = draw(st.dates(date(2015, 1, 1), date(2026, 6, 1)))
    levels = draw(st.sampled_from([(), ("grassroots",), ("sectional", "grassroots")]))
    facts = Facts(BORN, (), levels=levels, recommenders=2)
    for kind in [kind for kind in STEPS if facts.applies(kind)][: draw(st.integers(0, len(STEPS)))]:
        day += timedelta(days=draw(st.integers(0, 200)))
        vote = None
        if kind.vote:
            base = draw(st.integers(1, 30))
            yes = draw(st.integers(0, base))
            vote = Vote(base, base, yes, base - yes)
        facts = facts.with_done(Done(kind.key, day, vote, outcome="admit" if kind.key == "decision" else ""))
    return facts


days = st.dates(date(2015, 1, 1), date(2030, 1, 1))


@given(cases(), days, st.integers(0, 2000))
def test_time_never_undoes_a_step_and_never_makes_a_late_one_timely(facts: Facts, today: date, later: int) -> None:
    now, then = judge(facts, today), judge(facts, today + timedelta(days=later))
    assert [step.kind for step in now.steps] == [step.kind for step in then.steps]
    for before, after in zip(now.steps, then.steps, strict=True):
        assert (before.status == DONE) == (after.status == DONE)
        if before.status == LATE:
            assert after.status == LATE


@given(cases(), days)
def test_an_open_case_always_says_what_is_next_or_what_it_waits_for(facts: Facts, today: date) -> None:
    state = judge(facts, today)
    assert state.open == (state.first is not None or state.waits_for is not None)


@given(cases(), days, st.data())
def test_one_more_step_undoes_no_other(facts: Facts, today: date, data: st.DataObject) -> None:
    state = judge(facts, today)
    if not state.to_do:
        return
    step = data.draw(st.sampled_from(state.to_do))
    done = {kind.key for kind in facts.kinds() if facts.completed(kind.key)}
    vote = Vote(9, 9, 9, 0) if step.kind.vote else None
    more = facts.with_done(Done(step.kind.key, today, vote))
    assert {kind.key for kind in more.kinds() if more.completed(kind.key)} >= done


@given(st.integers(1, 300), st.data())
def test_more_votes_for_never_make_the_outcome_worse(base: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, base))
    yes = data.draw(st.integers(0, present))
    more = data.draw(st.integers(yes, present))
    on = data.draw(st.dates(date(2012, 1, 1), date(2030, 1, 1)))
    few, many = (outcome(Vote(base, present, votes, present - votes), "cell", on) for votes in (yes, more))
    order = (REJECTED, "undecided", PASSED)
    assert order.index(many.verdict) >= order.index(few.verdict)
    assert many.short <= few.short


@given(st.integers(1, 300), st.integers(0, 300))
def test_two_thirds_are_of_all_and_never_of_those_present(base: int, yes: int) -> None:
    yes = min(yes, base)
    made = outcome(Vote(base, yes, yes, 0), "cell", date(2024, 3, 4))
    assert (made.verdict == PASSED) == (3 * yes >= 2 * base)


# --- Recording -------------------------------------------------------------------------------------------------------


def codes(facts: Facts, entry: Done, today: date = date(2025, 3, 3)) -> set[str]:
    return {finding.code for finding in check_step(facts, entry, today=today) if finding.blocks}


def test_counts_that_do_not_add_up_are_not_believed() -> None:
    assert {finding.code for finding in check_vote(Vote(9, 8, 5, 2, 0))} == {"admissions.votes_do_not_add_up"}
    assert {finding.code for finding in check_vote(Vote(9, 10, 10, 0, 0))} == {"admissions.more_present"}
    assert check_vote(Vote(9, 8, 5, 2, 1)) == []


def test_a_step_waits_for_those_before_it_in_order_and_in_time() -> None:
    facts = Facts(BORN, (Done("noted", date(2024, 6, 3)),))
    assert codes(facts, Done("application", date(2024, 7, 1))) == {"admissions.step_before"}
    assert codes(facts, Done("course", date(2024, 6, 2))) == {"admissions.before_step"}
    assert codes(facts, Done("course", date(2025, 3, 4))) == {"admissions.in_future"}
    assert codes(facts, Done("course", date(2024, 9, 2))) == set()


def test_the_official_status_is_not_considered_before_the_year_is_over() -> None:
    facts = facts_of(CASES[3])
    vote = Vote(9, 9, 9, 0)
    assert "admissions.before_probation_ends" in codes(
        facts, Done("official_vote", date(2025, 5, 16), vote), date(2025, 7, 7)
    )
    assert codes(facts, Done("official_vote", date(2025, 5, 17), vote), date(2025, 7, 7)) == set()


def test_one_recommendation_is_enough_where_the_union_nominates() -> None:
    done = tuple(Done(key, date(2024, 6, 3)) for key in ("noted", "course", "application"))
    one = Done("recommendation", date(2024, 7, 1))
    assert codes(Facts(BORN, done, recommenders=1), one) == {"admissions.recommenders_few"}
    assert codes(Facts(BORN, done, recommenders=1, union=True), one) == set()


def test_nothing_is_recorded_in_a_case_that_ended() -> None:
    facts = Facts(BORN, (Done("noted", date(2024, 6, 3)),), end=End("withdrawn", date(2024, 7, 1)))
    assert "admissions.case_ended" in codes(facts, Done("course", date(2024, 8, 1)))
    assert judge(facts, date(2024, 9, 1)).stage == "ended"


def test_no_rule_is_invented_for_days_before_the_first() -> None:
    facts = Facts(BORN, (Done("noted", date(2010, 6, 3)),))
    first = judge(facts, date(2010, 7, 1)).steps[0]
    assert first.regulation is None
    assert first.papers == ()


def test_every_step_but_the_first_and_the_two_without_forms_has_a_paper() -> None:
    papers = {paper.step for paper in PAPERS.at(date(2026, 1, 5)).value}
    assert {kind.key for kind in STEPS} - papers == {"noted", "background", "ceremony", "member_course"}
