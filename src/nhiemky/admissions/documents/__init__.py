"""The papers of a case as .docx: which can be made today, one of them, and the whole file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from nhiemky.admissions.cases import Standing
from nhiemky.admissions.documents import as_docx, before, later
from nhiemky.admissions.documents.dossier import Dossier
from nhiemky.domain.admissions.judging import DONE, LATE, NEXT
from nhiemky.domain.admissions.steps import PAPER_KEYS, Paper
from nhiemky.domain.names import fold

WRITERS = {**before.WRITERS, **later.WRITERS}


def available(standing: Standing, today: date) -> list[Paper]:
    """The papers of steps that were taken or can be taken now, in the order of their numbers."""
    reached = [step for step in standing.state.steps if step.status in (DONE, NEXT, LATE)]
    return [paper for step in reached for paper in step.papers if _asked_for(paper, standing)]


def _asked_for(paper: Paper, standing: Standing) -> bool:
    """The Youth Union's resolution belongs to the file only where the Union nominates."""
    return paper.filled and (paper.key != "4-KNĐ" or standing.facts.union)


def can_fill(key: str, standing: Standing) -> bool:
    """Whether this paper of the case can be made."""
    reached = [step for step in standing.state.steps if step.status in (DONE, NEXT, LATE)]
    return key in WRITERS and any(
        paper.key == key and _asked_for(paper, standing) for step in reached for paper in step.papers
    )


def write(key: str, case: Any, standing: Standing, today: date) -> bytes:
    """One paper as .docx."""
    return as_docx.written(key, WRITERS[key](Dossier(case, standing, today)))


def bundle(case: Any, standing: Standing, papers: Sequence[Paper], today: date) -> bytes:
    """The papers as one .zip, in the order of the file."""
    known, out = Dossier(case, standing, today), io.BytesIO()
    order = sorted(papers, key=lambda paper: PAPER_KEYS.index(paper.key))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, paper in enumerate(order, start=1):
            content = as_docx.written(paper.key, WRITERS[paper.key](known))
            archive.writestr(f"{number:02} {file_name(paper.key, standing)}", content)
    return out.getvalue()


def file_name(key: str, standing: Standing) -> str:
    """A name that every machine can keep: no diacritics."""
    return f"{fold(key).upper()} {fold(standing.name)}.docx".replace(" ", "-")
