"""Workbooks that take longer than a page may: written by the worker for whom asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from nhiemky.core.middleware import today
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.jobs.services import Outcome, Progress
from nhiemky.reporting import asking, documents, selectors
from nhiemky.reporting.selectors import Question, at_one_moment

_LARGE = 15_000
"""Members of a unit from which on its workbook takes more than about three seconds."""


def is_long(asked: Question) -> bool:
    """Whether the workbook of the review should not be waited for."""
    return (selectors.figures(asked, ["members.total"])["members.total"].value or 0) >= _LARGE


def arguments(asked: Question, code: str, language: str, *, explicit_day: bool) -> dict[str, object]:
    """The question as a job keeps it."""
    return {
        "unit": code,
        "year": asked.year,
        "on": asked.on.isoformat() if explicit_day else None,
        "structure": asked.structure.isoformat() if asked.structure else None,
        "language": language,
    }


@at_one_moment
def review_file(actor: Actor, arguments: Mapping[str, Any], progress: Progress) -> Outcome:
    """The workbook of a unit's review with the rows of every figure (`jobs.services.Work`)."""
    on, structure = (date.fromisoformat(arguments[key]) if arguments[key] else None for key in ("on", "structure"))
    place = asking.visible_unit(actor, arguments["unit"], structure)
    asked = selectors.question(place, arguments["year"], today(), on=on, structure=structure)
    with documents.temporary(".xlsx") as out:
        documents.write("xlsx", out, actor, asked, today(), arguments["language"], lambda _name, part: progress(part))
        content = out.read_bytes()
    done = Finding("reporting.workbook_ready", ok=True, facts={"size": len(content) // 1024})
    return Outcome((done,), file=content, file_name=f"tong-ket-{arguments['unit']}-{asked.year}.xlsx")
