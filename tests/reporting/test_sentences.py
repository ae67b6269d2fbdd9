"""Sentences of the review for given figures: the worked cases of `tests/domain/sentences.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhiemky.domain.reporting.wording import LANGUAGES
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.mergers import Mergers
from nhiemky.reporting.review_text import CHAPTERS, Line
from nhiemky.reporting.selectors import Figure, Question
from nhiemky.reporting.sentences import plain
from nhiemky.reporting.writing import Writer, keys_of, of_kind, slots_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "domain" / "sentences.yaml").read_text(encoding="utf-8")
)


def _line(key: str, kind: str, known: set[str]) -> Line:
    """The line written for the kind of unit that names the figure, and no figure that the case does not give."""
    lines = [line for chapter in CHAPTERS for line in chapter.lines if not line.of or of_kind(kind) in line.of]
    named = [(line, {k for slot in slots_of(line.vi) for k in keys_of(slot)}) for line in lines]
    found = [line for line, keys in named if key in keys and keys <= known]
    return found[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"])
def test_worked_case(case: dict[str, Any], language: str) -> None:
    found = {
        key: Figure(BY_KEY[key], value, value, value, before, value - before)
        for key, (value, before) in case["figures"].items()
    }
    asked = Question(0, 2022, date(2022, 12, 31))
    writer = Writer(asked, language, found, case["of"], Mergers(), ended=False)
    assert plain(writer.sentence(_line(case["line"], case["of"], set(found)))) == case[language]


def test_both_languages_name_the_same_figures() -> None:
    """What one language says, the other says too: a figure that only one names would be told to half the readers."""
    for line in (line for chapter in CHAPTERS for line in chapter.lines):
        vi, en = ({k for slot in slots_of(text) for k in keys_of(slot)} for text in (line.vi, line.en))
        assert vi == en, line.vi
