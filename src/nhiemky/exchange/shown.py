"""A judged draft as it is shown and given back: rows with the state of every cell; refused rows as a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from nhiemky.core import wording
from nhiemky.core.lists import Column
from nhiemky.core.spreadsheets import Sheet, workbook
from nhiemky.domain.exchange.fields import FIELD
from nhiemky.domain.exchange.values import text_of
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.particulars import PARTICULAR, written
from nhiemky.exchange.drafting import Draft
from nhiemky.exchange.judging import Judged
from nhiemky.exchange.models import NEW

ROW_COLUMNS = ("of_id", "number", "state", "warned", "name", "cells", "told")
_HIDDEN = "•••"


def rows_of(judged: Iterable[Judged]) -> Iterator[tuple[int, str, bool, str, str, str]]:
    """Each line as a row of `ImportRow`, without identity numbers."""
    for one in judged:
        name = str(one.line.values.get("full_name", ""))[:120]
        told = json.dumps([_kept(finding) for finding in one.findings])
        warned = bool(one.findings) and not one.refused
        yield one.line.at + 1, one.state, warned, name, json.dumps(cells_of(one)), told


def cells_of(one: Judged) -> list[list[str]]:
    """Field, state, value before and value in the file, for every cell that has a value or a finding."""
    worst: dict[str, str] = {}
    for finding in one.findings:
        if worst.get(finding.field) != "refused":
            worst[finding.field] = "refused" if finding.blocks else "warning"
    changed = {key: written(before) for key, before, _after in one.changes}
    plain = "new" if one.state == NEW else "same"
    cells = []
    for key in FIELD:
        if key not in one.line.values and key not in worst:
            continue
        value = written(one.line.values.get(key))
        state = worst.get(key) or ("changed" if key in changed else plain)
        before = changed.get(key, "")
        sealed = key in PARTICULAR and PARTICULAR[key].sealed
        cells.append([key, state, _HIDDEN if sealed and before else before, _HIDDEN if sealed and value else value])
    return cells


def as_data(draft: Draft) -> dict[str, object]:
    """Everything a preview tells, for JSON: counts, columns, what was skipped, every row with its cells."""
    laid = draft.laid
    return {
        "counts": draft.judgement.counts(),
        "sheet": laid.sheet.name,
        "columns": [
            {"column": at + 1, "heading": laid.layout.headings[at], "field": key}
            for at, key in sorted(laid.columns.items())
        ],
        "encodings": {str(at + 1): name for at, name in laid.sheet.encodings.items()},
        "skipped": [{"row": at + 1, "why": why} for at, why in laid.layout.skipped],
        "rows": [_row_as_data(one) for one in draft.judgement.lines],
    }


def _row_as_data(one: Judged) -> dict[str, object]:
    cells = [dict(zip(("field", "state", "before", "value"), cell, strict=True)) for cell in cells_of(one)]
    told = [{**finding.as_dict(), "blocks": finding.blocks, "sentence": wording.sentence(finding)}
            for finding in one.findings]  # fmt: skip
    return {"row": one.line.at + 1, "state": one.state, "cells": cells, "findings": told}


def _kept(finding: Finding) -> dict[str, object]:
    """For JSON: days and numbers of the facts written as they will be read."""
    facts = {name: wording.write_fact(name, value) for name, value in finding.facts.items()}
    return {**finding.as_dict(), "facts": facts, "blocks": finding.blocks}


def finding_of(kept: dict[str, Any]) -> Finding:
    """A finding as an `ImportRow` keeps it."""
    return Finding(
        kept["code"], facts=kept.get("facts", {}), cites=kept.get("cites", ""), blocks=kept["blocks"],
        confirmed=kept.get("confirmed", True), field=kept.get("field", ""), value=kept.get("value", ""),
    )  # fmt: skip


def reasons(one: Judged) -> str:
    """Why a line is refused, in one cell: each reason with the column it is about."""
    found = [finding for finding in one.findings if finding.blocks]
    return "; ".join(f"{_label(finding.field)}{wording.sentence(finding)}" for finding in found)


def _label(key: str) -> str:
    return f"{FIELD[key].vi}: " if key in FIELD else ""


def returned(draft: Draft) -> bytes:
    """The refused rows as they were, with the reasons in a last column: to be mended and handed in again."""
    sheet, found = draft.laid.sheet, draft.laid.layout
    refused = [one for one in draft.judgement.lines if one.refused]
    columns: list[Column[Any]] = [
        Column(str(at), heading, partial(_cell_at, at)) for at, heading in enumerate(found.headings)
    ]
    columns.append(Column("why", REASONS, lambda row: row[1]))
    rows: Sequence[Any] = [(sheet.rows[one.line.at], reasons(one)) for one in refused]
    return workbook([Sheet(sheet.name or "1", (), columns, rows)])


REASONS = "Lý do chưa nhận"


def _cell_at(at: int, row: Any) -> str:
    """Every cell as text, so that no zero is lost on the way back."""
    return text_of(row[0][at])
