"""A decision that reorganises: its head and its operations, read from plain data with every fault named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean
from nhiemky.domain.organisation.kinds import KIND, SECTOR
from nhiemky.domain.periods import EARLIEST, LATEST

# What each operation needs and may have.
OPERATIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "found": (("code", "name", "kind", "sector"), ("parent", "area")),
    "rename": (("unit", "name"), ()),
    "convert": (("unit",), ("kind", "sector")),
    "move": (("unit", "parent"), ()),
    "merge": (("units", "into"), ()),
    "split": (("unit", "into"), ("assign", "members_to")),
    "dissolve": (("unit",), ("units_to", "members_to")),
}
HEAD = ("number", "date", "body", "effective")
LISTS = ("units", "into")
# As long as the columns that keep them.
LONGEST = {"number": 60, "body": 200, "title": 300, "name": 200, "area": 20}
CODE_LENGTH = 40
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of a decision; `row` is its number as the user counts."""

    row: int
    op: str
    unit: str = ""
    units: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    code: str = ""
    name: str = ""
    kind: str = ""
    sector: str = ""
    parent: str = ""
    area: str = ""
    units_to: str = ""
    members_to: str = ""
    assign: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """Every code that the line names, but for that of a unit it founds."""
        single = (self.unit, self.parent, self.units_to, self.members_to)
        codes = {*single, *self.units, *self.into, *self.assign, *self.assign.values()}
        return frozenset(code for code in codes if code)


@dataclass(frozen=True, slots=True)
class Decision:
    """A dated decision and what it orders."""

    number: str
    decided_on: date
    body: str
    effective_on: date
    title: str
    operations: tuple[Operation, ...]


def read_decision(data: object) -> Decision:
    """Build a decision from JSON-like data.

    Raises:
        Refused: with a finding for every missing or wrong field of the head and of every row.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("decision"), Mapping):
        raise Refused(Finding("reorganisation.no_decision", field="decision"))
    head, rows = data["decision"], data.get("operations")
    findings = [Finding("reorganisation.missing_field", field=key) for key in HEAD if not head.get(key)]
    findings += _texts(None, head, ("number", "body", "title"))
    days = {key: _day(head.get(key), key, findings) for key in ("date", "effective")}
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        findings.append(Finding("reorganisation.no_operations", field="operations"))
        rows = []
    operations = [_operation(_row(row, number), row, findings) for number, row in enumerate(rows, start=1)]
    if findings:
        raise Refused(findings)
    return Decision(
        number=clean(str(head["number"])),
        decided_on=days["date"],
        body=clean(str(head["body"])),
        effective_on=days["effective"],
        title=clean(str(head.get("title", ""))),
        operations=tuple(operation for operation in operations if operation is not None),
    )


def _day(value: object, name: str, findings: list[Finding]) -> date:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        day = date.min
    if value and not EARLIEST <= day <= LATEST:
        findings.append(Finding("reorganisation.bad_day", field=name, value=str(value)))
    return day


def _row(data: object, number: int) -> int:
    """The row as the user counts: that of the spreadsheet it came from, else its number in the list."""
    row = data.get("row") if isinstance(data, Mapping) else None
    return row if isinstance(row, int) else number


def _operation(row: int, data: object, findings: list[Finding]) -> Operation | None:
    if not isinstance(data, Mapping) or str(data.get("op")) not in OPERATIONS:
        op = str(data.get("op", "")) if isinstance(data, Mapping) else str(data)
        findings.append(Finding("reorganisation.unknown_operation", row=row, field="op", value=op))
        return None
    needed, optional = OPERATIONS[str(data["op"])]
    before = len(findings)
    findings += [
        Finding("reorganisation.missing_field", row=row, field=key, facts={"op": data["op"]})
        for key in needed
        if not data.get(key)
    ]
    findings += [
        Finding("reorganisation.unknown_field", row=row, field=str(key), value=str(data[key]))
        for key in data
        if key not in {*needed, *optional, "op", "note", "row"}
    ]
    findings += _bad_values(row, data)
    return None if len(findings) > before else _made(row, data)


def _bad_values(row: int, data: Mapping[object, object]) -> list[Finding]:
    found = [*_texts(row, data, ("name", "area")), *_bad_codes(row, data), *_bad_lists(row, data)]
    for key, table in (("kind", KIND), ("sector", SECTOR)):
        if data.get(key) and str(data[key]) not in table:
            facts = {"allowed": ", ".join(table)}
            found.append(Finding(f"reorganisation.bad_{key}", row=row, field=key, value=str(data[key]), facts=facts))
    if data.get("op") == "convert" and not (data.get("kind") or data.get("sector")):
        found.append(Finding("reorganisation.missing_field", row=row, field="kind", facts={"op": "convert"}))
    return found


def _texts(row: int | None, data: Mapping[str, object] | Mapping[object, object], keys: Sequence[str]) -> list[Finding]:
    """Texts that are no texts, too long, or hold what no paper can (control characters)."""
    found = []
    for key in keys:
        value = data.get(key)
        if value in (None, ""):
            continue
        if not isinstance(value, str) or not value.isprintable():
            found.append(Finding("reorganisation.bad_text", row=row, field=key, value=str(value)[:80]))
        elif len(value) > LONGEST[key]:
            facts = {"most": LONGEST[key]}
            found.append(Finding("reorganisation.too_long", row=row, field=key, value=value[:80], facts=facts))
    return found


def _bad_codes(row: int, data: Mapping[object, object]) -> list[Finding]:
    """A new code stands in addresses and file names: letters, digits, dot, hyphen, underscore."""
    if not isinstance(data.get("assign") or {}, Mapping):
        return [Finding("reorganisation.bad_text", row=row, field="assign", value=str(data["assign"])[:80])]
    code = _text(data, "code")
    if not code or (_CODE.fullmatch(code) and len(code) <= CODE_LENGTH):
        return []
    return [Finding("reorganisation.bad_code", row=row, field="code", value=code[:80], facts={"most": CODE_LENGTH})]


def _bad_lists(row: int, data: Mapping[object, object]) -> list[Finding]:
    found = []
    for key in LISTS:
        codes = _codes(data.get(key))
        if data.get(key) and not codes:
            found.append(Finding("reorganisation.missing_field", row=row, field=key, facts={"op": str(data["op"])}))
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            found.append(Finding("reorganisation.named_twice", row=row, field=key, value=code))
    return found


def _made(row: int, data: Mapping[str, object]) -> Operation:
    assign = data.get("assign") or {}
    return Operation(
        row=row,
        op=str(data["op"]),
        unit=_text(data, "unit"),
        units=_codes(data.get("units")),
        into=_codes(data.get("into")),
        code=_text(data, "code"),
        name=_text(data, "name"),
        kind=_text(data, "kind"),
        sector=_text(data, "sector"),
        parent=_text(data, "parent"),
        area=_text(data, "area"),
        units_to=_text(data, "units_to"),
        members_to=_text(data, "members_to"),
        assign={str(k): str(v) for k, v in assign.items()} if isinstance(assign, Mapping) else {},
    )


def _text(data: Mapping[str, object] | Mapping[object, object], key: str) -> str:
    return clean(str(data.get(key) or ""))


def _codes(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(part for part in (clean(p) for p in value.replace(";", ",").split(",")) if part)
    return tuple(clean(str(part)) for part in value) if isinstance(value, Sequence) else (str(value),)
