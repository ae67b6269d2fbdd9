"""The command line: one command, verbs as subcommands. A contract: scripts and checks use it.

With --json, JSON goes to stdout and nothing else does; progress and messages go to stderr. Exit codes: 0 done,
1 refused with findings, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import types
from collections.abc import Mapping, Sequence
from datetime import date

from nhiemky import __version__
from nhiemky.config.commands import Command, Shown, WrongUsage, common, data_commands, serve_commands, set_up_django
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding, Refused

COMMANDS: tuple[Command, ...] = (*serve_commands(), *data_commands())
_INTERRUPTED = 130
_LITTLE_MB = 32


def day(text: str) -> date:
    """A day of the command line: 2022-12-31 or 31/12/2022."""
    from nhiemky.core.days import parse_day

    try:
        return parse_day(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{text!r}: 2022-12-31, 31/12/2022") from wrong


def parser() -> argparse.ArgumentParser:
    """The parser with every command."""
    top = argparse.ArgumentParser(prog="nhiemky", description="Nhiệm Kỳ: tổ chức, đảng viên, số liệu, tổng kết.")
    top.add_argument("--version", action="version", version=__version__)
    common(top, data=None, json=False)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for command in COMMANDS:
        verb = verbs.add_parser(command.name, help=command.help, description=command.help)
        common(verb)
        command.arguments(verb, day)
        verb.set_defaults(command=command, parser=verb)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    given = parser().parse_args(argv)
    if given.data is not None:
        os.environ["NHIEMKY_DATA"] = str(given.data)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        shown: Shown = given.command.run(given)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except WrongUsage as wrong:
        given.parser.error(str(wrong))
    except Exception as wrong:
        return _failed(wrong, as_json=given.json)
    if shown is None:
        return 0
    payload, text = shown
    _print(payload, text, as_json=given.json)
    return 0 if payload.get("ok", True) else 1


def _interrupt(number: int, frame: types.FrameType | None) -> None:
    """Asked to end: leave as after Ctrl-C, so that what was started is stopped."""
    raise KeyboardInterrupt


def _print(payload: Mapping[str, object], text: str, *, as_json: bool) -> None:
    try:
        print(json.dumps(payload, ensure_ascii=False, indent=1, default=str) if as_json else text, flush=True)
    except BrokenPipeError:  # `nhiemky tree … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(wrong: Exception, *, as_json: bool) -> int:
    """Say what stands in the way, all of it; a fault of ours keeps its trace."""
    findings = _findings(wrong)
    if findings is None:
        raise wrong
    set_up_django()
    said = [_sentence(finding) for finding in findings]
    if as_json:
        told = [{**finding.as_dict(), "sentence": text} for finding, text in zip(findings, said, strict=True)]
        _print({"ok": False, "findings": told}, "", as_json=True)
    for text in said:
        print("✕ " + text, file=sys.stderr)
    return 1


def _findings(wrong: Exception) -> tuple[Finding, ...] | None:
    import psycopg
    from django.db.utils import InterfaceError, OperationalError

    from nhiemky.config.embedded import FolderBusy, ServerFailed

    if isinstance(wrong, Refused):
        return wrong.findings
    if isinstance(wrong, Denied):
        return (Finding(f"denied.{wrong.reason}", facts={"permission": wrong.permission}),)
    if isinstance(wrong, FolderBusy):
        return (Finding("config.folder_busy", facts={"folder": wrong.data, "holder": wrong.holder}),)
    if isinstance(wrong, ServerFailed):
        return (Finding("config.server_failed", facts={"why": wrong}),)
    # Bulk copies go past Django, so their errors come as the driver's.
    lost = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    if isinstance(wrong, lost) and (full := _full_disk()) is not None:
        return (full,)
    if isinstance(wrong, lost):
        return (Finding("config.database_unreachable", facts={"why": str(wrong).strip()}),)
    if isinstance(wrong, OSError):
        return (Finding("config.system_error", facts={"why": wrong}),)
    return None


def _full_disk() -> Finding | None:
    """A server without room ends in the middle of its sentence: the disk tells more than its last words."""
    from nhiemky.config import env

    folder = env.read().data
    free = shutil.disk_usage(folder).free // 2**20
    return Finding("config.disk_full", facts={"folder": folder, "free": free}) if free < _LITTLE_MB else None


def _sentence(finding: Finding) -> str:
    from nhiemky.core.wording import reason, sentence

    if finding.code.startswith("denied."):
        return reason(Denied(str(finding.facts["permission"]), finding.code.removeprefix("denied.")))
    place = f"dòng {finding.row}, " if finding.row is not None else ""
    return f"{place}{finding.field + ': ' if finding.field else ''}{sentence(finding)}"


if __name__ == "__main__":
    raise SystemExit(main())
