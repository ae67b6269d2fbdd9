"""The review as files: .docx in the form of Party documents, .xlsx with the rows of every figure, .json."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from nhiemky.domain.access import Actor
from nhiemky.reporting.documents import as_data, as_docx, as_xlsx
from nhiemky.reporting.review import review
from nhiemky.reporting.selectors import Question

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def write(kind: str, out: Path, actor: Actor, asked: Question, today: date, language: str = "vi") -> None:
    """Write the review to a file of one of the `TYPES`."""
    found = review(asked, language)
    if kind == "docx":
        as_docx.write(found, out, today)
    elif kind == "xlsx":
        as_xlsx.write(found, out, actor, today)
    elif kind == "json":
        text = json.dumps(as_data.data(found, today), ensure_ascii=False, indent=1)
        out.write_text(text, encoding="utf-8")
    else:
        raise ValueError(f"no such kind of file: {kind}")
