"""The rows of a preview as a table: one column for each field, one cell with its state, remarks at the end."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _

from nhiemky.core.components import Tab
from nhiemky.domain.exchange.fields import FIELD
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.exchange.models import Import, ImportRow
from nhiemky.exchange.shown import finding_of
from nhiemky.exchange.wording import ROW_STATES, ROW_TONES, field_name
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.wording import STANDINGS

_DAYS = ("admitted_on", "official_on")
_NOT_SHOWN = frozenset({"full_name", "birth_year_only"})


def tabs(held: Import, state: str) -> list[Tab]:
    """All rows, then each state with its count."""
    found = [Tab(_("All rows"), "?rows=", not state, held.counts["rows"])]
    for key, name in ROW_STATES.items():
        found.append(Tab(str(name), f"?rows={key}", state == key, held.counts[key]))
    return found


def lines(paged: Page[ImportRow]) -> dict[str, Any]:
    """The fields that any row of the page has, and for each row its cells in their order."""
    rows = list(paged.object_list)
    present = {cell[0] for row in rows for cell in row.cells}
    fields = [key for key in FIELD if key in present and key not in _NOT_SHOWN]
    return {"fields": [field_name(key) for key in fields], "lines": [_line(row, fields) for row in rows]}


def _line(row: ImportRow, fields: list[str]) -> dict[str, Any]:
    cells = {key: (state, cell_text(key, before), cell_text(key, value)) for key, state, before, value in row.cells}
    return {
        "number": row.number,
        "name": row.name,
        "name_cell": cells.get("full_name"),
        "state": ROW_STATES[row.state],
        "tone": ROW_TONES[row.state],
        "cells": [cells.get(key) for key in fields],
        "told": [(field_name(kept.get("field", "")), finding_of(kept)) for kept in row.told],
    }


def cell_text(key: str, value: str) -> str:
    """A kept value as people read it."""
    if key == "standing":
        return str(STANDINGS.get(value, value))
    if key in PARTICULAR:
        return shown_value(key, value) if value else ""
    return shown_value("birth_date", value) if value and key in _DAYS else value
