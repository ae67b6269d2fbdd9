"""The registry of rules leaves none out, and words of an office change exactly what they speak of."""

from __future__ import annotations

import gc
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.dated import Dated, NoRuleInForce, Step, by_book
from nhiemky.domain.rulebook import (
    CONFIRM,
    SUPERSEDE,
    WITHDRAW,
    Word,
    book,
    check_confirm,
    check_supersede,
    read_value,
    rules,
)

FIRST, SECOND, THIRD = date(2010, 1, 1), date(2020, 1, 1), date(2026, 1, 1)
RULE = Dated("x.days", (Step(FIRST, 10, "1-QĐ", confirmed=False), Step(SECOND, 20, "2-QĐ")))
KNOWN = {RULE.name: RULE}
DAYS = st.dates(FIRST, date(2030, 1, 1))


def test_no_rule_of_the_program_is_left_out() -> None:
    held = rules()
    alive = [one for one in gc.get_objects() if type(one) is Dated and one.name.split(".")[0] != "x"]
    ours = {id(one) for one in held.values()}
    known_parts = {name.split(".")[0] for name in held}
    assert [one.name for one in alive if id(one) not in ours and one.name.split(".")[0] in known_parts] == []
    assert len(held) > 50


def test_every_rule_has_a_name_that_people_read() -> None:
    from nhiemky.regulations.rule_wording import PARTS, TITLES

    assert set(rules()) == set(TITLES)
    assert {name.split(".")[0] for name in rules()} == set(PARTS)


def test_a_confirmed_value_is_the_same_value() -> None:
    made = book(KNOWN, [Word(1, CONFIRM, RULE.name, FIRST, cites="9-QĐ")])
    with by_book(made):
        step = RULE.at(FIRST)
        assert (step.value, step.confirmed, step.cites) == (10, True, "1-QĐ; 9-QĐ")
        assert RULE.at(SECOND) == RULE.steps[1]
    assert not RULE.at(FIRST).confirmed


@given(DAYS, DAYS, st.integers(1, 500))
def test_another_value_holds_from_its_day_on_and_no_day_before(start: date, on: date, value: int) -> None:
    start = max(start, SECOND + timedelta(1))
    made = book(KNOWN, [Word(1, SUPERSEDE, RULE.name, start, str(value), "9-QĐ")])
    before = RULE.at(on)
    with by_book(made):
        after = RULE.at(on)
    assert after == (Step(start, value, "9-QĐ") if on >= start else before)


def test_what_is_taken_back_was_never_said() -> None:
    words = [Word(1, SUPERSEDE, RULE.name, THIRD, "30", "9-QĐ"), Word(2, WITHDRAW, RULE.name, THIRD, of=1)]
    assert book(KNOWN, words) == {}


def test_a_word_on_a_rule_that_the_program_no_longer_has_does_no_harm() -> None:
    assert book(KNOWN, [Word(1, CONFIRM, "x.gone", FIRST), Word(2, CONFIRM, RULE.name, THIRD)]) == {}


def test_the_book_does_not_give_a_rule_to_days_that_have_none() -> None:
    with by_book(book(KNOWN, [Word(1, CONFIRM, RULE.name, FIRST)])), pytest.raises(NoRuleInForce):
        RULE.at(date(2009, 12, 31))


@pytest.mark.parametrize("text", ["", "không", "0", "-3", "1,5", "10001", "3 tháng"])
def test_a_value_that_cannot_be_meant_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the value itself is the message
        read_value(12, text)
    assert [one.code for one in check_supersede(RULE.steps, THIRD, text)] == ["rules.value_unread"]


def test_what_stands_against_a_word_is_named() -> None:
    assert [one.code for one in check_confirm(RULE.steps, THIRD)] == ["rules.no_such_step"]
    assert [one.code for one in check_confirm(RULE.steps, SECOND)] == ["rules.confirmed_already"]
    assert [one.code for one in check_supersede(RULE.steps, SECOND, "30")] == ["rules.not_later"]
    assert [one.code for one in check_supersede(RULE.steps, THIRD, "20")] == ["rules.same_value"]
    listed = Dated("x.list", (Step(FIRST, ("a", "b"), "1-QĐ"),))
    assert [one.code for one in check_supersede(listed.steps, THIRD, "30")] == ["rules.not_plain"]
