"""A decision from a file: .xlsx, .ods, .csv or .json become the plain data that `read_decision` takes.

A table begins with the head of the decision, a label and a value in each row; then comes one row of headings, then
one row for each operation. Headings, operations, kinds and sectors may be written in Vietnamese or English, with or
without diacritics. Every fault of the whole file is named at once, with its row and column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine as calamine

from nhiemky.core.days import parse_day
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean, fold
from nhiemky.domain.organisation.decision import OPERATIONS, read_decision
from nhiemky.domain.organisation.kinds import KINDS, SECTORS
from nhiemky.organisation.wording import FIELDS

LARGEST = 10
"""Megabytes."""
Row = Sequence[Any]

# The first heading of each field is the one that the template uses.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "op": ("Thao tác", "Operation", "op"),
    "unit": ("Tổ chức", "Organisation", "unit"),
    "units": ("Các tổ chức hợp nhất", "Organisations that merge", "units", "Các tổ chức"),
    "into": ("Vào tổ chức", "Target", "into", "Đích"),
    "code": ("Mã mới", "New code", "code", "Mã"),
    "name": ("Tên", "Name"),
    "kind": ("Loại hình", "Kind"),
    "sector": ("Lĩnh vực", "Sector"),
    "parent": ("Cấp trên", "Superior", "parent"),
    "area": ("Địa bàn hành chính", "Administrative area", "area"),
    "units_to": ("Tổ chức trực thuộc về", "Sub-units go to", "units_to", "units to"),
    "members_to": ("Đảng viên về", "Members go to", "members_to", "members to"),
    "assign": ("Phân bổ tổ chức trực thuộc", "Assigned sub-units", "assign"),
    "note": ("Ghi chú", "Note"),
}
LABELS: Mapping[str, tuple[str, ...]] = {
    "number": ("Số quyết định", "Number", "Số"),
    "date": ("Ngày quyết định", "Day of the decision", "date", "Ngày ban hành"),
    "body": ("Cơ quan ban hành", "Deciding body", "body"),
    "effective": ("Có hiệu lực từ ngày", "Takes effect on", "effective", "Hiệu lực"),
    "title": ("Trích yếu", "Subject", "title"),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "found": ("Thành lập", "found"),
    "rename": ("Đổi tên", "rename"),
    "convert": ("Chuyển đổi", "convert", "Chuyển đổi loại hình"),
    "move": ("Chuyển về", "move", "Chuyển", "Điều chuyển"),
    "merge": ("Hợp nhất", "merge", "Sáp nhập"),
    "split": ("Chia tách", "split", "Tách", "Chia"),
    "dissolve": ("Giải thể", "dissolve", "Kết thúc hoạt động"),
}


def _turned(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): key for key, words in table.items() for word in words}


_HEADINGS, _LABELS, _WORDS = _turned(HEADINGS), _turned(LABELS), _turned(WORDS)
_KINDS = {fold(word): kind.key for kind in KINDS for word in (kind.key, kind.vi, kind.en)}
_SECTORS = {fold(word): sector.key for sector in SECTORS for word in (sector.key, sector.vi, sector.en)}


@dataclass(slots=True)
class Upload:
    """What a file says. `columns` gives the letter of each field's column, for messages."""

    data: dict[str, Any]
    columns: dict[str, str] = field(default_factory=dict)


def read_file(path: Path) -> dict[str, Any]:
    """The decision in a file on disk; see `read_upload`."""
    return read_upload(path.name, path.read_bytes()).data


