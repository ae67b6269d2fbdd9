"""A sheet under a choice of columns as rows of values: what each person's line says, and what is wrong with it.

Columns are read one after the other, each distinct cell once: a hundred thousand lines hold few different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhiemky.domain.exchange.headings import Layout
from nhiemky.domain.exchange.reading import Cell, Sheet
from nhiemky.domain.exchange.values import Read, readers, text_of
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.particulars import PARTICULAR, check_value, clean_value
from nhiemky.domain.names import clean

Columns = Mapping[int, str]


@dataclass(slots=True)
class Line:
    """One person's line: `at` is its row in the sheet from 0; `values` by field, without what is empty or left out.

    `year_only` tells that the day of birth was given by its year or month alone.
    """

    at: int
    values: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    section: str = ""

    @property
    def refused(self) -> bool:
        return any(finding.blocks for finding in self.findings)


def lines(sheet: Sheet, layout: Layout, columns: Columns, today: date) -> list[Line]:
    """Every line that may be somebody's, in the order of the sheet."""
    data = layout.data
    by_key: dict[str, list[Any]] = {}
    told: dict[int, list[Finding]] = {}
    known = readers(today)
    cells_of = list(zip(*(sheet.rows[row] for row in data), strict=True))
    for at, key in sorted(columns.items()):
        cells = cells_of[at] if data else ()
        by_key[key] = _column(cells, key, known.get(key, _text), today, told)
    _live(sheet, layout, columns, told)
    _merge_parts(by_key, told, len(data))
    keys = tuple(by_key)
    rows = zip(*by_key.values(), strict=True) if by_key else iter(() for _ in data)
    made = []
    for number, (at, row) in enumerate(zip(data, rows, strict=True)):
        values = {key: value for key, value in zip(keys, row, strict=True) if value is not None}
        made.append(Line(at, values, told.get(number, []), layout.sections.get(at, "")))
    return made


def _text(cell: Cell) -> Read:
    return text_of(cell) or None, ()


def _column(
    cells: Sequence[Cell], key: str, read: Callable[[Cell], Read], today: date, told: dict[int, list[Finding]]
) -> list[Any]:
    known: dict[Cell, Read] = {"": (None, ())}
    values = []
    for number, cell in enumerate(cells):
        found = known.get(cell)
        if found is None:
            found = known[cell] = _checked(key, cell, read, today)
        values.append(found[0])
        if found[1]:
            told.setdefault(number, []).extend(found[1])
    return values


# What a person's line can do without: a value that no rule allows is left out and told, the rest is taken over.
_OPTIONAL = frozenset({"phone", "home_place", "residence", "religion", "occupation", "decided_on"})


# Read by `text_of`, which cleans.
_CLEAN = frozenset({"full_name", "home_place", "residence"})


def _checked(key: str, cell: Cell, read: Callable[[Cell], Read], today: date) -> Read:
    """The value in the form in which it is kept. What a line cannot do without is checked with the whole person."""
    if isinstance(cell, str) and not cell.strip():
        return None, ()
    value, findings = read(cell)
    if value is None or key not in PARTICULAR:
        return value, findings
    plain, *flags = value if isinstance(value, tuple) else (value,)
    kept = plain if key in _CLEAN else clean_value(key, plain)
    if kept == "":
        return None, findings
    if key in _OPTIONAL and (against := check_value(key, kept, today)):
        return None, (*findings, *(_softer(finding) for finding in against))
    return ((kept, *flags) if flags else kept), findings


def _softer(finding: Finding) -> Finding:
    return Finding("exchange.left_out", field=finding.field, value=finding.value, blocks=False)


def _live(sheet: Sheet, layout: Layout, columns: Columns, told: dict[int, list[Finding]]) -> None:
    """Cells that hold a formula: the value that was last worked out is taken, and that is told."""
    if not sheet.formulas:
        return
    place = {at: number for number, at in enumerate(layout.data)}
    for row, column in sorted(sheet.formulas):
        if row in place and column in columns:
            told.setdefault(place[row], []).append(Finding("exchange.formula", field=columns[column], blocks=False))


_MARKS = ("", "0", "-")


def _merge_parts(by_key: dict[str, list[Any]], told: dict[int, list[Finding]], count: int) -> None:
    """Two columns that make up one field: family and given name; male and female."""
    nothing: list[Any] = [None] * count
    if "family_name" in by_key or "given_name" in by_key:
        pairs = zip(by_key.pop("family_name", nothing), by_key.pop("given_name", nothing), strict=True)
        names = [clean(f"{family or ''} {given or ''}") or None for family, given in pairs]
        whole = by_key.get("full_name", nothing)
        by_key["full_name"] = [one or joined for one, joined in zip(whole, names, strict=True)]
    for marks, births in ((("sex_male", "sex_female"), ("birth_male", "birth_female")),):
        _by_sex(by_key, marks, nothing, told, lambda mark: str(mark).strip() not in _MARKS)
        _by_sex(by_key, births, nothing, told, lambda mark: mark is not None, births_too=True)
    if "birth_date" in by_key:
        known = by_key.pop("birth_date")
        explicit = by_key.get("birth_year_only", nothing)
        by_key["birth_date"] = [pair and pair[0] for pair in known]
        by_key["birth_year_only"] = [
            given if given is not None else (pair and pair[1]) for pair, given in zip(known, explicit, strict=True)
        ]


def _by_sex(
    by_key: dict[str, list[Any]],
    keys: tuple[str, str],
    nothing: list[Any],
    told: dict[int, list[Finding]],
    marked: Callable[[Any], bool],
    *,
    births_too: bool = False,
) -> None:
    """The sex by which of two columns is filled; with `births_too` the column holds the day of birth."""
    if not any(key in by_key for key in keys):
        return
    male, female = (by_key.pop(key, nothing) for key in keys)
    sexes = by_key.setdefault("sex", list(nothing))
    births = by_key.setdefault("birth_date", list(nothing)) if births_too else sexes
    for number, pair in enumerate(zip(male, female, strict=True)):
        filled = [at for at, mark in enumerate(pair) if mark is not None and marked(mark)]
        if len(filled) == 2:
            told.setdefault(number, []).append(Finding("exchange.both_sexes", field="sex"))
        elif filled:
            sexes[number] = sexes[number] or ("male", "female")[filled[0]]
            if births_too:
                births[number] = births[number] or pair[filled[0]]
