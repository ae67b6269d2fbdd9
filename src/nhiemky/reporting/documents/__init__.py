"""The review as files: .docx in the form of Party documents, .xlsx with the rows of every figure, .json."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from nhiemky.domain.access import Actor
from nhiemky.reporting.documents import as_data, as_docx, as_xlsx
from nhiemky.reporting.review import review
from nhiemky.reporting.selectors import Question


@contextmanager
def temporary(suffix: str) -> Iterator[Path]:
    """A file that is gone afterwards; who opened it meanwhile reads on."""
    handle, name = tempfile.mkstemp(suffix=suffix, prefix="nhiemky-")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def write(
    kind: str,
    out: Path,
    actor: Actor,
    asked: Question,
    today: date,
    language: str = "vi",
    progress: as_xlsx.Progress | None = None,
) -> None:
    """Write the review to a file of one of the `TYPES`. `progress` hears of a workbook's sheets, which take seconds."""
    found = review(asked, language)
    if kind == "docx":
        as_docx.write(found, out, actor, today)
    elif kind == "xlsx":
        as_xlsx.write(found, out, actor, today, progress=progress)
    elif kind == "json":
        text = json.dumps(as_data.data(found, today), ensure_ascii=False, indent=1)
        out.write_text(text, encoding="utf-8")
    else:
        raise ValueError(f"no such kind of file: {kind}")
