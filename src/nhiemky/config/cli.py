"""The command line: one command, verbs as subcommands. A contract: scripts and checks use it.

With --json, JSON goes to stdout and nothing else does; progress and messages go to stderr. Exit codes: 0 done,
1 refused with findings, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nhiemky import __version__
from nhiemky.config.commands import Command, Shown, data_commands, serve_commands

COMMANDS: tuple[Command, ...] = (*serve_commands(), *data_commands())


class _Parser(argparse.ArgumentParser):
    """Usage errors leave with 2, as argparse does; the text goes to stderr."""


def day(text: str) -> date:
    """A day of the command line: 2022-12-31 or 31/12/2022."""
    from nhiemky.core.days import parse_day

    try:
        return parse_day(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write 2022-12-31 or 31/12/2022") from wrong


def parser() -> argparse.ArgumentParser:
    """The parser with every command."""
    top = _Parser(prog="nhiemky", description="Nhiệm Kỳ: tổ chức, đảng viên, số liệu, tổng kết.")
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for command in COMMANDS:
        verb = verbs.add_parser(command.name, help=command.help, description=command.help)
        verb.add_argument("--data", type=Path, metavar="DIR", help="data folder (NHIEMKY_DATA)")
        verb.add_argument("--json", action="store_true", help="JSON on stdout")
        command.arguments(verb, day)
        verb.set_defaults(command=command)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    given = parser().parse_args(argv)
    if given.data is not None:
        os.environ["NHIEMKY_DATA"] = str(given.data)
    try:
        shown: Shown = given.command.run(given)
    except KeyboardInterrupt:
        return 130
    except Exception as wrong:
        return _failed(wrong, as_json=given.json)
    if shown is not None:
        payload, text = shown
        print(json.dumps(payload, ensure_ascii=False, indent=1, default=str) if given.json else text)
        return 0 if payload.get("ok", True) else 1
    return 0


def _failed(wrong: Exception, *, as_json: bool) -> int:
    """Say what stands in the way; a fault of ours keeps its trace."""
    from nhiemky.config.embedded import FolderBusy, ServerFailed
    from nhiemky.domain.access import Denied
    from nhiemky.domain.findings import Refused

    if isinstance(wrong, Refused):
        if as_json:
            print(json.dumps({"ok": False, "findings": [f.as_dict() for f in wrong.findings]}, ensure_ascii=False))
        for finding in wrong.findings:
            print("✕ " + _sentence(finding), file=sys.stderr)
        return 1
    if isinstance(wrong, Denied):
        if as_json:
            print(json.dumps({"ok": False, "denied": wrong.reason}))
        print(f"✕ {wrong.reason}", file=sys.stderr)
        return 1
    if isinstance(wrong, FolderBusy | ServerFailed | OSError):
        print(f"✕ {_told(wrong)}", file=sys.stderr)
        return 1
    raise wrong


def _told(wrong: Exception) -> str:
    from nhiemky.config.embedded import FolderBusy

    if isinstance(wrong, FolderBusy):
        return (
            f"Thư mục dữ liệu {wrong} đang được một tiến trình khác phục vụ. Hãy dừng tiến trình đó trước, hoặc chọn "
            f"thư mục khác bằng --data.\n  The data folder {wrong} is being served by another process: stop it first, "
            "or choose another folder with --data."
        )
    return str(wrong)


def _sentence(finding: object) -> str:
    from nhiemky.core.wording import sentence
    from nhiemky.domain.findings import Finding

    assert isinstance(finding, Finding)
    place = f"dòng {finding.row}, " if finding.row is not None else ""
    return f"{place}{finding.field + ': ' if finding.field else ''}{sentence(finding)}"


if __name__ == "__main__":
    raise SystemExit(main())
