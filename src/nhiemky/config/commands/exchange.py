"""import, export: spreadsheets of members in and out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database
from nhiemky.domain.findings import Finding, Refused

if TYPE_CHECKING:
    from nhiemky.domain.access import Actor
    from nhiemky.exchange.drafting import Draft, Given

KINDS = ("members",)


def _import_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("file", type=Path, help=".xlsx, .xls, .ods, .csv")
    parser.add_argument("--unit", default="", metavar="CODE", help="tổ chức nhận danh sách / whose list it is")
    parser.add_argument("--day", type=day, metavar="D", help="ngày đưa vào sổ / day of taking over")
    parser.add_argument("--good-rows", action="store_true", help="chỉ nhận dòng đúng / take the good rows only")
    parser.add_argument("--mapping", default="", metavar="COLUMN=FIELD,…", help="A=full_name,C=birth_date")
    parser.add_argument("--sheet", default="", metavar="NAME")
    parser.add_argument("--encoding", default="", choices=("", "unicode", "tcvn3", "vni", "windows-1258"))
    parser.add_argument("--refused", type=Path, metavar="FILE.xlsx", help="dòng chưa nhận / rows not taken")
    parser.add_argument("--preview", action="store_true", help="chỉ xem trước / only look")
    parser.add_argument("--as", dest="user", default="", metavar="USER")


def import_file(given: Namespace) -> Shown:
    """Take a spreadsheet over, or say what that would do."""
    if not (given.preview or given.user):
        raise WrongUsage("--as USER: ai nhập? / who imports it?")
    content = given.file.read_bytes()
    with database():
        from nhiemky.config.operators import actor_named
        from nhiemky.core.middleware import today
        from nhiemky.exchange.drafting import Given, prepare

        actor, now = actor_named(given.user), today()
        asked = Given(
            content, given.unit or _own_unit(actor, now), given.day or now, given.sheet, given.encoding,
            _columns(given.mapping),
        )  # fmt: skip
        if given.preview:
            return _previewed(prepare(actor, asked, now), given.refused)
        return _taken_over(actor, asked, given, now)


def _own_unit(actor: Actor, today: date) -> str:
    """The one unit under which the actor may write.

    Raises:
        Refused: there is none, or several: --unit must name it.
    """
    from nhiemky.exchange import selectors

    tops = selectors.tops(actor, today)
    if len(tops) != 1:
        raise Refused(Finding("exchange.which_unit", field="--unit", facts={"count": len(tops)}))
    return tops[0]


def _columns(text: str) -> dict[int, str] | None:
    """A=full_name,C=birth_date as column numbers."""
    from nhiemky.domain.exchange.fields import FIELD

    if not text:
        return None
    columns = {}
    for part in text.split(","):
        letters, _equals, key = part.strip().partition("=")
        if key not in FIELD or not (letters.isascii() and letters.isalpha() and len(letters) < 4):
            raise WrongUsage(f"--mapping {part}: A=full_name; {', '.join(FIELD)}")
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        columns[number - 1] = key
    return columns


def _previewed(draft: Draft, refused: Path | None) -> Shown:
    from nhiemky.exchange import shown

    counts = draft.judgement.counts()
    if refused is not None and counts["refused"]:
        refused.write_bytes(shown.returned(draft))
    payload = {"ok": counts["refused"] == 0, **shown.as_data(draft)}
    lines = [f"{name:10}{count:8}" for name, count in counts.items()]
    lines += [f"dòng {one.line.at + 1}: {shown.reasons(one)}" for one in draft.judgement.lines if one.refused]
    return payload, "\n".join(lines)


def _taken_over(actor: Actor, asked: Given, given: Namespace, today: date) -> Shown:
    from nhiemky.exchange import selectors
    from nhiemky.exchange.services import imports

    held = imports.import_receive(actor=actor, given=asked, file_name=given.file.name)
    held = imports.import_carry_out(
        actor=actor, import_id=held.pk, today=today, good_rows=given.good_rows, progress=_progress
    )
    if given.refused is not None and held.refused_file is not None:
        given.refused.write_bytes(selectors.refused_file(held))
    counts = held.counts
    return {"ok": True, "id": held.pk, "counts": counts}, json.dumps(counts, ensure_ascii=False)


def _progress(part: float) -> None:
    """One line that is written over; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r{part:4.0%}", end="", file=sys.stderr, flush=True)


def _export_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("file", type=Path, help=".xlsx, .csv")
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--as", dest="user", default="", metavar="USER")


def export_file(given: Namespace) -> Shown:
    """Members of a unit as a spreadsheet that can be imported again."""
    kind = given.file.suffix.removeprefix(".").lower()
    with database():
        from nhiemky.config.operators import actor_named
        from nhiemky.core.middleware import today
        from nhiemky.exchange import exports

        if kind not in exports.FORMATS:
            raise WrongUsage(f"{given.file}: .xlsx, .csv")
        actor = actor_named(given.user)
        content, count = exports.members_file(actor=actor, unit_code=given.unit, kind=kind, today=today())
        given.file.write_bytes(content)
        return {"ok": True, "file": str(given.file), "rows": count}, f"{given.file}: {count}"


COMMANDS = (
    Command("import", "nhập bảng tính / take a spreadsheet over", _import_arguments, import_file),
    Command("export", "xuất bảng tính / members as a spreadsheet", _export_arguments, export_file),
)
