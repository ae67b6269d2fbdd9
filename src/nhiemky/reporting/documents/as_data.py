"""The review as plain data for JSON: every sentence with the references its numbers are."""

from __future__ import annotations

from datetime import date

from nhiemky.reporting.review import Review
from nhiemky.reporting.selectors import Figure
from nhiemky.reporting.sentences import Ref, Sentence, plain
from nhiemky.reporting.shares import Share
from nhiemky.reporting.splitting import Slice


def data(found: Review, today: date) -> dict[str, object]:
    """Everything the review says."""
    asked = found.asked
    return {
        "unit": {"code": found.code, "name": found.unit, "kind": found.kind},
        "year": asked.year,
        "on": asked.on.isoformat(),
        "structure": asked.structure.isoformat() if asked.structure else None,
        "made_on": today.isoformat(),
        "language": found.language,
        "title": found.title,
        "restated": found.restated,
        "sections": [
            {"number": s.number, "title": s.title, "sentences": [_sentence(sentence) for sentence in s.sentences]}
            for s in found.sections
        ],
        "balance": [
            {"name": line.name, "in": line.came, "out": line.went, "members": line.stock} for line in found.balance
        ],
        "parts": _parts(found),
        "figures": _figures(found),
        "ratios": {key: ratio(share, found.language) for key, share in found.shares.items()},
    }


def _sentence(sentence: Sentence) -> dict[str, object]:
    numbers = [
        {"indicator": ref.key, "field": ref.field, "text": ref.text, "value": ref.value}
        for ref in sentence
        if isinstance(ref, Ref)
    ]
    return {"text": plain(sentence), "numbers": numbers}


def _parts(found: Review) -> list[dict[str, object]]:
    """What stood directly below, with its admissions, members and cells; lines without a code are no single unit."""
    return [
        {
            "code": part.mark if part.is_unit else None,
            "name": part.name,
            "admitted": _value(part.admitted),
            "admitted_previous": part.admitted.previous if part.admitted else None,
            "target": part.admitted.goal.value if part.admitted and part.admitted.goal else None,
            "members": _value(part.members),
            "residential_cells": _value(part.cells),
            "residential_cells_with_committee": _value(part.with_committee),
        }
        for part in found.parts
    ]


def _value(part: Slice | None) -> int | None:
    return None if part is None else part.value


def ratio(share: Share, language: str) -> dict[str, object]:
    """A ratio with what it is made of; it changes by percentage points."""
    told = share.ratio
    numbers = {"value": share.value, "previous": share.previous, "change": share.change}
    return {
        **{key: None if number is None else round(number, 2) for key, number in numbers.items()},
        "part": share.part,
        "whole": share.whole,
        "name": told.name.in_language(language),
        "definition": told.definition.in_language(language),
        "unit": told.measure.in_language(language),
        "unit_of_change": told.measure_of_change.in_language(language),
        "of": [told.part, told.whole],
    }


def target(figure: Figure) -> dict[str, object]:
    """The target with what must be known to judge by it; empty where there is none."""
    if figure.goal is None:
        return {}
    achieved = figure.achievement
    return {
        "target": figure.target,
        "target_assumed": figure.target_assumed,
        "target_summed": figure.goal.summed or None,
        "target_since": figure.goal.since.isoformat() if figure.goal.since else None,
        "achievement": None if achieved is None else round(achieved, 2),
        "not_comparable": figure.apart.why if figure.apart else None,
    }


def _figures(found: Review) -> dict[str, object]:
    """Every figure with the year before, its target, and why it may be missing."""
    return {
        key: {
            "name": figure.indicator.name.in_language(found.language),
            "definition": figure.indicator.definition.in_language(found.language),
            "unit": figure.indicator.measure.in_language(found.language),
            "additive": figure.indicator.additive,
            "value": figure.value,
            "previous": figure.previous,
            "change": figure.change,
            **target(figure),
            "why": figure.why,
            "at_least": figure.low,
            "at_most": figure.high,
        }
        for key, figure in found.figures.items()
    }
