"""Sentences agree with their numbers: worked cases from YAML, and what must hold for any numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.wording import LANGUAGES, Number, plain

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "wording.yaml").read_text(encoding="utf-8")
)
counts = st.integers(0, 2_000_000)
languages = st.sampled_from(LANGUAGES)


def _said(kind: str, given_: dict[str, Any], language: str) -> str:
    made = _MAKERS[kind](**given_, language=language)
    return made if isinstance(made, str) else made.text if isinstance(made, Number) else plain(made)


_MAKERS: dict[str, Callable[..., Any]] = {
    "versus": wording.versus,
    "none_against": wording.none_against,
    "reach": wording.reach,
    "inexact": wording.inexact,
    "share": wording.share,
    "points": wording.write_points,
    "head": wording.head,
    "day_long": wording.write_day_long,
    "number": wording.write_number,
}


@pytest.mark.parametrize(
    ("kind", "case", "language"),
    [(kind, case, language) for kind, cases in CASES.items() for case in cases for language in LANGUAGES],
)
def test_worked_case(kind: str, case: dict[str, Any], language: str) -> None:
    given_ = {key: value for key, value in case.items() if key not in LANGUAGES}
    assert _said(kind, given_, language) == case[language]


@given(counts, counts, languages)
def test_direction_is_that_of_the_numbers(value: int, previous: int, language: str) -> None:
    said = plain(wording.versus(value, previous, 2021, language))
    rises, falls = {"vi": ("tăng", "giảm"), "en": ("up", "down")}[language]
    assert said.startswith(rises) == (value > previous)
    assert said.startswith(falls) == (value < previous)


@given(counts, counts, languages)
def test_the_change_written_is_the_change(value: int, previous: int, language: str) -> None:
    numbers = {p.field: p for p in wording.versus(value, previous, 2021, language) if isinstance(p, Number)}
    if value == previous:
        assert not numbers
    else:
        assert numbers["change"].value == value - previous
        assert int(re.sub(r"\D", "", numbers["change"].text)) == abs(value - previous)


@given(counts, st.integers(1, 2_000_000), st.booleans(), st.booleans(), languages)
def test_target_is_told_as_it_is(value: int, target: int, finished: bool, assumed: bool, language: str) -> None:
    said = plain(wording.reach(value, target, language, finished=finished, assumed=assumed))
    above = {"vi": "vượt", "en": "above"}[language]
    assert said.startswith(above) == (value > target)
    if value < target:
        assert "100%" not in said
    if not finished and value < target:
        assert "chưa đạt" not in said
        assert "short" not in said
    assert (("chờ xác nhận" in said) or ("confirmed" in said)) == assumed
    assert said.count("(") == said.count(")")


@given(counts, st.integers(1, 2_000_000), st.booleans(), st.sampled_from(["founded", "ended", "scope", "since"]))
def test_no_judgement_where_figure_and_target_differ(value: int, target: int, finished: bool, apart: str) -> None:
    said = plain(wording.reach(value, target, "vi", finished=finished, apart=apart, apart_on=date(2025, 7, 1)))
    assert said.startswith("bằng ")
    assert "01/07/2025" in said
    assert not re.search(r"\b(vượt|đạt|thiếu)\b", said)


@given(counts, st.integers(0, 9), languages)
def test_few_are_not_told_in_per_cent(value: int, previous: int, language: str) -> None:
    assert "%" not in plain(wording.versus(value, previous, 2021, language))


@given(counts, st.integers(1, 2_000_000), languages)
def test_share_never_says_more_than_it_is(part: int, whole: int, language: str) -> None:
    said = wording.write_share(part, whole, language)
    assert (said == "0%") == (part == 0)
    assert (said == "100%") == (part == whole)
    if not said.startswith(("dưới", "hơn", "under", "over")):
        shown = float(
            said.rstrip("%").replace(".", "").replace(",", ".")
            if language == "vi"
            else said.rstrip("%").replace(",", "")
        )
        assert abs(shown - 100 * part / whole) <= 0.1


@given(st.integers(-(10**9), 10**9), languages)
def test_number_reads_back(value: int, language: str) -> None:
    text = wording.write_number(value, language)
    assert int(re.sub(r"[.,]", "", text.replace("−", "-"))) == value


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 4), (1, -3)])
def test_no_share_of_nothing(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wording.write_share(part, whole, "vi")


def test_both_languages_have_every_phrase() -> None:
    assert wording._WORDS["vi"].keys() == wording._WORDS["en"].keys()
    for key in wording._WORDS["vi"]:
        slots = [set(re.findall(r"\{(\w+)\}", wording._WORDS[language][key])) for language in LANGUAGES]
        assert slots[0] == slots[1], key