def read_upload(name: str, content: bytes) -> Upload:
    """The decision in a file.

    Raises:
        Refused: with every fault of the file.
    """
    if len(content) > LARGEST * 1_000_000:
        facts = {"size": len(content) // 1_000_000, "most": LARGEST}
        raise Refused(Finding("reorganisation.file_too_large", field="file", facts=facts))
    suffix = Path(name).suffix.lower()
    try:
        if suffix == ".json":
            return _checked(Upload(json.loads(content.decode("utf-8-sig"))), [])
        if suffix == ".csv":
            return _table([_csv_rows(content)])
        if suffix in (".xlsx", ".ods", ".xlsm", ".xls"):
            book = calamine.load_workbook(io.BytesIO(content))
            return _table([book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names])
    except (calamine.CalamineError, calamine.PasswordError, ValueError, OSError, csv.Error, RecursionError) as wrong:
        raise Refused(Finding("reorganisation.broken_file", field="file", value=name)) from wrong
    raise Refused(Finding("reorganisation.unknown_format", field="file", value=name))


def _csv_rows(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "utf-16", "cp1258"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        first = next(
            (line for line in text.splitlines() if fold(line).startswith(("thao tac", "operation", "op"))), text
        )
        mark = max(";,\t", key=first.count)
        return list(csv.reader(io.StringIO(text), delimiter=mark))
    raise ValueError("the encoding of the file is not known")


def _table(sheets: Sequence[Sequence[Row]]) -> Upload:
    """Head and operations from whichever sheets hold them."""
    head: dict[str, Any] = {}
    findings: list[Finding] = []
    operations: list[dict[str, Any]] = []
    columns: dict[int, str] = {}
    for rows in sheets:
        at = next((n for n, row in enumerate(rows) if "op" in map(_heading, row)), None)
        for row in rows[:at]:
            cells = [cell for cell in row if _text(cell)]
            if len(cells) > 1 and (key := _LABELS.get(fold(_text(cells[0]).rstrip(":")))):
                head.setdefault(key, _value(cells[1]))
        if at is not None and not columns:
            columns = _columns(rows[at], at + 1, findings)
            operations = list(_operations(rows, at, columns, findings))
    if not columns:
        findings.append(Finding("reorganisation.no_heading_row", field="file"))
    letters = {key: _letter(place) for place, key in columns.items()}
    return _checked(Upload({"decision": head, "operations": operations}, letters), findings)


def _heading(cell: Any) -> str:
    return _HEADINGS.get(fold(_text(cell)), "")


def _columns(row: Row, number: int, findings: list[Finding]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        text, key = _text(cell), _heading(cell)
        if text and not key:
            findings.append(Finding("reorganisation.unknown_column", row=number, field=_letter(place), value=text))
        elif key in found.values():
            findings.append(Finding("reorganisation.column_twice", row=number, field=_letter(place), value=text))
        elif key:
            found[place] = key
    return found


def _operations(
    rows: Sequence[Row], at: int, columns: Mapping[int, str], findings: list[Finding]
) -> Iterator[dict[str, Any]]:
    told: set[tuple[str, str]] = set()
    for number, row in enumerate(rows[at + 1 :], at + 2):
        values = {key: _value(row[place]) for place, key in columns.items() if place < len(row) and _text(row[place])}
        values.pop("note", None)
        if not values:
            continue
        operation = _operation(values, number, findings)
        for key in OPERATIONS.get(operation.get("op", ""), ((),))[0]:
            if key not in columns.values() and key not in operation and (operation["op"], key) not in told:
                told.add((operation["op"], key))
                facts = {"heading": HEADINGS[key][0], "op": WORDS[operation["op"]][0]}
                findings.append(Finding("reorganisation.missing_column", row=number, field=key, facts=facts))
        yield {**operation, "row": number}


def _operation(values: dict[str, Any], number: int, findings: list[Finding]) -> dict[str, Any]:
    values["op"] = _WORDS.get(fold(str(values.get("op", ""))), values.get("op", ""))
    for key, table in (("kind", _KINDS), ("sector", _SECTORS)):
        if key in values:
            values[key] = table.get(fold(str(values[key])), values[key])
    if values["op"] == "merge" and "unit" in values and "units" not in values:
        values["units"] = values.pop("unit")
    if "assign" in values:
        values["assign"] = _assignment(str(values["assign"]), number, findings)
    return values


def _assignment(text: str, number: int, findings: list[Finding]) -> dict[str, str]:
    """ "C1 = X2; C3 = X4": where each sub-unit of a split goes."""
    found = {}
    for part in text.replace("\n", ";").split(";"):
        left, mark, right = (clean(piece) for piece in part.partition("="))
        if mark and left and right:
            found[left] = right
        elif clean(part):
            findings.append(Finding("reorganisation.bad_assignment", row=number, field="assign", value=clean(part)))
    return found


def _checked(upload: Upload, findings: list[Finding]) -> Upload:
    """Refuse with what was found while reading and what the decision itself lacks."""
    if isinstance(upload.data, dict) and isinstance(upload.data.get("decision"), dict):
        head = upload.data["decision"]
        for key in ("date", "effective"):
            head[key] = _iso(head.get(key))
        if _is_day(head["date"]) and _is_day(head["effective"]) and head["effective"] < head["date"]:
            facts = {"date": head["date"], "effective": head["effective"]}
            findings.append(Finding("reorganisation.effective_before_decision", field="effective", facts=facts))
    try:
        read_decision(upload.data)
    except Refused as no:
        # A column that is missing is told once, not again for each of its empty cells.
        missing = {finding.field for finding in findings if finding.code == "reorganisation.missing_column"}
        findings += [f for f in no.findings if not (f.code == "reorganisation.missing_field" and f.field in missing)]
    if any(finding.code == "reorganisation.no_heading_row" for finding in findings):
        findings = [f for f in findings if f.code != "reorganisation.no_operations"]
    if findings:
        raise Refused(named(findings, upload.columns))
    return upload


def named(findings: Sequence[Finding], columns: Mapping[str, str]) -> list[Finding]:
    """The findings with the letter of the column in front of the field, in the order of the rows."""
    shown = [replace(f, field=_called(f.field, columns)) if f.field in FIELDS else f for f in findings]
    return sorted(shown, key=lambda f: f.row or 0)


def _called(key: str, columns: Mapping[str, str]) -> str:
    return f"{FIELDS[key]} ({columns[key]})" if key in columns else str(FIELDS[key])


def _letter(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def _text(cell: Any) -> str:
    return clean(str(_value(cell))) if cell is not None else ""


def _value(cell: Any) -> Any:
    """The cell as text or day; 21034.0 is the code 21034."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell))


def _iso(value: Any) -> Any:
    try:
        return parse_day(value).isoformat() if isinstance(value, str) else value
    except ValueError:
        return value


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False
