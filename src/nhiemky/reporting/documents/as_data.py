"""The review as plain data for JSON: every sentence with the references its numbers are."""

from __future__ import annotations

from datetime import date

from nhiemky.reporting.review import Ref, Review, Sentence, plain


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
        "ratios": {key: {"value": share.value, "previous": share.previous} for key, share in found.shares.items()},
    }


def _sentence(sentence: Sentence) -> dict[str, object]:
    numbers = [
        {"indicator": ref.key, "field": ref.field, "text": ref.text, "value": ref.value}
        for ref in sentence
        if isinstance(ref, Ref)
    ]
    return {"text": plain(sentence), "numbers": numbers}


def _parts(found: Review) -> list[dict[str, object]]:
    """What stood directly below, with its admissions, members and cells."""
    return [
        {
            "code": part.code,
            "name": part.name,
            "admitted": part.admitted.value,
            "admitted_previous": part.previous,
            "target": part.admitted.target,
            "members": part.members.value,
            "residential_cells": part.cells.value,
            "residential_cells_with_committee": part.with_committee.value,
        }
        for part in found.parts
    ]


def _figures(found: Review) -> dict[str, object]:
    """Every figure with the year before, its target, and why it may be missing."""
    return {
        key: {
            "name": figure.indicator.name.in_language(found.language),
            "value": figure.value,
            "previous": figure.previous,
            "change": figure.change,
            "target": figure.target,
            "target_assumed": figure.target_assumed,
            "why": figure.why,
            "at_least": figure.low,
            "at_most": figure.high,
        }
        for key, figure in found.figures.items()
    }
